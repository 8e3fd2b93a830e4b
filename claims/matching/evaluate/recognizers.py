"""Numerals and quantities beside the English rows of Microsoft's Recognizers-Text (`Specs/Number*`, MIT).

A row is right when every amount its model expects is read with the same span and value (and unit), and no other amount
of that model's kind. What is outside the engine's definition is named in `OUT_OF_SCOPE`. Those rules were written, and
later made to exclude less, by somebody who had seen the development half: on it they are no blind choice.
Expected entries without a number ("How do I calculate a percentage?") name a unit alone and are no amounts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from claims.matching.evaluate.newsquant import is_from_to
from claims.matching.numbers import numerals
from claims.matching.quantities import extract_quantities
from claims.matching.rejects import is_no_amount
from claims.matching.text import tokens
from claims.matching.types import Bound, Kind, Quantity
from claims.matching.units import dimension_of

Row = dict[str, Any]
_RELATIVE = Decimal("1e-9")
_OPEN_ENDS = {Bound.MORE_THAN: "(", Bound.AT_LEAST: "[", Bound.LESS_THAN: ")", Bound.AT_MOST: "]"}


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of row the engine does not mean to read, and the pattern of its input that tells it."""

    reason: str
    pattern: re.Pattern[str]


_IDENTIFIERS = Rule(
    "identifiers, addresses, dates and telephone numbers in digits",
    re.compile(r"\d[./-]\d+[./-]\d|[A-Za-z]-\d{2,}|https?:|\d[-][\d]{3,}[-/]\d"),
)
_POWERS = Rule("powers and giga, which no prose writes", re.compile(r"(?<!x10)(?<=\d)\^|\d\s?G\b"))
_ORDINAL_ENDS = Rule("ranks, which are ordinals", re.compile(r"\b(?:tenth|fifteenth)\b"))
_BEFORE = Rule("the unit before the number in words", re.compile(r"^per ?cents? of"))
_FORMULAS = Rule("signs of comparison without spaces, as in queries", re.compile(r"=[<>]|<>"))
OUT_OF_SCOPE: dict[str, tuple[Rule, ...]] = {
    "number": (_IDENTIFIERS, _POWERS),
    "percent": (_BEFORE, _IDENTIFIERS),
    "range": (_ORDINAL_ENDS, _FORMULAS, _IDENTIFIERS),
    "age": (),
    "currency": (),
    "dimension": (),
    "temperature": (),
}
MODELS = {
    "Number/English/NumberModel.json": "number",
    "Number/English/NumberModelExperimentalMode.json": "number",
    "Number/English/PercentModel.json": "percent",
    "Number/English/NumberRangeModel.json": "range",
    "Number/English/NumberRangeModelExperimentalMode.json": "range",
    "NumberWithUnit/English/AgeModel.json": "age",
    "NumberWithUnit/English/CurrencyModel.json": "currency",
    "NumberWithUnit/English/DimensionModel.json": "dimension",
    "NumberWithUnit/English/TemperatureModel.json": "temperature",
}
UNIT_NAMES = {
    "C": "degree Celsius", "F": "degree Fahrenheit", "Year": "year of age", "Month": "month of age",
    "Week": "week of age", "Day": "day of age", "Age": "year of age", "Ton": "tonne", "Metric ton": "tonne",
    "Pound": "pound (mass)", "Dram": "dram",
}  # fmt: skip


def rule_against(model: str, row: Row) -> Rule | None:
    """The first rule that puts a row out of scope."""
    return next((rule for rule in OUT_OF_SCOPE[model] if rule.pattern.search(row["Input"])), None)


def is_right(model: str, row: Row) -> bool:
    return _CHECKS[model](row)


def _wanted(row: Row) -> list[Row]:
    return [told for told in row["Results"] if told["Resolution"].get("value") not in (None, "null")]


def _same_number(one: Decimal | None, other: str) -> bool:
    wanted = Decimal(other.rstrip("%"))
    return one is not None and abs(one - wanted) <= _RELATIVE * max(abs(wanted), Decimal(1))


def _numbers_right(row: Row) -> bool:
    """Numerals, without what the model skips: open counts, figures glued to a unit ("180ml"), "one" as a pronoun."""
    text = row["Input"]
    listed = tokens(text)
    read = [
        one
        for one in numerals(text, listed)
        if not text[one.end : one.end + 1].isalpha()
        and not one.open
        and not (one.in_words and is_no_amount(text, listed, one, frozenset()))
    ]
    return _all_matched(
        read,
        _wanted(row),
        lambda one, told: (
            text[one.start : one.end].lower() == told["Text"].lower()
            and _same_number(one.value, told["Resolution"]["value"])
        ),
    )


def _percents_right(row: Row) -> bool:
    read = [one for one in extract_quantities(row["Input"]) if one.kind is Kind.PERCENT]
    return _all_matched(
        read,
        _wanted(row),
        lambda one, told: (
            one.surface.lower() == told["Text"].lower() and _same_number(one.value, told["Resolution"]["value"])
        ),
    )


