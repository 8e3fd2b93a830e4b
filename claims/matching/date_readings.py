"""The days a date phrase means: one resolver for each form of `date_phrases`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from claims.matching import calendar_days as days
from claims.matching.calendar_days import Days
from claims.matching.calendar_words import WEEKDAYS, Word
from claims.matching.resources import table

LONGEST_COUNT = 1_200
"""Units counted back or on; more is no period a newsroom compares."""
_FEW = {"few": 3, "several": 3, "couple": 2}
_DATES = table("dates")


@dataclass(frozen=True, slots=True)
class Reading:
    """`days` is None when not known. `floating`: written without its year. `ends`: the two ends of a written range.

    `running`: a total so far ("so far this year"). `closing`: the month that closes "the year to October".
    """

    days: Days | None
    floating: bool = False
    ends: tuple[Days, Days] | None = None
    running: bool = False
    closing: Days | None = None


UNKNOWN = Reading(None)


@dataclass(frozen=True, slots=True)
class Phrase:
    """The tokens of one date phrase, their kinds, and the document's date."""

    words: Sequence[Word]
    kinds: str
    reference: date | None

    def value(self, kinds: str) -> Any:
        """The value of the first token of one of these kinds, else None."""
        return next((word.value for word in self.words if word.kind in kinds), None)

    def values(self, kinds: str) -> list[Any]:
        return [word.value for word in self.words if word.kind in kinds]

    def upto(self, kind: str) -> Phrase:
        """The phrase before the first token of a kind."""
        at = self.kinds.index(kind)
        return Phrase(self.words[:at], self.kinds[:at], self.reference)

    def beyond(self, kinds: str) -> Phrase:
        """The phrase after the first token of one of these kinds."""
        at = next(number for number, kind in enumerate(self.kinds) if kind in kinds) + 1
        return Phrase(self.words[at:], self.kinds[at:], self.reference)


Resolver = Callable[[Phrase], Reading]


# --- the parts of a phrase -----------------------------------------------------------------------------------------


def _shift(phrase: Phrase) -> int:
    """last: -1, this: 0, next: 1."""
    value = phrase.value("Rp")
    return -1 if value == "past" else int(value or 0)


def _written_year(phrase: Phrase) -> int | None:
    """The year a phrase names by its number, or by "last year"; None without one."""
    written = phrase.value("Yy")
    if written is not None:
        return int(written)
    if "r" not in phrase.kinds or phrase.reference is None:
        return None
    return phrase.reference.year + _shift(phrase)


def _number(words: Sequence[Word]) -> int:
    """21 from "twenty-first", "21st", "twenty one" or "21"."""
    total = 0
    for word in words:
        if word.kind in "on":
            total += int(word.value)
        elif word.kind in "ODd":
            total += int("".join(filter(str.isdecimal, word.value)))
    return total


def _ordinal(phrase: Phrase) -> int:
    """first: 1 ... last and final: -1."""
    if phrase.value("R") is not None and phrase.value("oO") is None:
        return -1
    return int(phrase.value("o") or _number([word for word in phrase.words if word.kind == "O"]) or 1)


def _count(phrase: Phrase) -> int:
    few = phrase.value("7")
    if few is not None:
        return _FEW[few]
    counted = [word for word in phrase.words if word.kind in "nD"]
    return _number(counted) if counted else 1


def _unit(phrase: Phrase) -> str:
    return str(phrase.value("dkhrgqlcVj"))


# --- days ----------------------------------------------------------------------------------------------------------


def _on(month: int, day: int, written: int | None, reference: date | None) -> Reading:
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
    day = _day_in(phrase.words)
    return _on(month, day, _written_year(phrase), phrase.reference)


def numeric(phrase: Phrase) -> Reading:
    """2020-04-05, 05/04/2020.

    A part above 12 is the day; with dots the day comes first; else, if only one reading is not after the document's
    date, that one; else the month comes first.
    """
    parts = [int(part) for part in _split(phrase.value("I"))]
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


def _split(figures: str) -> list[str]:
    return "".join(sign if sign.isdecimal() else " " for sign in figures).split()


def slashed(phrase: Phrase) -> Reading:
    """22/04: a part above 12 is the day, else the month comes first."""
    first, second = (int(part) for part in _split(phrase.value("ZG")))
    month, day = (second, first) if first > 12 else (first, second)
    return _on(month, day, None, phrase.reference) if 1 <= month <= 12 else UNKNOWN


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
    day = days.week_of(phrase.reference)[0] + timedelta(phrase.value("Ww9") + 7 * _shift(phrase))
    return Reading((day, day))


