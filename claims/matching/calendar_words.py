"""Points in time as news English writes them, each resolved to its first and last day.

A point is one date expression without its preposition: "March 1", "the first quarter of 2024", "last week", "Monday".
What needs the document's date and has none, or means no day the calendar knows, stays unresolved.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

Days = tuple[date, date]


class Point(NamedTuple):
    """`start` and `end` are offsets in the text; `days` the first and last day meant, None when not known.

    `earlier`: written as a comparison with the time before ("a year earlier").
    """

    start: int
    end: int
    days: Days | None
    earlier: bool = False


_MONTHS = {
    name: number
    for number, names in enumerate(
        ("January Jan", "February Feb", "March Mar", "April Apr", "May", "June Jun", "July Jul", "August Aug",
         "September Sept Sep", "October Oct", "November Nov", "December Dec"), start=1)
    for name in names.split()
}  # fmt: skip
_WEEKDAYS = {
    name: number
    for number, name in enumerate(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"])
}
_ORDINALS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "last": 4,
    "final": 4,
}
_COUNTS = {word: number for number, word in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"])} | {
    "a": 1, "an": 1, "few": 3}  # fmt: skip
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 14)}
_PARTS = {
    "beginning": (0, 10),
    "start": (0, 10),
    "early": (0, 10),
    "mid": (10, 20),
    "middle": (10, 20),
    "end": (20, 31),
    "late": (20, 31),
}

_M = r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_Y = r"(?P<year>(?:19|20)\d\d)(?![\d.,]\d|\d|\s?%|-year)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_FORWARD_MONTHS = 3
"""A month without a year is the coming one only if it begins within this many months; else the one gone by."""


def _year_day(year: int, month: int, day: int) -> Days | None:
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return date(year, month, day), date(year, month, day)


def _month_days(year: int, month: int) -> Days:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _span_of_months(year: int, first: int, last: int) -> Days:
    return _month_days(year, first)[0], _month_days(year, last)[1]


def _year_of(month: int, reference: date | None, written: str | None) -> int | None:
    if written:
        return int(written)
    if reference is None:
        return None
    ahead = (month - reference.month) % 12
    return reference.year + (reference.month + ahead - 1) // 12 - (0 if ahead <= _FORWARD_MONTHS else 1)


def _last_past(month: int, reference: date | None, written: str | None) -> int | None:
    if written or reference is None:
        return int(written) if written else None
    return reference.year - (month > reference.month)


def _dated(found: re.Match[str], reference: date | None) -> Days | None:
    month = _MONTHS[found["month"].rstrip(".")]
    year = _year_of(month, reference, found.groupdict().get("year"))
    return None if year is None else _year_day(year, month, int(found["day"]))


def _first_of(found: re.Match[str], reference: date | None) -> Days | None:
    month = _MONTHS[found["month"].rstrip(".")]
    year = _last_past(month, reference, found["year"])
    return None if year is None else _year_day(year, month, 1)


def _iso(found: re.Match[str], _reference: date | None) -> Days | None:
    return _year_day(int(found["year"]), int(found["number"]), int(found["day"]))


def _month(found: re.Match[str], reference: date | None) -> Days | None:
    month = _MONTHS[found["month"].rstrip(".")]
    year = _year_of(month, reference, found["year"])
    if year is not None and not found["year"] and (found["last"] or "").lower() == "last" and reference is not None:
        year = reference.year - (month >= reference.month)
    return None if year is None else _month_days(year, month)


def _part(found: re.Match[str], reference: date | None) -> Days | None:
    """The beginning, middle or end of a month or a year: its first, second or last third; "start of" its first day."""
    whole = _whole(found, reference)
    if whole is None:
        return None
    part = found["part"].lower()
    if part in ("beginning", "start"):
        return whole[0], whole[0]
    if part == "end":
        return whole[1], whole[1]
    low, high = _PARTS[part]
    length = (whole[1] - whole[0]).days + 1
    return whole[0] + timedelta(length * low // 31), whole[0] + timedelta(max(0, length * high // 31 - 1))


def _whole(found: re.Match[str], reference: date | None) -> Days | None:
    if found["month"]:
        month = _MONTHS[found["month"].rstrip(".")]
        year = _last_past(month, reference, found["year"]) if found["part"].lower() in ("beginning", "start") else _year_of(
            month, reference, found["year"])  # fmt: skip
        return None if year is None else _month_days(year, month)
    if found["whole"]:
        return _span_of_months(int(found["whole"]), 1, 12)
    if reference is None:
        return None
    return _relative((found["which"] or "this").lower(), found["unit"].lower(), reference)


def _relative(which: str, unit: str, reference: date) -> Days | None:
    """last, this or next week, month, quarter, year, weekend, season, weekday."""
    shift = {"last": -1, "past": -1, "previous": -1, "preceding": -1, "next": 1, "coming": 1, "following": 1}.get(
        which, 0
    )
    if unit == "year":
        return _span_of_months(reference.year + shift, 1, 12)
    if unit == "month":
        return _month_days(reference.year, reference.month + shift)
    if unit == "quarter":
        first = (reference.month - 1) // 3 * 3 + 1 + 3 * shift
        return _month_days(reference.year, first)[0], _month_days(reference.year, first + 2)[1]
    if unit == "week":
        monday = reference - timedelta(reference.weekday() - 7 * shift)
        return monday, monday + timedelta(6)
    if unit == "weekend":
        saturday = reference - timedelta((reference.weekday() - 5) % 7)
        saturday += timedelta(7 * max(shift, 0))
        return saturday, saturday + timedelta(1)
    if unit in _SEASONS:
        first, last = _SEASONS[unit]
        year = reference.year + (shift if shift > 0 else 0) - (shift < 0 and reference.month <= last)
        return _span_of_months(year, first, last)
    return None


def _relative_point(found: re.Match[str], reference: date | None) -> Days | None:
    return None if reference is None else _relative(found["which"].lower(), found["unit"].lower(), reference)


def _bare_unit(found: re.Match[str], reference: date | None) -> Days | None:
    return None if reference is None else _relative("this", found["unit"].lower(), reference)


def _weekday(found: re.Match[str], reference: date | None) -> Days | None:
    """The last such day up to the document's date; with "next", the one after it."""
    if reference is None:
        return None
    day = reference - timedelta((reference.weekday() - _WEEKDAYS[found["weekday"]]) % 7)
    which = (found["which"] or "").lower()
    if which == "next":
        day += timedelta(7)
    if which == "last" and day == reference:
        day -= timedelta(7)
    return day, day


