"""Dates and periods against the English date specifications of Recognizers-Text (MIT).

A row is right when the engine finds exactly its dates, each with the right span and, where the file gives values, the
right days:

- *Span*: compared without the preposition and article in front and the sign behind, which the two count differently.
- *Past*: where the data offer a past and a future reading the past one is meant; news looks back.
- *End*: the data end a range on the day after; ours is the last day. Where a range is written with two ends ("2014 to
  2018", "4 to 22 January") the data end it on the first day of the second end, and so it is compared.
- Two ends the data treat unlike the others: they end "the rest of ..." on its last day, and the past so many units on
  the day before the reference, where ours include the day of the document.
- A day the calendar does not have, and a season, have no value in the data: there the span alone counts.

Out of scope, by wording alone, are clock times and the idioms of calendar planning, which no news sentence has: a delay
from now ("within five days", "two days hence", "more than two weeks after today"), business days, out of office.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from claims.matching.date_phrases import Point, points
from claims.matching.evaluate.tables import Disagreements, Line, Table, bootstrap, share
from claims.matching.periods import find_periods
from claims.matching.types import Period

FILES = ("DateExtractor", "DateParser", "DatePeriodExtractor", "DatePeriodParser")
FOLDER = Path("recognizers_text_specs_en/DateTime/English")
REACH = 0.85
_UNITS = r"(?:(?:business\s+)?days?|weeks?|months?|years?|\w+days?)"
_NUMBER = r"(?:an?|\d+|one|two|three|four|five|six|few|several)"
_OUT_OF_SCOPE = re.compile(
    r"\d\s?(?:am|pm|a\.m|p\.m)\b|\d:\d\d|o'clock"
    rf"|\bwithin\s+(?:the\s+)?(?:next\s+|upcoming\s+)?{_NUMBER}\s+{_UNITS}\b"
    rf"|\b(?:more|less)\s+than\s+{_NUMBER}\s+{_UNITS}\b"
    rf"|\b{_UNITS}\s+(?:later|hence|in\s+the\s+future)\b|\bdays from now\b"
    r"|\bbusiness\s+days?\b|\booo\b|\bout of office\b",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"(?:(?:the|a|an|on|in|at|from|between|since|by|for|during|of|over|until|till|to|within|about|around|before|after"
    r"|starting|beginning|as of)\s+)+",
    re.IGNORECASE,
)
_PAST_UNITS = re.compile(r"\b(?:past|last|previous)\s+\w+\s+\w+s\b", re.IGNORECASE)
_TRAILING = " .,;:!?"
_UNKNOWN_DAY = "0001-01-01"


class Wanted(NamedTuple):
    """A span of the row's text and the days the data give it, if any; the end of a range is mostly the day after."""

    start: int
    end: int
    days: tuple[str | None, str | None] | None
    is_range: bool


class Row(NamedTuple):
    text: str
    reference: date | None
    wanted: list[Wanted]


def tables(folder: Path, log: Disagreements) -> Iterator[Table]:
    """One table for the files of dates and date periods, one, for information, for the model that joins them."""
    lines: list[Line] = []
    for name in FILES:
        lines += _lines(name, [_of_part(row) for row in _rows(folder, name)], log, REACH)
    note = "Rows with exactly the right dates; values against the row's reference date, where the file gives them."
    yield Table("Dates and periods (Recognizers-Text)", lines, note)
    model = [_of_model(row) for row in _rows(folder, "DateTimeModel") if _is_dates(row)]
    peers = "Recognizers-Text for Python: 612 of 985 on all types"
    yield Table("Rows of the date-time model that hold dates only", [*_lines("DateTimeModel", model, log, None, peers)])


