"""What looks like a date and is none: the Mrs May of a government, the second half of a match, 1984 pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

from claims.matching.date_phrases import Mark
from claims.matching.resources import phrases, table, words
from claims.matching.text import is_plural

_YEAR_LEADS = frozenset({"in", "since", "until", "till", "during", "throughout"})
_WORD_BEFORE = re.compile(r"([^\W\d_]+|[^\w\s])[^\w]?\s*$")
_COUNT_AFTER = re.compile(r"\s?%|\s+(?:people|percent|per\s+cent|million|billion|dead|tonnes)\b")
_WORDS_AFTER = re.compile(r"\s+([a-z]+)(?:\s+([a-z]+))?")
_NO_NOUNS = words("stop") | words("auxiliary") | words("light") | words("reporting")
_OWN = re.compile(r"\b(?:his|her|their|my|our|your)\s+(?:early|mid|late)?[\s-]?$", re.IGNORECASE)
_WEATHER = re.compile(r"\b(?:temperatures?|degrees|highs?|lows?)\b", re.IGNORECASE)
_GAME = re.compile(
    r"\b(?:goals?|score[ds]?|scoring|scorer|half-?time|match|kick-?off|penalty|touchdowns?|equali[sz]\w+|"
    r"headers?|striker|touchdown|league|coach|playoffs?|NFL|NBA|NCAA|snaps|goalkeeper|midfielder|quarterback|minutes?|keeper|substitute)\b",
    re.IGNORECASE,
)
_RIVAL = re.compile(r"\bagainst\b", re.IGNORECASE)
_NAMES = frozenset({"may", "march", "april", "june", "august", "jan", "mar"})
"""Months that are also names of people or other words."""
_MONTH_LEADS = (
    words("prepositions") | words("stop") | {"last", "next", "early", "mid", "late", "previous", "every"}
) - {"i"}
_AFTER_MONTH = frozenset(phrases(table("dates")["after_months"]))
"""What headlines put after a month with no preposition before it: China May exports."""
_LEAD = re.compile(r"([^\W\d_]+)\.?\s+$|([^\w\s])\s*$")
_FOLLOW = re.compile(r"\s+([^\W\d_]+)|(['’]s)?")
_SUBJECTS = words("pronouns") | {"the", "a", "an", "god", "this", "no", "his", "her", "all", "our", "their"}
_OPENING = frozenset(".!?:\"“”‘'«•")
_DASHES = ("-", "–")
_TIME_LEADS = re.compile(r"\b(?:on|since|from|by|until|till|to|and|between|before|after|at|around)\s+$", re.IGNORECASE)
_ON = re.compile(r"\b(?:on|since|dated)\s+$", re.IGNORECASE)
_WISH = re.compile(r"\b(?:merry|happy)\s+$", re.IGNORECASE)
_BEFORE_CHRIST = re.compile(r"\s+B\.?C")
_DECADE_LEADS = re.compile(r"\b(?:in|early|mid|late)[\s-]+['’]?$", re.IGNORECASE)
_TILL_NOW = re.compile(r"\b(?:between|until|till|to)\s+$|\bbetween\b[^.;]*\band\s+$", re.IGNORECASE)
_WINDOW = 40


class Surroundings:
    """A sentence's text as the surroundings of its dates; what concerns all of it is looked up once."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end

    def is_date(self, mark: Mark) -> bool:
        """Whether a phrase that could be a date is one, by the words around it."""
        lead = self.text[max(self.start, mark.start - _WINDOW) : mark.start]
        check = _CHECKS.get(mark.kinds)
        if check is not None:
            return check(self.text, lead, mark)
        if "q" in mark.kinds and not set(mark.kinds) & set("YyRrM"):
            return not self._is_of_game
        if mark.kinds == "kD":
            return not self._is_of_game and not _RIVAL.search(self.text, mark.end, mark.end + _WINDOW)
        if mark.kinds[-1] == "E":
            return not _OWN.search(lead) and not (_is_short_decade(self.text, mark) and self._is_of_weather)
        return True

    @cached_property
    def _is_of_game(self) -> bool:
        return _GAME.search(self.text, self.start, self.end) is not None

    @cached_property
    def _is_of_weather(self) -> bool:
        return _WEATHER.search(self.text, self.start, self.end) is not None


def _is_short_decade(text: str, mark: Mark) -> bool:
    return sum(map(str.isdecimal, text[mark.start : mark.end])) < 4


def _is_bare_decade(text: str, lead: str, mark: Mark) -> bool:
    """Whether digits and an s without an article are a decade: 1990s are, 80s only in "in 80s" or "late 80s"."""
    return not _is_short_decade(text, mark) or _DECADE_LEADS.search(lead) is not None


