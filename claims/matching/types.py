"""The values the engine takes and returns: frozen, comparable, with an exact JSON form.

Offsets are code points into the text handed to the engine; `text[start:end]` is the surface, always.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from claims.matching import wire
from claims.matching.wire import Json


class Code(StrEnum):
    """A word of a closed list; hashed as the string it is, which tables of outcomes look up without end."""

    __hash__ = str.__hash__


class Bound(Code):
    EXACT = "exact"
    APPROXIMATE = "approximate"
    NEARLY = "nearly"
    MORE_THAN = "more_than"
    AT_LEAST = "at_least"
    LESS_THAN = "less_than"
    AT_MOST = "at_most"
    RANGE = "range"


class Kind(Code):
    COUNT = "count"
    MONEY = "money"
    MEASURE = "measure"
    PERCENT = "percent"
    RATIO = "ratio"
    RATE = "rate"


class Change(Code):
    UP = "up"
    DOWN = "down"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def to_json(self) -> Json:
        return {"start": self.start, "end": self.end}

    @classmethod
    def from_json(cls, value: object, field: str = "span") -> Span:
        data = wire.as_object(value, field)
        start = wire.as_index(wire.required(data, "start", field), f"{field}.start")
        end = wire.as_index(wire.required(data, "end", field), f"{field}.end")
        if end < start:
            raise wire.refuse(f"{field}.end", end, f"a number from {start} up")
        return cls(start, end)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure as written.

    `low` and `high` are the ends of a range or a one-sided bound, else None; `value` is None only for a range or an
    open count such as "dozens". `step` is the place value of the last figure that counts (3.86 billion: 10,000,000;
    0 means exact). `unit` is canonical ("USD", "percent", "mask", "test per day"); `item` the noun phrase measured.
    """

    start: int
    end: int
    surface: str
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    bound: Bound = Bound.EXACT
    unit: str = ""
    kind: Kind = Kind.COUNT
    item: str = ""
    change: Change = Change.NONE
    step: Decimal = Decimal(0)

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def anchor(self) -> Decimal:
        """The one figure that stands for the quantity where a single number is needed, such as its size."""
        known = [number for number in (self.value, self.low, self.high) if number is not None]
        return known[0] if known else Decimal(0)

    def to_json(self) -> Json:
        return {
            "start": self.start,
            "end": self.end,
            "surface": self.surface,
            "value": wire.decimal_text(self.value),
            "low": wire.decimal_text(self.low),
            "high": wire.decimal_text(self.high),
            "bound": self.bound.value,
            "unit": self.unit,
            "kind": self.kind.value,
            "item": self.item,
            "change": self.change.value,
            "step": wire.decimal_text(self.step),
        }

    @classmethod
    def from_json(cls, value: object, field: str = "quantity") -> Quantity:
        data = wire.as_object(value, field)
        span = Span.from_json(data, field)
        number, low, high = (
            wire.optional(wire.as_decimal, data.get(key), f"{field}.{key}") for key in ("value", "low", "high")
        )
        if number is None and low is None and high is None:
            raise wire.refuse(f"{field}.value", None, "a value, or a low or high end")
        if low is not None and high is not None and high < low:
            raise wire.refuse(f"{field}.high", data.get("high"), f"a decimal from {wire.decimal_text(low)} up")
        return cls(
            span.start,
            span.end,
            wire.as_text(data.get("surface", ""), f"{field}.surface"),
            number,
            low,
            high,
            wire.as_choice(Bound, data.get("bound", Bound.EXACT.value), f"{field}.bound"),
            wire.as_text(data.get("unit", ""), f"{field}.unit"),
            wire.as_choice(Kind, data.get("kind", Kind.COUNT.value), f"{field}.kind"),
            wire.as_text(data.get("item", ""), f"{field}.item"),
            wire.as_choice(Change, data.get("change", Change.NONE.value), f"{field}.change"),
            wire.as_decimal(data.get("step", "0"), f"{field}.step"),
        )


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days; an open end is None. `cumulative`: a running total, as it stood on `as_of`.

    `offset` is where `surface` begins in the text.
    """

    start: date | None
    end: date | None
    cumulative: bool = False
    as_of: date | None = None
    surface: str = ""
    offset: int = 0

    def to_json(self) -> Json:
        return {
            "start": wire.date_text(self.start),
            "end": wire.date_text(self.end),
            "cumulative": self.cumulative,
            "as_of": wire.date_text(self.as_of),
            "surface": self.surface,
            "offset": self.offset,
        }

    @classmethod
    def from_json(cls, value: object, field: str = "period") -> Period:
        data = wire.as_object(value, field)
        start, end, as_of = (
            wire.optional(wire.as_date, data.get(key), f"{field}.{key}") for key in ("start", "end", "as_of")
        )
        if start is not None and end is not None and end < start:
            raise wire.refuse(f"{field}.end", data.get("end"), f"a date from {start.isoformat()} on")
        return cls(
            start,
            end,
            wire.as_flag(data.get("cumulative", False), f"{field}.cumulative"),
            as_of,
            wire.as_text(data.get("surface", ""), f"{field}.surface"),
            wire.as_index(data.get("offset", 0), f"{field}.offset"),
        )
