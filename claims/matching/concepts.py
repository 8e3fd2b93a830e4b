"""How much of what one text speaks of another speaks of too: by word, event, synonym or kind.

Two terms say the same if they are equal, report one kind of event (`actions.json`) or share a sense of the thesaurus;
they come close if one is a kind of the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from claims.matching.lexicon import groups_of
from claims.matching.resources import table

CLOSE = 0.5
"""What a kind of the thing counts where the thing itself counts 1."""


@cache
def _senses() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for number, group in enumerate(table("thesaurus")["groups"]):
        for word in group.split():
            found.setdefault(word, set()).add(f"#{number}")
    return {word: frozenset(numbers) for word, numbers in found.items()}


@cache
def _generals() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for general, kinds in table("thesaurus")["kinds"].items():
        for word in kinds.split():
            found.setdefault(word, set()).add(general)
    return {word: frozenset(listed) for word, listed in found.items()}


@cache
def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for pair in table("thesaurus")["opposites"]:
        first, second = pair.split()
        found.setdefault(first, set()).add(second)
        found.setdefault(second, set()).add(first)
    return {word: frozenset(listed) for word, listed in found.items()}


@lru_cache(maxsize=65_536)
def senses(term: str) -> frozenset[str]:
    """What a term may mean: itself, the events it reports, its senses."""
    events = frozenset(f"@{name}" for name in groups_of(term))
    return frozenset({term}) | events | _senses().get(term, frozenset())


@lru_cache(maxsize=65_536)
def generals(term: str) -> frozenset[str]:
    """The terms it is a kind of."""
    return _generals().get(term, frozenset())


def opposites(term: str) -> frozenset[str]:
    return _opposites().get(term, frozenset())


@dataclass(frozen=True, slots=True)
class Sayings:
    """What a stretch of text speaks of: its terms, all they may mean, and what they are kinds of."""

    terms: frozenset[str]
    senses: frozenset[str]
    generals: frozenset[str]


@lru_cache(maxsize=8_192)
def sayings(said: tuple[str, ...]) -> Sayings:
    """`sayings_of`, kept for those asked for last."""
    return sayings_of(said)


def sayings_of(said: Sequence[str]) -> Sayings:
    return Sayings(
        frozenset(said),
        frozenset().union(*(senses(term) for term in said)),
        frozenset().union(*(generals(term) for term in said)),
    )


def closeness(term: str, said: tuple[str, ...]) -> float:
    """1 where some terms say a term in some way, CLOSE where they name a kind of it or it a kind of one, else 0."""
    return _closeness(term, sayings(said))


def said_of(terms: tuple[str, ...], *parts: Sayings) -> tuple[int, float]:
    """`shared` and `coverage` of some terms by some stretches of text together, worked out in one go."""
    found = [_closest(term, parts) for term in terms]
    return found.count(1.0), 1.0 - sum([1.0 - one for one in found]) / len(found) if found else 0.0


def _closest(term: str, parts: Sequence[Sayings]) -> float:
    found = 0.0
    for part in parts:
        closeness = _closeness(term, part)
        if closeness == 1.0:
            return 1.0
        found = max(found, closeness)
    return found


def _closeness(term: str, of: Sayings) -> float:
    if not of.senses.isdisjoint(senses(term)):
        return 1.0
    return CLOSE if term in of.generals or not of.terms.isdisjoint(generals(term)) else 0.0


@lru_cache(maxsize=32_768)
def lacking(terms: tuple[str, ...], said: tuple[str, ...]) -> float:
    """How many of some terms others do not say; one that they only come close to counts CLOSE."""
    return sum(1.0 - closeness(term, said) for term in terms)


def coverage(terms: tuple[str, ...], said: tuple[str, ...]) -> float:
    """The mean closeness of some terms, 0 to 1; 0 of none."""
    return 1.0 - lacking(terms, said) / len(terms) if terms else 0.0


@lru_cache(maxsize=32_768)
def shared(terms: tuple[str, ...], said: tuple[str, ...]) -> int:
    """How many of some terms others say in some way."""
    return sum(closeness(term, said) == 1.0 for term in terms)
