"""The words beside a figure that say on which side of it the truth lies.

The wordings are those of the annotation guideline's table "What a figure stands for".
"""

from __future__ import annotations

import re
from typing import NamedTuple

from claims.matching.resources import listed, words
from claims.matching.types import Bound


class Wording(NamedTuple):
    """`start`: where the wording begins; `barely`: "just over", a bound that stays close."""

    bound: Bound
    start: int
    barely: bool = False


_BARELY_BY = r"(?:a\s+(?:little|bit|shade|fraction)|slightly|marginally)"
_BEFORE: list[tuple[Bound, bool, str]] = [
    (
        Bound.AT_LEAST,
        False,
        r"at\s+(?:the\s+(?:very\s+)?)?least(?:\s+or\s+equal\s+to)?|no\s+fewer\s+than|no\s+less\s+than|not\s+(?:less|fewer)\s+than"
        r"|(?:a\s+)?minimum\s+(?:of|is)|starting\s+at|starts?\s+(?:at|from)|as\s+(?:low|little|few)\s+as|≥|>\s?="
        r"|(?:more|greater|higher|larger|bigger)(?:\s+than)?\s+or\s+equal\s+(?:to|than)"
        r"|equal\s+to\s+or\s+(?:more|greater|higher|larger)\s+than",
    ),
    (
        Bound.AT_MOST,
        False,
        r"up\s+to|no\s+(?:more|greater|higher|longer|larger|later)\s+than|not\s+more\s+than|at\s+(?:the\s+(?:very\s+)?)?most"
        r"|(?:a\s+)?maximum\s+(?:of|is)|as\s+(?:many|much|high|long|far)\s+as|not\s+(?:to\s+)?exceed(?:ing)?|limited\s+to|capped\s+at|≤|<\s?="
        r"|(?:less|fewer|lower|smaller)(?:\s+than)?\s+or\s+equal\s+(?:to|than)"
        r"|equal\s+to\s+or\s+(?:less|fewer|lower|smaller)\s+than",
    ),
    (
        Bound.NEARLY,
        False,
        r"just\s+under|just\s+below|(?:just\s+)?(?:short|shy)\s+of|nearly|almost|close\s+to|not\s+quite|approaching"
        rf"|nearing|{_BARELY_BY}\s+(?:under|below|less\s+than|fewer\s+than)|virtually",
    ),
    (
        Bound.APPROXIMATE,
        True,
        rf"just\s+over|just\s+above|just\s+more\s+than|(?:only\s+)?barely(?:\s+(?:more\s+than|over))?"
        rf"|{_BARELY_BY}\s+(?:over|above|more\s+than)",
    ),
    (
        Bound.LESS_THAN,
        False,
        r"(?:less|fewer|lower|smaller|younger|shorter|lighter|cheaper)\s+than|under|below|beneath|not\s+even|<",
    ),
    (
        Bound.MORE_THAN,
        False,
        r"(?:more|greater|higher|larger|bigger|older|longer|taller|heavier|better)\s+than|(?:well\s+)?over(?:\s+than)?|above"
        r"|upwards?\s+of|in\s+excess\s+of|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|topp(?:ed|ing)|tops|north\s+of|beyond|>",
    ),
    (
        Bound.APPROXIMATE,
        False,
        r"about|around|some|roughly|approximately|approx\.?|circa|ca\.?|(?:an\s+)?estimated|something\s+like|maybe|perhaps"
        r"|in\s+the\s+(?:region|neighbou?rhood|vicinity)\s+of|(?:in|on|of)\s+the\s+order\s+of|more\s+or\s+less|plus\s+or\s+minus|~|≈|\+/-|±",
    ),
]
Lead = tuple[Bound, bool, re.Pattern[str]]
_LEADS: list[Lead] = [
    (bound, barely, re.compile(rf"(?:(?<![\w-])|(?=[<>≤≥~≈±]))(?:{wording})\s*(?:the\s+|a\s+|an\s+)?$", re.IGNORECASE))
    for bound, barely, wording in _BEFORE
]
_LAST_WORDS = words("bound_ends")
_OPENING = "([{\"'“‘«—–,;:"
_STEM = 3
"""Letters of its last word by which a wording is found: "exceed", "exceeded"."""
_LAST_SIGNS = "<>=≤≥~≈±-"
_LETTERS = re.compile("[a-z]+")


def _leads_ending(last: str) -> tuple[Lead, ...]:
    """The leads whose wording names the word or sign they would end in."""
    begun = last.rstrip(".") if len(last) <= _STEM else last[:_STEM]
    sign = last in _LAST_SIGNS
    return tuple(
        lead
        for lead, (_, _, wording) in zip(_LEADS, _BEFORE, strict=True)
        if (last in wording if sign else _names(wording.replace(r"\s", " "), begun))
    )


