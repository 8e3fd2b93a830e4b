"""Calendar arithmetic: which days a date expression means, given the document's date."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from claims.matching.resources import listed

Days = tuple[date, date]


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
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4}
_COUNTS = {word: number for number, word in enumerate(listed("cardinals"))} | {"a": 1, "an": 1, "few": 3}
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 14)}
_PARTS = {"early": (0, 10), "mid": (10, 20), "middle": (10, 20), "late": (20, 31)}
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


def dated(found: re.Match[str], reference: date | None) -> Days | None:
    month = _MONTHS[found["month"].rstrip(".")]
    year = _year_of(month, reference, found.groupdict().get("year"))
    return None if year is None else _year_day(year, month, int(found["day"]))


def first_of(found: re.Match[str], reference: date | None) -> Days | None:
    month = _MONTHS[found["month"].rstrip(".")]
    year = _last_past(month, reference, found["year"])
    return None if year is None else _year_day(year, month, 1)


def iso(found: re.Match[str], _reference: date | None) -> Days | None:
    return _year_day(int(found["year"]), int(found["number"]), int(found["day"]))


def month(found: re.Match[str], reference: date | None) -> Days | None:
    month = _MONTHS[found["month"].rstrip(".")]
    year = _year_of(month, reference, found["year"])
    if year is not None and not found["year"] and (found["last"] or "").lower() == "last" and reference is not None:
        year = reference.year - (month >= reference.month)
    return None if year is None else _month_days(year, month)


def part(found: re.Match[str], reference: date | None) -> Days | None:
    """The beginning, middle or end of a month or a year: a third of it; "start of": its first day."""
    days = whole(found, reference)
    if days is None:
        return None
    part = found["part"].lower()
    if part in ("beginning", "start"):
        return days[0], days[0]
    if part == "end":
        return days[1], days[1]
    low, high = _PARTS[part]
    length = (days[1] - days[0]).days + 1
    return days[0] + timedelta(length * low // 31), days[0] + timedelta(max(0, length * high // 31 - 1))


def whole(found: re.Match[str], reference: date | None) -> Days | None:
    if found["month"]:
        month = _MONTHS[found["month"].rstrip(".")]
        finder = _last_past if found["part"].lower() in ("beginning", "start") else _year_of
        year = finder(month, reference, found["year"])
        return None if year is None else _month_days(year, month)
    if found["whole"]:
        return _span_of_months(int(found["whole"]), 1, 12)
    if reference is None:
        return None
    return _relative((found["which"] or "this").lower(), found["unit"].lower(), reference)


_SHIFTS = {"last": -1, "past": -1, "previous": -1, "preceding": -1, "next": 1, "coming": 1, "following": 1}


def _relative(which: str, unit: str, reference: date) -> Days | None:
    """last, this or next week, month, quarter, year, weekend, season."""
    shift = _SHIFTS.get(which, 0)
    if unit in ("year", "quarter", "month"):
        return _relative_months(shift, unit, reference)
    if unit == "week":
        monday = reference - timedelta(reference.weekday() - 7 * shift)
        return monday, monday + timedelta(6)
    if unit == "weekend":
        saturday = reference - timedelta((reference.weekday() - 5) % 7) + timedelta(7 * max(shift, 0))
        return saturday, saturday + timedelta(1)
    if unit not in _SEASONS:
        return None
    first, last = _SEASONS[unit]
    year = reference.year + (shift if shift > 0 else 0) - (shift < 0 and reference.month <= last)
    return _span_of_months(year, first, last)


def _relative_months(shift: int, unit: str, reference: date) -> Days:
    if unit == "year":
        return _span_of_months(reference.year + shift, 1, 12)
    if unit == "month":
        return _month_days(reference.year, reference.month + shift)
    first = (reference.month - 1) // 3 * 3 + 1 + 3 * shift
    return _month_days(reference.year, first)[0], _month_days(reference.year, first + 2)[1]


def relative_point(found: re.Match[str], reference: date | None) -> Days | None:
    return None if reference is None else _relative(found["which"].lower(), found["unit"].lower(), reference)


def bare_unit(found: re.Match[str], reference: date | None) -> Days | None:
    return None if reference is None else _relative("this", found["unit"].lower(), reference)


def weekday(found: re.Match[str], reference: date | None) -> Days | None:
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


def near_day(found: re.Match[str], reference: date | None) -> Days | None:
    if reference is None:
        return None
    day = reference + timedelta({"yesterday": -1, "tomorrow": 1}.get(found[0].lower(), 0))
    return day, day


def quarter(found: re.Match[str], reference: date | None) -> Days | None:
    number = _ORDINALS[found["nth"].lower()] if found["nth"] else int(found["number"])
    months = 3 if (found["unit"] or "quarter").lower() == "quarter" else 6
    year = owner_year(found, reference)
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


def owner_year(found: re.Match[str], reference: date | None) -> int | None:
    if found["year"]:
        return int(found["year"])
    if reference is None:
        return None
    return reference.year - ("last" in (found["owner"] or "").lower())


def first_months(found: re.Match[str], reference: date | None) -> Days | None:
    year, count = owner_year(found, reference), _count(found["count"])
    if year is None or not 1 <= count <= 12:
        return None
    first = 1 if found["nth"].lower() == "first" else 13 - count
    return _span_of_months(year, first, first + count - 1)


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _COUNTS.get(word.lower(), 0)


def past_units(found: re.Match[str], reference: date | None) -> Days | None:
    """the past twelve months, the last 24 hours."""
    count = _count(found["count"])
    if reference is None or not 0 < count <= 1_200:
        return None
    return _back(reference, count, found["unit"].lower()), reference


def ago(found: re.Match[str], reference: date | None) -> Days | None:
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


def months_to(found: re.Match[str], reference: date | None) -> Days | None:
    """the year to October: the figure of that month, taken over the twelve months that end with it."""
    month = _MONTHS[found["month"].rstrip(".")]
    year = _last_past(month, reference, found["year"])
    return None if year is None else _month_days(year, month)


def season(found: re.Match[str], reference: date | None) -> Days | None:
    first, last = _SEASONS[found["season"].lower()]
    return _span_of_months(int(found["year"]), first, last)


def double_year(found: re.Match[str], _reference: date | None) -> Days | None:
    year, second = int(found["year"]), found["second"]
    ends = int(second) if len(second) == 4 else year // 100 * 100 + int(second)
    return (date(year, 7, 1), date(ends, 6, 30)) if ends == year + 1 else None


def year(found: re.Match[str], _reference: date | None) -> Days | None:
    return _span_of_months(int(found["year"]), 1, 12)
