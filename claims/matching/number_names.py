"""Numbers that name or call something: telephones, emergency calls, models, highways, ages by the decade, clocks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.matching.cardinals import SMALL
from claims.matching.nouns import is_closed
from claims.matching.number_words import Numeral
from claims.matching.resources import words
from claims.matching.text import Token, index_at, is_plural

_ACCOUNT = re.compile(r"\d+(?:-\d+){3,}|\d{3,}(?:-\d{3,}){2,}")
_PHONE = re.compile(r"\+?\d{1,4}(?:[ -]\(?\d{2,4}\)?){2,}|\(\d{3}\)\s?\d{3}-\d{4}")
_SPACED_PHONE = re.compile(r"(?:\+\d{1,3}|(?<!\d)(?<!\d )0\d{1,4})(?: \(?\d{2,5}\)?){2,}")
_LEAST_DIGITS = 8
"""Of a telephone number written with spaces."""
_PHONE_REACH = 20
_EMERGENCY = words("emergency_numbers")
_DIALLING = words("dialling")
_CALLS = frozenset({"call", "operator", "dispatcher", "line", "hotline"})
_MODELS = words("sold_models")
_MODEL_NOUNS = words("model_nouns")
_DECADES_OF = frozenset({"his", "her", "their", "my", "our", "your", "early", "mid", "late"})
_SMALL_HOURS = 12
_HEADINGS = frozenset({"north", "south", "east", "west", "northbound", "southbound", "eastbound", "westbound"})
_LAST_HIGHWAY = 999


def is_phone(text: str, numeral: Numeral) -> bool:
    """Whether a figure is part of a telephone or account number."""
    if _is_spaced_phone(text, numeral):
        return True
    begin = max(0, numeral.start - 16)
    is_last = text[numeral.start : numeral.end].count(" ") == 0 and text[numeral.end : numeral.end + 1] not in "- )"
    window = text[begin : numeral.end if is_last else numeral.end + 16]
    if "-" not in window:
        return False
    offset = numeral.start - begin
    if any(found.start() <= offset < found.end() for found in _ACCOUNT.finditer(window)):
        return True
    return any("-" in found[0] and found.start() <= offset < found.end() for found in _PHONE.finditer(window))


def _is_spaced_phone(text: str, numeral: Numeral) -> bool:
    """ "+1 415 555 2671", "020 7946 0958" """
    begin = max(0, numeral.start - _PHONE_REACH)
    lead = text[begin : numeral.end]
    if "+" not in lead and "0" not in lead:
        return False
    return any(
        found.start() <= numeral.start < found.end() and sum(map(str.isdigit, found[0])) >= _LEAST_DIGITS
        for found in _SPACED_PHONE.finditer(text, begin, numeral.end + _PHONE_REACH)
    )


def is_called(tokens: Sequence[Token], numeral: Numeral, index: int) -> bool:
    """ "called 911", "a 911 operator"; 911 people are counted."""
    if index >= len(tokens) or tokens[index].text not in _EMERGENCY:
        return False
    following = tokens[index + 1].low if index + 1 < len(tokens) else ""
    before = tokens[index - 1].low if index else ""
    return following in _CALLS or (before in _DIALLING and not _is_noun(tokens, index + 1))


def names_model(tokens: Sequence[Token], numeral: Numeral, index: int) -> bool:
    """ "Boeing 737", "Windows 10" at the head of a sentence too, "7-Eleven", "US 101 north"."""
    after = index_at(tokens, numeral.end)
    if _is_hyphened_name(tokens, index, after):
        return True
    if not index or tokens[index].text != tokens[index].low or not tokens[index].text.isdigit():
        return False
    before = tokens[index - 1]
    if before.is_capital and before.low in _MODELS:
        return after >= len(tokens) or not is_plural(tokens[after].low) or tokens[after].low in _MODEL_NOUNS
    return before.text == "US" and _is_highway(tokens, numeral, index, after)


def _is_highway(tokens: Sequence[Token], numeral: Numeral, index: int, after: int) -> bool:
    lead = tokens[index - 2].low if index > 1 else ""
    heading = after < len(tokens) and tokens[after].low in _HEADINGS
    return numeral.value <= _LAST_HIGHWAY and lead != "the" and (heading or not _is_noun(tokens, after))


def _is_hyphened_name(tokens: Sequence[Token], index: int, after: int) -> bool:
    """ "7-Eleven": a capital number word tied to digits."""
    if after + 1 < len(tokens) and tokens[after].text == "-" and _is_capital_number(tokens[after + 1]):
        return tokens[index].text.isdigit()
    return (
        index > 1
        and tokens[index - 1].text == "-"
        and _is_capital_number(tokens[index])
        and tokens[index - 2].text.isdigit()
    )


def _is_capital_number(token: Token) -> bool:
    return token.is_capital and token.low in SMALL


def _is_noun(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].is_word and not is_closed(tokens[at].low)


def is_age_by_decade(tokens: Sequence[Token], numeral: Numeral, index: int) -> bool:
    """ "in his 30s", "in her late 40s"; 30s alone are seconds."""
    after = index_at(tokens, numeral.end)
    is_decade = after < len(tokens) and tokens[after].low in ("s", "'s") and numeral.value % 10 == 0
    return is_decade and index > 0 and tokens[index - 1].low in _DECADES_OF


def is_clock(tokens: Sequence[Token], numeral: Numeral, index: int) -> bool:
    """ "ten past five", "half past nine": either figure of a time of day in words."""
    after = index_at(tokens, numeral.end)
    if after + 1 < len(tokens) and tokens[after].low == "past" and _is_hour(tokens[after + 1]):
        return True
    return index > 1 and tokens[index - 1].low == "past" and _is_hour(tokens[index]) and _is_minutes(tokens[index - 2])


def _is_hour(token: Token) -> bool:
    return 0 < SMALL.get(token.low, 0) <= _SMALL_HOURS


def _is_minutes(token: Token) -> bool:
    return token.low in SMALL or token.low in ("half", "quarter") or token.low.partition("-")[0] in SMALL
