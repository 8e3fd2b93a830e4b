"""Quantities: which numerals are amounts, of what, with which bound, unit and direction.

Years, dates, clock times, ordinals, phone numbers, identifiers, legal sections and game scores are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from claims.matching.bounds import INCLUSIVE, OR_EQUAL, bound_after, bound_before
from claims.matching.changes import change_around
from claims.matching.compounds import joined
from claims.matching.counted import EXACT_BELOW, Figure, Sheet, rate_after
from claims.matching.currencies import currency_before, factor_before
from claims.matching.date_phrases import Mark
from claims.matching.items import with_items
from claims.matching.measured import TIME, Unit, unit_after
from claims.matching.number_words import MULTIPLIED, Numeral
from claims.matching.numbers import may_count, numerals
from claims.matching.periods import dates_in
from claims.matching.ranges import is_range, shared_scale, with_shared_scales
from claims.matching.rejects import is_no_amount
from claims.matching.text import Token, index_at, sentence_spans, tokens
from claims.matching.types import Bound, Change, Kind, Quantity, Span
from claims.matching.units import dimension_of

_EXACT_STEP = Decimal(0)
_COUNT, _RATIO, _EXACT = Kind.COUNT, Kind.RATIO, Bound.EXACT
_LOOSE = (Bound.EXACT, Bound.APPROXIMATE)
_LOWER = (Bound.MORE_THAN, Bound.AT_LEAST)
_UPPER = (Bound.LESS_THAN, Bound.AT_MOST)
_STRICT = (Bound.MORE_THAN, Bound.LESS_THAN)


def extract_quantities(text: str, *, date: date | None = None) -> list[Quantity]:
    """The quantities of a text, in order; `date`, the document's, changes none of them."""
    found: list[Quantity] = []
    for span in sentence_spans(text):
        if not may_count(text, span.start, span.end):
            continue
        words = tokens(text, span.start, span.end)
        read = numerals(text, words)
        if read:
            dates = dates_in(text, span.start, span.end)
            found += [figure.quantity for figure in figures(text, span, words, dates, read)[0]]
    return found


def figures(
    text: str, span: Span, words: list[Token], masks: Sequence[Span | Mark], read: Sequence[Numeral] | None = None
) -> tuple[list[Figure], Sheet]:
    """The figures of one sentence and the sheet they were read from.

    `masks`: its dates; `read`: its numerals, if already known.
    """
    dated = _indexes(words, [(mark.start, mark.end) for mark in masks])
    kept = [
        numeral
        for numeral in (numerals(text, words) if read is None else read)
        if not (masks and any(numeral.start < mask.end and numeral.end > mask.start for mask in masks))
        and not is_no_amount(text, words, numeral, dated)
    ]
    kept = with_shared_scales(text, kept)
    taken = _indexes(words, [numeral[:2] for numeral in kept])
    sheet = Sheet(text, span, words, dated | taken)
    found: list[Figure] = []
    position = 0
    while position < len(kept):
        floor = found[-1].quantity.end if found else span.start
        figure, used = _figure(sheet, kept, position, floor)
        found.append(figure)
        position += used
        while position < len(kept) and kept[position].start < figure.quantity.end:
            position += 1
    return joined(sheet, with_items(sheet, found)), sheet


