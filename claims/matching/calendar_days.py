"""Calendar arithmetic: first and last days of months, weeks, quarters, seasons and holidays. No words, no texts."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

Days = tuple[date, date]

_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 14)}
"""Meteorological seasons of the northern hemisphere; a winter belongs to the year in which it begins."""
_MONTHS_IN = {"month": 1, "quarter": 3, "half": 6}
_YEARS_IN = {"year": 1, "decade": 10, "century": 100}
_SOON_DAYS = 31
_AHEAD_DAYS = 92
"""News looks back: a day without a year is the latest one gone by, unless it comes within a month, or within three
months in the same calendar year (the Associated Press leaves the year out for dates of the current year)."""


def single_day(year: int, month: int, day: int) -> Days | None:
    if not 1 <= year <= 9999 or not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return date(year, month, day), date(year, month, day)


def months(year: int, first: int, last: int) -> Days:
    """From the first day of one month to the last of another; months count on beyond December."""
    return _first_of(year, first), _first_of(year, last + 1) - timedelta(1)


def _first_of(year: int, month: int) -> date:
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def years(first: int, last: int) -> Days:
    return date(first, 1, 1), date(last, 12, 31)


def moved(day: date, by: int) -> date:
    """The same day so many months on, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + by, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def moved_units(day: date, by: int, unit: str) -> date:
    """The day so many units on; hours count as the days they fill."""
    if unit in ("day", "week", "fortnight"):
        return day + timedelta(by * {"day": 1, "week": 7, "fortnight": 14}[unit])
    if unit == "hour":
        return day + timedelta(-(-abs(by) // 24)) * (1 if by > 0 else -1)
    return moved(day, by * {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}[unit])


def week_of(day: date) -> Days:
    """Monday to Sunday."""
    monday = day - timedelta(day.weekday())
    return monday, monday + timedelta(6)


def relative(shift: int, unit: str, reference: date) -> Days | None:
    """The unit of the calendar in which the reference lies, or one so many units on."""
    if unit in _MONTHS_IN:
        length = _MONTHS_IN[unit]
        first = (reference.month - 1) // length * length + 1 + shift * length
        return months(reference.year, first, first + length - 1)
    if unit in _YEARS_IN:
        length = _YEARS_IN[unit]
        year = reference.year // length * length + shift * length
        return years(year, year + length - 1)
    if unit == "day":
        return reference + timedelta(shift), reference + timedelta(shift)
    monday, sunday = week_of(reference + timedelta(7 * shift))
    return (sunday - timedelta(1) if unit == "weekend" else monday), sunday


def recent_weekend(reference: date) -> Days:
    """The latest weekend that has begun."""
    saturday = reference - timedelta((reference.weekday() - 5) % 7)
    return saturday, saturday + timedelta(1)


def season(name: str, year: int) -> Days:
    return months(year, *_SEASONS[name])


def recent_season(name: str, shift: int, reference: date) -> Days:
    """this, last (-1) or next (1) summer: last is the latest that is over."""
    if shift < 0:
        this = season(name, reference.year)
        return this if this[1] < reference else season(name, reference.year - 1)
    if shift > 0:
        this = season(name, reference.year)
        return this if this[0] > reference else season(name, reference.year + 1)
    return season(name, reference.year)


def part(days: Days, name: str) -> Days:
    """The first day for a beginning, the last for an end; "early" and "late" are halves, "mid" the middle.

    As in Recognizers-Text: early March is its days 1 to 15, mid-March 10 to 20, late March 16 to 31; early in a week
    is Monday to Wednesday, mid-week Tuesday to Friday. The beginning and end of a week are as long.
    """
    first, last = days
    length = (last - first).days + 1
    if length > 31:
        return _part_of_year(days, name)
    if name in ("beginning", "start", "end") and length > 7:
        return (last, last) if name == "end" else (first, first)
    half = first + timedelta(15 if length > 7 else length // 2)
    if name in ("early", "beginning", "start"):
        return first, half - timedelta(1)
    if name in ("late", "end"):
        return half, last
    return (first.replace(day=10), first.replace(day=20)) if length > 7 else (first + timedelta(1), last - timedelta(2))


def _part_of_year(days: Days, name: str) -> Days:
    first, last = days
    if name in ("beginning", "start", "end"):
        return (last, last) if name == "end" else (first, first)
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    if name == "early":
        return first, moved(first, count // 2) - timedelta(1)
    if name == "late":
        return moved(first, count // 2), last
    return moved(first, count // 3), moved(first, count - count // 3) - timedelta(1)


def nth_weekday(year: int, month: int, weekday: int, number: int) -> Days | None:
    """The first, second ... or (-1) last such weekday of a month; None if the month has fewer."""
    first, last = months(year, month, month)
    if number < 0:
        day = last - timedelta((last.weekday() - weekday) % 7)
    else:
        day = first + timedelta((weekday - first.weekday()) % 7 + 7 * (number - 1))
    return (day, day) if first <= day <= last else None


def nth_week(days: Days, number: int) -> Days | None:
    """The first ... or (-1) last week of a month or a year: weeks belong where their Thursday is (ISO 8601)."""
    if number < 0:
        return week_of(days[1] - timedelta((days[1].weekday() - 3) % 7))
    thursday = days[0] + timedelta((3 - days[0].weekday()) % 7 + 7 * (number - 1))
    return week_of(thursday) if thursday <= days[1] else None


def year_of(month: int, day: int, reference: date) -> int:
    """The year of a day written without one: see _AHEAD_DAYS."""
    day = min(day, 28) if month == 2 else day
    coming = reference.year + ((month, day) < (reference.month, reference.day))
    found = single_day(coming, month, day)
    ahead = (found[0] - reference).days if found else _AHEAD_DAYS + 1
    if ahead <= _SOON_DAYS or (ahead <= _AHEAD_DAYS and coming == reference.year):
        return coming
    return coming - 1


def leap_year_before(year: int) -> int:
    """The latest year up to this one that has a 29 February."""
    while year > 4 and monthrange(year, 2)[1] < 29:
        year -= 1
    return year


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Anonymous algorithm, Meeus, Astronomical Algorithms, chapter 8)."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    corrected = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - corrected - rest % 4) % 7
    month, day = divmod(corrected + weekday - 7 * ((golden + 11 * corrected + 22 * weekday) // 451) + 114, 31)
    return date(year, month, day + 1)
