"""What stands behind a figure as its unit: a measure, an age, per cent, money, points, multiples."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from claims.matching.counted import Sheet
from claims.matching.currencies import currency_at, currency_named, millions_at, subunit_at
from claims.matching.number_words import MULTIPLES, Numeral
from claims.matching.resources import words
from claims.matching.text import Token
from claims.matching.types import Kind
from claims.matching.unit_contexts import BEING, is_in_percentage_points, is_mass, is_said_of_person, leads_noun
from claims.matching.units import BASIS_POINT, PERCENT, PERCENTAGE_POINT, dimension_of, unit_at, unit_named

TIME = "time"
_SHARES = (PERCENT, PERCENTAGE_POINT, BASIS_POINT)
_AGE_LEADS = frozenset({"aged", "age", "ages"})
OLDEST = 130
"""Years; a larger figure behind "aged" is no age."""
_ROUGHLY = frozenset({"about", "around", "of", "just", "least", "at", "over", "under"})
_BEFORE_AGE = _AGE_LEADS | BEING | _ROUGHLY | {","}
_POINTS = frozenset({"point", "points"})
_BRACKETS = {"(": ")", "[": "]", "{": "}", "<": ">"}
_INCHES = frozenset({"thick", "long", "wide", "tall", "high", "deep", "diameter", "across"})
_QUOTES = {'"': "inch", "″": "inch", "”": "inch", "'": "foot", "′": "foot", "’": "foot"}
_DEGREES = {"F": "degree Fahrenheit", "C": "degree Celsius"}
_MARKS = frozenset(_QUOTES) | {"x", "×", "f", "c", "g", "in"}
_HEAT_WORDS = words("heat_words")
_LAST_GENERATION = 7


class Unit(NamedTuple):
    """`after`: the index of the token behind the unit; `factor`: by which the unit's writing scales the figure."""

    name: str
    after: int
    kind: Kind
    factor: Decimal = Decimal(1)

    @property
    def is_scale(self) -> bool:
        """Only a word such as "grand" that scales the figure."""
        return not self.name and self.factor != 1

    def after_end(self, sheet: Sheet) -> int:
        """The offset where the unit's writing ends."""
        return sheet.tokens[self.after - 1].end if self.after else 0


def unit_after(sheet: Sheet, first: int, at: int, numeral: Numeral) -> Unit:
    """The unit of a numeral whose tokens are `first` to `at`; an empty name for a bare count or share."""
    for reader in (_inside_word, _age, _mark, _rated, _measure, _bracketed, _money, _points):
        found = reader(sheet, first, at, numeral)
        if found is not None:
            return found
    return Unit("", at, Kind.RATIO if numeral.fraction else Kind.COUNT)


def unit_inside(word: str) -> str | None:
    """The unit in a compound such as "six-mile", "five-year-old" or "ten-fold" behind its number."""
    return TIME if word == "fold" else unit_named(word)


def _inside_word(sheet: Sheet, first: int, at: int, numeral: Numeral) -> Unit | None:
    token = sheet.tokens[at - 1] if at else None
    if token is None:
        return None
    if not numeral.in_words:
        return _behind_scale(token, at, numeral)
    if token.low in MULTIPLES and token.start == numeral.start:
        return Unit(TIME, at, Kind.MEASURE)
    if token.start > numeral.start or token.end == numeral.end:
        return None
    rest = token.low[numeral.end - token.start :].lstrip("-–")
    return None if rest == "odd" else _compounded(rest, at)


def _compounded(word: str, at: int) -> Unit:
    unit, money = unit_inside(word), currency_named(word)
    if unit is not None:
        return Unit(unit, at, Kind.PERCENT if unit in _SHARES else Kind.MEASURE)
    return Unit(money, at, Kind.MONEY) if money is not None else Unit(word, at, Kind.COUNT)


def _behind_scale(token: Token, at: int, numeral: Numeral) -> Unit | None:
    """ "100万元", "2 million-dollar", "3 million-tonne": the unit stands in the word that began with the scale."""
    if token.end <= numeral.end:
        return None
    word = token.low[numeral.end - token.start :]
    found = _compounded(word.lstrip("-–"), at)
    return found if found.kind is not Kind.COUNT else None


