"""Figures that belong together: "5 ft 2 in", "3 dollars 50 cents", "more than 10 and less than 40", and the same
amount said twice ("296 hp (224 kW)", "0.25 points, or 0.01 %").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from claims.matching.bounds import bound_before
from claims.matching.counted import Figure, Sheet
from claims.matching.types import Bound, Change, Kind, Quantity
from claims.matching.units import dimension_of

_ADJACENT = re.compile(r"[\s-]*(?:,|and)?[\s-]*")
_LINKED = re.compile(r"\s*(?:,|and|but|,\s*and|,\s*but)\s*(?:is\s+|are\s+|was\s+)?", re.IGNORECASE)
_SAME_AGAIN = re.compile(r"\s*(?:\(|,\s*or\s|/)\s*", re.IGNORECASE)
_LOWER = (Bound.MORE_THAN, Bound.AT_LEAST)
_UPPER = (Bound.LESS_THAN, Bound.AT_MOST)
_INCHES_PER_FOOT = 12
_CENTS = 100
Join = Callable[[Sheet, Figure, Figure], Figure | None]


def joined(sheet: Sheet, found: Sequence[Figure]) -> list[Figure]:
    """The figures with those made one that say one amount, and second sayings given the first one's bound."""
    result: list[Figure] = []
    for figure in found:
        whole = None
        if result:
            whole = next((made for join in _JOINS if (made := join(sheet, result[-1], figure)) is not None), None)
        if whole is not None:
            result[-1] = whole
        else:
            result.append(_repeated(sheet, result[-1], figure) if result else figure)
    return result


def _whole(sheet: Sheet, first: Figure, second: Figure, value: Decimal) -> Figure:
    end = second.quantity.end
    surface = sheet.text[first.quantity.start : end]
    low = value if first.quantity.low is not None else None
    high = value if first.quantity.high is not None else None
    quantity = replace(
        first.quantity, value=value, low=low, high=high, end=end, surface=surface, step=second.quantity.step
    )
    return Figure(quantity, first.first, second.after)


def _feet_and_inches(sheet: Sheet, first: Figure, second: Figure) -> Figure | None:
    one, other = first.quantity, second.quantity
    fits = one.unit == "foot" and other.unit == "inch" and one.value is not None and other.value is not None
    if not fits or not _ADJACENT.fullmatch(sheet.text, one.end, other.start):
        return None
    if one.value is None or other.value is None or not 0 <= other.value < _INCHES_PER_FOOT:
        return None
    return _whole(sheet, first, second, one.value + other.value / _INCHES_PER_FOOT)


def _dollars_and_cents(sheet: Sheet, first: Figure, second: Figure) -> Figure | None:
    one, other = first.quantity, second.quantity
    if one.kind is not Kind.MONEY or one.value is None or other.value is None or not 0 < other.value < _CENTS:
        return None
    is_whole = one.value == int(one.value) and other.value == int(other.value)
    is_part = other.unit in ("cent", "penny", "eurocent") or not (other.unit or other.item)
    if not (is_whole and is_part and len(one.unit) == 3 and _is_cents(sheet, one, other)):
        return None
    return _whole(sheet, first, second, one.value + other.value / _CENTS)


def _is_cents(sheet: Sheet, one: Quantity, other: Quantity) -> bool:
    """Bare digits are cents directly behind a currency's name: "15 dollars 50", not "15 dollars, 50"."""
    between = sheet.text[one.end : other.start]
    if other.unit and other.unit != one.unit:
        return bool(_ADJACENT.fullmatch(between))
    last = one.surface[-1:]
    in_digits = other.surface[:2].isdigit() and len(other.surface) == 2
    ends = in_digits or not sheet.text[other.end : other.end + 2].strip(" .,;!?")
    return ends and other.bound is Bound.EXACT and last.isalpha() and between in (" ", " and ")


def _two_bounds(sheet: Sheet, first: Figure, second: Figure) -> Figure | None:
    """ "more than 10 and less than 40": one range."""
    one, other = first.quantity, second.quantity
    pair = (one, other) if one.bound in _LOWER and other.bound in _UPPER else None
    pair = (other, one) if one.bound in _UPPER and other.bound in _LOWER else pair
    if pair is None or pair[0].low is None or pair[1].high is None or pair[0].low >= pair[1].high:
        return None
    if one.unit and other.unit and one.unit != other.unit:
        return None
    wording = bound_before(sheet.text, one.end, other.start)
    begun = wording.start if wording is not None else other.start
    if not _LINKED.fullmatch(sheet.text, one.end, begun):
        return None
    quantity = replace(
        other,
        start=one.start,
        surface=sheet.text[one.start : other.end],
        value=None,
        low=pair[0].low,
        high=pair[1].high,
        bound=Bound.RANGE,
        change=one.change,
    )
    return Figure(quantity, first.first, second.after)


_JOINS: tuple[Join, ...] = (_feet_and_inches, _dollars_and_cents, _two_bounds)


def _repeated(sheet: Sheet, first: Figure, second: Figure) -> Figure:
    """The second saying of an amount in another unit shares the bound and the direction of the first."""
    one, other = first.quantity, second.quantity
    if (
        one.unit == other.unit
        or other.start - one.end > 8
        or not _SAME_AGAIN.fullmatch(sheet.text, one.end, other.start)
    ):
        return second
    same = dimension_of(one.unit) is not None and dimension_of(one.unit) == dimension_of(other.unit)
    quantity = other
    if same and other.bound is Bound.EXACT and one.bound in (*_LOWER, *_UPPER):
        low = other.value if one.bound in _LOWER else None
        high = other.value if one.bound in _UPPER else None
        quantity = replace(quantity, bound=one.bound, low=low, high=high)
    elif same and other.bound is Bound.EXACT and one.bound in (Bound.NEARLY, Bound.APPROXIMATE):
        quantity = replace(quantity, bound=one.bound)
    is_again = same or (other.kind is Kind.PERCENT and ")" not in sheet.text[one.end : other.start])
    if is_again and other.change is Change.NONE:
        quantity = replace(quantity, change=one.change)
    return Figure(quantity, second.first, second.after)
