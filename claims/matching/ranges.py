"""Two numerals that are the ends of one range: "5-10 W", "between 5 and 8 per cent", "three or four years"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from claims.matching.counted import Sheet
from claims.matching.currencies import currency_at
from claims.matching.number_words import MULTIPLES, Numeral
from claims.matching.text import index_at
from claims.matching.units import unit_at

LONGEST_JOIN = 32
"""Code points from the first end to the second; a unit may stand between them ("5 per cent to 8 per cent")."""
_SIGN = r"(?:(?:US|AU?|CA?|NZ|HK|S)?\s?[$€£¥₹₽₩₺](?:US|A|C|NZ)?|RM|USD|EUR)?"
_JOINT = re.compile(
    rf"\s*(?P<joint>-|–|—|~|to[\s-]|and\s|or\s|through\s|till\s)\s*(?:about\s|around\s|even\s)?{_SIGN}\s?",
    re.IGNORECASE,
)
_LEAD = re.compile(
    rf"\b(?P<word>between(?:\s+the\s+ages\s+of)?|rang(?:e|es|ed|ing)\s+(?:from|between)|var(?:y|ies|ied|ying)\s+from|anywhere\s+from"
    rf"|in\s+the\s+range\s+of|from|by)\s+(?:about\s+|around\s+|some\s+)?{_SIGN}\s?$",
    re.IGNORECASE,
)
_LEAD_WINDOW = 40
_FROM = re.compile(r"\bfrom\s+$", re.IGNORECASE)
_NO_SCALE = Decimal(1_000)
_CLOSE = 2
""" "by 1 to 1.5 degrees" is a range, "by 3 to 25" a rise and the level it reached: ends of a range lie close."""


def is_range(sheet: Sheet, first: Numeral, second: Numeral) -> bool:
    if not _may_join(sheet.text, first, second):
        return False
    after, unit = _unit_between(sheet, first)
    joined = _JOINT.fullmatch(sheet.text, after, second.start)
    low, high = shared_scale(first, second)
    if joined is None or low >= high or (unit and unit != _unit_behind(sheet, second)):
        return False
    joint = joined["joint"].lower().rstrip(" -") or "-"
    if joint == "or":
        return not unit and _is_next(first, second)
    found = _LEAD.search(sheet.text[max(sheet.span.start, first.start - _LEAD_WINDOW) : first.start])
    lead = found["word"].lower() if found else ""
    return _joins(sheet, joint, lead, first, second)


def _may_join(text: str, first: Numeral, second: Numeral) -> bool:
    if first.fraction != second.fraction or first.open or second.open or second.start - first.end > LONGEST_JOIN:
        return False
    return text[first.start : first.end].lower() not in MULTIPLES


def _joins(sheet: Sheet, joint: str, lead: str, first: Numeral, second: Numeral) -> bool:
    """Whether a joint makes a range behind its lead: "and" behind "between", "to" not behind a bare "from"."""
    if joint == "and":
        return lead.startswith(("between", "rang"))
    if joint != "to" or not lead:
        return True
    if lead == "by":
        return second.value <= _CLOSE * first.value and _unit_behind(sheet, second) != ""
    return lead != "from"


def _is_next(first: Numeral, second: Numeral) -> bool:
    """ "three or four": neighbouring numbers; "8 or 80" are alternatives."""
    return first.value >= 2 and second.value - first.value == 1 and first.value < 20


def _unit_between(sheet: Sheet, first: Numeral) -> tuple[int, str]:
    """Where the unit behind the first end stops, and its name; the numeral's end and "" without one."""
    index = index_at(sheet.tokens, first.end)
    found = unit_at(sheet.tokens, index) or currency_at(sheet.tokens, index, first.value)
    if found is None or sheet.tokens[index].start - first.end > 1:
        return first.end, ""
    return sheet.tokens[found[1] - 1].end, found[0]


def _unit_behind(sheet: Sheet, second: Numeral) -> str:
    return _unit_between(sheet, second)[1]


def shared_scale(first: Numeral, second: Numeral) -> tuple[Decimal, Decimal]:
    """The two ends of a range; "80 to 100 billion" means billions on both sides."""
    if first.scaled or not second.scaled or not second.value or first.value >= _NO_SCALE:
        return first.value, second.value
    plain = second.value
    while plain >= _NO_SCALE:
        plain /= _NO_SCALE
    return first.value * (second.value / plain), second.value


def follows_from(text: str, start: int) -> bool:
    """Whether "from" stands directly before an offset."""
    return _FROM.search(text[max(0, start - len("from") - 4) : start]) is not None


def with_shared_scales(text: str, found: Sequence[Numeral]) -> list[Numeral]:
    """Numerals with the scale of the second level given to the first: "from 5 to 8 million"."""
    scaled = list(found)
    for at in range(len(scaled) - 1):
        first, second = scaled[at], scaled[at + 1]
        if text[first.end : second.start].strip().lower() == "to" and follows_from(text, first.start):
            value, _ = shared_scale(first, second)
            if value != first.value and not first.fraction and not first.open:
                scaled[at] = first._replace(value=value, step=first.step * (value / first.value), scaled=True)
    return scaled
