"""How much of a claim a headline restates: aligned words, their order, the figures and the likeness of the strings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from rapidfuzz import fuzz

from claims.matching.headline_cues import headline_tokens
from claims.matching.lexicon import alike, is_content, term
from claims.matching.resources import phrases, table
from claims.matching.similarity import masked
from claims.matching.text import Token, stem

SAME_STEM = 5
"""Letters two words must share at the start to be taken for forms of one ("intersex", "intersexual")."""
LONGEST_HEADLINE = 60
"""Content words of either side that are aligned: a headline is short, and the work stays linear in a longer text."""
LONGEST_TEXT = 400
"""Code points of either side that are compared as strings."""
_FIGURE = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Alignment:
    """`pairs` are (position in the claim, position in the headline) of words that say the same, in the claim's order.

    `claim` and `headline` are the positions of each side's content words.
    """

    pairs: tuple[tuple[int, int], ...]
    claim: tuple[int, ...]
    headline: tuple[int, ...]

    @property
    def places(self) -> tuple[int, ...]:
        """The headline's positions, in the headline's order."""
        return tuple(sorted({theirs for _, theirs in self.pairs}))


@cache
def _synonyms() -> Mapping[str, frozenset[int]]:
    """By stem: the groups of general synonyms a word belongs to."""
    found: dict[str, set[int]] = {}
    for number, group in enumerate(table("headline_words")["synonyms"]):
        for word in phrases(group):
            found.setdefault(stem(word), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


@cache
def _opposites() -> Mapping[str, frozenset[tuple[int, int]]]:
    """By stem: (pair of opposites, side) for each word of the table."""
    found: dict[str, set[tuple[int, int]]] = {}
    for number, pair in enumerate(table("headline_words")["opposites"]):
        for side, group in enumerate(pair.split("|")):
            for word in phrases(group):
                found.setdefault(stem(word), set()).add((number, side))
    return {word: frozenset(sides) for word, sides in found.items()}


@lru_cache(maxsize=65_536)
def _groups(word: str) -> frozenset[int]:
    return _synonyms().get(stem(word), frozenset())


@lru_cache(maxsize=65_536)
def _same(first: str, second: str) -> bool:
    return (
        first == second
        or term(first) == term(second)
        or bool(_groups(first) & _groups(second))
        or alike(stem(first), stem(second))
        or (len(first) > SAME_STEM and len(second) > SAME_STEM and first[:SAME_STEM] == second[:SAME_STEM])
    )


def _content(taken: Sequence[Token]) -> tuple[int, ...]:
    return tuple(at for at, token in enumerate(taken) if is_content(token) or token.low[:1].isdigit())


@lru_cache(maxsize=4_096)
def aligned(claim: str, headline: str) -> Alignment:
    """Each content word of the claim with the first word of the headline that says the same and is not yet taken."""
    ours, theirs = headline_tokens(claim), headline_tokens(headline)
    mine, open_places = _content(ours), list(_content(theirs)[:LONGEST_HEADLINE])
    found = []
    for at in mine[:LONGEST_HEADLINE]:
        place = _partner(ours[at].low, theirs, open_places)
        if place is not None:
            open_places.remove(place)
            found.append((at, place))
    return Alignment(tuple(found), mine, _content(theirs))


def _partner(word: str, theirs: Sequence[Token], places: Sequence[int]) -> int | None:
    """An equal word before one that says the same."""
    for place in places:
        if theirs[place].low == word:
            return place
    return next((place for place in places if _same(word, theirs[place].low)), None)


def alignment_features(claim: str, headline: str) -> dict[str, float]:
    found = aligned(claim, headline)
    return _coverage(claim, headline, found) | _figures(claim, headline) | _likeness(claim, headline)


def _coverage(claim: str, headline: str, found: Alignment) -> dict[str, float]:
    ours, theirs = headline_tokens(claim), headline_tokens(headline)
    places = dict(found.pairs)
    names = [at for at in found.claim if ours[at].is_capital and at > 0]
    plain = [at for at in found.claim if not ours[at].is_capital]
    order = [places[at] for at in found.claim if at in places]
    letters = sum(len(ours[at].low) for at in found.claim)
    return {
        "restated:claim": _share(len(places), len(found.claim)),
        "restated:letters": _share(sum(len(ours[at].low) for at in places), letters),
        "restated:headline": _share(len(places), len(found.headline)),
        "restated:words": min(len(places), 8) / 8,
        "restated:names": _share(sum(at in places for at in names), len(names)),
        "restated:others": _share(sum(at in places for at in plain), len(plain)),
        "restated:exactly": _share(sum(ours[at].low == theirs[place].low for at, place in found.pairs), len(places)),
        "restated:first": float(bool(found.claim) and found.claim[0] in places),
        "restated:last": float(bool(found.claim) and found.claim[-1] in places),
        "restated:in_order": _share(sum(a < b for a, b in pairwise(order)), len(order) - 1),
        "restated:spread": _share(max(order) - min(order), len(theirs)) if order else 0.0,
        "restated:opens": 1 - min(order) / len(theirs) if order else 0.0,
        "opposites": float(_opposed(ours, theirs)),
    }


def _opposed(ours: Sequence[Token], theirs: Sequence[Token]) -> bool:
    """Whether the headline holds the opposite of a word of the claim: "dead" against "alive"."""
    mine, other = (
        {side for token in taken for side in _opposites().get(stem(token.low), ())} for taken in (ours, theirs)
    )
    return any((number, 1 - side) in other and (number, side) not in other for number, side in mine)


def _figures(claim: str, headline: str) -> dict[str, float]:
    mine, other = (
        {token.low.strip("stndrh") for token in headline_tokens(text) if _FIGURE.match(token.low)}
        for text in (claim, headline)
    )
    return {
        "figures:shared": float(bool(mine & other)),
        "figures:other": float(bool(mine) and bool(other) and not mine & other),
        "figures:left_out": float(bool(mine) and not other),
        "figures:new": float(not mine and bool(other)),
    }


def _likeness(claim: str, headline: str) -> dict[str, float]:
    """String similarity with figures masked; long texts are cut, a headline is short."""
    mine, other = masked(claim[:LONGEST_TEXT]), masked(headline[:LONGEST_TEXT])
    return {
        "like:ratio": fuzz.ratio(mine, other) / 100,
        "like:partial": fuzz.partial_ratio(mine, other) / 100,
        "like:token_sort": fuzz.token_sort_ratio(mine, other) / 100,
        "like:token_set": fuzz.token_set_ratio(mine, other) / 100,
        "like:partial_token_sort": fuzz.partial_token_sort_ratio(mine, other) / 100,
    }


def _share(part: float, whole: float) -> float:
    return part / whole if whole > 0 else 0.0
