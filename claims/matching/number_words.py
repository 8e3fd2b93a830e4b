"""Numbers in words: cardinals, fractions, shares of a scale ("half a million"), dozens, open counts ("dozens")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from claims.matching.cardinals import (
    DENOMINATORS,
    SMALL,
    TENS,
    WORD_SCALES,
    Read,
    cardinal,
    fraction,
    low,
    pieces,
    with_tail,
)
from claims.matching.open_counts import DOZENS, OPEN, dozens, open_count
from claims.matching.resources import listed, table, words
from claims.matching.text import Token


class Numeral(NamedTuple):
    """`step` is the place value of the last significant digit; `scaled`: written with a scale word.

    `open`: "dozens", "several hundred": `value` is where they begin. `fraction`: a part of one, such as "a third".
    """

    start: int
    end: int
    value: Decimal
    step: Decimal
    scaled: bool = False
    open: bool = False
    fraction: bool = False
    in_words: bool = False


_ARTICLES = ("a", "an")
_ONE = Decimal(1)
MOST_DIGITS = 30
"""Nobody reports a longer figure, and its value would be costly."""
_AFTER_ARTICLE = frozenset({*WORD_SCALES, *DOZENS, *DENOMINATORS, *TENS, "few"})
_MINUS = ("minus", "negative")
_TWICE = "twice"
MULTIPLES: dict[str, str] = table("words")["multiples"]
"""Verbs that say how many times: "doubled" is 2 times."""
MULTIPLIED = frozenset(MULTIPLES) - {_TWICE}
"""Those of them that say in which direction, too."""
_AS_MANY = words("as_many")
_COMPOUND_UNITS = words("compound_units")
_NO_SHARE = words("takes_ordinal")
_BEFORE_NO_SHARE = ("the", "first", "second", "last", "this", "next", "every")
_PARTS_IN_ORDER = frozenset({"first", "second", "third", "fourth", "latter", "final", "opening", "closing"})
"""Before "half" or "quarter" of a time or a game: no share of anything."""
_STARTS = frozenset({*SMALL, *WORD_SCALES, *OPEN, *DOZENS, *MULTIPLES, *listed("number_starts")})
_NUMBER_WORDS = (_STARTS | _AFTER_ARTICLE) - frozenset(_ARTICLES)
_LETTERS = re.compile(r"[^\W\d_]+")


def names_number(text: str, start: int, end: int) -> bool:
    """Whether a word that a numeral needs stands between two offsets, alone or inside another word."""
    spoken = text[start:end].lower()
    return "fold" in spoken or not _NUMBER_WORDS.isdisjoint(_LETTERS.findall(spoken))


def word_starts(tokens: Sequence[Token]) -> list[int]:
    """The indexes of the tokens at which a numeral in words may begin."""
    starts = [
        position
        for position, (_, _, _, word) in enumerate(tokens)
        if word in _STARTS or word[-4:] == "fold" or (("-" in word or "–" in word) and _opens_compound(word))
    ]
    return [at for at in starts if _may_start(tokens, at)]


def _may_start(tokens: Sequence[Token], at: int) -> bool:
    if tokens[at].low in _ARTICLES:
        return _follows_article(low(tokens, at + 1))
    return not _scales_nothing(tokens, at)


def _scales_nothing(tokens: Sequence[Token], at: int) -> bool:
    """Whether a scale word belongs to a figure too long to be one."""
    if not at or tokens[at].low not in WORD_SCALES or not tokens[at - 1].text[0].isdigit():
        return False
    return len(tokens[at - 1].text) + WORD_SCALES[tokens[at].low] > MOST_DIGITS


def word_numerals(tokens: Sequence[Token], taken: frozenset[int], starts: Sequence[int]) -> list[Numeral]:
    """The numerals in words that begin at `starts`; `taken`: offsets of tokens that belong to figures in digits."""
    found: list[Numeral] = []
    after = 0
    for position in starts:
        if position < after or tokens[position].start in taken:
            continue
        numeral = _word_numeral(tokens, position) or _in_compound(tokens, position)
        if numeral is not None:
            found.append(numeral[0])
            after = numeral[1]
    return found


def _follows_article(word: str) -> bool:
    """Whether a number can go on with a word behind "a": "a million", "a third", "a twenty-first"."""
    return word in _AFTER_ARTICLE or "-" in word


def _opens_compound(word: str) -> bool:
    """Whether a word begins with a number before what it counts: "six-mile"."""
    first = word.replace("–", "-").partition("-")[0]
    return first in SMALL or first in WORD_SCALES or first in ("half", "quarter")


def _in_compound(tokens: Sequence[Token], at: int) -> tuple[Numeral, int] | None:
    """The number in "six-mile", "twenty-one-day", "tenfold", "doubled", "one-in-four"."""
    token = tokens[at]
    if token.low in MULTIPLES and (token.low != _TWICE or _is_as_many(tokens, at + 1)):
        return Numeral(token.start, token.end, Decimal(MULTIPLES[token.low]), Decimal(0), in_words=True), at + 1
    word = token.low.replace("–", "-")
    parts = word.split("-")
    if share := _share_in_word(parts):
        return Numeral(token.start, token.end, share, Decimal(0), fraction=True, in_words=True), at + 1
    if word.endswith("fold") and len(word) > len("fold"):
        parts = [word.removesuffix("fold").rstrip("-"), "fold"]
    head = pieces(parts[0]) if parts[0] in SMALL or parts[0] in WORD_SCALES else ()
    if not head or len(parts) < 2 or not _reads_on(parts[1:]):
        return None
    count = 2 if parts[0] in SMALL and len(parts) > 2 and parts[1] in SMALL else 1
    value = sum(SMALL.get(part, 0) for part in parts[:count]) or 10 ** WORD_SCALES.get(parts[0], 0)
    end = token.start + len("-".join(parts[:count]))
    return Numeral(token.start, end, Decimal(value), Decimal(1), in_words=True), at + 1


def _is_as_many(tokens: Sequence[Token], at: int) -> bool:
    """ "twice as many", "twice as high"; not "scored twice as time ran out"."""
    return low(tokens, at) == "as" and low(tokens, at + 1) in _AS_MANY


def _share_in_word(parts: Sequence[str]) -> Decimal | None:
    """ "one-in-four", "nine-out-of-ten" """
    if len(parts) < 3 or parts[0] not in SMALL or parts[-1] not in SMALL or parts[1:-1] not in (["in"], ["out", "of"]):
        return None
    part, whole = SMALL[parts[0]], SMALL[parts[-1]]
    return Decimal(part) / whole if 0 < part < whole else None


def _reads_on(rest: Sequence[str]) -> bool:
    """Whether what follows a number inside a word is something counted: a unit, "year-old", "fold"; or "odd"."""
    word = "-".join(part for part in rest if part not in SMALL)
    return word in ("fold", "odd") or word in _COMPOUND_UNITS


def _word_numeral(tokens: Sequence[Token], at: int) -> tuple[Numeral, int] | None:
    token = tokens[at]
    if token.low in SMALL and not _may_go_on(low(tokens, at + 1)):
        return Numeral(token.start, token.end, Decimal(SMALL[token.low]), _ONE, in_words=True), at + 1
    signed = at + 1 if token.low in _MINUS and at + 1 < len(tokens) else at
    for reader in (open_count, dozens, _share_of_scale, _fraction, _cardinal):
        read = reader(tokens, signed)
        if read is not None:
            value = -read.value if signed > at else read.value
            is_open = reader is open_count
            start, end = tokens[at].start, tokens[read.after - 1].end
            numeral = Numeral(start, end, value, read.step, read.scaled, is_open, read.fraction, in_words=True)
            return numeral, read.after
    return None


@lru_cache(maxsize=65_536)
def _may_go_on(word: str) -> bool:
    """Whether a word behind a small number could make it another: "four hundred", "four fifths", "four dozen"."""
    if word in ("and", "point") or "-" in word or "–" in word:
        return True
    return word in DENOMINATORS or word in DOZENS or bool(pieces(word))


def _share_of_scale(tokens: Sequence[Token], at: int) -> Read | None:
    """half a million; a quarter of a million; three quarters of a billion; quarter million."""
    share = fraction(tokens, at)
    if share is None:
        return None
    after = share.after
    while low(tokens, after) in ("a", "an", "of"):
        after += 1
    power = WORD_SCALES.get(low(tokens, after), 0)
    if not power or after - share.after > 2:
        return None
    return Read(share.value * Decimal(10) ** power, Decimal(10) ** (power - 1), True, after + 1)


def _fraction(tokens: Sequence[Token], at: int) -> Read | None:
    """a third; two thirds; half (not "the third quarter", "a third person", "a quarter century")."""
    if tokens[at].low == "quarter":
        return None
    read = fraction(tokens, at)
    if read is None or (low(tokens, read.after) in ("a", "an", "of") and low(tokens, read.after + 1) in WORD_SCALES):
        return None
    following = low(tokens, read.after)
    if following in _NO_SHARE or following in ("-", *DOZENS):
        return None
    if low(tokens, at - 1) in _PARTS_IN_ORDER:
        return None
    if low(tokens, at - 1) in _BEFORE_NO_SHARE and following not in ("of", "all"):
        return None
    return read


def _cardinal(tokens: Sequence[Token], at: int) -> Read | None:
    """twenty-one; one hundred and five; a million; two and a half million; two point five; one over three."""
    read = cardinal(tokens, at, joins=low(tokens, at - 1) != "between")
    return None if read is None else with_tail(tokens, read)