def _rated(sheet: Sheet, first: int, at: int, numeral: Numeral) -> Unit | None:
    """ "12-cent-a-share" """
    place = _past_hyphen(sheet.tokens, at, numeral)
    token = sheet.tokens[place] if place < len(sheet.tokens) else None
    unit, _, rate = token.low.partition("-a-") if token is not None and "-a-" in token.low else ("", "", "")
    if not unit or not rate:
        return None
    money = currency_named(unit)
    named = money or unit_named(unit)
    return None if named is None else Unit(f"{named} per {rate}", place + 1, Kind.RATE)


def _age(sheet: Sheet, first: int, at: int, numeral: Numeral) -> Unit | None:
    """ "aged 87", "the age of five", "children under the age of 5 years"."""
    if first == 0 or sheet.tokens[first - 1].low not in _BEFORE_AGE:
        return None
    if (
        numeral.fraction
        or numeral.scaled
        or not 0 < numeral.value < OLDEST
        or "." in sheet.text[numeral.start : numeral.end]
    ):
        return None
    before = [token.low for token in sheet.tokens[max(0, first - 5) : first]]
    if is_said_of_person(sheet.tokens, first, at, before):
        return Unit("year of age", at, Kind.MEASURE)
    while before and before[-1] in _ROUGHLY:
        before.pop()
    if not before or before[-1] not in _AGE_LEADS:
        return None
    unit = unit_at(sheet.tokens, at, signs=False)
    if unit is None:
        return Unit("year of age", at, Kind.MEASURE)
    named = f"{unit[0]} of age"
    return Unit(named, unit[1], Kind.MEASURE) if dimension_of(named) is not None else None


def _mark(sheet: Sheet, first: int, at: int, numeral: Numeral) -> Unit | None:
    """Signs of inches and feet, directly behind the figure and not closing a quotation; 5G."""
    token = sheet.tokens[at] if at < len(sheet.tokens) else None
    if token is None or token.low not in _MARKS or token.start - numeral.end > 1 or numeral.in_words:
        return None
    if token.text in _QUOTES:
        is_attached = token.start == numeral.end or token.text == "″"
        is_open = sum(other.text in (token.text, "“", "‘") for other in sheet.tokens[max(0, at - 60) : at]) % 2
        follows = sheet.tokens[at + 1].low if at + 1 < len(sheet.tokens) else ""
        is_size = (is_attached or follows in _INCHES) and not is_open
        return Unit(_QUOTES[token.text], at + 1, Kind.MEASURE) if is_size else None
    if token.text in ("x", "×") and token.start == numeral.end:
        return Unit(TIME, at + 1, Kind.MEASURE)
    if token.text in _DEGREES:
        near = {other.low for other in sheet.tokens[max(0, at - 20) : at + 10]}
        return Unit(_DEGREES[token.text], at + 1, Kind.MEASURE) if near & _HEAT_WORDS else None
    if token.text == "G" and token.start == numeral.end and 1 < numeral.value <= _LAST_GENERATION:
        return Unit("generation of network", at + 1, Kind.MEASURE)
    is_inch = token.low == "in" and (_follows_inch(sheet.tokens, at) or _behind_feet(sheet.tokens, first))
    return Unit("inch", at + 1, Kind.MEASURE) if is_inch else None


def _behind_feet(listed: Sequence[Token], first: int) -> bool:
    return first > 1 and listed[first - 1].low in ("ft", "feet", "foot") and listed[first - 2].text[0].isdigit()


def _follows_inch(listed: Sequence[Token], at: int) -> bool:
    return at + 1 < len(listed) and listed[at + 1].low in _INCHES


def _measure(sheet: Sheet, first: int, at: int, numeral: Numeral) -> Unit | None:
    place = _past_hyphen(sheet.tokens, at, numeral)
    if numeral.in_words and place < len(sheet.tokens) and len(sheet.tokens[place].text) == 2:
        return None
    found = unit_at(sheet.tokens, place, signs=not numeral.in_words)
    if found is None or _is_noun_use(sheet, place, found, numeral):
        return None
    kind = Kind.PERCENT if found[0] in _SHARES else Kind.MEASURE
    if " per " in found[0] and dimension_of(found[0]) is None:
        kind = Kind.RATE
    return Unit(found[0], found[1], kind)


