"""General knowledge of words: what states the same, what excludes what, and how telling a word is.

Words come in lower case. The tables are `meanings.json` (written by hand), `places.json` and `frequencies.json`
(how many passages of the data named there hold a stem; written by `fit frequencies`).
"""

from __future__ import annotations

from functools import cache, lru_cache

from claims.matching.resources import phrases, table
from claims.matching.text import singular, stem

RAREST = 1.0
"""Weight of a word the table of frequencies does not hold."""
Side = tuple[int, int]


@cache
def listed(name: str) -> frozenset[str]:
    """One word list of `meanings.json`."""
    return frozenset(phrases(table("meanings")[name]))


@cache
def registers() -> dict[str, frozenset[str]]:
    """Words that tell a kind of prose: news report, medical abstract, encyclopedia and so on."""
    return {name: frozenset(phrases(entries)) for name, entries in table("meanings")["registers"].items()}


@cache
def _weights() -> dict[str, float]:
    buckets: dict[str, str] = table("frequencies")["buckets"]
    return {word: float(weight) for weight, entries in buckets.items() for word in phrases(entries)}


def weight_of(known: str) -> float:
    """How telling a stem is, from 0.1 (in every other passage) to 1 (hardly anywhere)."""
    return _weights().get(known, RAREST)


def is_function(word: str) -> bool:
    return word in listed("function")


@cache
def _synonyms() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, group in enumerate([*table("meanings")["synonyms"], *table("synonyms")["groups"]]):
        for word in phrases(group):
            found.setdefault(stem(word), set()).add(number)
    for number, entity in enumerate(table("places")["entities"]):
        for name in (entity["name"], *entity.get("also", ()), *entity.get("demonyms", ())):
            found.setdefault(stem(name.lower()), set()).add(-1 - number)
    return {word: frozenset(groups) for word, groups in found.items()}


@lru_cache(maxsize=65_536)
def senses(known: str) -> frozenset[int]:
    """The synonym groups of a stem; a country, its people and its adjective are one group."""
    return _synonyms().get(known, frozenset())


@cache
def _sides() -> dict[str, frozenset[Side]]:
    found: dict[str, set[Side]] = {}
    for number, pair in enumerate(table("meanings")["opposites"]):
        for side, entries in enumerate(pair.split("|")):
            for word in phrases(entries):
                found.setdefault(word, set()).add((number, side))
    return {word: frozenset(sides) for word, sides in found.items()}


@lru_cache(maxsize=65_536)
def sides_of(word: str) -> frozenset[Side]:
    """The (pair, side) entries of a word in the table of opposites."""
    return _sides().get(word) or _sides().get(singular(word), frozenset())


@lru_cache(maxsize=65_536)
def opposites_of(word: str) -> frozenset[Side]:
    """The sides a word speaks against."""
    return frozenset((pair, 1 - side) for pair, side in sides_of(word))


@cache
def _kinds() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for kind, entries in table("meanings")["exclusive"].items():
        for word in phrases(entries):
            found.setdefault(word, set()).add(kind)
    for entity in table("places")["entities"]:
        for kind, names in (("country", (entity["name"],)), ("people", entity.get("demonyms", ()))):
            for name in names:
                found.setdefault(name.lower(), set()).add(kind)
    for month in MONTHS:
        found.setdefault(month, set()).add("month")
    return {word: frozenset(kinds) for word, kinds in found.items()}


MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip


@lru_cache(maxsize=65_536)
def kinds_of(word: str) -> frozenset[str]:
    """The exclusive kinds a word is a value of: "French" is a people, "July" a month."""
    return _kinds().get(word) or _kinds().get(singular(word), frozenset())
