"""Quantities: which numerals are amounts, of what, with which bound, unit and direction.

Years, dates, clock times, ordinals, phone numbers, identifiers, legal sections and game scores are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from claims.matching.bounds import INCLUSIVE, OR_EQUAL, bound_after, bound_before, change_around
from claims.matching.compounds import joined
from claims.matching.counted import Figure, Sheet, rate_after, with_items
from claims.matching.currencies import currency_before, factor_before
from claims.matching.measured import Unit, unit_after
from claims.matching.number_words import Numeral
from claims.matching.numbers import numerals
from claims.matching.periods import find_periods
from claims.matching.ranges import is_range, shared_scale
from claims.matching.rejects import is_no_amount
from claims.matching.text import Token, index_at, sentence_spans, tokens
from claims.matching.types import Bound, Kind, Quantity, Span
from claims.matching.units import dimension_of

EXACT_BELOW = Decimal(10_000)


def extract_quantities(text: str, *, date: date | None = None) -> list[Quantity]:
    """The quantities of a text, in order; `date`, the document's, only helps to tell dates from amounts."""
    found: list[Quantity] = []
    for span in sentence_spans(text):
        words = tokens(text, span.start, span.end)
        read = numerals(text, words)
        if read:
            masks = find_periods(text, span.start, span.end, date).masks
            found += [figure.quantity for figure in figures(text, span, words, masks, read)[0]]
    return found


def figures(
    text: str, span: Span, words: list[Token], masks: Sequence[Span], read: Sequence[Numeral] | None = None
) -> tuple[list[Figure], Sheet]:
    """The figures of one sentence and the sheet they were read from; `read`: its numerals, if already known."""
    dated = _indexes(words, masks)
    kept = [
        numeral
        for numeral in (numerals(text, words) if read is None else read)
        if not any(numeral.start < mask.end and numeral.end > mask.start for mask in masks)
        and not is_no_amount(text, words, numeral, dated)
    ]
    taken = _indexes(words, [Span(numeral.start, numeral.end) for numeral in kept])
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


def _indexes(words: Sequence[Token], spans: Sequence[Span]) -> frozenset[int]:
    """The indexes of the tokens that overlap any of the spans; both are in order."""
    found: set[int] = set()
    index = 0
    for span in sorted(spans, key=lambda span: span.start):
        while index < len(words) and words[index].end <= span.start:
            index += 1
        position = index
        while position < len(words) and words[position].start < span.end:
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
    start, end = numeral.start, numeral.end
    money = currency_before(sheet.text, numeral.start, floor)
    unit = unit_after(sheet, first, after, numeral)
    if money is not None:
        start = money[1]
        said_again = unit.name == money[0] and sheet.tokens[unit.after - 1].is_word
        end, after = (unit.after_end(sheet), unit.after) if said_again else (end, after)
        unit = Unit(money[0], after, Kind.MONEY, Decimal(factor_before(sheet.text, start)))
    elif unit.name:
        after, end = unit.after, max(end, unit.after_end(sheet))
    rated = rate_after(sheet, after) if unit.name and unit.kind is not Kind.RATIO else None
    if rated is not None:
        unit, after = Unit(f"{unit.name} per {rated[0]}", rated[1], Kind.RATE, unit.factor), rated[1]
        end = sheet.tokens[after - 1].end
    if unit.factor != 1:
        numeral = numeral._replace(value=numeral.value * unit.factor, step=numeral.step * unit.factor)
    surface, step = sheet.text[start:end], _step(numeral, unit.kind)
    quantity = Quantity(start, end, surface, numeral.value, unit=unit.name, kind=unit.kind, step=step)
    bounded = _bounded(sheet, Figure(quantity, first, after), numeral, end)
    if not unit.name and (behind := bound_after(sheet.text, end)) is not None:
        after = index_at(sheet.tokens, behind[1])
    return Figure(bounded, first, after)


def _step(numeral: Numeral, kind: Kind) -> Decimal:
    """0 for what is exact: counts under 10,000 in digits or words without a scale."""
    if kind is Kind.COUNT and not numeral.scaled and numeral.value.copy_abs() < EXACT_BELOW and numeral.step >= 1:
        return Decimal(0)
    return numeral.step


def _bounded(sheet: Sheet, figure: Figure, numeral: Numeral, end: int) -> Quantity:
    quantity = figure.quantity
    wording = bound_before(sheet.text, sheet.span.start, quantity.start)
    bound = wording.bound if wording else Bound.EXACT
    if bound in (Bound.EXACT, Bound.APPROXIMATE):
        behind = bound_after(sheet.text, end)
        bound = behind[0] if behind is not None else bound
    elif OR_EQUAL.match(sheet.text, end):
        bound = INCLUSIVE.get(bound, bound)
    is_time = dimension_of(quantity.unit) in ("duration", "age")
    change = change_around(sheet.tokens, figure.first, figure.after, spans_time=is_time)
    value = quantity.value
    if numeral.open:
        return replace(quantity, value=None, low=value, bound=Bound.AT_LEAST, change=change)
    if numeral.fraction and bound is Bound.EXACT and quantity.kind is Kind.RATIO:
        bound = Bound.APPROXIMATE
    low = value if bound in (Bound.MORE_THAN, Bound.AT_LEAST) or (wording is not None and wording.barely) else None
    high = value if bound in (Bound.LESS_THAN, Bound.AT_MOST) else None
    return replace(quantity, bound=bound, low=low, high=high, change=change)
