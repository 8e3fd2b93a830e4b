"""Two dates that are one span of days: "from March to May", "2014-2018", "in March and April"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from claims.matching.calendar_days import Days
from claims.matching.date_phrases import Point
from claims.matching.types import Period

_JOIN = re.compile(r"\s*(?:to|until|till|through|and|-|–|—|up to)\s+(?:the\s+)?(?:end of\s+)?$", re.IGNORECASE)
_BARE_JOIN = re.compile(r"\s*(?:to|until|till|through|thru|[-–~])\s+(?:the\s+)?$|[-–~]", re.IGNORECASE)
_LONGEST_JOIN = 24
"""Code points between the ends of a span: " up to the end of the "."""
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_DAY = timedelta(1)


def is_span(text: str, word: str | None, first: Point, second: Point) -> bool:
    """Whether two dates are the ends of one span: "from ... to", "between ... and", "2014-2018", "May through June"."""
    between = text[first.end : second.start]
    if len(between) > _LONGEST_JOIN or first.ends or second.ends or first.earlier or second.earlier:
        return False
    if word in ("since", "between", "source"):
        return _JOIN.fullmatch(between) is not None
    return word != "upto" and _BARE_JOIN.fullmatch(between) is not None


def span_of(text: str, begin: int, first: Point, second: Point) -> Period:
    """From the first day of one date to the last of the other; a year written once holds for both."""
    surface = text[begin : second.end]
    if first.days is None or second.days is None:
        return Period(None, None, surface=surface, offset=begin)
    start, end = first.days[0], second.days[1]
    if second.floating and not first.floating:
        end = in_year(end, start.year)
        end = in_year(end, start.year + 1) if end < start else end
    elif first.floating and (end < start or not second.floating):
        start = in_year(start, end.year)
        start = in_year(start, end.year - 1) if start > end else start
    return Period(start, max(end, start), surface=surface, offset=begin)


def in_year(day: date, year: int) -> date:
    """The same day of another year; 29 February becomes the 28th, years stay in the calendar."""
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=min(max(year, date.min.year), date.max.year), day=28 if leap else day.day)


def follows_on(text: str, first: Point, second: Point) -> bool:
    """Whether two dates joined by "and" are adjacent months or days: then they are one period."""
    if second.start - first.end > _LONGEST_JOIN or _AND.fullmatch(text, first.end, second.start) is None:
        return False
    if first.days is None or second.days is None or first.ends or second.ends or first.running or second.running:
        return False
    whole = span_of(text, first.start, first, second)
    if whole.start is None or whole.end is None:
        return False
    if _is_day(first.days) and _is_day(second.days):
        return whole.end - whole.start == _DAY
    return _is_month(first.days) and _is_month(second.days) and _months(whole.end) - _months(whole.start) == 1


def _is_day(days: Days) -> bool:
    return days[0] == days[1]


def _is_month(days: Days) -> bool:
    return (
        days[0].day == 1 and days[1] < date.max and (days[1] + _DAY).day == 1 and _months(days[0]) == _months(days[1])
    )


def _months(day: date) -> int:
    return day.year * 12 + day.month