def _rows(folder: Path, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((folder / FOLDER / f"{name}.json").read_text("utf-8-sig"))
    return rows


def _lines(name: str, rows: Sequence[Row], log: Disagreements, reach: float | None, peers: str = "") -> Iterator[Line]:
    scoped = [row for row in rows if not _OUT_OF_SCOPE.search(row.text)]
    right = []
    for row in scoped:
        said = _said(row)
        right.append(_is_right(row, said))
        if not right[-1]:
            log.add(
                name,
                text=row.text,
                reference=str(row.reference),
                wanted=_shown(row),
                said=[_brief(one) for one in said],
            )
    yield Line(f"{name}: rows in scope ({len(scoped)} of {len(rows)})", share(len(scoped), len(rows)), reach=0.85)
    yield Line(f"{name}: right", share(sum(right), len(right)), peers, reach, bootstrap(right, _mean))
    every = sum(right) + sum(_is_right(row, _said(row)) for row in rows if _OUT_OF_SCOPE.search(row.text))
    yield Line(f"{name}: right of all rows", share(every, len(rows)))


def _mean(right: Sequence[bool]) -> float:
    return share(sum(right), len(right))


# --- what the data say ---------------------------------------------------------------------------------------------


def _of_part(row: dict[str, Any]) -> Row:
    """A row of an extractor or parser file."""
    return Row(row["Input"], _reference(row), [_wanted(result) for result in row["Results"]])


def _wanted(result: dict[str, Any]) -> Wanted:
    start = result["Start"]
    past = (result.get("Value") or {}).get("PastResolution") or {}
    days = None
    if "date" in past:
        days = (past["date"], past["date"])
    elif past:
        days = (past.get("startDate"), past.get("endDate"))
    return Wanted(start, start + result["Length"], None if days and _UNKNOWN_DAY in days else days, "date" not in past)


def _of_model(row: dict[str, Any]) -> Row:
    return Row(row["Input"], _reference(row), [_resolved(result) for result in row["Results"]])


def _resolved(result: dict[str, Any]) -> Wanted:
    values = (result["Resolution"] or {}).get("values") or [{}]
    value = values[0] or {}
    if "value" in value:
        days = None if value["value"] == "not resolved" else (value["value"], value["value"])
    else:
        days = (value.get("start"), value.get("end"))
    return Wanted(result["Start"], result["End"] + 1, days, "value" not in value)


def _is_dates(row: dict[str, Any]) -> bool:
    return bool(row["Results"]) and all(
        result.get("TypeName", "").rpartition(".")[2] in ("date", "daterange") for result in row["Results"]
    )


def _reference(row: dict[str, Any]) -> date | None:
    written = (row.get("Context") or {}).get("ReferenceDateTime")
    return date.fromisoformat(written[:10]) if written else None


# --- what the engine says ------------------------------------------------------------------------------------------


def _said(row: Row) -> list[Period]:
    return find_periods(row.text, 0, len(row.text), row.reference).periods


def _is_right(row: Row, said: Sequence[Period]) -> bool:
    found = points(row.text, 0, len(row.text), row.reference)
    return len(said) == len(row.wanted) and all(
        _core(row.text, period.offset, period.offset + len(period.surface)) == _core(row.text, want.start, want.end)
        and _has_days(period, want, found)
        for period, want in zip(said, row.wanted, strict=True)
    )


def _core(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without the preposition and article in front and the signs behind."""
    lead = _LEADING.match(text, start, end)
    start = lead.end() if lead else start
    return start, start + len(text[start:end].rstrip(_TRAILING))


def _has_days(period: Period, want: Wanted, found: Sequence[Point]) -> bool:
    if want.days is None:
        return True
    start, end = (day and date.fromisoformat(day) for day in want.days)
    if not want.is_range:
        return period.start == period.end == start
    if re.match(r"rest\b", period.surface):
        return (period.start, period.end) == (start, end)
    if _PAST_UNITS.search(period.surface) and period.end == end:
        return period.start == start
    return period.start == start and _day_after(period, found) == end


def _day_after(period: Period, found: Sequence[Point]) -> date | None:
    """The day after the last one meant; of a range with two written ends, the day on which the second begins."""
    inside = [one for one in found if period.offset <= one.start and one.end <= period.offset + len(period.surface)]
    second = inside[-1].ends[1] if inside and inside[-1].ends else inside[-1].days if len(inside) > 1 else None
    if second is not None:
        return period.end if second[0] == second[1] else second[0]
    return period.end and period.end + timedelta(1)


def _shown(row: Row) -> list[str]:
    return [f"{row.text[want.start : want.end]}: {want.days}" for want in row.wanted]


def _brief(period: Period) -> str:
    return f"{period.surface}: {period.start} {period.end}"
