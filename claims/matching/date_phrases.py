"""Date phrases of news English, each resolved to its first and last day.

A phrase is one date expression without its preposition: "March 1", "the first quarter of 2024", "last week", "Monday".
What needs the document's date and has none, or means no day the calendar knows, stays unresolved.

The text is turned once into a string of kinds (`calendar_words`); the forms below are patterns on that string, tried
together, the more specific first. One pass over the text, one over the kinds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from claims.matching import day_readings, inner_readings, month_readings, relative_readings
from claims.matching.calendar_days import Days
from claims.matching.calendar_words import lex
from claims.matching.date_readings import UNKNOWN, Phrase, Reading, Resolver
from claims.matching.spelled_years import Word


class Point(NamedTuple):
    """`start` and `end` are offsets in the text; `days` the first and last day meant, None when not known.

    `earlier`: written as a comparison with the time before ("a year earlier"). `floating`: written without its year.
    `ends`: the two ends of a range written in one phrase ("4-22 January"). `running`: "so far this year".
    `closing`: the month that closes a year to it ("the year to October"). `kinds`: its tokens.
    """

    start: int
    end: int
    kinds: str
    days: Days | None
    earlier: bool = False
    floating: bool = False
    ends: tuple[Days, Days] | None = None
    running: bool = False
    closing: Days | None = None


class Mark(NamedTuple):
    """A date phrase where it stands, not yet resolved: its tokens, their kinds and the number of its form."""

    start: int
    end: int
    kinds: str
    words: Sequence[Word]
    form: int


# The kinds: M month (m in lower case, where it may be a verb), W weekday (w short, 9 short in lower case), D O o n days
# and numbers (5, 5th, fifth, five), I J K G Z Q U E whole figures (2020-04-05, 2020-04, 2014-18, 4-22, 22/04, Q3,
# 2020Q3, 1990s), Y y years; d k h r q g l c j units (day, week, month, year, quarter or half, weekend, decade, century,
# hour), V their plurals; R last, this, next; p previous; P early, start, end; L _ earlier, later; S season, H holiday,
# T today, v now, C overnight; t the, f of, i in, u on, b between, & and, e to, : by or from, A ago, B before, F after,
# N ended, x the rest.
_MONTH = "M"
_YEAR = r"(?:,?(?:[fi]t?)?[Yy]|,?[fi]?t?Rr)?"
_NTH = r"(?:n-?o|O|o)"
_DAY = r"(?:n-?o|O|o|D)"
_NO_DAY = r"(?!%|-?[qhkdrV]|\.D)"
_TWO = rf"{_DAY}&t?{_DAY}"
_ON = r"(?:R?[Ww9][,-]?t?)?"
_CLOSE = r"(?=[.,)&iuef:]|$)"
_WITHIN = rf"(?:{_MONTH}{_YEAR}|t?[Rp][hrkql]|t[hr]|[Yy])"

_FORMS: list[tuple[str, Resolver, bool]] = [
    (rf"{_ON}I", day_readings.numeric, False),
    (r"Y[-/]M[-/]D", day_readings.dated, False),
    (rf"t?{_NTH}f(?:{_MONTH}|m){_YEAR}", day_readings.dated, False),
    (
        rf"t?(?:G|{_DAY}[-e]t?{_DAY})f?{_MONTH}{_YEAR}|(?<=[bu])t?{_DAY}&t?{_DAY}f?{_MONTH}{_YEAR}",
        month_readings.day_range,
        False,
    ),
    (rf"{_MONTH}t?(?:G|{_DAY}[-e]t?{_DAY}){_NO_DAY}{_YEAR}", month_readings.day_range, False),
    (
        rf"{_MONTH}b(?:G|{_DAY}&t?{_DAY}){_NO_DAY}{_YEAR}|(?<=b){_MONTH}t?{_DAY}&t?{_DAY}{_NO_DAY}{_YEAR}",
        month_readings.day_range,
        False,
    ),
    (rf"(?<=u){_MONTH}t?{_DAY}&t?{_DAY}(?:,?[Yy])?{_CLOSE}", month_readings.day_range, False),
    (r"(?:G|[DO][-e][DO]|(?<=b)[DO]&[DO])[fi]?R[h]", month_readings.day_range, False),
    (rf"(?<=[:b])D[e&]{_MONTH}[DO]{_NO_DAY}{_YEAR}", month_readings.day_range, False),
    (
        rf"{_ON}(?:D|O)[-/]?f?{_MONTH}(?:[-/]Y|{_YEAR})|D\.{_MONTH}Y|R?W\((?:{_MONTH}-?D|D{_MONTH})\)",
        day_readings.dated,
        False,
    ),
    (rf"{_ON}{_MONTH}(?:[-/.]?t?(?:O|D|n-?o|o|n-?n)|,O){_NO_DAY}(?:-Y|{_YEAR})", day_readings.dated, False),
    (rf"m(?:[-/]?t?(?:O|n-?o|o|n-?n){_NO_DAY}{_YEAR}|D{_NO_DAY},?Y)", day_readings.dated, False),
    (
        rf"(?<!R)t?(?:(?:[rkq]|(?:n|D)V)(?:e|N[uie]?)|[oO]-?qN[uie]?)(?:tPf)?"
        rf"(?:{_MONTH}(?:{_DAY}{_NO_DAY})?{_YEAR}|[DO]f?{_MONTH}{_YEAR}|W)",
        month_readings.span_to,
        False,
    ),
    (rf"tP?[oO]-?qf{_MONTH}{_YEAR}", month_readings.half_of_month, False),
    (
        r"t?(?:[oO]|R)-?q,?[fi]?(?:t?Rr|t=r|tr|Y)|t?o-?q|t?O-?q|Rr'(?:[oO]|R)-?q|Y'?,?t?[oO]-?q",
        month_readings.quarter,
        False,
    ),
    (r"R?Q(?:[fi]?(?:t?Rr|tr|Y))?|YQ|U", month_readings.quarter, False),
    (rf"t?[oR](?:n|D)V[fi](?:t?Rr|tr|Y|{_MONTH}{_YEAR})|to(?:n|D)V", inner_readings.first_units, False),
    (r"(?:Y|t?Rr)'?,?[oR](?:n|D)V", inner_readings.first_units_of_year, False),
    (rf"t?[oOR]k[fi]{_WITHIN}|t?[oO]kt?Rr", inner_readings.week_of_month, False),
    (rf"t?[oOR]W[fi]{_WITHIN}", inner_readings.weekday_of_month, False),
    (rf"t?[oOR]d[fi]{_WITHIN}", inner_readings.day_of_month, False),
    (rf"(?:t?k(?:f|[sPN]u?)|[*])t?(?:{_DAY}f?{_MONTH}|{_MONTH}\.?{_DAY}|O){_YEAR}", month_readings.week_around, False),
    (r"t?[rhkq]-?e-?5", relative_readings.so_far, False),
    (r"12R[dkhrq]|R[dkhrq]12", relative_readings.so_far, False),
    (r"[L_]it[khrq]|[L_]R[dkhrq]", relative_readings.earlier_in, False),
    (
        rf"t?P-?f?-?(?:{_MONTH}(?![DO]|tO){_YEAR}|mY|t?R[khrqlM]|t[khrq]|[hr]|t?Y|t?E|t?[oO]-?c|t?S(?:f?Y)?)",
        month_readings.part,
        False,
    ),
    (r"[atn]?=[Xzhqk](?:Rr|arA|ar[LB]|ft[Rp]r|[fi]?Y)", relative_readings.unknown, True),
    (r"[atnD]?[rkhqXld](?:L|B(?![tMHWTDfR=]))|(?:n-?n|n|D)V(?:L|B(?=[.,~]|$))", relative_readings.unknown, True),
    (r"t?p[rkhqXzdg]|tp(?:n-?n|n|D|7)V", relative_readings.unknown, True),
    (rf"[ano]3?[kgd6][fi]{_MONTH}{_YEAR}", relative_readings.unknown, True),
    (r"t?(?:n-?n|n|D|7)?[Rp](?:n-?n|n|D|a?7f?)V|t?(?:n|D)RV|t?Rj", relative_readings.counted_units, False),
    (r"(?:a?7f?|a|n-?n|n|D)[dkhrlV](?:,?&?(?:n-?n|n|D|a)[dkhrV]){0,3}A", relative_readings.ago, False),
    (r"(?:n-?n|n|D|a)[dkhrV][:FB][Tv]", relative_readings.offset, False),
    (r"t?8f?[tR0]?[khr]", relative_readings.rest_of, False),
    (r"(?<=[i:eb&t])kD(?:,?f?Y)?(?!f)", relative_readings.calendar_week, False),
    (r"Rk[b:][Ww][&e][Ww]", day_readings.weekdays_of_week, False),
    (r"Rk-?u?W|W,?f?t?Rk", day_readings.weekday_of_week, False),
    (r"(?:4r?(?:[YKJ])|t?R?4r)", relative_readings.unknown, False),
    (r"t?[rkhg](?:BR|Ft?R)", relative_readings.relative_twice, False),
    (r"t?RR?[dkhrgql]", relative_readings.relative, False),
    (r"(?<=t)g", relative_readings.relative, False),
    (r"t?S-?f?(?:[YKJ])|t?RS|(?<=[i:e])tS|(?<=i)S|tS(?=\.|$)", relative_readings.season, False),
    (
        rf"RM,?Y?|(?:t?hf)?{_MONTH}[,fi/-]?[Yy]|{_MONTH},?[fi]?t?Rr|t?hf{_MONTH}|mf?Y|YM(?!D)|R?M",
        month_readings.month,
        False,
    ),
    (rf"[Ww]tO|[Ww]O{_CLOSE}|R?W6?(?:tO|t?(?:n-?o|o|n-?n|n|D){_CLOSE})", day_readings.weekday_dated, False),
    (r"p?R?R?W6?|(?<=u)w", day_readings.weekday, False),
    (r"t?R?Hg(?:,?f?Y)?", day_readings.holiday_weekend, False),
    (r"R?H(?:,?f?(?:[Yy]|t?Rr))?", day_readings.holiday, False),
    (r"(?<![WM])C(?!u?[WwM])", day_readings.overnight, False),
    (r"td[BF]T|T|(?<=[be])v|(?<=[MDOYWT]&)v", day_readings.near_day, False),
    (
        rf"t?O[fi]?t?Rh|(?<=u)t?(?:O|n-?o|o){_CLOSE}|(?<=[:eBF])t(?:O|n-?o){_CLOSE}",
        day_readings.day_of_this_month,
        False,
    ),
    (r"(?<=[:u])tD(?=\.|$)", day_readings.day_of_this_month, False),
    (r"J|Y[-/]D(?=[.,]|$)|(?<!M)D[-/]Y(?=[.,]|$)", month_readings.calendar_month, False),
    (r"K", month_readings.double_year, False),
    (r"tn?`?E|E|tn-?;|tn%&;|(?<=[Pi])E", month_readings.decade, False),
    (r"t?[oO]c", month_readings.century, False),
    (r"W,?Z|(?<=[ub:])Z|(?<=Z[-&e])Z|(?<=u)G(?=[.,]|$)|Z(?=[.,)]|$)", day_readings.slashed, False),
    (r"(?:t?r)?Y|ry", month_readings.year, False),
]
_GRAMMAR = re.compile("|".join(f"(?P<form{number}>{pattern})" for number, (pattern, _, _) in enumerate(_FORMS)))
_RUN = re.compile(r"[^x]+")
_ANCHOR = re.compile(r"[MmWwYyDOEIJKGQUTHZCdkhrgqlcVvS;o]")


def points(text: str, start: int, end: int, reference: date | None) -> list[Point]:
    """The dates written between two offsets, in order, the more specific reading first where several fit."""
    return [resolved(mark, reference) for mark in marks(text, start, end)]


def marks(text: str, start: int, end: int) -> list[Mark]:
    """Where the dates stand between two offsets, in order, not yet resolved."""
    words = lex(text, start, end)
    kinds = "".join([word.kind for word in words])
    found: list[Mark] = []
    for run in _RUN.finditer(kinds):
        begin, after = run.span()
        if _ANCHOR.search(kinds, begin, after):
            # The token after the run is seen, because some forms end only before certain tokens.
            for first, behind, form in _forms_in(kinds[begin : after + 1]):
                within = words[begin + first : begin + behind]
                known = kinds[begin + first : begin + behind]
                found.append(Mark(within[0].start, within[-1].end, known, within, form))
    return found


@lru_cache(maxsize=8_192)
def _forms_in(run: str) -> tuple[tuple[int, int, int], ...]:
    """The forms in a string of kinds: where each begins and ends, and its number; most strings come again."""
    return tuple((*match.span(), int((match.lastgroup or "form0")[4:])) for match in _GRAMMAR.finditer(run))


def resolved(mark: Mark, reference: date | None) -> Point:
    _, resolve, earlier = _FORMS[mark.form]
    said = _reading(Phrase(mark.words, mark.kinds, reference), resolve)
    return Point(
        mark.start, mark.end, mark.kinds, said.days, earlier, said.floating, said.ends, said.running, said.closing
    )


def _reading(phrase: Phrase, resolve: Resolver) -> Reading:
    try:
        return resolve(phrase)
    except (OverflowError, ValueError):
        return UNKNOWN
