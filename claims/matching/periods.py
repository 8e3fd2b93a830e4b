"""Periods: dates joined by their prepositions into spans of days, running totals and as-of days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from claims.matching.calendar_days import moved_units
from claims.matching.date_lookalikes import is_date
from claims.matching.date_phrases import Point, points
from claims.matching.date_readings import LONGEST_COUNT
from claims.matching.resources import listed, words
from claims.matching.types import Period, Span


class Dates(NamedTuple):
    """The periods of a stretch of text, and everything in it that is a date (also those that are nobody's period)."""

    periods: list[Period]
    masks: list[Span]


_REPORTING = "|".join(sorted((word for word in words("reporting") if word.isalpha()), key=len, reverse=True))
_REPORTED = re.compile(
    rf"\b(?:{_REPORTING}|showed|shown|updated|issued|released|published|revised|dated|statement|conference|briefing|interview|bulletin|tweet)\s+(?:(?!on\b)[\w'’]+\s+){{0,2}}?(?:(?:on|late|early|in)\s+){{0,2}}$",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"^[A-Z][\w.,'’ -]{1,40},?\s+$")
_BEFORE = re.compile(
    r"(?:\b(?P<since>ever since|since(?:\s+at)?|starting(?:\s+on|\s+from)?|beginning(?:\s+on)?)|\b(?P<source>from)"
    r"|\b(?P<upto>as of|as at|up to|up until|until|till|through|by|to|no\s+later\s+than)"
    r"|\b(?P<between>between)|\b(?P<before>before)|\b(?P<after>after|following)"
    r"|\b(?P<within>in|during|on|over|for|throughout|of|at|within|around|about|across))(?:\s+(?:the|late|early))?\s+$",
    re.IGNORECASE,
)
_JOIN = re.compile(r"\s*(?:to|until|till|through|and|-|–|—|up to)\s+(?:the\s+)?(?:end of\s+)?$", re.IGNORECASE)


_BARE_JOIN = re.compile(r"\s*(?:to|until|till|through|thru|[-–~])\s+(?:the\s+)?$|[-–~]", re.IGNORECASE)
_COUNTS = {word: number for number, word in enumerate(listed("cardinals"))}
_OFFSET = re.compile(rf"\b(\d{{1,4}}|an?|{'|'.join(_COUNTS)})\s+(day|week|month|year)s?\s+$", re.IGNORECASE)
_PERCENT = re.compile(r"%|\bper\s?cent", re.IGNORECASE)
_FIGURE = re.compile(r"\d")
_WINDOW = 60
_LONGEST_JOIN = 24
_DAY = timedelta(1)


def find_periods(text: str, start: int, end: int, reference: date | None) -> Dates:
    """The periods stated between two offsets, resolved against the document's date.

    The day on which something was *said* is a date but nobody's period. A running total ("since ...", "as of ...")
    is cumulative; its `as_of` is the day written, else None.
    """
    dated = [point for point in points(text, start, end, reference) if is_date(text, start, end, point)]
    masks = [Span(point.start, point.end) for point in dated]
    periods: list[Period] = []
    position = 0
    while position < len(dated):
        period, used = _period(text, start, dated, position, reference)
        if period is not None:
            periods.append(period)
        position += used
    return Dates(_with_as_of(periods), masks)


def _period(
    text: str, floor: int, dated: Sequence[Point], at: int, reference: date | None
) -> tuple[Period | None, int]:
    point = dated[at]
    lead = text[max(floor, point.start - _WINDOW) : point.start]
    before = _BEFORE.search(lead)
    begin = point.start - len(lead) + before.start() if before else point.start
    word = before.lastgroup if before else None
    following = dated[at + 1] if at + 1 < len(dated) else None
    if following is not None and _joined(text, point, following, word):
        return _range(text, begin, point, following), 2
    if point.earlier:
        return Period(None, None, surface=text[point.start : point.end], offset=point.start), 1
    if word in (None, "within") and (
        _REPORTED.search(lead) or (point.start - floor <= len(lead) and _DATELINE.match(lead) and lead.isupper())
    ):
        return None, 1
    return _single(text, floor, begin, point, word, reference), 1


def _joined(text: str, first: Point, second: Point, word: str | None) -> bool:
    """Whether two dates are the ends of one span: "from ... to", "between ... and", "2014-2018", "May through June"."""
    between = text[first.end : second.start]
    if len(between) > _LONGEST_JOIN or first.ends or second.ends or first.earlier or second.earlier:
        return False
    if word in ("since", "between", "source"):
        return _JOIN.fullmatch(between) is not None
    return word != "upto" and _BARE_JOIN.fullmatch(between) is not None


def _range(text: str, begin: int, first: Point, second: Point) -> Period:
    surface = text[begin : second.end]
    if first.days is None or second.days is None:
        return Period(None, None, surface=surface, offset=begin)
    start, end = first.days[0], second.days[1]
    if second.floating and not first.floating:
        end = _in_year(end, start.year + (end.replace(year=start.year) < start if end.day < 29 else 0))
    elif first.floating and (end < start or not second.floating):
        start = _in_year(start, end.year)
        start = _in_year(start, end.year - 1) if start > end else start
    return Period(start, max(end, start), surface=surface, offset=begin)


def _in_year(day: date, year: int) -> date:
    """The same day of another year; 29 February becomes the 28th, years stay in the calendar."""
    return day.replace(
        year=min(max(year, date.min.year), date.max.year), day=28 if day.day == 29 and day.month == 2 else day.day
    )


def _single(text: str, floor: int, begin: int, point: Point, word: str | None, reference: date | None) -> Period:
    surface = text[begin : point.end]
    if point.closing is not None and _dates_a_rate(text, floor, point):
        return Period(*point.closing, surface=surface, offset=begin)
    if point.days is None:
        return Period(None, None, cumulative=word == "since" or point.running, surface=surface, offset=begin)
    start, end = point.days
    if word == "since" or point.running:
        return Period(_gone_by(start, point, reference), None, cumulative=True, surface=surface, offset=begin)
    if word == "upto":
        return Period(None, end, cumulative=True, as_of=end, surface=surface, offset=begin)
    if word in ("before", "after") and (far := _OFFSET.search(text[max(0, begin - _WINDOW) : begin])):
        day = _moved(start, far[1], far[2], word)
        return Period(day, day, surface=text[begin - len(far[0]) : point.end], offset=begin - len(far[0]))
    if word == "before":
        return Period(None, start - _DAY if start > date.min else start, surface=surface, offset=begin)
    if word == "after":
        return Period(end + _DAY if end < date.max else end, None, surface=surface, offset=begin)
    return Period(start, end, surface=surface, offset=begin)


def _dates_a_rate(text: str, floor: int, point: Point) -> bool:
    """Whether "the year to October" dates an annual rate, a per cent figure: then it is that of the month."""
    before = text[max(floor, point.start - _WINDOW) : point.start]
    if _FIGURE.search(before):
        return _PERCENT.search(before) is not None
    return _PERCENT.search(text, point.end, point.end + _WINDOW) is not None


def _moved(day: date, count: str, unit: str, word: str) -> date | None:
    """Two weeks before Christmas, a day after 5 April: the day itself; None beyond the calendar."""
    number = int(count) if count.isdecimal() else _COUNTS.get(count.lower(), 1)
    try:
        return moved_units(day, min(number, LONGEST_COUNT) * (-1 if word == "before" else 1), unit.lower())
    except (OverflowError, ValueError):
        return None


def _gone_by(start: date, point: Point, reference: date | None) -> date:
    """What has gone on since a day without a year began before the document's date."""
    return _in_year(start, start.year - 1) if point.floating and reference and start > reference else start


def _with_as_of(periods: list[Period]) -> list[Period]:
    """A "since" takes the end of an "as of" beside it: together they are one running total."""
    opens = [period for period in periods if period.cumulative and period.start and period.end is None]
    closes = [period for period in periods if period.cumulative and period.start is None and period.as_of]
    if len(opens) != 1 or len(closes) != 1 or opens[0].start is None or closes[0].as_of is None:
        return periods
    if closes[0].as_of < opens[0].start:
        return periods
    merged = Period(opens[0].start, None, True, closes[0].as_of, opens[0].surface, opens[0].offset)
    return [merged if period is opens[0] else period for period in periods if period is not closes[0]]
