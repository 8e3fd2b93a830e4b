"""The reasons of a comparison in English words; other languages are rendered from code and parameters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from claims.matching.currencies import Rate, is_currency
from claims.matching.intervals import FigureVerdict
from claims.matching.outcomes import Agreement, Explanation, Relation, SlotOutcome
from claims.matching.text import plural
from claims.matching.types import Bound, Kind, Period, Quantity
from claims.matching.units import PERCENT

_BOUNDS = {
    Bound.EXACT: "",
    Bound.APPROXIMATE: "about ",
    Bound.NEARLY: "nearly ",
    Bound.MORE_THAN: "more than ",
    Bound.AT_LEAST: "at least ",
    Bound.LESS_THAN: "less than ",
    Bound.AT_MOST: "at most ",
    Bound.RANGE: "",
}
_SCALES = ((Decimal(10) ** 12, "trillion"), (Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))
_SPANS = frozenset({"second", "minute", "hour", "day", "night", "week", "month", "quarter", "year"})
_CURRENCIES = {
    "USD": "US dollars",
    "EUR": "euros",
    "CNY": "yuan",
    "GBP": "pounds",
    "JPY": "yen",
    "INR": "rupees",
    "AUD": "Australian dollars",
    "CAD": "Canadian dollars",
    "CHF": "Swiss francs",
}  # others by their ISO 4217 code
_TIMES = Decimal(2)  # from here on "twice as many" says more than "100 % above"
_REASONS = {
    Relation.SAME_FIGURE: "The figures are the same.",
    Relation.ROUNDED_FIGURE: "The more exact figure lies within what the other's wording allows.",
    Relation.CONVERTED_UNIT: "The figures agree once converted.",
    Relation.CONVERTED_CURRENCY: "The amounts agree at the European Central Bank's rate of {rate_day_text}.",
    Relation.WITHIN_BOUND: "The report's figure lies within the bound.",
    Relation.SAME_FACT: "The report states the same.",
    Relation.DERIVED: "The figure follows from the report's figures.",
    Relation.DIFFERENT_FIGURE: "Both cannot be true: the report's figure is {distance}.",
    Relation.OUTSIDE_BOUND: "Both cannot be true: the figure lies outside the bound.",
    Relation.WRONG_DIRECTION: "The report says it moved the other way.",
    Relation.DENIED: "The report says that it is not so.",
    Relation.DIFFERENT_VALUE_NONNUMERIC: "The report names another.",
    Relation.DIFFERENT_PERIOD: "The report speaks of another period.",
    Relation.UPDATE: "The report gives a later, larger total.",
    Relation.REVISED_DOWN: "The report gives a later, smaller total.",
    Relation.DIFFERENT_MEASURE: "The report speaks of something else that was done or counted.",
    Relation.DIFFERENT_ENTITY: "The report speaks of somebody else.",
    Relation.DIFFERENT_SCOPE: "The report speaks of a part, or of another whole.",
    Relation.ATTRIBUTED_ONLY: "The report relays the statement as somebody's, without support of its own.",
    Relation.SAME_TOPIC: "The report speaks of the subject and leaves the claim where it was.",
    Relation.UNRELATED_LOOKALIKE: "The words are alike, the subject is not.",
    Relation.UNDETERMINED: "It cannot be told whether the report speaks of the same thing.",
}


def number_text(value: Decimal) -> str:
    """1330000000 as "1.33 billion", 16000 as "16,000"."""
    for size, name in _SCALES:
        if abs(value) >= size:
            return f"{_short(value / size)} {name}"
    return f"{_short(value):s}" if abs(value) < 1000 else f"{value.normalize():,f}"


def _short(value: Decimal) -> str:
    plain = f"{round(value, 4):f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


@lru_cache(maxsize=8_192)
def figure_text(quantity: Quantity) -> str:
    """A quantity with its bound and unit: "nearly 3.9 billion masks", "between 5 and 8 per cent"."""
    if quantity.value is None:
        ends = [number_text(end) for end in (quantity.low, quantity.high) if end is not None]
        amount = f"between {ends[0]} and {ends[1]}" if len(ends) == 2 else f"at least {ends[0]}" if ends else ""
    else:
        barely = quantity.bound is Bound.APPROXIMATE and quantity.low is not None
        fewer = quantity.bound is Bound.LESS_THAN and quantity.kind is Kind.COUNT
        bound = "just over " if barely else "fewer than " if fewer else _BOUNDS[quantity.bound]
        amount = bound + number_text(quantity.value * (100 if quantity.kind is Kind.RATIO else 1))
    return f"{amount}{_unit_text(quantity)}"


def _unit_text(quantity: Quantity) -> str:
    if quantity.kind is Kind.RATIO or quantity.unit == PERCENT:
        return " per cent" + (f" of {quantity.item}" if quantity.item else "")
    if quantity.kind is Kind.COUNT:
        return _counted(quantity)
    if quantity.kind is Kind.RATE and quantity.item and not is_currency(quantity.unit[:3]):
        return _counted(quantity) + _each(quantity.unit)
    return f" {_measured(quantity)}" if quantity.unit else ""


def _measured(quantity: Quantity) -> str:
    """ "percentage points", "degrees celsius", "euros"; a currency without a name of its own by its code."""
    if is_currency(quantity.unit[:3]) or quantity.value == 1:
        return _CURRENCIES.get(quantity.unit, quantity.unit).replace("_", " ")
    words = quantity.unit.split(" per ")[0].replace("_", " ").split()
    at = 0 if words[0] == "degree" else -1
    words[at] = plural(words[at])
    return " ".join(words) + _each(quantity.unit)


def _counted(quantity: Quantity) -> str:
    """ " face masks"; the singular only after "1"."""
    if not quantity.item:
        return ""
    *modifiers, head = quantity.item.split()
    return " " + " ".join([*modifiers, head if quantity.value == 1 else plural(head)])


def _each(unit: str) -> str:
    """ "test per day" as " a day"."""
    per = unit.partition(" per ")[2].replace("_", " ")
    if not per:
        return ""
    return f" {'an' if per == 'hour' else 'a'} {per}" if per in _SPANS else f" per {per}"


def _ratio_text(ratio: Decimal) -> str:
    """How far the report's figure is from the claim's, as people say it."""
    if ratio >= _TIMES:
        return f"{_short(round(ratio, 1))} times the claim's"
    if ratio > 1:
        return f"{_short(round((ratio - 1) * 100, 1))} % above the claim's"
    if ratio * _TIMES > 1:
        return f"{_short(round((1 - ratio) * 100, 1))} % below the claim's"
    return f"1/{_short(round(1 / ratio, 1))} of the claim's" if ratio > 0 else "unlike the claim's"


def _day_text(day: date, *, with_year: bool = True) -> str:
    return f"{day.day} {day:%B %Y}" if with_year else f"{day.day} {day:%B}"


@lru_cache(maxsize=8_192)
def period_text(period: Period | None) -> str:
    if period is None:
        return ""
    start, end = period.start, period.as_of or period.end
    if start and end:
        if start == end:
            return _day_text(end)
        return f"{_day_text(start, with_year=start.year != end.year)} to {_day_text(end)}"
    if start:
        return f"since {_day_text(start)}"
    return f"until {_day_text(end)}" if end else period.surface


def explain(
    relation: Relation, claim: str, passage: str, outcomes: Sequence[SlotOutcome], verdict: FigureVerdict | None = None
) -> Explanation:
    """The reason for a relation, naming the slots that differ or are missing."""
    parameters = {"claim": claim, "report": passage, **_numbers(verdict)}
    for agreement in (Agreement.DIFFERS, Agreement.MISSING):
        named = [outcome.name for outcome in outcomes if outcome.outcome is agreement]
        if named:
            parameters[agreement.value] = ", ".join(named)
    return Explanation(relation.value, parameters, _sentence(relation, parameters))


def _numbers(verdict: FigureVerdict | None) -> dict[str, str]:
    found: dict[str, str] = {}
    if verdict is not None and verdict.ratio is not None:
        found["ratio"] = f"{verdict.ratio:.3g}"
        found["distance"] = _ratio_text(verdict.ratio)
    if verdict is not None and verdict.exchange is not None:
        found |= _exchange(verdict.exchange)
    return found


def _exchange(exchange: Rate) -> dict[str, str]:
    return {
        "rate": f"{exchange.factor:.6g}",
        "rate_day": exchange.day.isoformat(),
        "rate_day_text": _day_text(exchange.day),
    }


def _sentence(relation: Relation, parameters: dict[str, str]) -> str:
    parts = [f"Report: {parameters['report']}."] if parameters["report"] else []
    parts += [f"Claim: {parameters['claim']}."] if parameters["claim"] else []
    parts.append(_REASONS[relation].format_map({"distance": "another", "rate_day_text": "", **parameters}))
    if relation is Relation.UNDETERMINED and "missing" in parameters:
        parts.append(f"Not said: {parameters['missing']}.")
    return " ".join(parts)
