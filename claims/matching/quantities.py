"""Quantities: which numerals are amounts, of what, with which bound, unit and direction.

Years, dates, clock times, ordinals, phone numbers, identifiers, legal sections and game scores are left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from claims.matching.bounds import bound_after, bound_before, change_around
from claims.matching.counted import Figure, Sheet, rate_after, with_items
from claims.matching.currencies import currency_at, currency_before
from claims.matching.number_words import Numeral
from claims.matching.numbers import numerals
from claims.matching.periods import find_periods
from claims.matching.rejects import is_no_amount
from claims.matching.text import Token, sentence_spans, tokens
from claims.matching.types import Bound, Kind, Quantity, Span
from claims.matching.units import PERCENT, PERCENTAGE_POINT, unit_at

EXACT_BELOW = Decimal(10_000)
LONGEST_JOIN = 24
_SIGN = r"(?:(?:US|AU?|CA?|NZ|HK)?[$€£¥₹₽₩₺])?"
_RANGE_UNIT = r"(?P<unit>\s?%|\s(?:percent|per cent|euros?|dollars|yuan|pounds|people|km|metres|tonnes))?"
_RANGE_JOIN = re.compile(rf"{_RANGE_UNIT}\s*(?P<joint>-|–|—|to|and)\s*{_SIGN}\s?", re.IGNORECASE)
_BETWEEN = re.compile(
    rf"\b(?P<word>between|rang(?:e|es|ed|ing)\s+from|from|by)\s+(?:about\s+|around\s+|some\s+)?{_SIGN}\s?$",
    re.IGNORECASE,
)
_NO_SCALE = Decimal(1_000)
_UNIT_COMPOUND = re.compile(r"(?:year|month|week|day|hour|minute|mile|metre|meter|foot)(?=-)")


def extract_quantities(text: str, *, date: date | None = None) -> list[Quantity]:
    """The quantities of a text, in order; `date`, the document's, only helps to tell dates from amounts."""
    found: list[Quantity] = []
    for span in sentence_spans(text):
        sheet_tokens = tokens(text, span.start, span.end)
        masks = find_periods(text, span.start, span.end, date).masks
        found += [figure.quantity for figure in figures(text, span, sheet_tokens, masks)[0]]
    return found


def figures(text: str, span: Span, words: list[Token], masks: Sequence[Span]) -> tuple[list[Figure], Sheet]:
    """The figures of one sentence and the sheet they were read from."""
    kept = [
        numeral
        for numeral in numerals(text, words)
        if not any(numeral.start < mask.end and numeral.end > mask.start for mask in masks)
    ]
    dated = _indexes(words, masks)
    kept = [numeral for numeral in kept if not is_no_amount(text, words, numeral, dated)]
    taken = _indexes(words, [Span(numeral.start, numeral.end) for numeral in kept])
    sheet = Sheet(text, span, words, dated | taken)
    found: list[Figure] = []
    position = 0
    while position < len(kept):
        figure, used = _figure(sheet, kept, position)
        found.append(figure)
        position += used
    return with_items(sheet, found), sheet


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


def _figure(sheet: Sheet, kept: Sequence[Numeral], at: int) -> tuple[Figure, int]:
    numeral = kept[at]
    following = kept[at + 1] if at + 1 < len(kept) else None
    if following is not None and _is_range(sheet, numeral, following):
        return _range(sheet, numeral, following), 2
    return _single(sheet, numeral), 1


def _is_range(sheet: Sheet, first: Numeral, second: Numeral) -> bool:
    if first.fraction or second.fraction or second.start - first.end > LONGEST_JOIN:
        return False
    joined = _RANGE_JOIN.fullmatch(sheet.text, first.end, second.start)
    low, high = _shared_scale(first, second)
    if joined is None or low >= high or not _same_unit(sheet.text, joined, second):
        return False
    lead = _BETWEEN.search(sheet.text[max(sheet.span.start, first.start - 32) : first.start])
    word = lead["word"].lower() if lead else ""
    joint = joined["joint"].lower()
    return word == "between" if joint == "and" else joint != "to" or word not in ("from", "by")


def _same_unit(text: str, joined: re.Match[str], second: Numeral) -> bool:
    """A unit written after the first end must be written after the second too: "5% to 8%", not "12% to 300"."""
    unit = joined["unit"]
    return not unit or text[second.end : second.end + 12].strip().lower().startswith(unit.strip().lower()[:4])


def _shared_scale(first: Numeral, second: Numeral) -> tuple[Decimal, Decimal]:
    """The two ends of a range; "80 to 100 billion" means billions on both sides."""
    if first.scaled or not second.scaled or first.value >= _NO_SCALE:
        return first.value, second.value
    plain = second.value
    while plain >= _NO_SCALE:
        plain /= _NO_SCALE
    return first.value * (second.value / plain), second.value


