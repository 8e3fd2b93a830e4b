"""Units of measure and rates: how they are written and how they convert.

Factors come from `resources/units.json` (SI brochure, NIST SP 811). Everything is Decimal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from claims.matching.resources import phrases, table
from claims.matching.text import Token

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
    if at >= len(tokens):
        return None
    for parts, name in known.get(tokens[at].low, ()):
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


def _as_tokens(spelling: str) -> str:
    """A spelling with its signs apart, the way the tokenizer cuts it: "km / h", "° c"."""
    return spelling.replace("/", " / ").replace("°", "° ").strip()


@cache
def _rate_spellings() -> Phrases:
    units = table("units")
    names = {word: name for name, listed in units["rate_names"].items() for word in phrases(listed)}
    return phrase_table(
        (phrase, names.get(phrase.split()[-1], phrase.split()[-1])) for phrase in phrases(units["rates"])
    )


_SIGNS_ONLY_ATTACHED = frozenset({"m", "mb", "ft", "ha", "hz", "mg", "mm", "tb", "gb", "pp", "hr", "hrs", "pts"})


def unit_at(tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """The unit of measure or per cent written at a token, with the index after it."""
    return longest_phrase(_spellings(), tokens, at)


def rate_at(tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """The denominator of a rate written at a token ("a day", "per person"), with the index after it."""
    return longest_phrase(_rate_spellings(), tokens, at)


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
