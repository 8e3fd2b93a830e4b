"""Points in time as news English writes them, each resolved to its first and last day.

A point is one date expression without its preposition: "March 1", "the first quarter of 2024", "last week", "Monday".
What needs the document's date and has none, or means no day the calendar knows, stays unresolved.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from claims.matching import calendar_days as days
from claims.matching.calendar_days import Days


class Point(NamedTuple):
    """`start` and `end` are offsets in the text; `days` the first and last day meant, None when not known.

    `earlier`: written as a comparison with the time before ("a year earlier").
    """

    start: int
    end: int
    days: Days | None
    earlier: bool = False


_LONG = "January|February|March|April|May|June|July|August|September|October|November|December"
_SHORT = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
_WEEKDAY = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_SEASON = "spring|summer|autumn|fall|winter"
_COUNT = r"\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_M = rf"(?P<month>{_LONG}|(?:{_SHORT})\b\.?)"
_Y = r"(?P<year>(?:19|20)\d\d)(?![\d.,]\d|\d|\s?%|-year)"
_MY = rf"{_M}(?:,?\s+{_Y})?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_OF_YEAR = rf"(?:,?\s+(?:(?:of|in)\s+)?(?:(?P<owner>(?:this|last|the)\s+(?:same\s+)?year)|{_Y}))?"
_THE = r"\b(?:[Tt]he\s+)?"
Resolver = Callable[[re.Match[str], date | None], Days | None]


def _unresolved(_found: re.Match[str], _reference: date | None) -> Days | None:
    return None


_RESOLVED: list[tuple[str, Resolver]] = [
    (r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)(?!\d)", days.iso),
    (rf"{_THE}(?i:first)\s+of\s+{_MY}", days.first_of),
    (rf"(?<![\d.,])\b{_DAY}\s+(?:of\s+)?{_MY}(?!\w)", days.dated),
    (
        rf"\b{_M}\s+(?:the\s+)?{_DAY}(?![\d]|[.,]\d|\s?%|\s+(?:percent|per\s+cent|million|billion))(?:,?\s+{_Y})?",
        days.dated,
    ),
    (
        rf"{_THE}(?:very\s+)?(?P<part>(?i:beginning|start|end|middle))\s+of\s+(?:the\s+)?"
        rf"(?:{_MY}|(?:(?P<which>this|last|next)\s+)?(?P<unit>week|month|quarter|year)\b|(?P<whole>(?:19|20)\d\d)\b)",
        days.part,
    ),
    (rf"\b(?P<part>early|mid|late|Early|Mid|Late)[\s-]{_MY}(?P<which>)?(?P<unit>)?(?P<whole>)?", days.part),
    (
        rf"{_THE}(?:(?P<nth>(?i:first|second|third|fourth|last|final))\s+(?P<unit>quarter|half)|Q(?P<number>[1-4])){_OF_YEAR}",
        days.quarter,
    ),
    (rf"{_THE}(?P<nth>(?i:first|last))\s+(?P<count>\w+)\s+months{_OF_YEAR}", days.first_months),
    (
        rf"{_THE}(?:year|12\s+months|twelve\s+months)\s+(?:to|through|ended|ending(?:\s+in)?|ended\s+in)\s+{_MY}",
        days.months_to,
    ),
]
_COMPARED = [
    r"\b(?:(?:a|an|one|the)\s+)?same\s+(?:period|month|quarter|week|time)\s+"
    r"(?:last\s+year|a\s+year\s+(?:earlier|ago|before)|of\s+the\s+previous\s+year)\b",
    r"\b(?:(?:a|an|one|the)\s+)?(?:year|month|week|quarter|decade|period|(?:\d+|two|three|six|twelve)\s+months)\s+"
    r"(?:earlier|before(?!\s+(?:the|that))|previously)\b",
    rf"{_THE}(?:previous|preceding|prior)\s+(?:year|month|week|quarter|period|season)\b",
    r"\b(?i:a|one|single|first|second|third|last)\s+(?:single\s+)?(?:week|weekend|fortnight|day|night)\s+(?:of|in)\s+"
    rf"{_M}(?:\s+{_Y})?",
]
_LOOSE: list[tuple[str, Resolver]] = [
    (
        rf"{_THE}(?i:past|last|previous)\s+(?P<count>\d+|[a-z]+)\s+(?P<unit>hour|day|week|month|year)s\b",
        days.past_units,
    ),
    (rf"\b(?P<count>{_COUNT})\s+(?P<unit>day|week|month|year)s?\s+ago\b", days.ago),
    (
        rf"{_THE}(?P<which>(?i:last|past|previous|this|next|coming))\s+(?P<unit>weekend|week|month|quarter|year|{_SEASON})\b",
        days.relative_point,
    ),
    (r"(?<=the\s)(?P<unit>weekend)\b", days.bare_unit),
    (rf"\b(?i:(?P<season>{_SEASON}))\s+(?:of\s+)?{_Y}", days.season),
    (rf"\b(?:(?P<last>(?i:last|this|next))\s+)?{_M},?\s+{_Y}", days.month),
    (
        rf"\b(?:(?P<which>(?i:last|next|this))\s+)?(?P<weekday>{_WEEKDAY})"
        r"(?:\s+(?:morning|afternoon|evening|night))?(?![\w-])",
        days.weekday,
    ),
    (r"\b(?i:yesterday|today|tomorrow|tonight)\b", days.near_day),
    (rf"\b(?:(?P<last>(?i:last|this|next))\s+)?{_M}(?!\w)(?P<year>)?", days.month),
    (r"(?<![\d.,$€£-])(?P<year>(?:19|20)\d\d)[-–/](?P<second>\d\d(?:\d\d)?)(?![\d-])", days.double_year),
    (rf"(?<![\w.,$€£%/-])(?<![$€£]\s){_Y}(?![-–/]\d)", days.year),
]
_COMPILED = [
    *((re.compile(pattern), resolve, False) for pattern, resolve in _RESOLVED),
    *((re.compile(pattern), _unresolved, True) for pattern in _COMPARED),
    *((re.compile(pattern), resolve, False) for pattern, resolve in _LOOSE),
]
_CAN_HOLD = re.compile(
    rf"(?:19|20)\d\d|day\b|week|month|year|quarter|half|period|season|decade|Q[1-4]|tonight|tomorrow|{_LONG}|(?:{_SHORT})\b"
)


def points(text: str, start: int, end: int, reference: date | None) -> list[Point]:
    """The dates written between two offsets, in order, the more specific readings first where two overlap."""
    if not _CAN_HOLD.search(text, start, end):
        return []
    found: list[Point] = []
    for pattern, resolve, earlier in _COMPILED:
        for match in pattern.finditer(text, start, end):
            if all(match.end() <= other.start or match.start() >= other.end for other in found):
                found.append(Point(match.start(), match.end(), _resolved(match, resolve, reference), earlier))
    return sorted(found)


def _resolved(match: re.Match[str], resolve: Resolver, reference: date | None) -> Days | None:
    try:
        return resolve(match, reference)
    except (OverflowError, ValueError):
        return None
