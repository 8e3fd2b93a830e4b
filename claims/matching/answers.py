"""How each slot of two rows came out, and the table that shows it.

A comparison weighs many rows and shows one: the texts of the table are made for that one alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from claims.matching.contrast import contrasts, says_nearly_all
from claims.matching.outcomes import Agreement, SlotOutcome
from claims.matching.sides import Sides
from claims.matching.statements import Slots, Statement
from claims.matching.types import Period, Quantity
from claims.matching.wording import figure_text, period_text

Texts = tuple[str, str]
NOT_VERIFIED = "not verified"


@dataclass
class Answers:
    """Slot by slot, in the order of the table, whether claim and passage agree; slots neither fills are left out.

    `notes` are the two texts of a slot where they are not simply what the rows say. `figures` are the quantities
    compared; `period` is the passage's, be it of its row or of its context.
    """

    sides: Sides
    told: dict[str, Agreement] = field(default_factory=dict)
    notes: dict[str, Texts] = field(default_factory=dict)
    figures: tuple[Quantity, Quantity] | None = None
    period: Period | None = None

    def add(self, slot: str, outcome: Agreement | None, note: Texts | None = None) -> None:
        """Keeps an outcome; None, of a slot that neither side fills, is left out."""
        if outcome is None:
            return
        self.told[slot] = outcome
        if note is not None:
            self.notes[slot] = note

    @cached_property
    def contrasts(self) -> tuple[str, ...]:
        """By name, the words that tell that the two rows are of different things."""
        return contrasts(self.sides)

    @property
    def is_contrast(self) -> bool:
        """Whether the sentence is close to the claim and a word tells that they are of different things."""
        return bool(self.contrasts) and ("contrary" in self.contrasts or says_nearly_all(self.sides))

    def texts(self, slot: str) -> Texts:
        """What claim and passage say in a slot, in words."""
        note = self.notes.get(slot)
        if note is not None:
            return note
        if slot == "attribution":
            return "", _source(self.sides)
        if slot == "period":
            return period_text(period_of(self.sides.claim, self.sides.ours)), period_text(self.period)
        if self.figures is not None and slot in ("figure", "unit"):
            return _figure_texts(slot, *self.figures)
        return _text(self.sides.ours, slot), _text(self.sides.theirs, slot)

    def table(self) -> tuple[SlotOutcome, ...]:
        return tuple(SlotOutcome(slot, *self.texts(slot), outcome) for slot, outcome in self.told.items())


def period_of(statement: Statement, row: Slots) -> Period | None:
    return None if row.period is None else statement.periods[row.period]


def _figure_texts(slot: str, ours: Quantity, theirs: Quantity) -> Texts:
    return (ours.unit, theirs.unit) if slot == "unit" else (figure_text(ours), figure_text(theirs))


def _text(row: Slots, slot: str) -> str:
    said = getattr(row, slot)
    return ", ".join(said) if isinstance(said, tuple) else str(said)


def _source(sides: Sides) -> str:
    return sides.passage.attribution.source if sides.passage.attribution else ""
