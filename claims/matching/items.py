"""The nouns of a sentence's figures together: what one lends to another, and what a noun says about its figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from claims.matching.bounds import bound_behind
from claims.matching.counted import EXACT_BELOW, Figure, Sheet, named
from claims.matching.digits import amount
from claims.matching.ranges import follows_from
from claims.matching.text import is_plural
from claims.matching.types import Bound, Kind, Quantity

NEAREST = 4
"""Figures back from which one without a noun may borrow."""

LEAST_INDEX = 100
"""A stock index stands at least this high."""

_COUNT = Kind.COUNT
_GROUPED = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_MEANS = frozenset({"average", "averaged", "averages", "averaging", "mean", "median", "rate"})


def with_items(sheet: Sheet, found: list[Figure]) -> list[Figure]:
    """Each figure with the noun it counts: its own, that of the whole it is part of, or that of the figure before."""
    listed = [_completed(sheet, named(sheet, figure)) for figure in found]
    for index in range(len(listed) - 1):
        listed[index] = _level(sheet, listed[index], listed[index + 1])
    if all(figure.quantity.item or figure.quantity.kind is not _COUNT for figure in listed):
        return listed
    for index, figure in reversed(list(enumerate(listed))):
        if _is_bare(figure) and sheet.text[figure.quantity.end : figure.quantity.end + 1] == "-":
            listed[index] = _borrowed(sheet, listed, index)
    for index, figure in enumerate(listed):
        if _is_bare(figure):
            level = _index_level(sheet, listed, index)
            listed[index] = _borrowed(sheet, listed, index) if level is None else level
    return listed


def _is_bare(figure: Figure) -> bool:
    return figure.quantity.kind is _COUNT and not figure.quantity.item


def _completed(sheet: Sheet, figure: Figure) -> Figure:
    """A figure read again in the light of its noun: "1.200 cars", "30 people or fewer"."""
    if figure.quantity.kind is not _COUNT or not figure.quantity.item or figure.after > len(sheet.tokens):
        return figure
    quantity = _grouped(sheet, figure, figure.quantity)
    behind = bound_behind(sheet.text, sheet.tokens[figure.after - 1].end)
    if behind is not None and quantity.bound in (Bound.EXACT, Bound.APPROXIMATE) and quantity.value is not None:
        low = quantity.value if behind is Bound.AT_LEAST else None
        high = quantity.value if behind is Bound.AT_MOST else None
        quantity = replace(quantity, bound=behind, low=low, high=high)
    return figure if quantity is figure.quantity else replace(figure, quantity=quantity)


def _grouped(sheet: Sheet, figure: Figure, quantity: Quantity) -> Quantity:
    """ "1.200 cars" are 1,200: a dot before exactly three digits groups them where whole things are counted."""
    is_plain = quantity.value is not None and _GROUPED.fullmatch(quantity.surface) is not None
    if not is_plain or not is_plural(sheet.tokens[figure.after - 1].low) or _is_mean(sheet, figure):
        return quantity
    value, step = amount(quantity.surface.replace(".", ""))
    low, high = (None if end is None else value for end in (quantity.low, quantity.high))
    return replace(quantity, value=value, low=low, high=high, step=step if value >= EXACT_BELOW else Decimal(0))


def _is_mean(sheet: Sheet, figure: Figure) -> bool:
    return any(token.low in _MEANS for token in sheet.tokens[max(0, figure.first - 6) : figure.first])


def _level(sheet: Sheet, first: Figure, second: Figure) -> Figure:
    """ "from 5 to 8 million euros": the first of two levels has the scale and the unit of the second."""
    one, other = first.quantity, second.quantity
    if not (_is_bare(first) and not one.unit and one.value is not None and other.value is not None and other.unit):
        return first
    if sheet.text[one.end : other.start].strip().lower() != "to" or not follows_from(sheet.text, one.start):
        return first
    return replace(first, quantity=replace(one, unit=other.unit, kind=other.kind, item=other.item))


def _index_level(sheet: Sheet, found: Sequence[Figure], index: int) -> Figure | None:
    """A bare level behind a move in points: "fell 12.5 points to 7,425.81"."""
    figure, quantity = found[index], found[index].quantity
    lead = sheet.tokens[figure.first - 1].low if figure.first else ""
    near = found[max(0, index - NEAREST) : index + 2]
    in_points = any(other.quantity.unit == "point" for other in near)
    is_level = lead in ("to", "at", "from", "(") and quantity.value is not None and quantity.step < 1
    if not (in_points and is_level and quantity.value is not None and abs(quantity.value) >= LEAST_INDEX):
        return None
    return Figure(replace(quantity, unit="point", kind=Kind.MEASURE), figure.first, figure.after)


_SUSPENDED = re.compile(r"-\s*(?:,|and|or|to|,\s*and)\s*")
"""Between "four-, five- and six-cylinder": the unit stands at the last."""
_TO_WHOLE = re.compile(r"\s*(?:(?:out\s+)?of|from|among|in)\s+(?:[\w'’]+\s+){0,4}$", re.IGNORECASE)


def _borrowed(sheet: Sheet, found: Sequence[Figure], index: int) -> Figure:
    figure = found[index]
    if index + 1 < len(found):
        following = found[index + 1].quantity
        if _SUSPENDED.fullmatch(sheet.text, figure.quantity.end, following.start) and following.unit:
            shared = replace(figure.quantity, item=following.item, unit=following.unit, kind=following.kind)
            return Figure(shared, figure.first, figure.after)
        if (
            following.kind is _COUNT
            and following.item
            and _TO_WHOLE.fullmatch(sheet.text[figure.quantity.end : following.start])
        ):
            return Figure(
                replace(figure.quantity, item=following.item, unit=following.unit), figure.first, figure.after
            )
    for other in reversed(found[max(0, index - NEAREST) : index]):
        if other.quantity.kind is _COUNT and other.quantity.item:
            return Figure(
                replace(figure.quantity, item=other.quantity.item, unit=other.quantity.unit), figure.first, figure.after
            )
    return figure
