"""What a date phrase is to its resolvers, and what they make of it: its tokens, counts and units; the days it means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from claims.matching.calendar_days import Days
from claims.matching.spelled_years import Word

LONGEST_COUNT = 1_200
"""Units counted back or on; more is no period a newsroom compares."""
_FEW = {"few": 3, "several": 3, "couple": 2}


@dataclass(frozen=True, slots=True)
class Reading:
    """`days` is None when not known. `floating`: written without its year. `ends`: the two ends of a written range.

    `running`: a total so far ("so far this year"). `closing`: the month that closes "the year to October".
    """

    days: Days | None
    floating: bool = False
    ends: tuple[Days, Days] | None = None
    running: bool = False
    closing: Days | None = None


UNKNOWN = Reading(None)


@dataclass(frozen=True, slots=True)
class Phrase:
    """The tokens of one date phrase, their kinds, and the document's date."""

    words: Sequence[Word]
    kinds: str
    reference: date | None

    def value(self, kinds: str) -> Any:
        """The value of the first token of one of these kinds, else None."""
        return next((word.value for word in self.words if word.kind in kinds), None)

    def values(self, kinds: str) -> list[Any]:
        return [word.value for word in self.words if word.kind in kinds]

    def upto(self, kind: str) -> Phrase:
        """The phrase before the first token of a kind."""
        at = self.kinds.index(kind)
        return Phrase(self.words[:at], self.kinds[:at], self.reference)

    def beyond(self, kinds: str) -> Phrase:
        """The phrase after the first token of one of these kinds."""
        at = next(number for number, kind in enumerate(self.kinds) if kind in kinds) + 1
        return Phrase(self.words[at:], self.kinds[at:], self.reference)


Resolver = Callable[[Phrase], Reading]


def shift_of(phrase: Phrase) -> int:
    """last: -1, this: 0, next: 1."""
    value = phrase.value("Rp")
    return -1 if value == "past" else int(value or 0)


def written_year_of(phrase: Phrase) -> int | None:
    """The year a phrase names by its number, or by "last year"; None without one."""
    written = phrase.value("Yy")
    if written is not None:
        return int(written)
    if "r" not in phrase.kinds or phrase.reference is None:
        return None
    return phrase.reference.year + shift_of(phrase)


def number_of(words: Sequence[Word]) -> int:
    """21 from "twenty-first", "21st", "twenty one" or "21"."""
    total = 0
    for word in words:
        if word.kind in "on":
            total += int(word.value)
        elif word.kind in "OD":
            total += int("".join(filter(str.isdecimal, word.value)))
    return total


def ordinal_of(phrase: Phrase) -> int:
    """first: 1 ... last and final: -1."""
    if phrase.value("R") is not None and phrase.value("oO") is None:
        return -1
    return int(phrase.value("o") or number_of([word for word in phrase.words if word.kind == "O"]) or 1)


def count_of(phrase: Phrase) -> int:
    few = phrase.value("7")
    if few is not None:
        return _FEW[few]
    counted = [word for word in phrase.words if word.kind in "nD"]
    return number_of(counted) if counted else 1


def unit_of(phrase: Phrase) -> str:
    return str(phrase.value("dkhrgqlcVj"))


def digits_of(figures: str) -> list[str]:
    return "".join(sign if sign.isdecimal() else " " for sign in figures).split()


def day_in(words: Sequence[Word]) -> int:
    return number_of([word for word in words if word.kind in "ODon"])