def _names(wording: str, begun: str) -> bool:
    return any(word == begun or (len(begun) == _STEM and word.startswith(begun)) for word in _LETTERS.findall(wording))


_LEADS_ENDING = {last: _leads_ending(last) for last in (*_LAST_WORDS, *_LAST_SIGNS)}
"""By the last word or sign before a figure, the leads that could end in it; spares most figures most patterns."""
_AFTER = [
    (
        Bound.AT_LEAST,
        re.compile(
            r"\s*(?:\+|-?plus\b|(?:or|and)\s+(?:more|over|above|older|higher|greater|up|upwards?)\b(?!\s+(?:than\s+)?\d)"
            r"|at\s+(?:the\s+)?(?:very\s+)?least\b|and\s+counting\b|(?:or\s+more\s+)?at\s+a\s+minimum\b)",
            re.IGNORECASE,
        ),
    ),
    (
        Bound.AT_MOST,
        re.compile(
            r"\s*(?:(?:or|and)\s+(?:less|fewer|under|below|younger|lower)\b(?!\s+(?:than\s+)?\d)"
            r"|at\s+(?:the\s+)?(?:very\s+)?most\b|(?:at\s+a\s+)?maximum\b|max\b)",
            re.IGNORECASE,
        ),
    ),
    (
        Bound.APPROXIMATE,
        re.compile(r"\s*(?:or\s+so\b|-odd\b|odd\b|or\s+thereabouts\b|give\s+or\s+take\b|-ish\b|ish\b)", re.IGNORECASE),
    ),
]
_AFTER_NOUN = re.compile(
    r"\s+(?:(?P<least>or\s+(?:more|over|above|older|higher|greater|upwards?)|at\s+(?:the\s+(?:very\s+)?)?least)"
    r"|(?P<most>or\s+(?:less|fewer|under|below|younger|lower)|at\s+(?:the\s+(?:very\s+)?)?most))\b"
    rf"(?!\s+(?:than|a|the|half|\d|{'|'.join(listed('cardinals'))})\b)",
    re.IGNORECASE,
)
"""Behind the noun: "30 people or fewer"; "30 people at least five of them" bounds the five."""
_BEHIND = re.compile(r"\s*[-+oapmgi]", re.IGNORECASE)
"""How every one of these begins; spares most figures the patterns."""
OR_EQUAL = re.compile(r"\s+or\s+equal(?:\s+to(?:\s+it)?)?\b(?!\s+\d)", re.IGNORECASE)
"""Behind a figure that "more than" or "less than" leads, which then holds as well."""
INCLUSIVE = {Bound.MORE_THAN: Bound.AT_LEAST, Bound.LESS_THAN: Bound.AT_MOST}
_UP_AND_TO = re.compile(r"\b(?:is|was|are|were|went|goes|rate|price|total|count|moved)\s+up\s+to\s+$", re.IGNORECASE)
""" "The rate is up to 4.4 %" has risen; it is no bound."""
_LEAD_WINDOW = 40


def bound_before(text: str, floor: int, start: int) -> Wording | None:
    """The bound worded directly before an offset, not reaching back past `floor`."""
    lead = text[max(floor, start - _LEAD_WINDOW) : start]
    for bound, barely, pattern in _LEADS_ENDING.get(_last_word(lead), ()):
        found = pattern.search(lead)
        if found and not (bound is Bound.AT_MOST and _UP_AND_TO.search(lead)):
            return Wording(bound, start - len(lead) + found.start(), barely)
    return None


def _last_word(lead: str) -> str:
    """The last word before a figure, in lower case, or the sign it ends in."""
    listed = lead.lower().rsplit(maxsplit=2)[-2:]
    if len(listed) == 2 and listed[1] in ("the", "a", "an"):
        listed.pop()
    last = listed[-1].lstrip(_OPENING) if listed else ""
    return last[-1] if last and last[-1] in _LAST_SIGNS else last


def bound_after(text: str, end: int) -> tuple[Bound, int] | None:
    """The bound worded directly after an offset ("or more", "50+", "or so"), and where its wording ends."""
    if _BEHIND.match(text, end, end + _LEAD_WINDOW) is None:
        return None
    for bound, pattern in _AFTER:
        found = pattern.match(text, end, end + _LEAD_WINDOW)
        if found:
            return bound, found.end()
    return None


def bound_behind(text: str, end: int) -> Bound | None:
    """The bound worded directly behind the noun of a figure."""
    found = _AFTER_NOUN.match(text, end, end + _LEAD_WINDOW)
    if found is None:
        return None
    return Bound.AT_LEAST if found["least"] else Bound.AT_MOST