def weekdays_of_week(phrase: Phrase) -> Reading:
    """last week from Wednesday to Friday."""
    if phrase.reference is None:
        return UNKNOWN
    monday = days.week_of(phrase.reference)[0] + timedelta(7 * _shift(phrase))
    first, last = (monday + timedelta(weekday) for weekday in phrase.values("Ww"))
    return Reading((first, last), ends=((first, first), (last, last))) if first <= last else UNKNOWN


def weekday_dated(phrase: Phrase) -> Reading:
    """Thursday the 21st: the latest such day that is a Thursday, of this month or up to a year back."""
    if phrase.reference is None:
        return UNKNOWN
    day = _day_in(phrase.words)
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


def day_of_this_month(phrase: Phrase) -> Reading:
    """the 20th of last month; the 27th: the latest gone by."""
    if phrase.reference is None:
        return UNKNOWN
    day = _day_in(phrase.words)
    if "h" in phrase.kinds:
        month = days.moved(phrase.reference.replace(day=1), _shift(phrase))
    else:
        month = days.moved(phrase.reference.replace(day=1), 0 if day <= phrase.reference.day else -1)
    return Reading(days.single_day(month.year, month.month, day))


def holiday(phrase: Phrase) -> Reading:
    """Christmas Eve, Easter Monday 2021, last Thanksgiving."""
    name, year = phrase.value("H"), _written_year(phrase)
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


# --- months, years and their parts -----------------------------------------------------------------------------------


def month(phrase: Phrase) -> Reading:
    """March, March 2020, last March, in June next year."""
    number, which = phrase.value("Mm"), phrase.value("R")
    written = _written_year(phrase)
    if written is not None:
        return Reading(days.months(written, number, number))
    if phrase.reference is None:
        return UNKNOWN
    this = phrase.reference.year
    if which is None:
        return Reading(days.months(year := days.year_of(number, 1, phrase.reference), number, number), floating=year > 0)
    if _shift(phrase) < 0:
        this -= number >= phrase.reference.month
    if _shift(phrase) > 0:
        this += number <= phrase.reference.month
    return Reading(days.months(this, number, number))


def calendar_month(phrase: Phrase) -> Reading:
    """2020-03, 03/2020, 2020 / 3."""
    written = phrase.value("J") or " ".join(phrase.values("YD"))
    first, second = (int(part) for part in _split(written))
    year, number = (first, second) if first > 12 else (second, first)
    if 1 <= number <= 12:
        return Reading(days.months(year, number, number))
    return double_year(phrase) if first > 1000 and "J" in phrase.kinds else UNKNOWN


def double_year(phrase: Phrase) -> Reading:
    """2022-23: a season or a budget year, July to June; 2014-2018: from the first year to the last."""
    first, second = _split(phrase.value("KJ"))
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
    first = (_number([word for word in phrase.words if word.kind in "oO"]) - 1) * 100
    return Reading(days.years(max(first, 1), first + 99)) if 0 <= first <= 9900 else UNKNOWN


def whole(phrase: Phrase) -> Reading:
    """What "the end of ..." is the end of."""
    kinds = phrase.kinds
    if "M" in kinds or "m" in kinds:
        return month(phrase)
    if "E" in kinds:
        return decade(phrase)
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
    unit, number = phrase.value("Q") or (phrase.value("q"), _ordinal(phrase))
    return _quarter(unit, number, _written_year(phrase), phrase.reference)


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
    if _ordinal(phrase) == 1:
        return Reading((first, first.replace(day=15)), found.floating)
    return Reading((first.replace(day=16), last), found.floating)


def first_units(phrase: Phrase) -> Reading:
    """the first six months of 2023, the last ten days of March, the first nine months."""
    rest = phrase.beyond("V")
    if "M" in rest.kinds:
        around = month(rest)
    elif phrase.reference is None and _written_year(rest) is None:
        return UNKNOWN
    else:
        written = _written_year(rest) or (phrase.reference.year if phrase.reference else 1)
        around = Reading(days.years(written, written))
    if around.days is None:
        return UNKNOWN
    count, unit, (first, last) = _count(phrase), _unit(phrase), around.days
    if not 1 <= count <= 366 or unit == "hour":
        return UNKNOWN
    if _ordinal(phrase) == -1:
        first = days.moved_units(last + timedelta(1), -count, unit)
    else:
        last = days.moved_units(first, count, unit) - timedelta(1)
    return Reading((first, last)) if around.days[0] <= first and last <= around.days[1] else UNKNOWN


def week_of_month(phrase: Phrase) -> Reading:
    """the first week of March, the last week of 2015."""
    around = whole(phrase.beyond("k"))
    found = around.days and days.nth_week(around.days, _ordinal(phrase))
    return Reading(found, around.floating)


def weekday_of_month(phrase: Phrase) -> Reading:
    """the first Friday of July, the last Monday in May."""
    around = whole(phrase.beyond("W"))
    if around.days is None:
        return UNKNOWN
    first = around.days[0]
    return Reading(days.nth_weekday(first.year, first.month, phrase.value("W"), _ordinal(phrase)), around.floating)