def _past_hyphen(listed: Sequence[Token], at: int, numeral: Numeral) -> int:
    """Behind "-" in "5-year", and in "28 - year - old", as some wires space it."""
    if at + 1 >= len(listed) or listed[at].text not in ("-", "–"):
        return at
    return at + 1 if listed[at].start == numeral.end or listed[at + 1].low in ("year", "month") else at


def _is_noun_use(sheet: Sheet, at: int, found: tuple[str, int], numeral: Numeral) -> bool:
    """Whether what looks like a unit is another word, such as the initial in "23456 F Block"."""
    token = sheet.tokens[at]
    if found[1] > at + 1:
        return False
    attached = token.start <= numeral.end
    if token.low == "stone":
        return sheet.tokens[at - 1].text != "-" and leads_noun(sheet.tokens, at)
    if len(token.text) == 1 and token.text.isupper():
        return not attached and token.text not in ("W", "V", "L", "M")
    return (
        len(token.text) == 1 and token.text.isalpha() and not attached and token.text not in ("g", "m", "l", "t", "b")
    )


def _bracketed(sheet: Sheet, first: int, at: int, numeral: Numeral) -> Unit | None:
    """ "20 (kg)" """
    opening = sheet.tokens[at].text if at < len(sheet.tokens) else ""
    if opening not in _BRACKETS:
        return None
    found = unit_at(sheet.tokens, at + 1)
    closed = found is not None and found[1] < len(sheet.tokens) and sheet.tokens[found[1]].text == _BRACKETS[opening]
    return Unit(found[0], found[1] + 1, Kind.MEASURE) if found is not None and closed else None


def _money(sheet: Sheet, first: int, at: int, numeral: Numeral) -> Unit | None:
    place = _past_hyphen(sheet.tokens, at, numeral)
    if numeral.open and place < len(sheet.tokens) and sheet.tokens[place].low == "of":
        place += 1
    millions = millions_at(sheet.tokens, at)
    if millions is not None:
        return Unit(millions, at + 1, Kind.MONEY, Decimal(1_000_000))
    if place < len(sheet.tokens) and sheet.tokens[place].text == "p" and sheet.tokens[place].start == numeral.end:
        return Unit("penny", place + 1, Kind.MONEY)
    small = subunit_at(sheet.tokens, place)
    if small is not None and not (sheet.tokens[place].is_capital and not sheet.tokens[place].text.isupper()):
        return Unit(small[0], small[1], Kind.MONEY)
    found = currency_at(sheet.tokens, place, numeral.value)
    named_pounds = place < len(sheet.tokens) and sheet.tokens[place].low in ("pound", "pounds")
    if named_pounds and (found is None or (found[1] == place + 1 and is_mass(sheet.tokens, place, numeral))):
        return Unit("pound (mass)", place + 1, Kind.MEASURE)
    if found is None:
        return _grand(sheet, place)
    after, factor = found[1], Decimal(1)
    if after < len(sheet.tokens) and not numeral.scaled and sheet.tokens[after].low in ("million", "billion"):
        factor, after = Decimal(10) ** (6 if sheet.tokens[after].low == "million" else 9), after + 1
    return Unit(found[0], after, Kind.MONEY, factor)


def _grand(sheet: Sheet, at: int) -> Unit | None:
    """ "5 grand" are 5,000; grand pianos are pianos."""
    if at >= len(sheet.tokens) or sheet.tokens[at].text != "grand" or leads_noun(sheet.tokens, at):
        return None
    return Unit("", at + 1, Kind.COUNT, Decimal(1_000))


def _points(sheet: Sheet, first: int, at: int, numeral: Numeral) -> Unit | None:
    """Points of an index or a game; percentage points where the sentence speaks of shares, rates or polls."""
    place = _past_hyphen(sheet.tokens, at, numeral)
    token = sheet.tokens[place] if place < len(sheet.tokens) else None
    if token is None or token.low not in _POINTS or token.start - numeral.end > 2:
        return None
    if is_in_percentage_points(sheet.tokens, place, at, numeral):
        return Unit(PERCENTAGE_POINT, place + 1, Kind.PERCENT)
    return Unit("point", place + 1, Kind.MEASURE)
