"""Days, weeks and months counted within a longer span: the first six months of 2023, the last Monday in May."""

from __future__ import annotations

from datetime import timedelta

from claims.matching import calendar_days as days
from claims.matching.date_readings import (
    UNKNOWN,
    Phrase,
    Reading,
    count_of,
    ordinal_of,
    unit_of,
    written_year_of,
)
from claims.matching.month_readings import month, whole


def first_units(phrase: Phrase) -> Reading:
    """the first six months of 2023, the last ten days of March, the first nine months."""
    rest = phrase.beyond("V")
    if "M" in rest.kinds:
        around = month(rest)
    elif phrase.reference is None and written_year_of(rest) is None:
        return UNKNOWN
    else:
        written = written_year_of(rest) or (phrase.reference.year if phrase.reference else 1)
        around = Reading(days.years(written, written))
    if around.days is None:
        return UNKNOWN
    count, unit, (first, last) = count_of(phrase), unit_of(phrase), around.days
    if not 1 <= count <= 366 or unit == "hour":
        return UNKNOWN
    if ordinal_of(phrase) == -1:
        first = days.moved_units(last + timedelta(1), -count, unit)
    else:
        last = days.moved_units(first, count, unit) - timedelta(1)
    return Reading((first, last)) if around.days[0] <= first and last <= around.days[1] else UNKNOWN


def first_units_of_year(phrase: Phrase) -> Reading:
    """2020's first three months, last year's last six months."""
    at = next(number for number, kind in enumerate(phrase.kinds) if number and kind in "oR")
    return first_units(
        Phrase((*phrase.words[at:], *phrase.words[:at]), phrase.kinds[at:] + phrase.kinds[:at], phrase.reference)
    )


def week_of_month(phrase: Phrase) -> Reading:
    """the first week of March, the last week of 2015."""
    around = whole(phrase.beyond("k"))
    found = around.days and days.nth_week(around.days, ordinal_of(phrase))
    return Reading(found, around.floating)


def weekday_of_month(phrase: Phrase) -> Reading:
    """the first Friday of July, the last Monday in May."""
    around = whole(phrase.beyond("W"))
    if around.days is None:
        return UNKNOWN
    first = around.days[0]
    return Reading(days.nth_weekday(first.year, first.month, phrase.value("W"), ordinal_of(phrase)), around.floating)


def day_of_month(phrase: Phrase) -> Reading:
    """the first day of March, the last day of the year."""
    around = whole(phrase.beyond("d"))
    if around.days is None:
        return UNKNOWN
    number = ordinal_of(phrase)
    day = around.days[1] if number == -1 else around.days[0] + timedelta(number - 1)
    return Reading((day, day), around.floating)
