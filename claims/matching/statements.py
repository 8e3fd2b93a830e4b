"""The reading of a text: one row of slots for each thing it says, with an exact JSON form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from claims.matching import wire
from claims.matching.types import Change, Code, Period, Quantity, Span
from claims.matching.wire import Json


class Polarity(Code):
    AFFIRMED = "affirmed"
    DENIED = "denied"


class Modality(Code):
    """How the text stands behind the statement: as fact, plan, estimate, possibility or another's assertion."""

    STATED = "stated"
    PLANNED = "planned"
    ESTIMATED = "estimated"
    POSSIBLE = "possible"
    CLAIMED = "claimed"


@dataclass(frozen=True, slots=True)
class Slots:
    """Who did what to what, where, for one figure of a statement, or for a statement without figures.

    `figure` and `period` are indexes into the statement's quantities and periods; None is "not said". `also` lists
    further quantities that write the same amount ("10.2 billion yuan, or 1.33 billion euros"). `running`: told in the
    perfect tense, so that a figure without a period is a total up to its date ("has killed 65,000"). `near` are the
    content words around the figure; `compared`: the figure is what another is measured against ("from 12.9 % a year
    earlier", "a target of 400,000"). `moved`: "by" where it is how far something moved, "to" where it got to.
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
    running: bool = False
    start: int = 0
    end: int = 0
    near: tuple[str, ...] = ()
    compared: bool = False
    moved: str = ""

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
            "running": self.running,
            "start": self.start,
            "end": self.end,
            "near": list(self.near),
            "compared": self.compared,
            "moved": self.moved,
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
            wire.as_flag(data.get("running", False), f"{field}.running"),
            span.start,
            span.end,
            wire.texts(data.get("near", ()), f"{field}.near"),
            wire.as_flag(data.get("compared", False), f"{field}.compared"),
            wire.as_text(data.get("moved", ""), f"{field}.moved"),
        )


@dataclass(frozen=True, slots=True)
class Move:
    """A word that says which way something went, with the content words around it: what went."""

    way: Change
    near: tuple[str, ...]

    def to_json(self) -> Json:
        return {"way": self.way.value, "near": list(self.near)}

    @classmethod
    def from_json(cls, value: object, field: str = "move") -> Move:
        data = wire.as_object(value, field)
        way = wire.as_choice(Change, wire.required(data, "way", field), f"{field}.way")
        return cls(way, wire.texts(data.get("near", ()), f"{field}.near"))


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of a text, by its offsets: its content words in canonical form, and how it stands behind them.

    `cues` name what was heard: negated, debunked, denied, contested, planned, question, unverified, party.
    """

    start: int
    end: int
    terms: tuple[str, ...]
    cues: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()

    def to_json(self) -> Json:
        return {
            "start": self.start,
            "end": self.end,
            "terms": list(self.terms),
            "cues": list(self.cues),
            "moves": [move.to_json() for move in self.moves],
        }

    @classmethod
    def from_json(cls, value: object, field: str = "sentence") -> Said:
        data = wire.as_object(value, field)
        span = Span.from_json(data, field)
        terms, cues = (wire.texts(data.get(key, ()), f"{field}.{key}") for key in ("terms", "cues"))
        moves = wire.listed(Move.from_json, data.get("moves", ()), f"{field}.moves")
        return cls(span.start, span.end, terms, cues, moves)


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
    sentences: tuple[Said, ...] = ()

    def sentence_terms(self, row: Slots) -> tuple[str, ...]:
        """The content words of the sentence a row stands in; of the whole text where the sentences are not known."""
        return next((said.terms for said in self.sentences if said.start == row.start), self.terms)

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
            "sentences": [said.to_json() for said in self.sentences],
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
            wire.listed(Said.from_json, data.get("sentences", ()), f"{field}.sentences"),
        )


def _check_indexes(row: Slots, quantities: int, periods: int, field: str) -> None:
    for index in (*row.also, *(() if row.figure is None else (row.figure,))):
        if index >= quantities:
            raise wire.refuse(f"{field}.figure", index, f"the index of one of {quantities} quantities")
    if row.period is not None and row.period >= periods:
        raise wire.refuse(f"{field}.period", row.period, f"the index of one of {periods} periods")
