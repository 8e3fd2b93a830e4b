"""Counts that name no number of their own: dozens, hundreds of thousands, several hundred, a couple of hundred."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from claims.matching.cardinals import SMALL, WORD_SCALES, Read, cardinal, low, pieces
from claims.matching.resources import words
from claims.matching.text import Token

DOZENS = words("dozens")
OPEN = {
    "dozens": 24,
    "scores": 40,
    "hundreds": 200,
    "thousands": 2_000,
    "millions": 2_000_000,
    "billions": 2_000_000_000,
    "trillions": 2_000_000_000_000,
}
_OPEN_SCALES = {"hundreds": 100, "thousands": 1_000, "millions": 1_000_000, "billions": 1_000_000_000, "tens": 10}
_PRICES = frozenset({"cent", "cents", "pence", "dollars", "euros", "pounds", "yuan", "rupees"})
"""Before "a dozen", which is then a price's rate."""
LONGEST_SCALE = 2
"""Scale words of one number: "hundred thousand"."""


def _some_of_scale(tokens: Sequence[Token], at: int) -> Read | None:
    """Two of the scale words at a token: "hundred", "hundred thousand", "dozen"."""
    if low(tokens, at) == "dozen":
        return Read(Decimal(24), Decimal(0), False, at + 1)
    power, after = 0, at
    while low(tokens, after) in WORD_SCALES and after - at < LONGEST_SCALE:
        power, after = power + WORD_SCALES[low(tokens, after)], after + 1
    return Read(2 * Decimal(10) ** power, Decimal(0), False, after) if power else None


def open_count(tokens: Sequence[Token], at: int) -> Read | None:
    """dozens; hundreds of thousands; several hundred; a few thousand; a couple of hundred."""
    word, after = tokens[at].low, at + 1
    if word == "couple":
        return _some_of_scale(tokens, after + (low(tokens, after) == "of"))
    if word in ("several", "few"):
        return _some_of_scale(tokens, after)
    if (word not in OPEN and word != "tens") or (word == "scores" and low(tokens, after) != "of"):
        return None
    value = OPEN.get(word, 20)
    while low(tokens, after) == "of" and low(tokens, after + 1) in _OPEN_SCALES:
        value *= _OPEN_SCALES[low(tokens, after + 1)]
        after += 2
    return None if word == "tens" and after == at + 1 else Read(Decimal(value), Decimal(0), False, after)


def dozens(tokens: Sequence[Token], at: int) -> Read | None:
    """a dozen; half a dozen; three dozen; a baker's dozen is left out."""
    word, after = tokens[at].low, at + 1
    if word == "half":
        after += low(tokens, after) == "a"
        return _dozen_of(tokens, Decimal("0.5"), after)
    if word == "dozen" and low(tokens, at - 1) != "'s":
        return Read(Decimal(12), Decimal(0), False, after)
    if word in ("a", "one"):
        if low(tokens, at - 1) in _PRICES:
            return None
        return _dozen_of(tokens, Decimal(1), after)
    if word not in SMALL and not pieces(word):
        return None
    read = cardinal(tokens, at)
    return None if read is None else _dozen_of(tokens, read.value, read.after)


def _dozen_of(tokens: Sequence[Token], count: Decimal, at: int) -> Read | None:
    return Read(count * 12, Decimal(0), False, at + 1) if low(tokens, at) in DOZENS else None
