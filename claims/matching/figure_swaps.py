"""Texts that are the same but for one figure: plain logic of numbers and bounds decides.

"Dan's car does 32 miles to the gallon" entails "less than 72 miles", contradicts "12 miles" and "more than 32 miles";
"more than 35 words" neither entails nor excludes "75 words".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from claims.matching.alignment import NUMBER_WORDS
from claims.matching.intervals import INFINITE, Interval
from claims.matching.outcomes import Relation, Stance
from claims.matching.text import Token, tokens

_BOUNDS = {
    ("more", "than"): ">", ("over",): ">", ("above",): ">", ("exceeding",): ">", ("greater", "than"): ">",
    ("less", "than"): "<", ("fewer", "than"): "<", ("under",): "<", ("below",): "<",
    ("at", "least"): ">=", ("at", "most"): "<=", ("up", "to"): "<=", ("no", "more", "than"): "<=",
    ("no", "less", "than"): ">=", ("no", "fewer", "than"): ">=",
}  # fmt: skip
_LONGEST_BOUND = 3
_LONGEST_FIGURE = 30
_HOLE = "#"
FEWEST_SHARED = 2
"""Words the two texts must share: "5" and "7" alone state nothing."""


@dataclass(frozen=True, slots=True)
class Swap:
    """What the passage's figure does to the claim's, all other words being equal."""

    stance: Stance
    relation: Relation


@dataclass(frozen=True, slots=True)
class _Figure:
    value: Decimal
    bound: str

    def interval(self) -> Interval:
        if self.bound.startswith(">"):
            return Interval(self.value, INFINITE, low_open=self.bound == ">")
        if self.bound.startswith("<"):
            return Interval(-INFINITE, self.value, high_open=self.bound == "<")
        return Interval(self.value, self.value)


def swapped(claim: str, passage: str) -> Swap | None:
    """The stance of a passage that differs from the claim in exactly one figure; None for all other texts."""
    ours, our_figures = _skeleton(claim)
    theirs, their_figures = _skeleton(passage)
    if ours != theirs or len(ours) - len(our_figures) < FEWEST_SHARED:
        return None
    changed = [pair for pair in zip(our_figures, their_figures, strict=True) if pair[0] != pair[1]]
    return _judged(*changed[0]) if len(changed) == 1 else None


def _judged(claim: _Figure, passage: _Figure) -> Swap:
    wanted, given = claim.interval(), passage.interval()
    is_bound = bool(claim.bound or passage.bound)
    if given.within(wanted):
        return Swap(Stance.CONFIRMS, Relation.WITHIN_BOUND if is_bound else Relation.SAME_FIGURE)
    if not given.meets(wanted):
        return Swap(Stance.CONTRADICTS, Relation.OUTSIDE_BOUND if is_bound else Relation.DIFFERENT_FIGURE)
    return Swap(Stance.NEUTRAL, Relation.UNDETERMINED)


@lru_cache(maxsize=1_024)
def _skeleton(text: str) -> tuple[tuple[str, ...], tuple[_Figure, ...]]:
    """The words of a text with a hole for each figure and its bound, and the figures in order."""
    words: list[str] = []
    figures: list[_Figure] = []
    for token, word in _spelt(text):
        value = _value(token, word)
        if value is None:
            words.append(word)
            continue
        figures.append(_Figure(value, _bound_before(words)))
        words.append(_HOLE)
    return tuple(words), tuple(figures)


def _spelt(text: str) -> Iterator[tuple[Token, str]]:
    for token in tokens(text):
        if token.text[0].isalnum() or token.text in "$€£¥%":
            yield token, NUMBER_WORDS.get(token.low, token.low)


def _value(token: Token, word: str) -> Decimal | None:
    plain = word.replace(",", "")
    if not plain[:1].isdigit() or len(plain) > _LONGEST_FIGURE or not plain.replace(".", "", 1).isdecimal():
        return None
    return Decimal(plain)


def _bound_before(words: list[str]) -> str:
    """Takes the bound that ends `words` away from them; a currency sign may follow it or stand before it."""
    sign = words.pop() if words and words[-1] in ("$", "€", "£", "¥") else ""
    found = ""
    for length in range(_LONGEST_BOUND, 0, -1):
        if tuple(words[-length:]) in _BOUNDS:
            found = _BOUNDS[tuple(words[-length:])]
            del words[-length:]
            break
    if sign:
        words.append(sign)
    return found