def _near_day(found: re.Match[str], reference: date | None) -> Days | None:
    if reference is None:
        return None
    day = reference + timedelta({"yesterday": -1, "tomorrow": 1}.get(found[0].lower(), 0))
    return day, day


def _quarter(found: re.Match[str], reference: date | None) -> Days | None:
    number = _ORDINALS[found["nth"].lower()] if found["nth"] else int(found["number"])
    months = 3 if (found["unit"] or "quarter").lower() == "quarter" else 6
    year = _owner_year(found, reference)
    if months == 6 and number == 4:
        number = 2
    if year is None or number * months > 12:
        return None
    if (
        not found["year"]
        and not found["owner"]
        and reference is not None
        and (number - 1) * months + 1 > reference.month
    ):
        year -= 1
    return _span_of_months(year, (number - 1) * months + 1, number * months)


def _owner_year(found: re.Match[str], reference: date | None) -> int | None:
    if found["year"]:
        return int(found["year"])
    if reference is None:
        return None
    return reference.year - ("last" in (found["owner"] or "").lower())


def _first_months(found: re.Match[str], reference: date | None) -> Days | None:
    year, count = _owner_year(found, reference), _count(found["count"])
    if year is None or not 1 <= count <= 12:
        return None
    first = 1 if found["nth"].lower() == "first" else 13 - count
    return _span_of_months(year, first, first + count - 1)


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _COUNTS.get(word.lower(), 0)


def _past_units(found: re.Match[str], reference: date | None) -> Days | None:
    """the past twelve months, the last 24 hours."""
    count = _count(found["count"])
    if reference is None or not 0 < count <= 1_200:
        return None
    return _back(reference, count, found["unit"].lower()), reference


def _ago(found: re.Match[str], reference: date | None) -> Days | None:
    count = _count(found["count"])
    if reference is None or not 0 < count <= 1_200:
        return None
    day = _back(reference, count, found["unit"].lower())
    if found["unit"].lower() == "year":
        return _span_of_months(day.year, 1, 12)
    return _month_days(day.year, day.month) if found["unit"].lower() == "month" else (day, day)