def day_of_month(phrase: Phrase) -> Reading:
    """the first day of March, the last day of the year."""
    around = whole(phrase.beyond("d"))
    if around.days is None:
        return UNKNOWN
    number = _ordinal(phrase)
    day = around.days[1] if number == -1 else around.days[0] + timedelta(number - 1)
    return Reading((day, day), around.floating)


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
    end, count, unit = found.days[1], min(_count(head), LONGEST_COUNT), _unit(head)
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
        first, last = _split(figures)
        return int(first), int(last)
    joint = next(at for at, kind in enumerate(phrase.kinds) if kind in "-e&" and phrase.kinds[at - 1] in "DOo")
    return _day_in(phrase.words[:joint]), _day_in(phrase.words[joint:])


def _day_in(words: Sequence[Word]) -> int:
    return _number([word for word in words if word.kind in "ODon"])


def day_range(phrase: Phrase) -> Reading:
    """4-22 January 1995, November 19 to 20, from 4 to 22 this month."""
    first, last = _two_days(phrase)
    if "M" in phrase.kinds:
        lead = _on(phrase.value("M"), first, _written_year(phrase), phrase.reference)
    elif phrase.reference is not None:
        month = days.moved(phrase.reference.replace(day=1), _shift(phrase))
        lead = Reading(days.single_day(month.year, month.month, first))
    else:
        return UNKNOWN
    end = lead.days and days.single_day(lead.days[0].year, lead.days[0].month, last)
    if lead.days is None or end is None or last < first:
        return UNKNOWN
    return Reading((lead.days[0], end[0]), lead.floating, ends=(lead.days, end))


# --- from the document's date ---------------------------------------------------------------------------------------


def relative(phrase: Phrase) -> Reading:
    """last week, this year, next quarter; "the past year" runs up to the document's date.

    "This weekend" is that of the week, "the weekend" and "the past weekend" the latest that has begun.
    """
    if phrase.reference is None:
        return UNKNOWN
    unit = phrase.value("dkhrgqlc")
    if unit == "weekend" and phrase.value("R") in (None, "past"):
        return Reading(days.recent_weekend(phrase.reference))
    if phrase.value("R") == "past" and unit != "day":
        return Reading((days.moved_units(phrase.reference, -1, unit), phrase.reference))
    return Reading(days.relative(_shift(phrase), unit, phrase.reference))


def relative_twice(phrase: Phrase) -> Reading:
    """the week before last, the month after next."""
    if phrase.reference is None:
        return UNKNOWN
    return Reading(days.relative(2 * _shift(phrase), phrase.value("rkhg"), phrase.reference))


def season(phrase: Phrase) -> Reading:
    """the summer of 2019, last winter, winter 2022-23; "in the summer" is the latest that has begun."""
    written = phrase.value("YKJ")
    if written is not None:
        return Reading(days.season(phrase.value("S"), int(_split(str(written))[0])))
    if phrase.reference is None:
        return UNKNOWN
    if "R" not in phrase.kinds:
        this = days.season(phrase.value("S"), phrase.reference.year)
        return Reading(this if this[0] <= phrase.reference else days.season(phrase.value("S"), phrase.reference.year - 1))
    return Reading(days.recent_season(phrase.value("S"), _shift(phrase), phrase.reference))


def counted_units(phrase: Phrase) -> Reading:
    """the past twelve months, the last 24 hours, the next three days; the last two quarters are whole ones."""
    count, unit = _count(phrase), _unit(phrase)
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
            count = _count(Phrase(_own_count(phrase.words, word_at), "", None))
            if count > LONGEST_COUNT:
                return UNKNOWN
            day = days.moved_units(day, -count, unit)
    several = sum(word.kind in "dkhrlV" for word in phrase.words) > 1
    if several or unit not in ("month", "year", "decade"):
        return Reading((day, day))
    return Reading(days.relative(0, "year" if unit == "decade" else unit, day))


def offset(phrase: Phrase) -> Reading:
    """two weeks from now, three days after tomorrow, two days before yesterday."""
    count = _count(phrase)
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
    written = _written_year(phrase)
    number = _number([word for word in phrase.words if word.kind == "D"])
    if written is None and phrase.reference is None or not 1 <= number <= 53:
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
    around = days.relative(_shift(phrase), phrase.value("dkhrq"), phrase.reference)
    if around is None or not around[0] <= phrase.reference <= around[1]:
        return Reading(around)
    if phrase.value("L_") < 0:
        return Reading((around[0], max(around[0], phrase.reference - timedelta(1))))
    return Reading((phrase.reference, around[1]))


def unknown(_phrase: Phrase) -> Reading:
    return UNKNOWN
