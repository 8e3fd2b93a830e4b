"""Numerals: figures in digits and in words, and the shares they form ("one in five", "9 out of 10").

A numeral is only a number and its place in the text; whether it is a quantity, and of what, is decided in
`quantities`. Figures of more than 30 digits are no numerals.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from claims.matching.digits import digit_numerals, has_digits
from claims.matching.number_words import MOST_DIGITS, Numeral, names_number, word_numerals, word_starts
from claims.matching.text import Token

__all__ = ["MOST_DIGITS", "may_count", "numerals"]

_MINUS_BEFORE = re.compile(r"(?<![^\W_])(?:minus|negative)[\s-]$", re.IGNORECASE)
_EITHER_WAY = re.compile(r"\bor\s+$", re.IGNORECASE)
""" "plus or minus 3" says how near a figure is."""
_SPACED_MINUS = re.compile(r"(?<=[a-z]\s)[-−]\s$")
_DEGREES_AFTER = re.compile(r"\s?(?:°|deg\b|degrees?\b)")
_SHARE = re.compile(
    r"\s+(?:(?P<out>out\s+of(?:\s+every)?)|(?P<of>in|in\s+every|of\s+every)|(?P<over>over))\s+|-(?:in|out-of)-"
)
_HUNDRED_END = re.compile(r"\bhundred$", re.IGNORECASE)
_THOUSAND_END = re.compile(r"\bthousand$", re.IGNORECASE)
_INDIAN_END = re.compile(r"\b(?:crore|lakh)s?$", re.IGNORECASE)
_LONGEST_JOINT = 20
_NEXT_GROUP = Decimal(1_000)
"""The least scale after which a number in words goes on behind a comma."""
_TIME_AFTER = re.compile(
    r"[\s-]*(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|decades?|seasons?|games?|matches|quarters?)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\s*(?:[.,;:!?)\"”]|$)")
_ROUND_WHOLES = frozenset({2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 50, 100, 1_000, 10_000, 100_000})
"""Wholes of which people say "three in ten"; "one in" goes with any."""
_YEARS = range(1_500, 2_101)


def may_count(text: str, start: int, end: int) -> bool:
    """Whether a numeral could stand between two offsets; spares the other sentences everything else."""
    return has_digits(text, start, end) or names_number(text, start, end)


def numerals(text: str, tokens: Sequence[Token]) -> list[Numeral]:
    """All numerals of a text, in order, without overlaps."""
    if not tokens:
        return []
    found = [_signed(text, numeral) for numeral in digit_numerals(text, tokens[0].start, tokens[-1].end)]
    starts = word_starts(tokens)
    if starts:
        taken = frozenset(position for numeral in found for position in range(numeral.start, numeral.end))
        in_words = word_numerals(tokens, taken, starts)
        found += [numeral for numeral in in_words if taken.isdisjoint(range(numeral.start, numeral.end))]
        found.sort(key=lambda numeral: numeral.start)
    return _with_shares(text, _with_sums(text, found)) if len(found) > 1 else found


def _signed(text: str, numeral: Numeral) -> Numeral:
    lead = text[max(0, numeral.start - 12) : numeral.start]
    low = lead.lower()
    minus = _MINUS_BEFORE.search(lead) if "minus" in low or "negative" in low else None
    if minus is not None and _EITHER_WAY.search(lead, 0, minus.start()):
        return numeral
    if minus is None and lead.endswith(("- ", "− ")) and _DEGREES_AFTER.match(text, numeral.end):
        minus = _SPACED_MINUS.search(lead)
    if minus is None:
        return numeral
    return numeral._replace(start=numeral.start - len(minus[0]), value=numeral.value.copy_negate())


def _with_sums(text: str, found: Sequence[Numeral]) -> list[Numeral]:
    """ "3 hundred and 21", "4 thousand 3 hundred": digits with scale words that go on."""
    summed: list[Numeral] = []
    for numeral in found:
        before = summed[-1] if summed else None
        if before is not None and _goes_on(text, before, numeral):
            value, step = before.value + numeral.value, numeral.step
            summed[-1] = Numeral(before.start, numeral.end, value, step, scaled=True)
        else:
            summed.append(numeral)
    return summed


def _goes_on(text: str, before: Numeral, numeral: Numeral) -> bool:
    if not before.scaled or before.fraction or before.open or numeral.fraction or numeral.open:
        return False
    if before.in_words:
        return _is_next_group(text, before, numeral)
    between = text[before.end : numeral.start] if numeral.start - before.end <= 5 else ","
    if _HUNDRED_END.search(text[max(before.start, before.end - 9) : before.end]):
        return between.strip() == "and" and 0 < numeral.value < 100 and numeral.value == int(numeral.value)
    if _INDIAN_END.search(text[max(before.start, before.end - 7) : before.end]):
        return between.strip() == "and" and numeral.in_words and 100 <= numeral.value < 100_000
    is_thousand = _THOUSAND_END.search(text[max(before.start, before.end - 9) : before.end])
    return bool(is_thousand) and between == " " and numeral.scaled and 100 <= numeral.value < 1000


def _is_next_group(text: str, before: Numeral, numeral: Numeral) -> bool:
    """ "sixty-six thousand, two hundred and one": hundreds in words behind thousands and a comma."""
    if not numeral.in_words or text[before.end : numeral.start].rstrip() != ",":
        return False
    return before.step >= _NEXT_GROUP and before.step / 10 <= numeral.value < before.step


def _with_shares(text: str, found: Sequence[Numeral]) -> list[Numeral]:
    joined: list[Numeral] = []
    for numeral in found:
        share = _share(text, joined[-1], numeral) if joined else None
        if share is not None:
            joined[-1] = share
        else:
            joined.append(numeral)
    return joined


def _share(text: str, part: Numeral, whole: Numeral) -> Numeral | None:
    """ "one in five", "four out of five", "1 over 3"; none for "5 in 2019", "three in ten days"."""
    if whole.start - part.end > _LONGEST_JOINT or part.open or part.fraction or whole.open or whole.fraction:
        return None
    joint = _SHARE.fullmatch(text, part.end, whole.start)
    if joint is None or whole.value <= 0 or part.value == 0 or not _is_whole(part, whole):
        return None
    if joint["over"]:
        alone = part.value < 100_000 and _ENDS.match(text, whole.end) and text[part.start - 1 : part.start] != "$"
        if not alone:
            return None
    elif part.value >= whole.value or part.value < 0 or (joint["of"] and not _is_round(text, part, whole)):
        return None
    return Numeral(part.start, whole.end, part.value / whole.value, Decimal(0), fraction=True, in_words=True)


def _is_whole(part: Numeral, whole: Numeral) -> bool:
    return part.value == part.value.to_integral_value() and whole.value == whole.value.to_integral_value()


def _is_round(text: str, part: Numeral, whole: Numeral) -> bool:
    if _TIME_AFTER.match(text, whole.end) or (not whole.in_words and int(whole.value) in _YEARS):
        return False
    return part.value == 1 or int(whole.value) in _ROUND_WHOLES