def _indexes(words: Sequence[Token], spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    """The indexes of the tokens that overlap any of the spans."""
    found: set[int] = set()
    for start, end in spans:
        position = index_at(words, start)
        while position < len(words) and words[position].start < end:
            found.add(position)
            position += 1
    return frozenset(found)


def _figure(sheet: Sheet, kept: Sequence[Numeral], at: int, floor: int) -> tuple[Figure, int]:
    following = kept[at + 1] if at + 1 < len(kept) else None
    if following is not None and is_range(sheet, kept[at], following):
        return _range(sheet, kept[at], following, floor), 2
    return _single(sheet, kept[at], floor), 1


def _range(sheet: Sheet, first: Numeral, second: Numeral, floor: int) -> Figure:
    low, high = shared_scale(first, second)
    base = _single(sheet, second, first.end)
    money = currency_before(sheet.text, first.start, floor)
    start = money[1] if money else first.start
    unit, kind = base.quantity.unit, base.quantity.kind
    if money and kind is not Kind.RATE:
        unit, kind = money[0], Kind.MONEY
    begin = index_at(sheet.tokens, first.start)
    if not unit:
        named = unit_after(sheet, begin, base.after, second)
        unit, kind = named.name, named.kind
    quantity = replace(
        base.quantity,
        start=start,
        surface=sheet.text[start : base.quantity.end],
        value=None,
        low=low,
        high=high,
        bound=Bound.RANGE,
        unit=unit,
        kind=kind,
        change=change_around(sheet.tokens, begin, base.after),
        step=min(first.step, second.step),
    )
    return Figure(quantity, begin, base.after)


def _single(sheet: Sheet, numeral: Numeral, floor: int) -> Figure:
    first, after = index_at(sheet.tokens, numeral.start), index_at(sheet.tokens, numeral.end)
    if after < len(sheet.tokens) and sheet.tokens[after].start < numeral.end:
        after += 1
    place = _with_unit(sheet, numeral, first, after, floor)
    unit, after = place.unit, place.unit.after
    if unit.factor != 1:
        numeral = numeral._replace(value=numeral.value * unit.factor, step=numeral.step * unit.factor)
    told = _bound(sheet, numeral, place)
    change = _change(sheet, numeral, unit, first)
    if not unit.name and told.end is not None:
        after = index_at(sheet.tokens, told.end)
    value = numeral.value
    quantity = Quantity(
        place.start,
        place.end,
        sheet.text[place.start : place.end],
        None if numeral.open else value,
        value if numeral.open or told.bound in _LOWER or told.barely else None,
        value if told.bound in _UPPER else None,
        told.bound,
        unit.name,
        unit.kind,
        change=change,
        step=_step(numeral, unit.kind),
    )
    return Figure(quantity, first, after)


def _change(sheet: Sheet, numeral: Numeral, unit: Unit, first: int) -> Change:
    """The way a figure moved; "doubled" and "halved" say it themselves."""
    if unit.name == TIME and sheet.text[numeral.start : numeral.end].lower() in MULTIPLIED:
        return Change.UP if numeral.value > 1 else Change.DOWN
    return change_around(sheet.tokens, first, unit.after, dimension=dimension_of(unit.name))


class _Place(NamedTuple):
    """Where a quantity stands with its unit, sign and rate."""

    start: int
    end: int
    unit: Unit


def _with_unit(sheet: Sheet, numeral: Numeral, first: int, after: int, floor: int) -> _Place:
    start, end = numeral.start, numeral.end
    money = currency_before(sheet.text, numeral.start, floor)
    unit = unit_after(sheet, first, after, numeral)
    if money is not None:
        start = money[1]
        if unit.name == money[0] and sheet.tokens[unit.after - 1].is_word:  # "$10 dollars"
            after, end = unit.after, unit.after_end(sheet)
        scale = unit if unit.is_scale else Unit("", after, Kind.MONEY, Decimal(factor_before(sheet.text, start)))
        unit = Unit(money[0], scale.after, Kind.MONEY, scale.factor)
        end = max(end, sheet.tokens[unit.after - 1].end if scale.is_scale and unit.after > after else end)
    elif unit.name or unit.is_scale:
        end = max(end, unit.after_end(sheet))
    rated = rate_after(sheet, unit.after) if unit.name and unit.kind is not _RATIO else None
    if rated is not None:
        unit = Unit(f"{unit.name} per {rated[0]}", rated[1], Kind.RATE, unit.factor)
        end = unit.after_end(sheet)
    return _Place(start, end, unit)


class _Told(NamedTuple):
    """The bound of a figure; `end`: where its wording behind the figure ends; `barely`: "just over"."""

    bound: Bound
    end: int | None = None
    barely: bool = False


def _bound(sheet: Sheet, numeral: Numeral, place: _Place) -> _Told:
    wording = bound_before(sheet.text, sheet.span.start, place.start)
    bound = wording.bound if wording else _EXACT
    behind = bound_after(sheet.text, place.end)
    end = behind[1] if behind is not None else None
    if numeral.open:
        return _Told(Bound.AT_LEAST, end)
    if behind is not None and bound in _LOOSE:
        bound = behind[0]
    elif bound in _STRICT and OR_EQUAL.match(sheet.text, place.end):
        bound = INCLUSIVE[bound]
    elif numeral.fraction and bound is _EXACT and place.unit.kind is Kind.RATIO:
        bound = Bound.APPROXIMATE
    return _Told(bound, end, wording is not None and wording.barely)


def _step(numeral: Numeral, kind: Kind) -> Decimal:
    """0 for what is exact: counts under 10,000 in digits or words without a scale."""
    if kind is _COUNT and not numeral.scaled and numeral.value.copy_abs() < EXACT_BELOW and numeral.step >= 1:
        return _EXACT_STEP
    return numeral.step