def _ranges_right(row: Row) -> bool:
    text = row["Input"]
    read: list[Quantity] = []
    for one in extract_quantities(text):
        if read and is_from_to(text, read[-1], one):
            read[-1] = replace(one, value=None, low=read[-1].value, high=one.value, bound=Bound.RANGE)
        else:
            read.append(one)
    left = _unmatched(read, _wanted(row), _same_range)
    return left is not None and all(one.bound not in (*_OPEN_ENDS, Bound.RANGE) for one in left)


def _same_range(one: Quantity, told: Row) -> bool:
    """Equal ends, and for one-sided bounds the same side and the same word on the end itself."""
    written = told["Resolution"]["value"]
    low, _, high = written[1:-1].partition(",")
    if low == high:
        return one.bound is Bound.EXACT and _same_number(one.value, low)
    if one.bound not in (*_OPEN_ENDS, Bound.RANGE):
        return False
    if one.bound is Bound.RANGE:
        return bool(low and high) and _same_number(one.low, low) and _same_number(one.high, high)
    if low and high:
        return False
    mark = written[0] if low else written[-1]
    return _OPEN_ENDS[one.bound] == mark and _same_number(one.value if one.value is not None else one.low, low or high)


def _units_right(row: Row, is_its_kind: Callable[[Quantity, str], bool], same_unit: Callable[[str, Row], bool]) -> bool:
    read = [one for one in extract_quantities(row["Input"]) if is_its_kind(one, row["Input"])]
    return _all_matched(
        read,
        _wanted(row),
        lambda one, told: (
            _same_span(one, told)
            and _same_number(one.value if one.value is not None else one.high, told["Resolution"]["value"])
            and same_unit(one.unit, told["Resolution"])
        ),
    )


def _same_span(one: Quantity, told: Row) -> bool:
    """The model knows no rates and no ranges: its span may end before ours or begin inside it."""
    written, surface = told["Text"].lower(), one.surface.lower()
    if one.bound is Bound.RANGE:
        return surface.endswith(written)
    return surface.startswith(written) if " per " in one.unit else surface == written


def _base(unit: str) -> str:
    return unit.split(" per ", maxsplit=1)[0]


def _same_measure(unit: str, resolution: Row) -> bool:
    name = resolution["unit"]
    wanted = UNIT_NAMES.get(name, name.lower()).replace("meter", "metre").replace("liter", "litre")
    return wanted in (unit, _base(unit))


def _same_currency(unit: str, resolution: Row) -> bool:
    """By ISO code where the model gives one; else by the name that stands before the currency's country."""
    iso, name = resolution.get("isoCurrency"), resolution["unit"].lower()
    return _base(unit) == iso or _CURRENCIES.get(name) == _base(unit)


_CURRENCIES = {
    "dollar": "USD", "united states dollar": "USD", "pound": "GBP", "euro": "EUR", "chinese yuan": "CNY",
    "rupee": "INR", "cent": "cent", "penny": "penny", "pence": "penny", "yen": "JPY", "mark": "DEM", "franc": "CHF",
    "finnish markka": "FIM", "netherlands guilder": "NLG", "spanish peseta": "ESP", "bitcoin": "BTC",
    "satoshi": "satoshi", "sen": "sen", "peseta": "ESP", "krona": "SEK", "peso": "MXN",
}  # fmt: skip


_MONEY_UNITS = {*_CURRENCIES.values(), "AUD", "CAD", "HKD", "NZD", "MXN"}


def _is_age(one: Quantity, text: str) -> bool:
    return dimension_of(_base(one.unit)) == "age"


def _is_money(one: Quantity, text: str) -> bool:
    return one.kind is Kind.MONEY or (one.kind is Kind.RATE and _base(one.unit) in _MONEY_UNITS)


def _is_dimension(one: Quantity, text: str) -> bool:
    """A bare "degree" is an angle or a temperature; the text's other words tell, for the models as for readers."""
    if one.unit == "degree" and not _ANGLES.search(text):
        return False
    outside = (None, "age", "duration", "temperature", "multiple", "generation", "share")
    return dimension_of(_base(one.unit)) not in outside or dimension_of(one.unit) not in outside


_ANGLES = re.compile(r"\b(?:angle|rotate|turn)\b", re.IGNORECASE)


def _is_temperature(one: Quantity, text: str) -> bool:
    return dimension_of(one.unit) == "temperature" or (one.unit == "degree" and not _ANGLES.search(text))


def _all_matched(read: Sequence[Any], wanted: Sequence[Row], agrees: Callable[[Any, Row], bool]) -> bool:
    return _unmatched(read, wanted, agrees) == []


def _unmatched(read: Sequence[Any], wanted: Sequence[Row], agrees: Callable[[Any, Row], bool]) -> list[Any] | None:
    """What is left of those read when each wanted one has taken its own; None if one finds none."""
    left = list(read)
    for told in wanted:
        found = next((index for index, one in enumerate(left) if agrees(one, told)), None)
        if found is None:
            return None
        left.pop(found)
    return left


_CHECKS: dict[str, Callable[[Row], bool]] = {
    "number": _numbers_right,
    "percent": _percents_right,
    "range": _ranges_right,
    "age": lambda row: _units_right(row, _is_age, _same_measure),
    "currency": lambda row: _units_right(row, _is_money, _same_currency),
    "dimension": lambda row: _units_right(row, _is_dimension, _same_measure),
    "temperature": lambda row: _units_right(row, _is_temperature, _same_measure),
}
