"""Periods: dates joined by their prepositions into spans of days, running totals and as-of days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from claims.matching.calendar_words import Point, points
from claims.matching.resources import words
from claims.matching.text import is_plural
from claims.matching.types import Period, Span


class Dates(NamedTuple):
    """The periods of a stretch of text, and everything in it that is a date (also those that are nobody's period)."""

    periods: list[Period]
    masks: list[Span]


_REPORTING = "|".join(sorted((word for word in words("reporting") if word.isalpha()), key=len, reverse=True))
_REPORTED = re.compile(
    rf"\b(?:{_REPORTING}|showed|shown|updated|issued|released|published|revised|dated|statement|conference|briefing|interview|bulletin|tweet)\s+(?:(?!on\b)[\w'’]+\s+){{0,2}}?(?:(?:on|late|early|in)\s+){{0,2}}$",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"^[A-Z][\w.,'’ -]{1,40},?\s+$")
_BEFORE = re.compile(
    r"(?:\b(?P<since>ever since|since(?:\s+at)?|starting(?:\s+on|\s+from)?|beginning)|\b(?P<source>from)"
    r"|\b(?P<upto>as of|as at|up to|up until|until|till|through|by|to|and)"
    r"|\b(?P<between>between)|\b(?P<before>before)|\b(?P<after>after|following)"
    r"|\b(?P<within>in|during|on|over|for|throughout|of|at|within|around|about|across))(?:\s+(?:the|late|early))?\s+$",
    re.IGNORECASE,
)
_JOIN = re.compile(r"\s*(?:to|until|till|through|and|-|–|—|up to)\s+(?:the\s+)?(?:end of\s+)?$", re.IGNORECASE)


_YEAR_LEADS = frozenset({"in", "since", "until", "till", "during", "throughout"})
_WORD_BEFORE = re.compile(r"([^\W\d_]+|[^\w\s])[^\w]?\s*$")
_COUNT_AFTER = re.compile(r"\s?%|\s+(?:people|percent|per\s+cent|million|billion|dead|tonnes)\b")
_WORDS_AFTER = re.compile(r"\s+([a-z]+)(?:\s+([a-z]+))?")
_NO_NOUNS = words("stop") | words("auxiliary") | words("light") | words("reporting")
_YEAR = re.compile(r"\d{4}")
_WINDOW = 60


def find_periods(text: str, start: int, end: int, reference: date | None) -> Dates:
    """The periods stated between two offsets, resolved against the document's date.

    The day on which something was *said* is a date but nobody's period. A running total ("since ...", "as of ...")
    is cumulative; its `as_of` is the day written, else None.
    """
    dated = [point for point in points(text, start, end, reference) if _is_date(text, point)]
    masks = [Span(point.start, point.end) for point in dated]
    periods: list[Period] = []
    position = 0
    while position < len(dated):
        period, used = _period(text, start, dated, position)
        if period is not None:
            periods.append(period)
        position += used
    return Dates(_with_as_of(periods), masks)


def _is_date(text: str, point: Point) -> bool:
    """Whether four digits are a year: by the word before, or by not counting anything after."""
    if not _YEAR.fullmatch(text[point.start : point.end]):
        return True
    found = _WORD_BEFORE.search(text[max(0, point.start - 30) : point.start])
    lead = found[1].lower() if found else ""
    if lead in _YEAR_LEADS:
        return True
    if _counts(text, point.end):
        return False
    return lead != "$"


def _counts(text: str, end: int) -> bool:
    """Whether four digits count what follows: a unit, or a plural noun within two words."""
    if _COUNT_AFTER.match(text, end):
        return True
    following = _WORDS_AFTER.match(text, end)
    if following is None or following[1] in _NO_NOUNS:
        return False
    return any(word is not None and word not in _NO_NOUNS and is_plural(word) for word in following.groups())


def _period(text: str, floor: int, dated: Sequence[Point], at: int) -> tuple[Period | None, int]:
    point = dated[at]
    lead = text[max(floor, point.start - _WINDOW) : point.start]
    before = _BEFORE.search(lead)
    begin = point.start - len(lead) + before.start() if before else point.start
    word = before.lastgroup if before else None
    following = dated[at + 1] if at + 1 < len(dated) else None
    if following is not None and _joined(text, point, following, word):
        return _range(text, begin, point, following), 2
    if point.earlier:
        return Period(None, None, surface=text[point.start : point.end], offset=point.start), 1
    if word in (None, "within") and (
        _REPORTED.search(lead) or (point.start - floor <= len(lead) and _DATELINE.match(lead) and lead.isupper())
    ):
        return None, 1
    return _single(text, begin, point, word), 1


def _joined(text: str, first: Point, second: Point, word: str | None) -> bool:
    between = text[first.end : second.start]
    return word in ("since", "between", "source") and len(between) <= 24 and _JOIN.fullmatch(between) is not None


def _range(text: str, begin: int, first: Point, second: Point) -> Period:
    surface = text[begin : second.end]
    if first.days is None or second.days is None:
        return Period(None, None, surface=surface, offset=begin)
    start, end = first.days[0], second.days[1]
    if end < start:
        start = start.replace(year=start.year - 1, day=min(start.day, 28)) if start.year > 1 else start
    return Period(start, max(end, start), surface=surface, offset=begin)


def _single(text: str, begin: int, point: Point, word: str | None) -> Period:
    surface = text[begin : point.end]
    if point.days is None:
        return Period(None, None, cumulative=word == "since", surface=surface, offset=begin)
    start, end = point.days
    if word == "since":
        return Period(start, None, cumulative=True, surface=surface, offset=begin)
    if word == "upto":
        return Period(None, end, cumulative=True, as_of=end, surface=surface, offset=begin)
    if word == "before":
        return Period(None, start - timedelta(1), surface=surface, offset=begin)
    if word == "after":
        return Period(start, None, surface=surface, offset=begin)
    return Period(start, end, surface=surface, offset=begin)


def _with_as_of(periods: list[Period]) -> list[Period]:
    """A "since" takes the end of an "as of" beside it: together they are one running total."""
    opens = [period for period in periods if period.cumulative and period.start and period.end is None]
    closes = [period for period in periods if period.cumulative and period.start is None and period.as_of]
    if len(opens) != 1 or len(closes) != 1 or opens[0].start is None or closes[0].as_of is None:
        return periods
    if closes[0].as_of < opens[0].start:
        return periods
    merged = Period(opens[0].start, None, True, closes[0].as_of, opens[0].surface, opens[0].offset)
    return [merged if period is opens[0] else period for period in periods if period is not closes[0]]