def _is_slashed_day(text: str, lead: str, mark: Mark) -> bool:
    """Whether 22/04 is a day and no fraction: by a part above 12, after "on", or as no fraction is written (10/1)."""
    surface = text[mark.start : mark.end]
    first, second = (int(part) for part in re.split("[/–~-]", surface))
    low, high = sorted((first, second))
    if surface in ("24/7", "9/11") or not 1 <= low <= 12 or high > 31:
        return False
    if high > 12 or "/" not in surface:
        return high > 12
    return _ON.search(lead) is not None or (first >= second and _TIME_LEADS.search(lead) is not None)


def _is_holiday(text: str, lead: str, mark: Mark) -> bool:
    """Whether a holiday is a day: not where it tells the sort of a payment, a tree, an island, a sale."""
    if _TIME_LEADS.search(lead):
        return True
    return not _is_before_noun(text, mark) and _WISH.search(lead) is None


def _is_before_noun(text: str, mark: Mark) -> bool:
    follow = _FOLLOW.match(text, mark.end)
    noun = (follow and follow[1]) or ""
    return bool(noun) and noun.lower() not in _NO_NOUNS


def _is_season(text: str, lead: str, mark: Mark) -> bool:
    """Whether a season without year is one: not in a title ("The Lion in Winter") or before a noun it describes."""
    name = text[mark.start : mark.end].rpartition(" ")[2]
    return name[0].islower() and not _is_before_noun(text, mark)


def _is_near_day(text: str, lead: str, mark: Mark) -> bool:
    """Whether "Today" and the like are days: not inside a name (USA Today)."""
    before = _LEAD.search(lead)
    inside_name = before is not None and before[1] is not None and before[1][0].isupper()
    return not (inside_name and text[mark.start].isupper())


def _is_night(text: str, lead: str, mark: Mark) -> bool:
    """Whether "overnight" dates: not in "overnight train"."""
    return not _is_before_noun(text, mark)


def _is_century(text: str, lead: str, mark: Mark) -> bool:
    return _BEFORE_CHRIST.match(text, mark.end) is None


def _is_now(text: str, lead: str, mark: Mark) -> bool:
    return _TILL_NOW.search(lead) is not None


def _is_year(text: str, lead: str, mark: Mark) -> bool:
    """Whether four digits are a year: by the word before, or by not counting anything after."""
    found = _WORD_BEFORE.search(lead)
    before = found[1].lower() if found else ""
    return before in _YEAR_LEADS or not _counts(text, mark.end)


def _counts(text: str, end: int) -> bool:
    """Whether four digits count what follows: a unit, or a plural noun within two words."""
    if _COUNT_AFTER.match(text, end):
        return True
    following = _WORDS_AFTER.match(text, end)
    if following is None or following[1] in _NO_NOUNS:
        return False
    return any(word is not None and word not in _NO_NOUNS and is_plural(word) for word in following.groups())


def _is_month(text: str, lead: str, mark: Mark) -> bool:
    """Whether a month that is also a name or a verb is meant: by the word before it, or the noun after."""
    if text[mark.start : mark.end].lower().rstrip(".") not in _NAMES:
        return True
    if text[mark.end : mark.end + 1] in _DASHES and text[mark.end + 1 : mark.end + 2].isupper():
        return True
    before, after = _LEAD.search(lead), _FOLLOW.match(text, mark.end)
    follow = (after and after[1]) or ""
    if before is None or before[1] is None:
        inside = before is not None and before[2] not in _OPENING
        return inside or not _opens_otherwise(text, mark, follow)
    if before[1].lower() in _MONTH_LEADS:
        return True
    if before[1][0].isupper():
        return follow in _AFTER_MONTH
    return follow.lower() not in words("reporting")


def _opens_otherwise(text: str, mark: Mark, follow: str) -> bool:
    """Whether a sentence opens with the verb or the name: "May I", "March for Life", "June Jones"."""
    name = text[mark.start : mark.end].lower()
    if follow.lower() in words("reporting") or (name != "may" and follow[:1].isupper()):
        return True
    if name == "may":
        return follow.lower() in _SUBJECTS or follow[:1].isupper()
    return name == "march" and follow in ("on", "for", "against", "to")


_CHECKS: dict[str, Callable[[str, str, Mark], bool]] = {
    "Y": _is_year,
    "M": _is_month,
    "Z": _is_slashed_day,
    "G": _is_slashed_day,
    "E": _is_bare_decade,
    "H": _is_holiday,
    "S": _is_season,
    "tS": _is_season,
    "T": _is_near_day,
    "tOc": _is_century,
    "Oc": _is_century,
    "v": _is_now,
    "C": _is_night,
}
