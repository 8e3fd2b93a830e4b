"""Months, years, seasons and their parts: March 2020, the first quarter, early 2019, the year to June."""

from __future__ import annotations

from datetime import date, timedelta

from claims.matching import calendar_days as days
from claims.matching.date_readings import (
    LONGEST_COUNT,
    UNKNOWN,
    Phrase,
    Reading,
    count_of,
    day_in,
    digits_of,
    number_of,
    ordinal_of,
    shift_of,
    unit_of,
    written_year_of,
)
from claims.matching.day_readings import dated, day_of_this_month, on, weekday
from claims.matching.relative_readings import relative, season


def month(phrase: Phrase) -> Reading:
    """March, March 2020, last March, in June next year."""
    number, which = phrase.value("Mm"), phrase.value("R")
    written = written_year_of(phrase)
    if written is not None:
        return Reading(days.months(written, number, number))
    if phrase.reference is None:
        return UNKNOWN
    this = phrase.reference.year
    if which is None:
        this = days.year_of(number, 1, phrase.reference)
        return Reading(days.months(this, number, number), floating=True)
    if shift_of(phrase) < 0:
        this -= number >= phrase.reference.month
    if shift_of(phrase) > 0:
        this += number <= phrase.reference.month
    return Reading(days.months(this, number, number))


def calendar_month(phrase: Phrase) -> Reading:
    """2020-03, 03/2020, 2020 / 3; 2006-07 is no July but the year that begins in 2006."""
    written = phrase.value("J") or " ".join(phrase.values("YD"))
    first, second = (int(part) for part in digits_of(written))
    year, number = (first, second) if first > 12 else (second, first)
    if 1 <= number <= 12 and number != (first + 1) % 100:
        return Reading(days.months(year, number, number))
    return double_year(phrase) if first > 1000 and "J" in phrase.kinds else UNKNOWN


def double_year(phrase: Phrase) -> Reading:
    """2022-23: a season or a budget year, July to June; 2014-2018: from the first year to the last."""
    first, second = digits_of(phrase.value("KJ"))
    last = int(second) if len(second) == 4 else int(first) // 100 * 100 + int(second)
    if last == int(first) + 1:
        return Reading(days.months(int(first), 7, 18))
    if last <= int(first) or len(second) < 4:
        return UNKNOWN
    return Reading(days.years(int(first), last), ends=(days.years(int(first), int(first)), days.years(last, last)))


def year(phrase: Phrase) -> Reading:
    written = int(phrase.value("Yy"))
    return Reading(days.years(written, written))


def decade(phrase: Phrase) -> Reading:
    """the 1990s, the '90s: of the century in which they are the latest to have begun."""
    tail = "10" if phrase.value("E") is None else "".join(filter(str.isdecimal, phrase.value("E")))
    first = int(tail) + (2000 if "%" in phrase.kinds else 100 * int(phrase.value("n") or 0))
    if first < 100:
        if phrase.reference is None:
            return UNKNOWN
        first += phrase.reference.year // 100 * 100
        first -= 100 if first > phrase.reference.year else 0
    return Reading(days.years(first, first + 9))


def century(phrase: Phrase) -> Reading:
    """the 19th century: 1800 to 1899, as newspapers count."""
    first = (number_of([word for word in phrase.words if word.kind in "oO"]) - 1) * 100
    return Reading(days.years(max(first, 1), first + 99)) if 0 <= first <= 9900 else UNKNOWN


def whole(phrase: Phrase) -> Reading:
    """What "the end of ..." is the end of."""
    kinds = phrase.kinds
    if "M" in kinds or "m" in kinds:
        return month(phrase)
    if "E" in kinds:
        return decade(phrase)
    if "c" in kinds and "R" not in kinds:
        return century(phrase)
    if "S" in kinds:
        return season(phrase)
    if "Y" in kinds:
        return year(phrase)
    return relative(phrase)


def part(phrase: Phrase) -> Reading:
    """The beginning, middle or end: "start of" its first day, "early" its first third."""
    found = whole(phrase.beyond("P"))
    name = phrase.value("P")
    if found.days is None:
        return UNKNOWN
    inner = found.days
    if name in ("beginning", "start") and found.floating and phrase.reference and inner[0] > phrase.reference:
        inner = days.months(inner[0].year - 1, inner[0].month, inner[0].month)
    return Reading(days.part(inner, name), floating=found.floating)


