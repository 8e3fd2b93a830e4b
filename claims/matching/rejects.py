"""Numerals that are no amounts: identifiers, ordinals in names, clock times, phone numbers, sections, scores."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.matching.bare_numbers import has_unit, is_bare_number, is_rank
from claims.matching.currencies import currency_at, currency_before, currency_named
from claims.matching.names import is_place
from claims.matching.nouns import is_closed, is_partitive
from claims.matching.number_names import is_age_by_decade, is_called, is_clock, is_phone, names_model
from claims.matching.number_words import Numeral
from claims.matching.resources import words
from claims.matching.text import Token, index_at, is_plural
from claims.matching.units import unit_at

_LABELS = words("labels")
_MONEY = "$€£¥₹₽₩₺"
_CLOCK_AFTER = re.compile(
    r"\s?(?:[ap]\.?m\b|[ap]\.m\.|o['’]clock|hrs\b|GMT\b|h\d\d\b|UTC\b|(?:local|Moscow|Eastern)\s+time\b)", re.IGNORECASE
)
_SCORE = re.compile(r"(?<![\d.,$€£])(\d{1,3})[-–](\d{1,3})(?![\d.,-]\d|\d|\s?%)")
_SPORT = re.compile(
    r"\b(?:win|wins|won|beat|beats|beating|defeat|defeated|victory|draw|drew|lost|lose|loss|goals?|score[ds]?|lead|led|triumph|thrash\w*|aggregate|penalt\w+|over|against|vote)\b"
)
_LETTER = re.compile(r"[^\W\d_]")
_PENCE_OR_NETWORK = re.compile(r"(?:p|G|x|st|lb)(?![^\W_])")
_INDEXES = words("index_names")
_INDEX_SIZES = frozenset(
    {10, 12, 20, 25, 30, 35, 40, 50, 60, 100, 200, 225, 250, 300, 350, 400, 500, 600, 1_000, 2_000, 3_000}
)
"""How many shares an index is named after: S&P 500, Stoxx 600, Big 12."""
_LAST_HOUR = 24
LEAST_SMALL_WORDS = 4
LEAST_SMALL_WORDS_IN = 40
"""A sentence with this many small words among its first tokens is no headline of capitals."""
_ONE_LEADS = words("one_leads")
_ONE_ENDS = words("one_ends")


def is_no_amount(text: str, tokens: Sequence[Token], numeral: Numeral, dated: frozenset[int]) -> bool:
    """Whether a numeral is a label, a time, a score or part of a word rather than an amount."""
    index = index_at(tokens, numeral.start)
    if numeral.in_words:
        return (
            _is_idle_one(tokens, numeral, index)
            or is_clock(tokens, numeral, index)
            or names_model(tokens, numeral, index)
            or is_rank(tokens, numeral, index)
            or _ends_name(tokens, numeral, index)
        )
    if _LETTER.match(text, numeral.end) and not _is_unit(tokens, numeral):
        return True
    if numeral.value <= _LAST_HOUR and _CLOCK_AFTER.match(text[numeral.end : numeral.end + 16]):
        return True
    return (
        _in_word(tokens, numeral, index)
        or _is_labelled(text, tokens, numeral, index, dated)
        or _is_score(text, numeral)
        or is_phone(text, numeral)
        or is_called(tokens, numeral, index)
        or names_model(tokens, numeral, index)
        or is_age_by_decade(tokens, numeral, index)
        or is_bare_number(text, tokens, numeral, index, dated)
    )


def _is_unit(tokens: Sequence[Token], numeral: Numeral) -> bool:
    """Whether the letters directly behind a figure are a unit or a currency: 500mg, 115USD, 118.5p."""
    index = index_at(tokens, numeral.end)
    if index >= len(tokens):
        return False
    if tokens[index].start < numeral.end:
        return currency_named(tokens[index].low[numeral.end - tokens[index].start :]) is not None
    found = unit_at(tokens, index) or currency_at(tokens, index, numeral.value)
    return found is not None or bool(_PENCE_OR_NETWORK.fullmatch(tokens[index].text)) or tokens[index].low == "yo"


def _in_word(tokens: Sequence[Token], numeral: Numeral, index: int) -> bool:
    """F-16, Covid-19, N95: the figure is inside a word; codes of currencies (RMB10, Rs615) and "to-5" are not."""
    if index >= len(tokens) or tokens[index].start >= numeral.start:
        return False
    prefix = tokens[index].text[: numeral.start - tokens[index].start]
    if prefix.lower() in ("to-", "by-", "of-", "and-"):
        return False
    return (
        tokens[index].is_word and not prefix.isupper() and prefix not in ("Rs", "Rs.", "Rp", "Tk", "SFr", "Ksh")
    ) or ("-" in prefix)


def _is_labelled(text: str, tokens: Sequence[Token], numeral: Numeral, index: int, dated: frozenset[int]) -> bool:
    if index == 0 or numeral.scaled:
        return False
    before = tokens[index - 1]
    if before.text in ("#", "§", "№", "@") or _behind_mark(tokens, index, numeral):
        return True
    if before.low == "'s" and index > 1 and tokens[index - 2].is_capital and _counts_nothing(text, tokens, numeral):
        return True
    if before.low in _INDEXES and numeral.value in _INDEX_SIZES and not has_unit(tokens, numeral):
        return True
    if before.low in _LABELS and "," not in text[numeral.start : numeral.end]:
        return not _is_counting(tokens, index)
    return _follows_name(text, tokens, index, numeral, dated)


def _counts_nothing(text: str, tokens: Sequence[Token], numeral: Numeral) -> bool:
    """Whether a bare figure has neither a unit nor a noun behind it: "Boeing's 737 was grounded"."""
    after = index_at(tokens, numeral.end)
    is_bare = text[numeral.start : numeral.end].isdigit() and not has_unit(tokens, numeral)
    return is_bare and after < len(tokens) and is_closed(tokens[after].low)


def _behind_mark(tokens: Sequence[Token], index: int, numeral: Numeral) -> bool:
    """ "No. 5", "MiG-29" with its hyphen apart, "Covid -19"."""
    before, lead = tokens[index - 1], tokens[index - 2] if index > 1 else None
    if lead is None or before.text not in (".", "-"):
        return False
    if before.text == ".":
        return lead.low == "no"
    is_tied = before.end == numeral.start and lead.is_word and lead.end == before.start
    return is_tied or lead.low == "covid"


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
    if (
        has_unit(tokens, numeral)
        or currency_before(text, numeral.start) is not None
        or (index > 1 and is_closed(before.low))
    ):
        return False
    if index < 2:
        return index + 1 < len(tokens) and tokens[index + 1].is_capital and not is_closed(before.low)
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
    if text.find("-", window, numeral.end + 5) < 0 and text.find("–", window, numeral.end + 5) < 0:
        return False
    for found in _SCORE.finditer(text, window, numeral.end + 5):
        if found.start() <= numeral.start and numeral.end <= found.end():
            near = text[max(0, found.start() - 40) : found.end() + 30]
            return int(found[1]) >= int(found[2]) or (bool(_SPORT.search(near)) and int(found[2]) < 30)
    return False


def _ends_name(tokens: Sequence[Token], numeral: Numeral, index: int) -> bool:
    """ "Formula One", "Fast Five": a capital number word behind a capital word, except in a headline of capitals."""
    if index == 0 or not tokens[index].is_capital or numeral.end != tokens[index].end:
        return False
    before = tokens[index - 1]
    if not before.is_word or not before.is_capital or is_closed(before.low):
        return False
    small = sum(token.is_word and not token.is_capital for token in tokens[:LEAST_SMALL_WORDS_IN])
    return small >= LEAST_SMALL_WORDS


def _is_idle_one(tokens: Sequence[Token], numeral: Numeral, index: int) -> bool:
    """ "one" as a pronoun or in an idiom ("this one", "one who", "one another"); "one of the ships" counts."""
    if index >= len(tokens) or tokens[index].end != numeral.end or tokens[index].low != "one":
        return False
    before = tokens[index - 1].low if index else ""
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if before == "between":
        return False
    if following is None or not following.is_word:
        return following is None or following.text not in ("-", "–", "%")
    if unit_at(tokens, index + 1, signs=False) and before != "the":
        return following.low in _ONE_ENDS
    return _is_pronoun(tokens, index, before)


def _is_pronoun(tokens: Sequence[Token], index: int, before: str) -> bool:
    following = tokens[index + 1].low
    if following == "of":
        return before in ("no", "every", "each") or not is_partitive(tokens, index + 1)
    if following in ("per", "to") and before not in _ONE_LEADS:
        return following == "to" and not (index + 2 < len(tokens) and tokens[index + 2].low in ("two", "three"))
    return before in _ONE_LEADS or following in _ONE_ENDS or is_closed(following)
