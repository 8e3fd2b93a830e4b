"""Numerals: figures in digits with separators and scales, number words, mixtures, fractions and open counts.

A numeral is only a number and its place in the text; whether it is a quantity, and of what, is decided in
`quantities`. Figures of more than 30 digits are no numerals.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from claims.matching.number_words import WORD_SCALES, Numeral, word_numerals
from claims.matching.text import Token

MOST_DIGITS = 30


_SCALES = {
    word: power
    for power, forms in (
        (2, ("hundred", "hundreds")),
        (3, ("thousand", "thousands", "k")),
        (5, ("lakh", "lakhs", "lac")),
        (6, ("million", "millions", "mn", "mln", "mio", "m")),
        (7, ("crore", "crores", "cr")),
        (9, ("billion", "billions", "bn", "bln", "b")),
        (12, ("trillion", "trillions", "tn", "trn")),
    )
    for word in forms
}
_ATTACHED_ONLY = frozenset({"k", "m", "b"})
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
    found += [numeral for numeral in word_numerals(tokens) if not taken & set(range(numeral.start, numeral.end))]
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
        return found["gap"] != "-" or word.lower() in WORD_SCALES
    if found["gap"] and not (money and word.lower() == "m"):
        return False
    return money or word in "kK" or (word.lower() == "m" and not _LENGTH_AFTER.match(text, found.end()))
