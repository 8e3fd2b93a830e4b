"""What is counted from the document's date: last week, the past twelve months, two days ago, so far this year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from claims.matching import calendar_days as days
from claims.matching.date_readings import (
    LONGEST_COUNT,
    UNKNOWN,
    Phrase,
    Reading,
    count_of,
    digits_of,
    number_of,
    shift_of,
    unit_of,
    written_year_of,
)
from claims.matching.spelled_years import Word


def relative(phrase: Phrase) -> Reading:
    """last week, this year, next quarter; "the past year" runs up to the document's date.

    "This weekend" is that of the week, "the weekend" and "the past weekend" the latest that has begun.
    """
    if phrase.reference is None:
        return UNKNOWN
    unit = phrase.value("dkhrgqlc")
    if unit == "day" and phrase.kinds[0] == "t" and shift_of(phrase) > 0:
        return UNKNOWN  # "the next day" follows some day of the story, not that of the report
    if unit == "weekend" and phrase.value("R") in (None, "past"):
        return Reading(days.recent_weekend(phrase.reference))
    if phrase.value("R") == "past" and unit != "day":
        return Reading((days.moved_units(phrase.reference, -1, unit), phrase.reference))
    return Reading(days.relative(shift_of(phrase), unit, phrase.reference))


def relative_twice(phrase: Phrase) -> Reading:
    """the week before last, the month after next."""
    if phrase.reference is None:
        return UNKNOWN
    return Reading(days.relative(2 * shift_of(phrase), phrase.value("rkhg"), phrase.reference))


def season(phrase: Phrase) -> Reading:
    """the summer of 2019, last winter, winter 2022-23; "in the summer" is the latest that has begun."""
    written = phrase.value("YKJ")
    if written is not None:
        return Reading(days.season(phrase.value("S"), int(digits_of(str(written))[0])))
    if phrase.reference is None:
        return UNKNOWN
    if "R" not in phrase.kinds:
        this = days.season(phrase.value("S"), phrase.reference.year)
        return Reading(
            this if this[0] <= phrase.reference else days.season(phrase.value("S"), phrase.reference.year - 1)
        )
    return Reading(days.recent_season(phrase.value("S"), shift_of(phrase), phrase.reference))


def counted_units(phrase: Phrase) -> Reading:
    """the past twelve months, the last 24 hours, the next three days; the last two quarters are whole ones."""
    count, unit = count_of(phrase), unit_of(phrase)
    if phrase.reference is None or not 0 < count <= LONGEST_COUNT:
        return UNKNOWN
    if unit == "quarter" and phrase.value("R") != 1:
        first, last = (days.relative(-by, unit, phrase.reference) for by in (count, 1))
        return Reading(first and last and (first[0], last[1]))
    if phrase.value("R") == 1:
        return Reading((phrase.reference + timedelta(1), days.moved_units(phrase.reference, count, unit)))
    return Reading((days.moved_units(phrase.reference, -count, unit), phrase.reference))


def ago(phrase: Phrase) -> Reading:
    """two days ago; "three months ago" is that month, "a year ago" that year; "1 month 21 days ago" a day."""
    if phrase.reference is None:
        return UNKNOWN
    day, unit = phrase.reference, ""
    for word_at, word in enumerate(phrase.words):
        if word.kind in "dkhrlV":
            unit = str(word.value)
            count = count_of(Phrase(_own_count(phrase.words, word_at), "", None))
            if count > LONGEST_COUNT:
                return UNKNOWN
            day = days.moved_units(day, -count, unit)
    several = sum(word.kind in "dkhrlV" for word in phrase.words) > 1
    if several or unit not in ("month", "year", "decade"):
        return Reading((day, day))
    return Reading(days.relative(0, "year" if unit == "decade" else unit, day))


def offset(phrase: Phrase) -> Reading:
    """two weeks from now, three days after tomorrow, two days before yesterday."""
    count = count_of(phrase)
    if phrase.reference is None or count > LONGEST_COUNT:
        return UNKNOWN
    base = phrase.reference + timedelta(phrase.value("Tv"))
    day = days.moved_units(base, -count if "B" in phrase.kinds else count, str(phrase.value("dkhrV")))
    return Reading((day, day))


def rest_of(phrase: Phrase) -> Reading:
    """the rest of the year: from the document's date on."""
    found = relative(phrase)
    return Reading((phrase.reference, found.days[1])) if found.days and phrase.reference else UNKNOWN


def calendar_week(phrase: Phrase) -> Reading:
    """week 31: of the document's year or the year written (ISO 8601)."""
    written = written_year_of(phrase)
    number = number_of([word for word in phrase.words if word.kind == "D"])
    if (written is None and phrase.reference is None) or not 1 <= number <= 53:
        return UNKNOWN
    monday = date.fromisocalendar(written or (phrase.reference.year if phrase.reference else 1), number, 1)
    return Reading((monday, monday + timedelta(6)))


def _own_count(words: Sequence[Word], at: int) -> Sequence[Word]:
    first = at
    while first and words[first - 1].kind in "nDa7-":
        first -= 1
    return words[first:at]


def so_far(phrase: Phrase) -> Reading:
    """so far this year, the year to date: a running total from its first day."""
    if phrase.reference is None:
        return Reading(None, running=True)
    return Reading(days.relative(0, phrase.value("dkhrq"), phrase.reference), running=True)


def earlier_in(phrase: Phrase) -> Reading:
    """earlier this year, later this month: up to the day before the document's date, or from that date."""
    if phrase.reference is None:
        return UNKNOWN
    around = days.relative(shift_of(phrase), phrase.value("dkhrq"), phrase.reference)
    if around is None or not around[0] <= phrase.reference <= around[1]:
        return Reading(around)
    if phrase.value("L_") < 0:
        return Reading((around[0], max(around[0], phrase.reference - timedelta(1))))
    return Reading((phrase.reference, around[1]))


def unknown(_phrase: Phrase) -> Reading:
    return UNKNOWN
