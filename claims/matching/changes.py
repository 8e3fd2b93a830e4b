"""The words beside a figure that say which way it moved: "rose by 5", "5 per cent fewer", "5 million, down from 6"."""

from __future__ import annotations

from collections.abc import Sequence

from claims.matching.resources import words
from claims.matching.text import Token
from claims.matching.types import Change

_TIME_LEADS = frozenset({"in", "over", "for", "within", "after", "during", "past", "last", "of", "next"})
_CHANGE_REACH = 6
_INCREASE = words("increase") | words("moves_up")
_DECREASE = words("decrease") | words("moves_down")
_BETWEEN = (
    words("stop")
    | words("adverbs")
    | frozenset({"about", "nearly", "almost", "roughly", "around", "sharply", "slightly", "further"})
)
_AFTER_UP = frozenset(
    {"more", "higher", "up", "increase", "rise", "jump", "growth", "surge", "gain", "hike", "above", "larger", "bigger"}
)
_AFTER_DOWN = frozenset(
    {
        "fewer",
        "less",
        "lower",
        "down",
        "decrease",
        "drop",
        "fall",
        "decline",
        "cut",
        "reduction",
        "slump",
        "below",
        "smaller",
    }
)
_BASE_LEADS = {"up": Change.UP, "higher": Change.UP, "down": Change.DOWN, "lower": Change.DOWN}
"""Before "from" and the level that a figure had."""
_MONEY_SIGNS = frozenset("$€£¥₹₽₩₺")
_BASE_REACH = 8
"""Tokens behind a figure within which its base may be named."""


def change_around(tokens: Sequence[Token], first: int, after: int, *, dimension: str | None = None) -> Change:
    """Which way a figure moved, from the words close before it ("rose by 5") or after it ("5 per cent fewer").

    `dimension`: that of its unit. A duration or an age "in", "over" or "for" ties to something else that moved; a
    length "above" or "below" something is a place.
    """
    if dimension in ("duration", "age") and first and tokens[first - 1].low in _TIME_LEADS:
        return Change.NONE
    if _is_base(tokens, first):
        return Change.NONE
    lead = _change_before(tokens, first)
    if lead is not Change.NONE:
        return lead
    if dimension == "length" and after < len(tokens) and tokens[after].low in ("above", "below"):
        return Change.NONE
    told = _change_after(tokens, after)
    return told if told is not Change.NONE else _change_from_base(tokens, after)


def _is_base(tokens: Sequence[Token], first: int) -> bool:
    """Whether a figure is what another one came from: "down from $4.1bn"."""
    at = first - 1
    while at > 0 and (tokens[at].text in _MONEY_SIGNS or tokens[at].text.isupper()):
        at -= 1
    return at > 1 and tokens[at].low == "from" and tokens[at - 1].low in _BASE_LEADS and tokens[at - 2].text == ","


def _change_before(tokens: Sequence[Token], first: int) -> Change:
    for position in range(first - 1, max(-1, first - 1 - _CHANGE_REACH), -1):
        word = tokens[position].low
        if word in ("at", "in", "while"):
            break
        if word in _INCREASE and not _is_bound_word(tokens, position):
            return Change.UP
        if word in _DECREASE and not _is_bound_word(tokens, position):
            return Change.DOWN
        if word not in _BETWEEN and tokens[position].is_word:
            break
        if word in (",", ";", "(", ")", ":"):
            break
    return Change.NONE


def _is_bound_word(tokens: Sequence[Token], at: int) -> bool:
    """ "up to 5" and "more than 5", "fewer than 5" are bounds, not movements."""
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    return following == "than" or (
        tokens[at].low == "up" and following == "to" and not (at > 0 and _moves(tokens[at - 1].low))
    )


def _moves(word: str) -> bool:
    return word in ("is", "was", "are", "were", "went", "go", "goes", "gone")


def _change_after(tokens: Sequence[Token], after: int) -> Change:
    is_season = after < len(tokens) and tokens[after].low in ("this", "last", "next", "the", "in", "each", "every")
    for token in tokens[after : after + 2]:
        if token.low == "or":
            break
        if token.low in _AFTER_UP:
            return Change.UP
        if token.low in _AFTER_DOWN and not is_season:
            return Change.DOWN
        if not token.is_word:
            break
    return Change.NONE


def _change_from_base(tokens: Sequence[Token], after: int) -> Change:
    """ "5 million in March, down from 6 million": up or down from a base that stands behind the figure."""
    for position in range(after, min(after + _BASE_REACH, len(tokens) - 2)):
        token = tokens[position]
        if token.text in (";", ":") or (token.text[0].isdigit() and len(token.text) != len("2020")):
            break
        if token.text == "," and tokens[position + 2].low == "from":
            return _BASE_LEADS.get(tokens[position + 1].low, Change.NONE)
    return Change.NONE