def _back(reference: date, count: int, unit: str) -> date:
    if unit in ("hour", "day", "week"):
        return reference - timedelta(count * {"hour": 0, "day": 1, "week": 7}[unit] or -(-count // 24))
    months = reference.year * 12 + reference.month - 1 - count * (12 if unit == "year" else 1)
    year, month = max(1, months // 12), months % 12 + 1
    return date(year, month, min(reference.day, monthrange(year, month)[1]))


def _months_to(found: re.Match[str], reference: date | None) -> Days | None:
    """the year to October: the figure of that month, taken over the twelve months that end with it."""
    month = _MONTHS[found["month"].rstrip(".")]
    year = _last_past(month, reference, found["year"])
    return None if year is None else _month_days(year, month)


def _season(found: re.Match[str], reference: date | None) -> Days | None:
    first, last = _SEASONS[found["season"].lower()]
    return _span_of_months(int(found["year"]), first, last)


def _double_year(found: re.Match[str], _reference: date | None) -> Days | None:
    year, second = int(found["year"]), found["second"]
    ends = int(second) if len(second) == 4 else year // 100 * 100 + int(second)
    return (date(year, 7, 1), date(ends, 6, 30)) if ends == year + 1 else None


def _year(found: re.Match[str], _reference: date | None) -> Days | None:
    return _span_of_months(int(found["year"]), 1, 12)


_OWNER = rf"(?:,?\s+(?:(?:of|in)\s+)?(?:(?P<owner>(?:this|last|the)\s+(?:same\s+)?year)|{_Y}))?"
_UNIT = r"(?P<unit>week|month|quarter|year)"
Resolver = Callable[[re.Match[str], date | None], Days | None]
_KINDS: list[tuple[str, Resolver, bool]] = [
    (r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)(?!\d)", _iso, False),
    (rf"(?:the\s+)?first\s+of\s+{_M}(?:,?\s+{_Y})?", _first_of, False),
    (rf"(?<![\d.,]){_DAY}\s+(?:of\s+)?{_M}(?:,?\s+{_Y})?(?!\w)", _dated, False),
    (rf"{_M}\s+(?:the\s+)?{_DAY}(?![\d]|[.,]\d|\s?%|\s+(?:percent|per\s+cent|million|billion))(?:,?\s+{_Y})?", _dated, False),
    (rf"(?:the\s+)?(?:very\s+)?(?P<part>beginning|start|end|middle)\s+of\s+(?:the\s+)?(?:{_M}(?:,?\s+{_Y})?|(?:(?P<which>this|last|next)\s+)?{_UNIT}\b|(?P<whole>(?:19|20)\d\d)\b)", _part, False),
    (rf"(?P<part>early|mid|late|Early|Mid|Late)[\s-]{_M}(?:,?\s+{_Y})?(?P<which>)?(?P<unit>)?(?P<whole>)?", _part, False),
    (rf"(?:the\s+)?(?:(?P<nth>first|second|third|fourth|last|final)\s+(?P<unit>quarter|half)|Q(?P<number>[1-4])){_OWNER}", _quarter, False),
    (rf"(?:the\s+)?(?P<nth>first|last)\s+(?P<count>\w+)\s+months{_OWNER}", _first_months, False),
    (rf"(?:the\s+)?(?:year|12\s+months|twelve\s+months)\s+(?:to|through|ended|ending(?:\s+in)?|ended\s+in)\s+{_M}(?:,?\s+{_Y})?", _months_to, False),
    (r"(?:(?:a|an|one|the)\s+)?(?:same\s+(?:period|month|quarter|week|time)\s+(?:last\s+year|a\s+year\s+(?:earlier|ago|before)|of\s+the\s+previous\s+year)|(?:year|month|week|quarter|decade|period|(?:\d+|two|three|six|twelve)\s+months)\s+(?:earlier|before(?!\s+(?:the|that))|previously)|(?:previous|preceding|prior)\s+(?:year|month|week|quarter|period|season))\b",
     lambda _found, _reference: None, True),
    (
        rf"(?:a|one|single|first|second|third|last)\s+(?:single\s+)?(?:week|weekend|fortnight|day|night)\s+(?:of|in)\s+{_M}(?:\s+{_Y})?",
        lambda _found, _reference: None,
        True,
    ),
    (r"(?:the\s+)?(?:past|last|previous)\s+(?P<count>\d+|[a-z]+)\s+(?P<unit>hour|day|week|month|year)s\b", _past_units, False),
    (r"(?P<count>\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+(?P<unit>day|week|month|year)s?\s+ago\b", _ago, False),
    (r"(?:the\s+)?(?P<which>last|past|previous|this|next|coming)\s+(?P<unit>weekend|week|month|quarter|year|spring|summer|autumn|fall|winter)\b", _relative_point, False),
    (r"(?<=the\s)(?P<unit>weekend)\b", _bare_unit, False),
    (rf"(?P<season>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)\s+(?:of\s+)?{_Y}", _season, False),
    (rf"(?:(?P<last>last|this|next)\s+)?{_M},?\s+{_Y}", _month, False),
    (r"(?:(?P<which>last|next|this)\s+)?(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)(?:\s+(?:morning|afternoon|evening|night))?(?![\w-])", _weekday, False),
    (r"(?i:yesterday|today|tomorrow|tonight)\b", _near_day, False),
    (rf"(?:(?P<last>last|this|next)\s+)?{_M}(?!\w)(?P<year>)?", _month, False),
    (r"(?<![\d.,$€£-])(?P<year>(?:19|20)\d\d)[-–/](?P<second>\d\d(?:\d\d)?)(?![\d-])", _double_year, False),
    (rf"(?<![\d.,$€£%/-])(?<![$€£]\s){_Y}(?![-–/]\d)", _year, False),
]  # fmt: skip

_COMPILED = [
    (re.compile(rf"\b(?:{pattern})" if pattern[0] != "(" or pattern[1:4] == "?:(" else pattern), resolve, earlier)
    for pattern, resolve, earlier in _KINDS
]
_CAN_HOLD = re.compile(
    r"(?:19|20)\d\d|day\b|week|month|year|quarter|half|period|season|decade|Q[1-4]|tonight|tomorrow"
    r"|January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b"
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
