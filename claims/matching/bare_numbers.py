"""Figures that stand alone and count nothing: days and years dates left over, ranks, the marks of enumerations."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.matching.currencies import currency_at
from claims.matching.nouns import is_closed
from claims.matching.number_words import Numeral
from claims.matching.resources import words
from claims.matching.text import Token, index_at, is_plural
from claims.matching.units import unit_at

_LIST_MARK = re.compile(r"\s*\)")
_MONTHS = words("months")
_WORD_MONTHS = frozenset({"may", "march", "mar", "dec", "sep"})
"""Months that are also other words when not written as names."""
_SURE_MONTHS = _MONTHS - _WORD_MONTHS
_RANKS = words("rank_leads")
_YEARS = range(1_000, 2_301)
_YEAR_LEADS = frozenset({"in", "since", "until", "before", "circa"})
_FAR_YEARS = frozenset({2100, 2150, 2200, 2300})
"""Beyond the years the calendar reads, but common in forecasts."""
_LONGEST_LIST = 20
_YEARS_JOINED = re.compile(r"\s*(?:and|to|-|–|or|until)\s*", re.IGNORECASE)


def is_bare_number(text: str, tokens: Sequence[Token], numeral: Numeral, index: int, dated: frozenset[int]) -> bool:
    """Whether a figure in digits is a day, a year, a rank or the mark of an enumeration; `index`: of its token."""
    return (
        _is_day(text, tokens, numeral, index, dated)
        or _is_year_of_span(text, tokens, numeral, index)
        or _is_old_year(text, tokens, numeral, index)
        or is_rank(tokens, numeral, index)
        or _is_list_mark(text, tokens, numeral)
    )


def has_unit(tokens: Sequence[Token], numeral: Numeral) -> bool:
    """Whether a unit or a currency stands behind a figure."""
    index = index_at(tokens, numeral.end)
    return unit_at(tokens, index) is not None or currency_at(tokens, index, numeral.value) is not None


def _is_day(text: str, tokens: Sequence[Token], numeral: Numeral, index: int, dated: frozenset[int]) -> bool:
    """The second day of "Sept. 20-24", the day in "Oct. 1"."""
    written = text[numeral.start : numeral.end]
    if not written.isdigit() or numeral.value > 31:
        return False
    behind = index_at(tokens, numeral.end)
    if behind < len(tokens) and tokens[behind].low in _SURE_MONTHS:
        return True
    if index == 0:
        return False
    before = tokens[index - 1]
    if before.text in ("-", "–") and index - 2 in dated and before.end == numeral.start:
        return True
    if before.text == "." and index > 1:
        before = tokens[index - 2]
    is_month = before.low in _MONTHS and (before.is_capital or before.low not in _WORD_MONTHS)
    return is_month and not _counts(tokens, behind) and not has_unit(tokens, numeral)


def _is_year_of_span(text: str, tokens: Sequence[Token], numeral: Numeral, index: int) -> bool:
    """The years in "between 1600 and 1900": two bare years, joined, behind a preposition of time, counting nothing."""
    if not _is_year(text[numeral.start : numeral.end]):
        return False
    first = index if _leads_years(tokens, index - 1) else index - 2
    if not _leads_years(tokens, first - 1) or first + 2 >= len(tokens):
        return False
    one, other = tokens[first], tokens[first + 2]
    joint = _YEARS_JOINED.fullmatch(text, one.end, other.start)
    return bool(joint) and _is_year(one.text) and _is_year(other.text) and not _counts(tokens, first + 3)


def _is_old_year(text: str, tokens: Sequence[Token], numeral: Numeral, index: int) -> bool:
    """ "in 1648", "since 1789": a bare year behind a preposition of time, with nothing to count behind it."""
    lead = tokens[index - 1].low if index else ""
    is_led = lead in _YEAR_LEADS or (lead == "by" and numeral.value in _FAR_YEARS)
    if not is_led or not _is_year(text[numeral.start : numeral.end]):
        return False
    after = index_at(tokens, numeral.end)
    counts = after < len(tokens) and tokens[after].is_word and not is_closed(tokens[after].low)
    return not counts and not has_unit(tokens, numeral)


def _is_year(written: str) -> bool:
    return len(written) == 4 and written.isdigit() and written.isascii() and int(written) in _YEARS


def _leads_years(tokens: Sequence[Token], at: int) -> bool:
    return at >= 0 and tokens[at].low in ("between", "from")


def _counts(tokens: Sequence[Token], at: int) -> bool:
    """Whether a plural stands behind that is no subject of its own: "1600 ships", not "temperatures dropped"."""
    if at >= len(tokens) or not is_plural(tokens[at].low) or is_closed(tokens[at].low):
        return False
    return at + 1 >= len(tokens) or not tokens[at + 1].low.endswith("ed")


def _is_list_mark(text: str, tokens: Sequence[Token], numeral: Numeral) -> bool:
    """The "2)" of an enumeration inside a sentence: a small bare figure before a bracket that none opened."""
    if numeral.fraction or not _LIST_MARK.match(text, numeral.end) or numeral.value > _LONGEST_LIST:
        return False
    floor = tokens[0].start if tokens else 0
    lead = text[max(floor, numeral.start - 200) : numeral.start]
    return lead.count("(") <= lead.count(")")


def is_rank(tokens: Sequence[Token], numeral: Numeral, index: int) -> bool:
    """ "the bottom three", "in the top 10" with nothing counted behind; "the first 3 of 12 patients" are counted."""
    if index == 0 or tokens[index - 1].low not in _RANKS or numeral.scaled:
        return False
    after = index_at(tokens, numeral.end)
    if after + 1 < len(tokens) and tokens[after].low == "of" and tokens[after + 1].text[0].isdigit():
        return False
    return after >= len(tokens) or not tokens[after].is_word or is_closed(tokens[after].low)
