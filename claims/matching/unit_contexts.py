"""What the words around a figure say of its unit: whose age, pounds of weight or of money, points of what."""

from __future__ import annotations

from collections.abc import Sequence

from claims.matching.nouns import is_closed
from claims.matching.number_words import Numeral
from claims.matching.resources import words
from claims.matching.text import Token

_PERSONS = frozenset({"he", "she", "who", "i"})
BEING = frozenset({"is", "was", "be", "turned", "turns", "turning"})
_AFTER_AGE = frozenset({"by", "when", "at", "in", "and", "on", "next", "this", "last", "but"})
_LEVEL_LEADS = frozenset({"to", "from", "at", "above", "below"})
_POINTS_OF_SHARE = words("shares_in_points")
_MARKET_WORDS = words("index_names") | frozenset({"index", "futures", "stocks", "shares"})
_MASS_WORDS = words("mass_words")
_MONEY_WORDS = words("money_words")
_LARGE_POUNDS = 1_000


def is_said_of_person(listed: Sequence[Token], first: int, at: int, before: Sequence[str]) -> bool:
    """ "Ada Brown, 45, said"; "who was 10"; "he will be 35 by then": a bare figure of somebody."""
    following = listed[at] if at < len(listed) else None
    if len(before) >= 2 and before[-1] == "," and following is not None and following.text == ",":
        name = listed[first - 2]
        behind = listed[at + 1] if at + 1 < len(listed) else None
        is_list = behind is not None and (behind.text.isdigit() or behind.low == "and")
        return name.is_word and name.is_capital and not is_list
    if not before or before[-1] not in BEING or not set(before[-3:-1]) & _PERSONS:
        return False
    return following is None or not following.is_word or following.low in _AFTER_AGE


def is_mass(listed: Sequence[Token], at: int, numeral: Numeral) -> bool:
    """Whether "pounds" weigh: small figures beside words of weight, or beside no word of money."""
    if numeral.scaled:
        return False
    near = {token.low for token in listed[max(0, at - 15) : at + 10]}
    if near & _MASS_WORDS:
        return True
    return abs(numeral.value) < _LARGE_POUNDS and not near & _MONEY_WORDS


def _reaches_percent(listed: Sequence[Token], at: int) -> bool:
    """ "1.5 points to 21%": the level that so many points led to or from is a per cent figure."""
    level = [token.low for token in listed[at : at + 4]]
    if len(level) < 3 or level[0] not in _LEVEL_LEADS or not level[1][0].isdigit():
        return False
    return level[2] in ("%", "percent", "pct") or level[2:] == ["per", "cent"]


def leads_noun(listed: Sequence[Token], at: int) -> bool:
    following = listed[at + 1] if at + 1 < len(listed) else None
    return following is not None and following.is_word and not is_closed(following.low)


def is_in_percentage_points(listed: Sequence[Token], place: int, at: int, numeral: Numeral) -> bool:
    """Whether "points" at a token are those of a share, a rate or a poll; `at`: the index behind the numeral."""
    if _reaches_percent(listed, place + 1):
        return True
    before = {token.low for token in listed[max(0, at - 25) : at]}
    behind = {token.low for token in listed[place + 1 : at + 5]} - {"%", "percent"}
    of_share = bool((before | behind) & _POINTS_OF_SHARE)
    return of_share and not before & _MARKET_WORDS and abs(numeral.value) < 100
