"""Units of measure and rates: how they are written and how they convert.

Factors come from `resources/units.json` (SI brochure, NIST SP 811). Everything is Decimal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from claims.matching.resources import phrases, table
from claims.matching.text import Token, singular

PERCENT = "percent"
PERCENTAGE_POINT = "percentage_point"
BASIS_POINT = "basis_point"
_FAHRENHEIT = "degree Fahrenheit"


class Measure(NamedTuple):
    dimension: str
    factor: Decimal


Phrases = dict[str, list[tuple[tuple[str, ...], str]]]


def phrase_table(entries: Iterable[tuple[str, str]]) -> Phrases:
    """Phrases by their first word, longest first, each with the name it stands for."""
    by_first: Phrases = {}
    for phrase, name in entries:
        parts = tuple(phrase.split())
        by_first.setdefault(parts[0], []).append((parts, name))
    for listed in by_first.values():
        listed.sort(key=lambda entry: -len(entry[0]))
    return by_first


def longest_phrase(known: Phrases, tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """The name of the longest phrase that begins at a token, and the index of the token after it."""
    listed = known.get(tokens[at].low) if at < len(tokens) else None
    if listed is None:
        return None
    for parts, name in listed:
        if len(parts) == 1 or tuple(token.low for token in tokens[at : at + len(parts)]) == parts:
            return name, at + len(parts)
    return None


@cache
def _measures() -> dict[str, Measure]:
    return {
        name: Measure(dimension, Decimal(listed[0]))
        for dimension, content in table("units")["dimensions"].items()
        for name, listed in content["units"].items()
    }


@cache
def _spellings() -> Phrases:
    units = table("units")
    entries = [
        (_as_tokens(spelling), name)
        for content in units["dimensions"].values()
        for name, listed in content["units"].items()
        for spelling in phrases(listed[1])
    ]
    for name in (PERCENT, PERCENTAGE_POINT, BASIS_POINT):
        entries += [(_as_tokens(spelling), name) for spelling in phrases(units[name])]
    return phrase_table(entries)


@cache
def _signs() -> dict[str, str]:
    """Signs whose case tells them apart: W, Mb, PS."""
    units = table("units")["dimensions"].values()
    return {
        sign: name
        for content in units
        for name, listed in content["units"].items()
        for sign in phrases(listed[2] if len(listed) > 2 else "")
    }


def _as_tokens(spelling: str) -> str:
    """A spelling with its signs apart, the way the tokenizer cuts it: "km / h", "° c"."""
    return spelling.replace("/", " / ").replace("°", "° ").strip()


def _denominator(phrase: str, names: dict[str, str]) -> str:
    word = phrase.rsplit(maxsplit=1)[-1].removeprefix("a-")
    for lead in ("square", "cubic"):
        if lead in phrase.split():
            return f"{lead} {names.get(word, word)}"
    return names.get(word, word)


@cache
def _rate_spellings() -> Phrases:
    units = table("units")
    names = {word: name for name, listed in units["rate_names"].items() for word in phrases(listed)}
    return phrase_table((phrase, _denominator(phrase, names)) for phrase in phrases(units["rates"]))


def unit_at(tokens: Sequence[Token], at: int, *, signs: bool = True) -> tuple[str, int] | None:
    """The unit of measure or per cent written at a token, with the index after it; "km/h" as "kilometre per hour".

    `signs`: whether signs of one or two letters (W, g, Mb) may stand there.
    """
    found = _single_unit(tokens, at, signs=signs)
    if found is None or found[1] + 1 >= len(tokens) or tokens[found[1]].text != "/":
        return found
    below = _single_unit(tokens, found[1] + 1, signs=True)
    return (f"{found[0]} per {below[0]}", below[1]) if below is not None else found


def _single_unit(tokens: Sequence[Token], at: int, *, signs: bool) -> tuple[str, int] | None:
    found = longest_phrase(_spellings(), tokens, at)
    if signs and at < len(tokens) and (found is None or found[1] == at + 1):
        sign = _signs().get(tokens[at].text)
        if sign is not None:
            return sign, at + 1
    return found


def unit_named(word: str) -> str | None:
    """The unit a single word names, as in "three-mile"."""
    return next((name for parts, name in _spellings().get(word, ()) if len(parts) == 1), None)


def rate_at(tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """The denominator of a rate written at a token ("a day", "per person", "-a-share"), with the index after it."""
    found = longest_phrase(_rate_spellings(), tokens, at)
    if found is not None:
        return found
    is_per = at + 1 < len(tokens) and tokens[at].low == "per" and tokens[at + 1].is_word
    if not is_per or tokens[at + 1].low in ("cent", "se", "day", "capita"):
        return None
    return singular(tokens[at + 1].low), at + 2


def dimension_of(unit: str) -> str | None:
    """ "length" for "mile"; None for counted things, money and per cent."""
    measure = _measures().get(unit)
    return None if measure is None else measure.dimension


def in_base(value: Decimal, unit: str) -> Decimal:
    """A value in its dimension's base unit; temperatures in degrees Celsius."""
    if unit == _FAHRENHEIT:
        return (value - 32) * 5 / 9
    return value * _measures()[unit].factor


def width_in_base(width: Decimal, unit: str) -> Decimal:
    """A difference in the base unit: for temperatures without the offset."""
    return width * 5 / 9 if unit == _FAHRENHEIT else width * _measures()[unit].factor
