"""Days: dates, weekdays and holidays, with their year or without."""

from __future__ import annotations

from datetime import date, timedelta

from claims.matching import calendar_days as days
from claims.matching.calendar_days import Days
from claims.matching.calendar_words import WEEKDAYS
from claims.matching.date_readings import UNKNOWN, Phrase, Reading, day_in, digits_of, shift_of, written_year_of
from claims.matching.resources import table

_DATES = table("dates")


def on(month: int, day: int, written: int | None, reference: date | None) -> Reading:
    if written is not None:
        return Reading(days.single_day(written, month, day))
    if reference is None:
        return UNKNOWN
    year = days.year_of(month, day, reference)
    if (month, day) == (2, 29):
        year = days.leap_year_before(year)
    return Reading(days.single_day(year, month, day), floating=True)


def dated(phrase: Phrase) -> Reading:
    """5 April 2020, April 5th, the first of March, Wed, 22 of Jan."""
    month = phrase.value("Mm")
    day = day_in(phrase.words)
    return on(month, day, written_year_of(phrase), phrase.reference)


def numeric(phrase: Phrase) -> Reading:
    """2020-04-05, 05/04/2020.

    A part above 12 is the day; with dots the day comes first; else, if only one reading is not after the document's
    date, that one; else the month comes first.
    """
    parts = [int(part) for part in digits_of(phrase.value("I"))]
    if len(phrase.value("I").replace("-", "/").replace(".", "/").split("/")[0]) == 4:
        return Reading(days.single_day(*parts))
    first, second, year = parts
    if year < 100:
        year += 1900 if year >= 69 else 2000  # the pivot of POSIX strptime
    american, european = days.single_day(year, first, second), days.single_day(year, second, first)
    if "." in phrase.value("I") or american is None:
        return Reading(european)
    if european is not None and phrase.reference and european[0] <= phrase.reference < american[0]:
        return Reading(european)
    return Reading(american)


def slashed(phrase: Phrase) -> Reading:
    """22/04: a part above 12 is the day, else the month comes first."""
    first, second = (int(part) for part in digits_of(phrase.value("ZG")))
    month, day = (second, first) if first > 12 else (first, second)
    return on(month, day, None, phrase.reference) if 1 <= month <= 12 else UNKNOWN


def weekday(phrase: Phrase) -> Reading:
    """The last such day up to the document's date; "this" and "next": that of this week, of next week."""
    if phrase.reference is None:
        return UNKNOWN
    wanted, which = phrase.value("Ww9"), phrase.value("Rp")
    day = phrase.reference - timedelta((phrase.reference.weekday() - wanted) % 7)
    if phrase.values("R")[1:] == [1]:
        day += timedelta(7)
    elif which in (0, 1) and "RR" not in phrase.kinds:
        day = days.week_of(phrase.reference)[0] + timedelta(wanted + 7 * which)
    elif which is not None and day == phrase.reference:
        day -= timedelta(7)
    return Reading((day, day))


def weekday_of_week(phrase: Phrase) -> Reading:
    """Friday of last week, next week on Friday."""
    if phrase.reference is None:
        return UNKNOWN
    day = days.week_of(phrase.reference)[0] + timedelta(phrase.value("Ww9") + 7 * shift_of(phrase))
    return Reading((day, day))


def weekdays_of_week(phrase: Phrase) -> Reading:
    """last week from Wednesday to Friday."""
    if phrase.reference is None:
        return UNKNOWN
    monday = days.week_of(phrase.reference)[0] + timedelta(7 * shift_of(phrase))
    first, last = (monday + timedelta(weekday) for weekday in phrase.values("Ww"))
    return Reading((first, last), ends=((first, first), (last, last))) if first <= last else UNKNOWN


def weekday_dated(phrase: Phrase) -> Reading:
    """Thursday the 21st: the latest such day that is a Thursday, of this month or up to a year back."""
    if phrase.reference is None:
        return UNKNOWN
    day = day_in(phrase.words)
    for back in range(13):
        month = days.moved(phrase.reference.replace(day=1), -back)
        found = days.single_day(month.year, month.month, day)
        if found is not None and found[0].weekday() == phrase.value("Ww9"):
            return Reading(found)
    return UNKNOWN


def near_day(phrase: Phrase) -> Reading:
    if phrase.reference is None:
        return UNKNOWN
    shift = phrase.value("Tv") + ("F" in phrase.kinds) - ("B" in phrase.kinds)
    day = phrase.reference + timedelta(shift)
    return Reading((day, day))


def overnight(phrase: Phrase) -> Reading:
    """The night to the document's date."""
    return Reading((phrase.reference - timedelta(1), phrase.reference)) if phrase.reference else UNKNOWN


def day_of_this_month(phrase: Phrase) -> Reading:
    """the 20th of last month; the 27th: the latest gone by."""
    if phrase.reference is None:
        return UNKNOWN
    day = day_in(phrase.words)
    if "h" in phrase.kinds:
        month = days.moved(phrase.reference.replace(day=1), shift_of(phrase))
    else:
        month = days.moved(phrase.reference.replace(day=1), 0 if day <= phrase.reference.day else -1)
    return Reading(days.single_day(month.year, month.month, day))


def holiday(phrase: Phrase) -> Reading:
    """Christmas Eve, Easter Monday 2021, last Thanksgiving."""
    name, year = phrase.value("H"), written_year_of(phrase)
    if year is not None:
        return Reading(_holiday(name, year))
    if phrase.reference is None:
        return UNKNOWN
    for candidate in (phrase.reference.year + 1, phrase.reference.year, phrase.reference.year - 1):
        found = _holiday(name, candidate)
        if found and days.year_of(found[0].month, found[0].day, phrase.reference) == candidate:
            return Reading(found, floating=name in _DATES["fixed_holidays"])
    return UNKNOWN


def holiday_weekend(phrase: Phrase) -> Reading:
    """the Labor Day weekend: the Saturday and Sunday nearest to the day, and the days up to it."""
    found = holiday(phrase)
    if found.days is None:
        return UNKNOWN
    day = found.days[0]
    saturday = day + timedelta((5 - day.weekday() + 3) % 7 - 3)
    return Reading((min(day, saturday), max(day, saturday + timedelta(1))))


def _holiday(name: str, year: int) -> Days | None:
    if name in _DATES["fixed_holidays"]:
        month, day = _DATES["fixed_holidays"][name].split("-")
        return days.single_day(year, int(month), int(day))
    if name in _DATES["easter_holidays"]:
        day = days.easter(year) + timedelta(_DATES["easter_holidays"][name])
        return day, day
    later = _DATES["after_thanksgiving"].get(name, 0)
    month, weekday, number = _DATES["weekday_holidays"]["thanksgiving" if later else name]
    found = days.nth_weekday(year, month, WEEKDAYS.index(weekday), number)
    return found and (found[0] + timedelta(later), found[1] + timedelta(later))
