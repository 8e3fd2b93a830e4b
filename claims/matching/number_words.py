"""Numbers in words: cardinals, fractions, "one in five", open counts such as "dozens"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from claims.matching.resources import listed
from claims.matching.text import Token


class Numeral(NamedTuple):
    """`step` is the place value of the last significant digit; `scaled`: written with a scale word.

    `open`: "dozens", "several hundred": `value` is where they begin. `fraction`: a part of one, such as "a third".
    """

    start: int
    end: int
    value: Decimal
    step: Decimal
    scaled: bool = False
    open: bool = False
    fraction: bool = False
    in_words: bool = False


_UNITS = {word: value for value, word in enumerate(listed("cardinals"))}
_TENS = {word: 10 * value for value, word in enumerate(listed("tens"), start=2)}
_SMALL = _UNITS | _TENS
WORD_SCALES = {"hundred": 2, "thousand": 3, "lakh": 5, "million": 6, "crore": 7, "billion": 9, "trillion": 12}
_OPEN = {
    "dozens": 24,
    "scores": 40,
    "hundreds": 200,
    "thousands": 2_000,
    "millions": 2_000_000,
    "billions": 2_000_000_000,
}
_OPEN_SCALES = {"hundreds": 100, "thousands": 1_000, "millions": 1_000_000, "billions": 1_000_000_000, "tens": 10}
_FRACTIONS = {
    word: below
    for below, forms in (
        (2, ("half", "halves")),
        (3, ("third", "thirds")),
        (4, ("quarter", "quarters", "fourth", "fourths")),
        (5, ("fifth", "fifths")),
        (6, ("sixth", "sixths")),
        (7, ("seventh", "sevenths")),
        (8, ("eighth", "eighths")),
        (10, ("tenth", "tenths")),
    )
    for word in forms
}


def word_numerals(tokens: Sequence[Token]) -> list[Numeral]:
    found: list[Numeral] = []
    position = 0
    while position < len(tokens):
        numeral, after = _word_numeral(tokens, position)
        if numeral is not None:
            found.append(numeral)
        position = max(after, position + 1)
    return found


def _word_numeral(tokens: Sequence[Token], at: int) -> tuple[Numeral | None, int]:
    word = tokens[at].low
    for reader in (_open_count, _one_in, _fraction, _half_of_scale, _cardinal):
        if word in _STARTS or "-" in word or "–" in word:
            numeral, after = reader(tokens, at)
            if numeral is not None:
                return numeral, after
    return None, at + 1


_STARTS = frozenset({*_SMALL, *WORD_SCALES, *_OPEN, *_FRACTIONS, *listed("number_starts")})


def _low(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].low if at < len(tokens) else ""


def _make(
    tokens: Sequence[Token],
    at: int,
    after: int,
    value: Decimal,
    step: Decimal,
    *,
    scaled: bool = False,
    open: bool = False,
    fraction: bool = False,
) -> tuple[Numeral, int]:
    return Numeral(tokens[at].start, tokens[after - 1].end, value, step, scaled, open, fraction, in_words=True), after


def _open_count(tokens: Sequence[Token], at: int) -> tuple[Numeral | None, int]:
    """dozens; hundreds of thousands; several hundred; a few thousand."""
    word, after = tokens[at].low, at + 1
    if word in ("several", "few") and _low(tokens, after) in (*WORD_SCALES, "dozen"):
        factor = 12 if _low(tokens, after) == "dozen" else 10 ** WORD_SCALES[_low(tokens, after)]
        return _make(tokens, at, after + 1, Decimal(2 * factor), Decimal(0), open=True)
    if word not in _OPEN and word != "tens":
        return None, at
    value = _OPEN.get(word, 20)
    while _low(tokens, after) == "of" and _low(tokens, after + 1) in _OPEN_SCALES:
        value *= _OPEN_SCALES[_low(tokens, after + 1)]
        after += 2
    if word == "tens" and after == at + 1:
        return None, at
    return _make(tokens, at, after, Decimal(value), Decimal(0), open=True)


def _one_in(tokens: Sequence[Token], at: int) -> tuple[Numeral | None, int]:
    """one in five; four out of five; every second (as a share)."""
    first = _SMALL.get(tokens[at].low)
    if first is None or first == 0:
        return None, at
    after = at + 1
    if _low(tokens, after) == "out" and _low(tokens, after + 1) == "of":
        after += 2
    elif _low(tokens, after) == "in":
        after += 1
    else:
        return None, at
    whole = _SMALL.get(_low(tokens, after))
    if whole is None or whole <= first:
        return None, at
    return _make(tokens, at, after + 1, Decimal(first) / Decimal(whole), Decimal(0), fraction=True)


def _fraction(tokens: Sequence[Token], at: int) -> tuple[Numeral | None, int]:
    """a third; two thirds; two-thirds; half; three quarters (not "the third quarter", "half a million")."""
    word = tokens[at].low
    above, after = 1, at
    if word in ("a", "an"):
        after = at + 1
    elif word in _UNITS and word != "zero":
        above, after = _UNITS[word], at + 1
    elif "-" in word:
        first, _, second = word.partition("-")
        if first in _UNITS and second in _FRACTIONS and _UNITS[first]:
            return _make(tokens, at, at + 1, Decimal(_UNITS[first]) / _FRACTIONS[second], Decimal(0), fraction=True)
        return None, at
    elif word not in ("half",):
        return None, at
    below = _FRACTIONS.get(_low(tokens, after))
    plural = _low(tokens, after).endswith(("s", "halves"))
    if below is None or (above > 1) != plural or (above >= below and below != 2):
        return None, at
    return _fraction_ending(tokens, at, after + 1, Decimal(above) / below)


def _fraction_ending(tokens: Sequence[Token], at: int, after: int, value: Decimal) -> tuple[Numeral | None, int]:
    following = _low(tokens, after)
    if following in ("a", "an", "of") and _scale_at(tokens, after) is not None:
        return None, at
    before = tokens[at - 1].low if at else ""
    takes_place = following in (
        "place",
        "century",
        "time",
        "year",
        "month",
        "hour",
        "day",
        "quarter",
        "term",
        "consecutive",
    )
    if (
        takes_place
        or following in ("-", "dozen")
        or (before in ("the", "first", "second", "last") and following not in ("of", "all"))
    ):
        return None, at
    return _make(tokens, at, after, value, Decimal(0), fraction=True)


def _scale_at(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    """The power of ten and the end of "a million", "of a million"."""
    while _low(tokens, at) in ("a", "an", "of"):
        at += 1
    word = _low(tokens, at)
    return (WORD_SCALES[word], at + 1) if word in WORD_SCALES else None


def _half_of_scale(tokens: Sequence[Token], at: int) -> tuple[Numeral | None, int]:
    """half a million; a quarter of a million; half a dozen; a dozen; a couple of."""
    word, after = tokens[at].low, at + 1
    if (
        word == "half"
        and _low(tokens, after) in ("a", "dozen")
        and "dozen" in (_low(tokens, after), _low(tokens, after + 1))
    ):
        return _make(tokens, at, after + (1 if _low(tokens, after) == "dozen" else 2), Decimal(6), Decimal(0))
    if (word in ("a", "one") and _low(tokens, after) == "dozen") or word == "dozen":
        return _make(tokens, at, after + (word != "dozen"), Decimal(12), Decimal(0))
    if word in ("a", "three") and _low(tokens, after) in ("quarter", "quarters", "third"):
        above, below, after = (3 if word == "three" else 1), _FRACTIONS[_low(tokens, after)], after + 1
    elif word == "half":
        above, below = 1, 2
    else:
        return None, at
    scale = _scale_at(tokens, after) if _low(tokens, after) in ("a", "an", "of") else None
    if scale is None:
        return None, at
    value = Decimal(above) / below * Decimal(10) ** scale[0]
    return _make(tokens, at, scale[1], value, Decimal(10) ** (scale[0] - 1), scaled=True)


def _cardinal(tokens: Sequence[Token], at: int) -> tuple[Numeral | None, int]:
    """twenty-one; one hundred and five; a million; two and a half million; fifteen hundred."""
    total = group = Decimal(0)
    step, seen, scaled, after = Decimal(1), False, False, at
    if tokens[at].low in ("a", "an") and _low(tokens, at + 1) in WORD_SCALES:
        group, after, seen = Decimal(1), at + 1, True
    while after < len(tokens):
        word = tokens[after].low
        parts = [_SMALL[part] for part in word.replace("–", "-").split("-") if part in _SMALL]
        if parts and len(parts) == word.replace("–", "-").count("-") + 1:
            group += sum(parts)
            step = Decimal(1)
        elif word in WORD_SCALES and (seen or after > at):
            factor = Decimal(10) ** WORD_SCALES[word]
            scaled, step = True, factor
            if word == "hundred":
                group *= factor
            else:
                total, group = total + max(group, Decimal(1)) * factor, Decimal(0)
        elif word == "and" and seen and _continues(tokens, after + 1):
            if _low(tokens, after + 1) == "a":
                group, step, after = group + Decimal("0.5"), Decimal("0.1"), after + 2
        else:
            break
        seen = True
        after += 1
    if not seen or (after == at + 1 and tokens[at].low in ("a", "an")):
        return None, at
    return _make(tokens, at, after, total + group, step, scaled=scaled)


def _continues(tokens: Sequence[Token], at: int) -> bool:
    """Whether "and" goes on with the same number: "hundred and five", "two and a half million"."""
    if _low(tokens, at) == "a":
        return _low(tokens, at + 1) == "half" and _low(tokens, at + 2) in WORD_SCALES
    before = _low(tokens, at - 2)
    word = _low(tokens, at).partition("-")[0]
    return before in WORD_SCALES and word in _SMALL and _low(tokens, at + 1) not in WORD_SCALES
