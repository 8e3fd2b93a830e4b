"""What looks like a date and is none: the Mrs May of a government, the second half of a match, 1984 pages."""

from __future__ import annotations

import re

from claims.matching.date_phrases import Point
from claims.matching.resources import words
from claims.matching.text import is_plural

_YEAR_LEADS = frozenset({"in", "since", "until", "till", "during", "throughout"})
_WORD_BEFORE = re.compile(r"([^\W\d_]+|[^\w\s])[^\w]?\s*$")
_COUNT_AFTER = re.compile(r"\s?%|\s+(?:people|percent|per\s+cent|million|billion|dead|tonnes)\b")
_WORDS_AFTER = re.compile(r"\s+([a-z]+)(?:\s+([a-z]+))?")
_NO_NOUNS = words("stop") | words("auxiliary") | words("light") | words("reporting")
_YEAR = re.compile(r"\d{4}")
_SHORT_DECADE = re.compile(r"(?:the\s+)?(?:(?:early|mid|late)[\s-])?(?:\d0s|\w+ties)", re.IGNORECASE)
_OWN = re.compile(r"\b(?:his|her|their|my|our|your)\s+(?:early|mid|late)?[\s-]?$", re.IGNORECASE)
_WEATHER = re.compile(r"\b(?:temperatures?|degrees|highs?|lows?)\b", re.IGNORECASE)
_GAME_PART = re.compile(
    r"(?:the\s+)?(?:first|second|third|fourth|final|1st|2nd|3rd|4th)[\s-](?:half|quarter)", re.IGNORECASE
)
_GAME = re.compile(
    r"\b(?:goals?|score[ds]?|scoring|scorer|half-?time|match|kick-?off|penalty|touchdowns?|equali[sz]\w+|"
    r"headers?|striker|goalkeeper|midfielder|quarterback|minutes?|keeper|substitute)\b",
    re.IGNORECASE,
)
_NAMES = frozenset({"may", "march", "april", "june", "august", "jan", "mar"})
"""Months that are also names of people or other words."""
_MONTH_LEADS = frozenset(
    "in since from to until till through by during of for and or last this next early mid late than before after "
    "between every each as throughout around into at on the over a an its their his her our a against with "
    "was were is previous".split()
)
_LEAD = re.compile(r"([^\W\d_]+)\.?\s+$|([^\w\s])\s*$")
_FOLLOW = re.compile(r"\s+([^\W\d_]+)|(['’]s)?")
_SUBJECTS = words("pronouns") | {"the", "a", "an", "god", "this", "no", "his", "her", "all", "our", "their"}
_DAY_LEADS = re.compile(r"\b(?:on|since|from|by|until|to|and|between)\s+$", re.IGNORECASE)
_FRACTION = re.compile(r"\d{1,2}[/-]\d{1,2}")
_DASHES = ("-", "–")
_PLACES = re.compile(r"\s+Islands?\b")
_WINDOW = 40


def is_date(text: str, start: int, end: int, point: Point) -> bool:
    """Whether a phrase that could be a date is one, by the words around it in its sentence."""
    surface = text[point.start : point.end]
    lead = text[max(start, point.start - _WINDOW) : point.start]
    if _YEAR.fullmatch(surface):
        return _is_year(text, lead, point)
    if surface.lower().rstrip(".") in _NAMES:
        return _is_month(text, lead, point)
    if _FRACTION.fullmatch(surface):
        return _is_slashed_day(surface, lead)
    if _GAME_PART.fullmatch(surface):
        return not _GAME.search(text, start, end)
    if _SHORT_DECADE.fullmatch(surface):
        return not surface[0].isdecimal() and not _OWN.search(lead) and not _WEATHER.search(text, start, end)
    return not _PLACES.match(text, point.end)


def _is_slashed_day(surface: str, lead: str) -> bool:
    """Whether 22/04 is a day: after a preposition, or by a part above 12 and one below; 24/7 and 9/11 are not."""
    if surface in ("24/7", "9/11"):
        return False
    low, high = sorted(int(part) for part in re.split("[/-]", surface))
    if not 1 <= low <= 12 or high > 31:
        return False
    return high > 12 or (_DAY_LEADS.search(lead) is not None and "/" in surface)


def _is_year(text: str, lead: str, point: Point) -> bool:
    """Whether four digits are a year: by the word before, or by not counting anything after."""
    found = _WORD_BEFORE.search(lead)
    before = found[1].lower() if found else ""
    return before in _YEAR_LEADS or (before != "$" and not _counts(text, point.end))


def _counts(text: str, end: int) -> bool:
    """Whether four digits count what follows: a unit, or a plural noun within two words."""
    if _COUNT_AFTER.match(text, end):
        return True
    following = _WORDS_AFTER.match(text, end)
    if following is None or following[1] in _NO_NOUNS:
        return False
    return any(word is not None and word not in _NO_NOUNS and is_plural(word) for word in following.groups())


def _is_month(text: str, lead: str, point: Point) -> bool:
    """Whether a month that is also a name or a verb is meant: by the word before it, or the noun after."""
    if text[point.end : point.end + 1] in _DASHES and text[point.end + 1 : point.end + 2].isupper():
        return True
    before, after = _LEAD.search(lead), _FOLLOW.match(text, point.end)
    follow = (after and after[1]) or ""
    if before is None or before[1] is None:
        return bool(before and lead) and before[2] not in ".!?\"“" or not _opens_otherwise(text, point, follow)
    if before[1].lower() in _MONTH_LEADS:
        return True
    if before[1][0].isupper():
        return follow.islower() and follow not in _NO_NOUNS and follow not in words("adverbs")
    return follow.lower() not in words("reporting")


def _opens_otherwise(text: str, point: Point, follow: str) -> bool:
    """Whether a sentence opens with the verb or the name: "May I", "March for Life", "June Jones"."""
    name = text[point.start : point.end].lower()
    if follow.lower() in words("reporting") or (name != "may" and follow[:1].isupper()):
        return True
    if name == "may":
        return follow.lower() in _SUBJECTS or follow[:1].isupper()
    return name == "march" and follow in ("on", "for", "against", "to")
