"""Words in the form in which they are compared: the group of events a verb or noun reports, and canonical terms."""

from __future__ import annotations

from functools import cache, lru_cache

from claims.matching.resources import phrases, table, words
from claims.matching.text import Token, singular, stem
from claims.matching.types import Change

_IDLE = words("stop") | words("adverbs") | words("idle_modifiers") | words("auxiliary") | words("reporting")
_LIGHT = words("light")
_INCREASE = words("increase")
_DECREASE = words("decrease")


@cache
def _groups() -> dict[str, frozenset[str]]:
    """By stem: the groups of `actions.json` its word belongs to."""
    found: dict[str, set[str]] = {}
    for group, listed in table("actions")["groups"].items():
        for word in phrases(listed):
            found.setdefault(word if " " in word else stem(word), set()).add(group)
    return {word: frozenset(names) for word, names in found.items()}


_NO_GROUP: frozenset[str] = frozenset()


@cache
def group_names() -> frozenset[str]:
    return frozenset(table("actions")["groups"])


@lru_cache(maxsize=32_768)
def groups_of(word: str) -> frozenset[str]:
    """The kinds of event a lower-case word may report; none for words the table does not hold."""
    return _groups().get(word if " " in word else stem(word), frozenset())


_INCREASE_STEMS = frozenset(stem(word) for word in _INCREASE)
_DECREASE_STEMS = frozenset(stem(word) for word in _DECREASE)


@lru_cache(maxsize=32_768)
def direction_of(word: str) -> Change:
    """Which way a word says that something went, in any of its forms: "loses" as "lost"."""
    if word in _INCREASE or stem(word) in _INCREASE_STEMS:
        return Change.UP
    return Change.DOWN if word in _DECREASE or stem(word) in _DECREASE_STEMS else Change.NONE


_IDLE_TERMS = frozenset(stem(word) for word in _LIGHT | _INCREASE | _DECREASE)


def is_linking_term(known: str) -> bool:
    """Whether a term comes from a linking or a moving verb, which no other word has to repeat."""
    return known in _IDLE_TERMS


def is_moving(word: str) -> bool:
    return direction_of(word) is not Change.NONE


_NOUN_ENDINGS = tuple(words("noun_endings"))
_COMMON = frozenset().union(
    *(
        words(name)
        for name in ("stop", "prepositions", "persons", "person_nouns", "containers", "authorities", "parts")
    ),
    *(words(name) for name in ("idle_modifiers", "breaks", "adverbs", "verbs", "light", "common_nouns")),
)


@lru_cache(maxsize=32_768)
def is_common(word: str) -> bool:
    """Whether a word that begins a sentence is an ordinary one: listed, plural, or with the ending of a noun."""
    if word in _COMMON or word.endswith(_NOUN_ENDINGS) or singular(word) != word:
        return True
    return bool(groups_of(word)) or direction_of(word) is not Change.NONE or singular(word) in _representatives()


def is_light(word: str) -> bool:
    """Verbs that only link a figure to what it measures: "stood at", "totals", "recorded"."""
    return word in _LIGHT


@cache
def _representatives() -> dict[str, str]:
    return {
        singular(word): phrases(group)[0]
        for group in table("synonyms")["groups"]
        for word in phrases(group)
        if " " not in word
    }


@lru_cache(maxsize=65_536)
def term(word: str) -> str:
    """The form in which a lower-case word is compared: its synonym group's first word, else its stem."""
    representative = _representatives().get(singular(word))
    return representative if representative is not None else stem(word)


def is_content(token: Token) -> bool:
    return token.is_word and token.low not in _IDLE and len(token.low) > 1


def groups_of_term(known: str) -> frozenset[str]:
    """The kinds of event a term may report."""
    return _groups().get(known, _NO_GROUP)


@lru_cache(maxsize=8_192)
def groups_told(terms: tuple[str, ...]) -> frozenset[str]:
    """The kinds of event some terms may report."""
    return frozenset().union(*map(groups_of_term, terms))


@lru_cache(maxsize=32_768)
def alike(first: str, second: str) -> bool:
    """Whether two terms say the same: equal, or reporting the same kind of event."""
    return first == second or not groups_of_term(first).isdisjoint(groups_of_term(second))


@cache
def _compounds() -> dict[tuple[str, str], str]:
    """Two-word names of a synonym group: ("face", "mask") is "mask"."""
    return {
        (first, singular(second)): phrases(group)[0]
        for group in table("synonyms")["groups"]
        for word in phrases(group)
        if word.count(" ") == 1
        for first, second in [word.split()]
    }


@lru_cache(maxsize=32_768)
def item_terms(item: str) -> tuple[str, ...]:
    """The terms of a noun phrase, head last: "Surgical face masks" gives surgic, mask."""
    listed = item.lower().replace("’", "'").split()
    listed = [word for word in listed if word not in ("of", "the", "a", "an")]
    taken: list[str] = []
    for word in listed:
        compound = _compounds().get((listed[len(taken) - 1] if taken else "", singular(word)))
        if compound is not None and taken:
            taken[-1] = compound
        else:
            taken.append(term(word))
    return tuple(taken)
