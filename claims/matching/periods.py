"""Periods: dates joined by their prepositions into spans of days, running totals and as-of days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from claims.matching.calendar_days import Days, moved_units
from claims.matching.date_lookalikes import Surroundings
from claims.matching.date_phrases import Mark, Point, marks, resolved
from claims.matching.date_readings import LONGEST_COUNT
from claims.matching.resources import listed, words
from claims.matching.since_events import since_events
from claims.matching.spans import follows_on, in_year, is_span, span_of
from claims.matching.types import Period, Span


class Dates(NamedTuple):
    """The periods of a stretch of text, and everything in it that is a date (also those that are nobody's period)."""

    periods: list[Period]
    masks: list[Span]


_REPORTED = frozenset(word for word in words("reporting") if word.isalpha()) | {
    "showed", "shown", "updated", "issued", "released", "published", "revised", "dated", "statement", "conference",
    "briefing", "interview", "bulletin", "tweet",
}  # fmt: skip
_WORD = re.compile(r"\w+")
_UP_TO_DATE = re.compile(
    r"\s+(?:(?!on\b)[^\W\d][\w'’]*\s+){0,2}?(?:(?:on|late|early|in)\s+){0,2}$",
    re.IGNORECASE,
)
"""Between a word of saying and the day on which it was said."""
_DATELINE = re.compile(r"^[A-Z][\w.,'’ -]{1,40},?\s+$")
_BEFORE = re.compile(
    r"(?:\b(?P<since>ever since|since(?:\s+at)?|starting(?:\s+on|\s+from)?|beginning(?:\s+on)?)|\b(?P<source>from)"
    r"|\b(?P<upto>as of|as at|up to|up until|until|till|through|by|to|no\s+later\s+than)"
    r"|\b(?P<between>between)|\b(?P<before>before)|\b(?P<after>after|(?<!the\s)following)"
    r"|\b(?P<within>in|during|on|over|for|throughout|of|at|within|around|about|across))(?:\s+(?:the|late|early))?\s+$",
    re.IGNORECASE,
)
_COUNTS = {word: number for number, word in enumerate(listed("cardinals"))}
_OFFSET = re.compile(rf"\b(\d{{1,4}}|an?|{'|'.join(_COUNTS)})\s+(day|week|month|year)s?\s+$", re.IGNORECASE)
_PERCENT = re.compile(r"%|\bper\s?cent", re.IGNORECASE)
_FIGURE = re.compile(r"\d")
_BASE = re.compile(r"\b(?:than|compared\s+(?:with|to)|versus|vs\.?)\s+$", re.IGNORECASE)
_PLAN = re.compile(
    r"\b(?:will|shall|due|scheduled|(?:is|are)\s+(?:set\s+)?to|plans?\s+to|expected\s+to)\b"
    r"(?:(?!\b(?:said|told|after|because|since|which|who|but)\b)[^.;:])*$",
    re.IGNORECASE,
)
_WEEKDAYS = frozenset({"W", "W6", "w"})
_WEEK = timedelta(7)
_WINDOW = 60
"""Code points before a date in which its preposition, or what was said or planned, is looked for."""
_DAY = timedelta(1)


def find_periods(text: str, start: int, end: int, reference: date | None) -> Dates:
    """The periods stated between two offsets, resolved against the document's date.

    The day on which something was *said* is a date but nobody's period. A running total ("since ...", "as of ...")
    is cumulative; its `as_of` is the day written, else None.
    """
    listed = dates_in(text, start, end)
    dated = [resolved(mark, reference) for mark in listed]
    masks = [Span(mark.start, mark.end) for mark in listed]
    periods: list[Period] = []
    position = 0
    while position < len(dated):
        period, used = _period(_place(text, start, dated[position], reference), dated, position)
        if period is not None:
            periods.append(period)
        position += used
    told = _with_as_of(periods, reference) + since_events(text, start, end, masks)
    return Dates(sorted(told, key=lambda period: period.offset), masks)


def dates_in(text: str, start: int, end: int) -> list[Mark]:
    """What is a date between two offsets, not yet resolved."""
    around = Surroundings(text, start, end)
    return [mark for mark in marks(text, start, end) if around.is_date(mark)]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a date stands: its sentence begins at `floor`, its preposition at `begin`; `word` names the preposition."""

    text: str
    floor: int
    begin: int
    word: str | None
    reference: date | None


def _period(place: _Place, dated: Sequence[Point], at: int) -> tuple[Period | None, int]:
    """The period of a date, if it is one, and how many dates it takes up."""
    point = dated[at]
    following = dated[at + 1] if at + 1 < len(dated) else None
    if following is not None and is_span(place.text, place.word, point, following):
        return span_of(place.text, place.begin, point, following), 2
    if point.earlier:
        return Period(None, None, surface=place.text[point.start : point.end], offset=point.start), 1
    if place.word in (None, "within") and (_is_of_saying(place, point) or _is_base(place)):
        return None, 1
    if following is not None and place.word in (None, "within") and follows_on(place.text, point, following):
        return span_of(place.text, place.begin, point, following), 2
    return _single(place, point), 1


def _place(text: str, floor: int, point: Point, reference: date | None) -> _Place:
    lead = text[max(floor, point.start - _WINDOW) : point.start]
    before = _BEFORE.search(lead)
    if before is None:
        return _Place(text, floor, point.start, None, reference)
    return _Place(text, floor, point.start - len(lead) + before.start(), before.lastgroup, reference)


def _is_of_saying(place: _Place, point: Point) -> bool:
    """Whether a day is that of an announcement or of the dateline."""
    lead = place.text[max(place.floor, point.start - _WINDOW) : point.start]
    if any(word[0].lower() in _REPORTED and _UP_TO_DATE.match(lead, word.end()) for word in _WORD.finditer(lead)):
        return True
    return point.start - place.floor <= len(lead) and lead.isupper() and _DATELINE.match(lead) is not None


def _is_base(place: _Place) -> bool:
    """Whether a date is only what something is compared with: "13 percent more than in 2021"."""
    return _BASE.search(place.text, max(place.floor, place.begin - _WINDOW), place.begin) is not None


def _coming(place: _Place, point: Point) -> Point:
    """The date as a plan means it: "will close on Tuesday" is the coming Tuesday, "due in March" the coming March."""
    if place.reference is None or point.days is None or not point.days[1] < place.reference or not _is_plan(place):
        return point
    start, end = point.days
    if point.kinds in _WEEKDAYS and place.reference - end < _WEEK <= date.max - end:
        return point._replace(days=(start + _WEEK, end + _WEEK))
    if point.floating and start.year < date.max.year:
        return point._replace(days=(in_year(start, start.year + 1), in_year(end, end.year + 1)))
    return point


def _is_plan(place: _Place) -> bool:
    lead = place.text[max(place.floor, place.begin - _WINDOW) : place.begin]
    return _PLAN.search(lead) is not None


def _single(place: _Place, point: Point) -> Period:
    point = _coming(place, point)
    if place.word in ("before", "after") and point.days is not None:
        far = _OFFSET.search(place.text[max(place.floor, place.begin - _WINDOW) : place.begin])
        if far is not None:
            return _at_distance(place, point, far)
    surface, running = place.text[place.begin : point.end], place.word == "since" or point.running
    days = point.closing if point.closing is not None and _dates_a_rate(place, point) else point.days
    if days is None:
        return Period(None, None, running, surface=surface, offset=place.begin)
    start, end = (_gone_by(place, point), None) if running else _ends(days, place.word)
    as_of = end if place.word == "upto" and not running else None
    return Period(start, end, running or as_of is not None, as_of, surface, place.begin)


def _ends(days: Days, word: str | None) -> tuple[date | None, date | None]:
    """The days a date stands for after its preposition; nothing lies beyond the calendar's own ends."""
    start, end = days
    if word == "upto":
        return None, end
    if word == "before":
        return None, start - _DAY if start > date.min else start
    if word == "after":
        return end + _DAY if end < date.max else end, None
    return start, end


def _gone_by(place: _Place, point: Point) -> date | None:
    """The start of what has gone on since a date: without a year, one before the document's date."""
    if point.days is None:
        return None
    start = point.days[0]
    ahead = place.reference is not None and start > place.reference
    return in_year(start, start.year - 1) if ahead and point.floating else start


def _dates_a_rate(place: _Place, point: Point) -> bool:
    """Whether "the year to October" dates an annual rate, a per cent figure: then it is that of the month."""
    before = place.text[max(place.floor, point.start - _WINDOW) : point.start]
    if _FIGURE.search(before):
        return _PERCENT.search(before) is not None
    return _PERCENT.search(place.text, point.end, point.end + _WINDOW) is not None


def _at_distance(place: _Place, point: Point, far: re.Match[str]) -> Period:
    """Two weeks before Christmas, a day after 5 April: the day itself; unknown beyond the calendar."""
    offset = place.begin - len(far[0])
    count = int(far[1]) if far[1].isdecimal() else _COUNTS.get(far[1].lower(), 1)
    sign = -1 if place.word == "before" else 1
    try:
        day = moved_units(point.days[0], sign * min(count, LONGEST_COUNT), far[2].lower()) if point.days else None
    except (OverflowError, ValueError):
        day = None
    return Period(day, day, surface=place.text[offset : point.end], offset=offset)


def _with_as_of(periods: list[Period], reference: date | None) -> list[Period]:
    """A "since" takes the end of an "as of" beside it: together they are one running total, unless that is to come."""
    opens = [period for period in periods if period.cumulative and period.start and period.end is None]
    closes = [period for period in periods if period.cumulative and period.start is None and period.as_of]
    if len(opens) != 1 or len(closes) != 1 or opens[0].start is None or closes[0].as_of is None:
        return periods
    if closes[0].as_of < opens[0].start or (reference is not None and closes[0].as_of > reference):
        return periods
    merged = Period(opens[0].start, None, True, closes[0].as_of, opens[0].surface, opens[0].offset)
    return [merged if period is opens[0] else period for period in periods if period is not closes[0]]