def _range(sheet: Sheet, first: Numeral, second: Numeral) -> Figure:
    low, high = _shared_scale(first, second)
    base = _single(sheet, second)
    money = currency_before(sheet.text, first.start)
    start = money[1] if money else first.start
    unit, kind = (
        (money[0], Kind.MONEY)
        if money and base.quantity.kind is not Kind.RATE
        else (base.quantity.unit, base.quantity.kind)
    )
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
        step=min(first.step, second.step),
    )
    return Figure(quantity, _index_at(sheet.tokens, first.start), base.after)


def _index_at(words: Sequence[Token], offset: int) -> int:
    low, high = 0, len(words)
    while low < high:
        middle = (low + high) // 2
        if words[middle].end <= offset:
            low = middle + 1
        else:
            high = middle
    return low


def _single(sheet: Sheet, numeral: Numeral) -> Figure:
    first, after = _index_at(sheet.tokens, numeral.start), _index_at(sheet.tokens, numeral.end)
    if after < len(sheet.tokens) and sheet.tokens[after].start < numeral.end:
        after += 1
    start, end, unit, kind = numeral.start, numeral.end, "", Kind.COUNT
    if first and sheet.tokens[first - 1].low == "minus":
        start, numeral = sheet.tokens[first - 1].start, numeral._replace(value=-numeral.value)
    money = currency_before(sheet.text, numeral.start)
    if money is not None:
        unit, start, kind = money[0], money[1], Kind.MONEY
    else:
        unit, after, kind = _unit(sheet, after, numeral)
        end = sheet.tokens[after - 1].end if unit else numeral.end
    rated = rate_after(sheet, after)
    if rated is not None and unit:
        unit, after, kind = f"{unit} per {rated[0]}", rated[1], Kind.RATE
        end = sheet.tokens[after - 1].end
    quantity = Quantity(
        start, end, sheet.text[start:end], numeral.value, unit=unit, kind=kind, step=_step(numeral, kind)
    )
    return Figure(_bounded(sheet, Figure(quantity, first, after), numeral, end), first, after)


def _unit(sheet: Sheet, at: int, numeral: Numeral) -> tuple[str, int, Kind]:
    hyphen = at < len(sheet.tokens) and sheet.tokens[at].text == "-" and sheet.tokens[at].start == numeral.end
    if hyphen and at + 1 < len(sheet.tokens):
        compound = _UNIT_COMPOUND.match(sheet.tokens[at + 1].low)
        if compound:
            return compound[0], at + 2, Kind.MEASURE
    found = unit_at(sheet.tokens, at + hyphen)
    if found is not None and not _is_noun_use(sheet, at + hyphen, found[1]):
        kind = Kind.PERCENT if found[0] in (PERCENT, PERCENTAGE_POINT, "basis_point") else Kind.MEASURE
        return found[0], found[1], kind
    money = currency_at(sheet.tokens, at, numeral.value)
    if money is not None:
        return money[0], money[1], Kind.MONEY
    if (
        at < len(sheet.tokens)
        and sheet.tokens[at].low in ("point", "points")
        and sheet.tokens[at].start - numeral.end <= 1
    ):
        return PERCENTAGE_POINT, at + 1, Kind.PERCENT
    return ("", at, Kind.RATIO) if numeral.fraction else ("", at, Kind.COUNT)


def _is_noun_use(sheet: Sheet, at: int, after: int) -> bool:
    """Whether a unit's sign is really another word, such as "m" in "m-1"."""
    token = sheet.tokens[at]
    return after == at + 1 and len(token.text) == 1 and token.text.isupper() and token.text not in ("M",)


def _step(numeral: Numeral, kind: Kind) -> Decimal:
    """0 for what is exact: counts under 10,000 in digits or words without a scale."""
    if kind is Kind.COUNT and not numeral.scaled and abs(numeral.value) < EXACT_BELOW and numeral.step >= 1:
        return Decimal(0)
    return numeral.step


def _bounded(sheet: Sheet, figure: Figure, numeral: Numeral, end: int) -> Quantity:
    quantity = figure.quantity
    wording = bound_before(sheet.text, sheet.span.start, quantity.start)
    bound = wording.bound if wording else bound_after(sheet.text, end) or Bound.EXACT
    change = change_around(sheet.tokens, figure.first, figure.after)
    value = quantity.value
    if numeral.open:
        return replace(quantity, value=None, low=value, bound=Bound.AT_LEAST, change=change)
    if numeral.fraction and bound is Bound.EXACT:
        bound = Bound.APPROXIMATE
    low = value if bound in (Bound.MORE_THAN, Bound.AT_LEAST) or (wording is not None and wording.barely) else None
    high = value if bound in (Bound.LESS_THAN, Bound.AT_MOST) else None
    return replace(quantity, bound=bound, low=low, high=high, change=change)