def quarter(phrase: Phrase) -> Reading:
    """the third quarter of 2020, Q3, the first half of last year, the final quarter."""
    joint = phrase.value("U")
    if joint:
        unit, number = {"Q": "quarter", "H": "half"}[joint[4]], int(joint[5])
        return _quarter(unit, number, int(joint[:4]), phrase.reference)
    unit, number = phrase.value("Q") or (phrase.value("q"), ordinal_of(phrase))
    return _quarter(unit, number, written_year_of(phrase), phrase.reference)


def _quarter(unit: str, number: int, written: int | None, reference: date | None) -> Reading:
    parts = 4 if unit == "quarter" else 2
    number = parts if number == -1 else number
    if not 1 <= number <= parts or (written is None and reference is None):
        return UNKNOWN
    first = (number - 1) * (12 // parts) + 1
    if written is None and reference is not None:
        written = reference.year - (first > reference.month)
    return Reading(days.months(int(written or 1), first, first + 12 // parts - 1))


def half_of_month(phrase: Phrase) -> Reading:
    """the first half of November: to the 15th, or from the 16th."""
    found = month(phrase.beyond("q"))
    if found.days is None or phrase.value("q") != "half":
        return UNKNOWN
    first, last = found.days
    if ordinal_of(phrase) == 1:
        return Reading((first, first.replace(day=15)), found.floating)
    return Reading((first.replace(day=16), last), found.floating)


def week_around(phrase: Phrase) -> Reading:
    """the week of April 10, the week beginning February 4, the week of the 18th."""
    rest = phrase.beyond("k*")
    found = dated(rest) if "M" in rest.kinds or "m" in rest.kinds else day_of_this_month(rest)
    return Reading(found.days and days.week_of(found.days[0]), found.floating)


def span_to(phrase: Phrase) -> Reading:
    """the twelve months to June, the year ended 30 June 2023, the week to Sunday: so long, up to the end of that."""
    head, rest = phrase.upto(next(kind for kind in phrase.kinds if kind in "eN")), phrase.beyond("eN")
    if "W" in rest.kinds and "M" not in rest.kinds:
        found = weekday(rest)
    elif any(kind in rest.kinds for kind in "DO"):
        found = _latest(dated(rest), phrase.reference)
    else:
        found = _latest(month(rest), phrase.reference)
    if found.days is None:
        return UNKNOWN
    end, count, unit = found.days[1], min(count_of(head), LONGEST_COUNT), unit_of(head)
    start = days.moved_units(end + timedelta(1), -count, unit)
    is_year = (count, unit) in ((1, "year"), (12, "month")) and found.days[0] != end
    return Reading((start, end), closing=found.days if is_year else None)


def _latest(found: Reading, reference: date | None) -> Reading:
    """A day or month without a year that is not yet over is that of the year before."""
    if not found.floating or found.days is None or reference is None or found.days[0] <= reference:
        return found
    first = found.days[0].replace(year=found.days[0].year - 1, day=min(found.days[0].day, 28))
    last = first if found.days[0] == found.days[1] else days.months(first.year, first.month, first.month)[1]
    return Reading((first, last), floating=True)


def _two_days(phrase: Phrase) -> tuple[int, int]:
    figures = phrase.value("G")
    if figures:
        first, last = digits_of(figures)
        return int(first), int(last)
    joint = next(at for at, kind in enumerate(phrase.kinds) if kind in "-e&" and phrase.kinds[at - 1] in "DOo")
    return day_in(phrase.words[:joint]), day_in(phrase.words[joint:])


def day_range(phrase: Phrase) -> Reading:
    """4-22 January 1995, November 19 to 20, from 4 to 22 this month."""
    first, last = _two_days(phrase)
    if "M" in phrase.kinds:
        lead = on(phrase.value("M"), first, written_year_of(phrase), phrase.reference)
    elif phrase.reference is not None:
        month = days.moved(phrase.reference.replace(day=1), shift_of(phrase))
        lead = Reading(days.single_day(month.year, month.month, first))
    else:
        return UNKNOWN
    end = lead.days and days.single_day(lead.days[0].year, lead.days[0].month, last)
    if lead.days is None or end is None or last < first:
        return UNKNOWN
    return Reading((lead.days[0], end[0]), lead.floating, ends=(lead.days, end))
