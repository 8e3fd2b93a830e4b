"""Numerals: figures in digits with separators and scales, number words, mixtures, fractions and open counts.

A numeral is only a number and its place in the text; whether it is a quantity, and of what, is decided in
`quantities`. Figures of more than 30 digits are no numerals.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from claims.matching.text import Token

MOST_DIGITS = 30


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


_SCALES = {
    "hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12, "lakh": 5, "lakhs": 5, "lac": 5, "crore": 7, "crores": 7,
    "mn": 6, "mln": 6, "mio": 6, "bn": 9, "bln": 9, "tn": 12, "trn": 12, "k": 3, "m": 6, "b": 9, "millions": 6, "billions": 9,
    "thousands": 3, "hundreds": 2, "trillions": 12, "cr": 7,
}  # fmt: skip
_ATTACHED_ONLY = frozenset({"k", "m", "b"})
_UNITS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_SMALL = _UNITS | _TENS
_WORD_SCALES = {
    word: _SCALES[word] for word in ("hundred", "thousand", "million", "billion", "trillion", "lakh", "crore")
}
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
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4, "fifth": 5, "fifths": 5,
    "sixth": 6, "sixths": 6, "seventh": 7, "eighth": 8, "eighths": 8, "tenth": 10, "tenths": 10,
}  # fmt: skip
_GROUP_SPACES = " \u00a0\u2009\u202f"
_DIGITS = re.compile(
    r"(?P<sign>(?<![\w.,)\]/-])[-−](?=[\d.]))?"
    r"(?:(?<![\w.,:/])|(?<=\bRs)|(?<=\bRMB)|(?<=\bUSD)|(?<=\bEUR)|(?<=\bGBP)|(?<=\bCNY)|(?<=\bINR)|(?<=\bCHF)|(?<=\bSEK)|(?<=\bNOK)|(?<=[\d%]–)|(?<=\bRs\.))"
    r"(?P<body>(?>\d{1,3}(?:,\d{2,3})*,\d{3}(?![\d])(?:\.\d+)?"
    rf"|\d{{1,3}}(?:[{_GROUP_SPACES}]\d{{3}}(?!\d))+(?:[.,]\d+)?"
    r"|\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?"
    r"|\d+,\d{1,2}(?!\d)"
    r"|\d+(?:\.\d+)?|\.\d+))"
    r"(?!\d|[.,:/]\d)"
)
_SCALE_AFTER = re.compile(
    r"(?P<gap>[\s\-\u00a0\u202f]?)(?P<word>hundred|thousands?|millions?|billions?|trillions?|lakhs?|lac|crores?|mn|mln|mio|bn|bln|tn|trn|cr|k|m|b)(?![^\W_])",
    re.IGNORECASE,
)
_LENGTH_AFTER = re.compile(
    r"[\s-](?:race|sprint|hurdles|freestyle|butterfly|backstroke|breaststroke|relay|dash|final|tall|deep|high|long|wide|above|below|away|from|of"
    r"|underwater|runner|swimmer|sea)\b"
)
_SEPARATORS = str.maketrans("", "", "," + _GROUP_SPACES)


def numerals(text: str, tokens: Sequence[Token]) -> list[Numeral]:
    """All numerals of a text, in order, without overlaps."""
    found = _digit_numerals(text, tokens)
    taken = {position for numeral in found for position in (numeral.start, numeral.end - 1)}
    found += [numeral for numeral in _word_numerals(tokens) if not taken & set(range(numeral.start, numeral.end))]
    return sorted(found, key=lambda numeral: numeral.start)


def _digit_numerals(text: str, tokens: Sequence[Token]) -> list[Numeral]:
    if not tokens:
        return []
    found: list[Numeral] = []
    for match in _DIGITS.finditer(text, tokens[0].start, tokens[-1].end):
        if match.end("body") - match.start("body") <= MOST_DIGITS * 4 // 3:
            numeral = _numeral(text, match)
            if numeral is not None:
                found.append(numeral)
    return found


def _numeral(text: str, match: re.Match[str]) -> Numeral | None:
    body = _plain(match["body"])
    digits = body.replace(".", "")
    if len(digits) > MOST_DIGITS:
        return None
    value = Decimal(body)
    step = _step(body)
    end, exponents = _scales_after(text, match.end(), money=_money_before(text, match.start()))
    factor = Decimal(10) ** sum(exponents)
    if match["sign"]:
        value = -value
    return Numeral(match.start(), end, value * factor, step * factor, scaled=bool(exponents))


def _plain(body: str) -> str:
    """The digits with a point for the decimals, whichever way the thousands were grouped."""
    if body.count(".") >= 2:
        return body.replace(".", "").replace(",", ".")
    grouped = re.fullmatch(rf"\d{{1,3}}(?:[{_GROUP_SPACES}]\d{{3}})+(?:[.,]\d+)?", body)
    if grouped or re.fullmatch(r"\d+,\d{1,2}", body):
        whole, _, decimals = body.replace(",", ".").partition(".")
        plain = whole.translate(_SEPARATORS)
        return f"{plain}.{decimals}" if decimals else plain
    return ("0" if body.startswith(".") else "") + body.translate(_SEPARATORS)


def _step(body: str) -> Decimal:
    _, point, decimals = body.partition(".")
    if point:
        return Decimal(1).scaleb(-len(decimals))
    significant = body.lstrip("0").rstrip("0")
    zeros = len(body) - len(body.rstrip("0")) if significant else 0
    return Decimal(1).scaleb(zeros) if len(body) >= 5 else Decimal(1)


def _money_before(text: str, start: int) -> bool:
    return start > 0 and text[start - 1] in "$€£¥₹₽₩₺"


def _scales_after(text: str, end: int, *, money: bool) -> tuple[int, list[int]]:
    """Where the scale words after a figure end ("crore", "hundred thousand"), and their powers of ten."""
    exponents: list[int] = []
    while len(exponents) < 3:
        found = _SCALE_AFTER.match(text, end)
        if found is None or not _is_scale(text, found, money=money):
            break
        exponents.append(_SCALES[found["word"].lower()])
        end = found.end()
    return end, exponents


def _is_scale(text: str, found: re.Match[str], *, money: bool) -> bool:
    word = found["word"]
    if word.lower() not in _ATTACHED_ONLY:
        return found["gap"] != "-" or word.lower() in _WORD_SCALES
    if found["gap"] and not (money and word.lower() == "m"):
        return False
    return money or word in "kK" or (word.lower() == "m" and not _LENGTH_AFTER.match(text, found.end()))


def _word_numerals(tokens: Sequence[Token]) -> list[Numeral]:
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


_STARTS = frozenset(
    {
        *_SMALL,
        *_WORD_SCALES,
        *_OPEN,
        *_FRACTIONS,
        "tens",
        "a",
        "an",
        "several",
        "few",
        "half",
        "dozen",
        "every",
        "couple",
    }
)


def _low(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].low if at < len(tokens) else ""


def _make(
    tokens: Sequence[Token], at: int, after: int, value: Decimal, step: Decimal, *, scaled: bool = False, open: bool = False,
    fraction: bool = False,
) -> tuple[Numeral, int]:  # fmt: skip
    return Numeral(tokens[at].start, tokens[after - 1].end, value, step, scaled, open, fraction, in_words=True), after


def _open_count(tokens: Sequence[Token], at: int) -> tuple[Numeral | None, int]:
    """dozens; hundreds of thousands; several hundred; a few thousand."""
    word, after = tokens[at].low, at + 1
    if word in ("several", "few") and _low(tokens, after) in (*_WORD_SCALES, "dozen"):
        factor = 12 if _low(tokens, after) == "dozen" else 10 ** _WORD_SCALES[_low(tokens, after)]
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
    return (_WORD_SCALES[word], at + 1) if word in _WORD_SCALES else None


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
    if tokens[at].low in ("a", "an") and _low(tokens, at + 1) in _WORD_SCALES:
        group, after, seen = Decimal(1), at + 1, True
    while after < len(tokens):
        word = tokens[after].low
        parts = [_SMALL[part] for part in word.replace("–", "-").split("-") if part in _SMALL]
        if parts and len(parts) == word.replace("–", "-").count("-") + 1:
            group += sum(parts)
            step = Decimal(1)
        elif word in _WORD_SCALES and (seen or after > at):
            factor = Decimal(10) ** _WORD_SCALES[word]
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
        return _low(tokens, at + 1) == "half" and _low(tokens, at + 2) in _WORD_SCALES
    before = _low(tokens, at - 2)
    word = _low(tokens, at).partition("-")[0]
    return before in _WORD_SCALES and word in _SMALL and _low(tokens, at + 1) not in _WORD_SCALES
