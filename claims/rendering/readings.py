"""What the engine reads in a text, in words: one row for each thing the text says."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from claims.matching import NEWSROOM, Kind, Modality, Period, Polarity, Quantity, Slots, Statement, can_be_met, reads
from claims.rendering.figures import readable
from claims.rendering.labels import BOUND_LABELS
from claims.rendering.marks import Mark

_MODALITIES = {
    Modality.STATED: "",
    Modality.PLANNED: "planned",
    Modality.ESTIMATED: "estimated",
    Modality.POSSIBLE: "possible",
    Modality.CLAIMED: "claimed by somebody",
}


@dataclass(frozen=True)
class ReadingRow:
    """One thing a text says; "" where it does not say it."""

    figure: str
    precision: str
    also: str
    who: str
    action: str
    item: str
    period: str
    place: str
    scope: str
    manner: str


@dataclass(frozen=True)
class Reading:
    """`is_unread`: it is in a language that the engine does not read. `is_too_short`: it has too few words of its own.
    No report is flagged for either.
    """

    rows: tuple[ReadingRow, ...]
    marks: tuple[Mark, ...]
    attribution: str
    names: tuple[str, ...]
    is_unread: bool
    is_too_short: bool


def described(statement: Statement) -> Reading:
    return Reading(
        rows=tuple(_row(statement, slots) for slots in statement.slots) or _figures_alone(statement),
        marks=figure_marks(statement),
        attribution=statement.attribution.source if statement.attribution else "",
        names=statement.aliases,
        is_unread=not reads(statement.language),
        is_too_short=reads(statement.language) and not can_be_met(statement, NEWSROOM),
    )


def figure_marks(statement: Statement) -> tuple[Mark, ...]:
    return tuple(
        Mark(each.start, each.end, tone="quantity") for each in statement.quantities if _lies_in(each, statement.text)
    )


def figure_words(quantity: Quantity) -> str:
    """ "more than 50", "between 3 billion and 4 billion USD"; what is counted is said apart."""
    unit = {"percent": "%", "percentage_point": "percentage points"}.get(quantity.unit, quantity.unit)
    shown = [BOUND_LABELS[quantity.bound.value], _amount(quantity), "" if quantity.kind == Kind.COUNT else unit]
    return " ".join(filter(None, shown))


def period_words(period: Period) -> str:
    if period.start and period.end:
        words = day(period.start) if period.start == period.end else f"{day(period.start)} to {day(period.end)}"
    elif period.start:
        words = f"since {day(period.start)}"
    elif period.end:
        words = f"until {day(period.end)}"
    else:
        words = period.surface
    parts = [words, "running total" if period.cumulative else "", f"as of {day(period.as_of)}" if period.as_of else ""]
    return ", ".join(filter(None, parts))


def day(value: date) -> str:
    return date_format(value, "j M Y")


def _row(statement: Statement, slots: Slots) -> ReadingRow:
    quantity = None if slots.figure is None else statement.quantities[slots.figure]
    manner = [_MODALITIES[slots.modality], "denied" if slots.polarity == Polarity.DENIED else ""]
    return ReadingRow(
        figure=figure_words(quantity) if quantity else "",
        precision=_precision(quantity) if quantity else "",
        also=", ".join(statement.quantities[index].surface for index in slots.also),
        who=", ".join(slots.who),
        action=", ".join(slots.action),
        item=slots.item or (quantity.item if quantity else ""),
        period="" if slots.period is None else period_words(statement.periods[slots.period]),
        place=", ".join(slots.place),
        scope=", ".join(slots.scope),
        manner=", ".join(filter(None, manner)),
    )


def _figures_alone(statement: Statement) -> tuple[ReadingRow, ...]:
    nothing = dict.fromkeys(("also", "who", "action", "period", "place", "scope", "manner"), "")
    return tuple(
        ReadingRow(figure=figure_words(each), precision=_precision(each), item=each.item, **nothing)
        for each in statement.quantities
    )


def _amount(quantity: Quantity) -> str:
    if quantity.value is not None:
        return readable(quantity.value)
    return " and ".join(readable(end) for end in (quantity.low, quantity.high) if end is not None)


def _precision(quantity: Quantity) -> str:
    if quantity.value is None:
        return ""
    return f"written to the nearest {readable(quantity.step)}" if quantity.step > 1 else ""


def _lies_in(quantity: Quantity, text: str) -> bool:
    return 0 <= quantity.start < quantity.end <= len(text)
