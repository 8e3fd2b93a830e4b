"""Entities: countries by name, demonym or seat of government, world bodies, and capitalised names in general.

An entity has one canonical name: "Beijing", "Chinese" and "the PRC" are China. A name no table knows stands for itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from claims.matching.lexicon import groups_of, is_common, is_moving
from claims.matching.nouns import is_participle, verb_forms
from claims.matching.resources import table, words
from claims.matching.text import Token
from claims.matching.units import Phrases, phrase_table


class Sort(StrEnum):
    NAME = "name"
    DEMONYM = "demonym"
    SEAT = "seat"
    OTHER = "other"


class Name(NamedTuple):
    """`first` and `after` are token indexes; `entity` the canonical name."""

    entity: str
    sort: Sort
    first: int
    after: int


def _gazetteer() -> tuple[Phrases, dict[str, Sort]]:
    entries: list[tuple[str, str]] = []
    sorts: dict[str, Sort] = {}
    for row in table("places")["entities"]:
        for sort, listed in (
            (Sort.NAME, [row["name"], *row["also"]]),
            (Sort.DEMONYM, [form for demonym in row["demonyms"] for form in (demonym, demonym + "s")]),
            (Sort.SEAT, row["seats"]),
        ):
            for written in listed:
                folded = written.lower().replace("’", "'")
                entries.append((folded, row["name"]))
                sorts.setdefault(folded, sort)
    return phrase_table(entries), sorts


_PLACES, _SORTS = _gazetteer()


@cache
def canonical(name: str) -> str:
    """The canonical name of an entity written in any of its ways; an unknown name is its own."""
    folded = name.lower().replace("’", "'").removeprefix("the ")
    for parts, entity in _PLACES.get(folded.split()[0] if folded.split() else "", ()):
        if " ".join(parts) == folded:
            return entity
    return name


def is_place(word: str) -> bool:
    """Whether a single word names a country, one of its people or its capital."""
    return word.lower() in _SORTS


def is_known(entity: str) -> bool:
    return canonical(entity) in _entities()


@cache
def _entities() -> frozenset[str]:
    return frozenset(row["name"] for row in table("places")["entities"])


@cache
def _seats() -> dict[str, str]:
    return {seat: row["name"] for row in table("places")["entities"] for seat in row["seats"]}


def state_of(entity: str) -> str:
    """The state that speaks or acts when its capital is named: China for Beijing; any other entity is its own."""
    return _seats().get(entity, entity)


_INNER = frozenset({"of", "the", "de", "la", "del", "and", "for", "du", "al", "bin", "van", "von", "&"})
_TITLES = words("titles")
_NEVER = frozenset().union(
    *(
        words(name)
        for name in ("stop", "breaks", "prepositions", "pronouns", "calendar", "labels_of_checks", "agencies")
    )
)


def find_names(tokens: Sequence[Token], skipped: frozenset[int] = frozenset()) -> list[Name]:
    """The names of a sentence, in order; `skipped` are token indexes of figures and dates."""
    return list(_names(tokens, skipped))


def entities_in(tokens: Sequence[Token]) -> list[str]:
    """The known entities that `find_names` may find, whatever tokens are skipped."""
    capitals = [at for at, token in enumerate(tokens) if token.text[0].isupper()]
    known = [name for at in capitals if (name := _known(tokens, at)) is not None]
    return [name.entity for name in known if name.sort is not Sort.OTHER]


def _names(tokens: Sequence[Token], skipped: frozenset[int]) -> Iterator[Name]:
    behind = 0
    for position in [at for at, token in enumerate(tokens) if token.text[0].isupper()]:
        if position < behind or position in skipped:
            continue
        found = _known(tokens, position) or _unknown(tokens, position, skipped)
        if found is not None:
            yield found
            behind = found.after


def _known(tokens: Sequence[Token], at: int) -> Name | None:
    for parts, entity in _PLACES.get(tokens[at].low, ()):
        after = at + len(parts)
        if tuple(token.low for token in tokens[at:after]) == parts and _is_upper_where_due(tokens[at], parts):
            return _longer(tokens, Name(entity, _SORTS[" ".join(parts)], at, after))
    return _hyphenated(tokens, at)


def _longer(tokens: Sequence[Token], name: Name) -> Name:
    """A demonym before a capitalised word begins a longer name: "Swiss Re", not "Chinese officials"."""
    if name.sort is Sort.NAME or name.after >= len(tokens):
        return name
    following = tokens[name.after]
    if (
        not following.is_word
        or not following.is_capital
        or following.low in _NEVER
        or following.low in _TITLES
        or is_place(following.text)
    ):
        return name
    text = " ".join(token.text for token in tokens[name.first : name.after + 1])
    return name if tokens[name.first].text.isupper() else Name(text, Sort.OTHER, name.first, name.after + 1)


def _is_upper_where_due(token: Token, parts: tuple[str, ...]) -> bool:
    """ "US" and "WHO" only in capitals: "us" and "who" are other words."""
    return (
        len(parts) > 1
        or parts[0] not in ("us", "who", "un", "eu", "uk", "prc", "imf", "ecb", "drc", "uae", "usa")
        or token.text.isupper()
    )


def _hyphenated(tokens: Sequence[Token], at: int) -> Name | None:
    """The first half of "US-supplied", "China-made"."""
    first, dash, _ = tokens[at].low.partition("-")
    if not dash:
        return None
    for parts, entity in _PLACES.get(first, ()):
        if parts == (first,) and (first not in ("us", "uk", "eu", "un") or tokens[at].text[: len(first)].isupper()):
            return Name(entity, Sort.DEMONYM, at, at + 1)
    return None


def _unknown(tokens: Sequence[Token], at: int, skipped: frozenset[int]) -> Name | None:
    if not _is_name_word(tokens, at):
        return None
    after = at + 1
    while after < len(tokens) and after not in skipped:
        if (
            tokens[after].is_capital
            and tokens[after].is_word
            and tokens[after].low not in _NEVER
            and not is_place(tokens[after].text)
        ):
            after += 1
        elif (
            tokens[after].low in _INNER
            and after + 1 < len(tokens)
            and tokens[after + 1].is_capital
            and tokens[after].low != "and"
        ):
            if is_place(tokens[after + 1].text) or after + 1 in skipped or tokens[after + 1].low in _NEVER:
                break
            after += 2
        else:
            break
    if after == at + 1 and _is_initial(tokens, at) and not _stands_as_name(tokens, at):
        return None
    if after == at + 1 and len(tokens[at].text) == 1:
        return None
    return Name(" ".join(token.text for token in tokens[at:after]), Sort.OTHER, at, after)


def _is_name_word(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    return token.is_word and token.is_capital and token.low not in _NEVER and token.low not in _TITLES


def _is_initial(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word is capital only for where it stands: first of a sentence, a quotation, after a dateline."""
    return at == 0 or tokens[at - 1].text in ("-", "–", "—", ":", "“", '"', "‘", "'", "•", "*")


def _stands_as_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether the capitalised first word of a sentence is a name: by its own form, or a possessive or verb after it."""
    first = tokens[at]
    if any(character.isupper() or character.isdigit() for character in first.text[1:]):
        return True
    following = tokens[at + 1].low if len(tokens) > at + 1 else ""
    if following == "'s":
        return True
    if following in words("event_nouns"):
        return False
    acts = following in verb_forms() or is_participle(following) or bool(groups_of(following)) or is_moving(following)
    return acts and not is_common(first.low)
