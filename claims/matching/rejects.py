"""Numerals that are no amounts: identifiers, ordinals in names, clock times, phone numbers, sections, scores."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.matching.names import is_place
from claims.matching.number_words import Numeral
from claims.matching.resources import words
from claims.matching.text import Token, is_plural

_LABELS = words("labels")
_MONEY = "$€£¥₹₽₩₺"
_CLOCK_AFTER = re.compile(
    r"\s?(?:[ap]\.?m\b|[ap]\.m\.|o['’]clock|hrs\b|GMT\b|h\d\d\b|UTC\b|(?:local|Moscow|Eastern)\s+time\b)", re.IGNORECASE
)
_SCORE = re.compile(r"(?<![\d.,$€£])(\d{1,3})[-–](\d{1,3})(?![\d.,-]\d|\d|\s?%)")
_SPORT = re.compile(
    r"\b(?:win|wins|won|beat|beats|beating|defeat|defeated|victory|draw|drew|lost|lose|loss|goals?|score[ds]?|lead|led|triumph|thrash\w*|aggregate|penalt\w+|over|against|vote)\b"
)
_PHONE = re.compile(r"\+?\d{1,4}(?:[ -]\(?\d{2,4}\)?){2,}|\(\d{3}\)\s?\d{3}-\d{4}")
_LETTER = re.compile(r"[^\W\d_]")
_UNIT_TAIL = re.compile(
    r"(?:km|kg|mg|cm|mm|mph|kph|kmh|gwh|mwh|kwh|twh|mw|gw|kw|ha|ft|lb|lbs|oz|m|g|c|f|pc|pct|pp|bps|bp|hz|mhz|ghz|mb|gb|tb|bcm|bhp|hp|mbps|gbps|kbps|mah|ah|rpm|psi|db|kcal|ml|cl|cc|km2|m2|m3|p|t|yuan|euros?|s)(?![^\W_])",
    re.IGNORECASE,
)
_ONE_LEADS = words("one_leads")
_ONE_ENDS = words("one_ends")


def is_no_amount(text: str, tokens: Sequence[Token], numeral: Numeral, dated: frozenset[int]) -> bool:
    """Whether a numeral is a label, a time, a score or part of a word rather than an amount."""
    if numeral.in_words:
        return _is_idle_one(tokens, numeral)
    after = text[numeral.end : numeral.end + 16]
    if _LETTER.match(after) and not _UNIT_TAIL.match(after):
        return True
    if _CLOCK_AFTER.match(after) and numeral.value <= 24:
        return True
    return (
        _in_word(tokens, numeral)
        or _is_labelled(text, tokens, numeral, dated)
        or _is_score(text, numeral)
        or _is_phone(text, numeral)
    )


def _index(tokens: Sequence[Token], offset: int) -> int:
    low, high = 0, len(tokens)
    while low < high:
        middle = (low + high) // 2
        if tokens[middle].end <= offset:
            low = middle + 1
        else:
            high = middle
    return low


def _in_word(tokens: Sequence[Token], numeral: Numeral) -> bool:
    """F-16, Covid-19, N95: the figure is inside a word; the currency codes RMB10, Rs615 are the exception."""
    index = _index(tokens, numeral.start)
    if index >= len(tokens) or tokens[index].start >= numeral.start:
        return False
    prefix = tokens[index].text[: numeral.start - tokens[index].start]
    return (tokens[index].is_word and not prefix.isupper() and prefix not in ("Rs", "Rs.")) or "-" in prefix


def _is_labelled(text: str, tokens: Sequence[Token], numeral: Numeral, dated: frozenset[int]) -> bool:
    index = _index(tokens, numeral.start)
    if index == 0 or numeral.scaled:
        return False
    before = tokens[index - 1]
    if before.text == "." and index > 1 and tokens[index - 2].low == "no":
        return True
    if before.text in ("#", "§", "№", "@"):
        return True
    if (
        before.text == "-"
        and before.end == numeral.start
        and index > 1
        and tokens[index - 2].is_word
        and tokens[index - 2].end == before.start
    ):
        return True
    if before.low in _LABELS and "," not in text[numeral.start : numeral.end]:
        return not _is_counting(tokens, index)
    return _follows_name(text, tokens, index, numeral, dated)


def _is_counting(tokens: Sequence[Token], index: int) -> bool:
    return (
        index + 1 < len(tokens)
        and tokens[index - 1].low in ("case", "round", "day")
        and is_plural(tokens[index + 1].low)
    )


def _follows_name(text: str, tokens: Sequence[Token], index: int, numeral: Numeral, dated: frozenset[int]) -> bool:
    """Boeing 737, Fukushima 2: a bare figure directly after a name that no preposition sets apart."""
    before = tokens[index - 1]
    written = text[numeral.start : numeral.end]
    if not written.isdigit() or not before.is_word or before.low == before.text or index - 1 in dated:
        return False
    if is_place(before.text):
        return False
    if index < 2:
        return index + 1 < len(tokens) and tokens[index + 1].is_capital
    lead = tokens[index - 2].low
    if (
        lead in ("in", "at", "on", "from", "for", "to", ",", ":")
        and index + 1 < len(tokens)
        and is_plural(tokens[index + 1].low)
    ):
        return False
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    return following is None or not (following.is_word and following.low in ("percent", "per", "million", "billion"))


def _is_score(text: str, numeral: Numeral) -> bool:
    window = max(0, numeral.start - 4)
    for found in _SCORE.finditer(text, window, numeral.end + 5):
        if found.start() <= numeral.start and numeral.end <= found.end():
            near = text[max(0, found.start() - 40) : found.end() + 30]
            return int(found[1]) >= int(found[2]) or (bool(_SPORT.search(near)) and int(found[2]) < 30)
    return False


def _is_phone(text: str, numeral: Numeral) -> bool:
    if text[numeral.start : numeral.end].count(" ") == 0 and text[numeral.end : numeral.end + 1] not in ("-", " ", ")"):
        window = text[max(0, numeral.start - 16) : numeral.end]
    else:
        window = text[max(0, numeral.start - 16) : numeral.end + 16]
    offset = numeral.start - max(0, numeral.start - 16)
    return any("-" in found[0] and found.start() <= offset < found.end() for found in _PHONE.finditer(window))


def _is_idle_one(tokens: Sequence[Token], numeral: Numeral) -> bool:
    """ "one" as a pronoun or article, "second" as an ordinal."""
    index = _index(tokens, numeral.start)
    if tokens[index].end != numeral.end or tokens[index].low not in ("one", "zero"):
        return False
    before = tokens[index - 1].low if index else ""
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if before == "between":
        return False
    return before in _ONE_LEADS or following is None or not following.is_word or following.low in _ONE_ENDS
