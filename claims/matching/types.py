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


class Bound(StrEnum):
    EXACT = "exact"
    APPROXIMATE = "approximate"
    NEARLY = "nearly"
    MORE_THAN = "more_than"
    AT_LEAST = "at_least"
    LESS_THAN = "less_than"
    AT_MOST = "at_most"
    RANGE = "range"


class Kind(StrEnum):
    COUNT = "count"
    MONEY = "money"
    MEASURE = "measure"
    PERCENT = "percent"
    RATIO = "ratio"
    RATE = "rate"


class Change(StrEnum):
    UP = "up"
    DOWN = "down"
    NONE = "none"


class Polarity(StrEnum):
    AFFIRMED = "affirmed"
    DENIED = "denied"


class Modality(StrEnum):
    """How the text stands behind the statement: as fact, plan, estimate, possibility or another's assertion."""

    STATED = "stated"
    PLANNED = "planned"
    ESTIMATED = "estimated"
    POSSIBLE = "possible"
    CLAIMED = "claimed"


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


@dataclass(frozen=True, slots=True)
class Slots:
    """Who did what to what, where, for one figure of a statement, or for a statement without figures.

    `figure` and `period` are indexes into the statement's quantities and periods; None is "not said". `also` lists
    further quantities that write the same amount ("10.2 billion yuan, or 1.33 billion euros").
    """

    figure: int | None = None
    period: int | None = None
    also: tuple[int, ...] = ()
    who: tuple[str, ...] = ()
    action: tuple[str, ...] = ()
    item: str = ""
    place: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()
    polarity: Polarity = Polarity.AFFIRMED
    modality: Modality = Modality.STATED
    start: int = 0
    end: int = 0

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    def to_json(self) -> Json:
        return {
            "figure": self.figure,
            "period": self.period,
            "also": list(self.also),
            "who": list(self.who),
            "action": list(self.action),
            "item": self.item,
            "place": list(self.place),
            "scope": list(self.scope),
            "polarity": self.polarity.value,
            "modality": self.modality.value,
            "start": self.start,
            "end": self.end,
        }

    @classmethod
    def from_json(cls, value: object, field: str = "slots") -> Slots:
        data = wire.as_object(value, field)
        span = Span.from_json({"start": data.get("start", 0), "end": data.get("end", 0)}, field)
        return cls(
            wire.optional(wire.as_index, data.get("figure"), f"{field}.figure"),
            wire.optional(wire.as_index, data.get("period"), f"{field}.period"),
            wire.listed(wire.as_index, data.get("also", ()), f"{field}.also"),
            wire.texts(data.get("who", ()), f"{field}.who"),
            wire.texts(data.get("action", ()), f"{field}.action"),
            wire.as_text(data.get("item", ""), f"{field}.item"),
            wire.texts(data.get("place", ()), f"{field}.place"),
            wire.texts(data.get("scope", ()), f"{field}.scope"),
            wire.as_choice(Polarity, data.get("polarity", Polarity.AFFIRMED.value), f"{field}.polarity"),
            wire.as_choice(Modality, data.get("modality", Modality.STATED.value), f"{field}.modality"),
            span.start,
            span.end,
        )


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who the text says said it, where the text says so; `disputed` when nothing else supports it."""

    source: str
    disputed: bool = False

    def to_json(self) -> Json:
        return {"source": self.source, "disputed": self.disputed}

    @classmethod
    def from_json(cls, value: object, field: str = "attribution") -> Attribution:
        data = wire.as_object(value, field)
        source = wire.as_text(data.get("source", ""), f"{field}.source")
        return cls(source, wire.as_flag(data.get("disputed", False), f"{field}.disputed"))


@dataclass(frozen=True, slots=True)
class Statement:
    """The reading of a text: its figures and periods, and one row of slots for each thing it says.

    `names` are the entities it mentions and `terms` its content words in canonical form: what other sentences may
    fill their missing slots from. `aliases` are the further names a desk accepts for an item or an entity.
    """

    text: str
    language: str = "en"
    date: date | None = None
    quantities: tuple[Quantity, ...] = ()
    periods: tuple[Period, ...] = ()
    slots: tuple[Slots, ...] = ()
    negation: bool = False
    attribution: Attribution | None = None
    aliases: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()

    def to_json(self) -> Json:
        return {
            "text": self.text,
            "language": self.language,
            "date": wire.date_text(self.date),
            "quantities": [quantity.to_json() for quantity in self.quantities],
            "periods": [period.to_json() for period in self.periods],
            "slots": [row.to_json() for row in self.slots],
            "negation": self.negation,
            "attribution": None if self.attribution is None else self.attribution.to_json(),
            "aliases": list(self.aliases),
            "names": list(self.names),
            "terms": list(self.terms),
        }

    @classmethod
    def from_json(cls, value: object, field: str = "reading") -> Statement:
        """Raises ReadingError, naming the field, for anything that is not a statement."""
        data = wire.as_object(value, field)
        quantities = wire.listed(Quantity.from_json, data.get("quantities", ()), f"{field}.quantities")
        periods = wire.listed(Period.from_json, data.get("periods", ()), f"{field}.periods")
        slots = wire.listed(Slots.from_json, data.get("slots", ()), f"{field}.slots")
        for number, row in enumerate(slots):
            _check_indexes(row, len(quantities), len(periods), f"{field}.slots[{number}]")
        return cls(
            wire.as_text(wire.required(data, "text", field), f"{field}.text"),
            wire.as_text(data.get("language", "en"), f"{field}.language"),
            wire.optional(wire.as_date, data.get("date"), f"{field}.date"),
            quantities,
            periods,
            slots,
            wire.as_flag(data.get("negation", False), f"{field}.negation"),
            wire.optional(Attribution.from_json, data.get("attribution"), f"{field}.attribution"),
            wire.texts(data.get("aliases", ()), f"{field}.aliases"),
            wire.texts(data.get("names", ()), f"{field}.names"),
            wire.texts(data.get("terms", ()), f"{field}.terms"),
        )


def _check_indexes(row: Slots, quantities: int, periods: int, field: str) -> None:
    for index in (*row.also, *(() if row.figure is None else (row.figure,))):
        if index >= quantities:
            raise wire.refuse(f"{field}.figure", index, f"the index of one of {quantities} quantities")
    if row.period is not None and row.period >= periods:
        raise wire.refuse(f"{field}.period", row.period, f"the index of one of {periods} periods")
