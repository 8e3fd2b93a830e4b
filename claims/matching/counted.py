"""What a figure counts: the noun behind it, or that of the whole it is part of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from claims.matching.nouns import Phrase, is_closed, is_participle, is_partitive, noun_phrase, state_at, whole_of
from claims.matching.resources import words
from claims.matching.text import Token, singular
from claims.matching.types import Kind, Quantity, Span
from claims.matching.units import rate_at

EXACT_BELOW = Decimal(10_000)
"""A count below this in plain digits is exact."""
_PIECES = words("pieces")
_COUNT = Kind.COUNT
_MEASURED = (Kind.PERCENT, Kind.RATIO, Kind.MEASURE)
_NOT_COUNTED = frozenset({"odd", "plus", "something", "ish", "fold", "strong", "time", "year", "way"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity with the places slots are read from: token indexes of its numeral and of what follows its unit."""

    quantity: Quantity
    first: int
    after: int
    partitive: bool = False
    """A part of the things counted: "two of the ships"."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sentence ready to be read: its tokens, and the token indexes taken by figures and dates."""

    text: str
    span: Span
    tokens: list[Token]
    blocked: frozenset[int]


def rate_after(sheet: Sheet, at: int) -> tuple[str, int] | None:
    """The denominator at a token, unless it begins a date: "5.5% a month earlier" is no rate."""
    return None if at in sheet.blocked else rate_at(sheet.tokens, at)


def named(sheet: Sheet, figure: Figure) -> Figure:
    """A figure with the noun behind it: what it counts, or what it measures ("5 tonnes of rice")."""
    if figure.quantity.kind is _COUNT:
        if figure.quantity.unit:
            return replace(figure, quantity=replace(figure.quantity, item=figure.quantity.unit))
        named = _part_of_whole(sheet, figure) or _compound(sheet, figure) or _state(sheet, figure)
        return named or _counted(sheet, figure, _what_pieces_are_of(sheet, _past_of(sheet, figure.after)))
    if figure.quantity.kind in _MEASURED:
        return _measured(sheet, figure)
    return figure


def _measured(sheet: Sheet, figure: Figure) -> Figure:
    quantity, phrase = figure.quantity, _after_of(sheet, figure.after)
    if phrase is None:
        return figure
    rated = rate_after(sheet, phrase.end) if quantity.kind is Kind.MEASURE else None
    if rated is not None:
        quantity = replace(quantity, unit=f"{quantity.unit} per {rated[0]}", kind=Kind.RATE)
    return Figure(_of_item(quantity, quantity.unit, phrase.text), figure.first, figure.after)


def _of_item(quantity: Quantity, unit: str, item: str) -> Quantity:
    """The quantity with its unit and item; `replace` takes twice the time, and nearly every figure gets its noun."""
    start, end, surface, value = quantity.start, quantity.end, quantity.surface, quantity.value
    low, high, bound, kind = quantity.low, quantity.high, quantity.bound, quantity.kind
    return Quantity(start, end, surface, value, low, high, bound, unit, kind, item, quantity.change, quantity.step)


def _part_of_whole(sheet: Sheet, figure: Figure) -> Figure | None:
    """ "two of the ships" """
    if not is_partitive(sheet.tokens, figure.after):
        return None
    phrase = whole_of(sheet.tokens, figure.after, sheet.blocked)
    if phrase is None:
        return None
    head = phrase.text.rsplit(" ", 1)[-1].lower()
    unit = "person" if state_at(sheet.tokens, phrase.end - 1) else head
    quantity = replace(figure.quantity, unit=unit, item=phrase.text)
    return Figure(quantity, figure.first, phrase.end, partitive=True)


def _state(sheet: Sheet, figure: Figure) -> Figure | None:
    """ "10 dead" counts persons, unless a noun follows ("10 dead trees")."""
    state = state_at(sheet.tokens, figure.after)
    if state is None or noun_phrase(sheet.tokens, figure.after + 1, sheet.blocked) is not None:
        return None
    return Figure(replace(figure.quantity, unit="person", item=state), figure.first, figure.after + 1)


def _compound(sheet: Sheet, figure: Figure) -> Figure | None:
    """ "a 12-page report" counts pages; "50-odd", "40-something" do not."""
    hyphen, word = sheet.tokens[figure.after : figure.after + 1], sheet.tokens[figure.after + 1 : figure.after + 2]
    is_joined = hyphen and word and hyphen[0].text in ("-", "‑") and hyphen[0].start == figure.quantity.end
    if not is_joined or not word[0].is_word or word[0].start != hyphen[0].end or word[0].low in _NOT_COUNTED:
        return None
    if (
        not word[0].text.isalpha()
        or is_closed(word[0].low)
        or is_participle(word[0].low)
        or figure.after + 1 in sheet.blocked
    ):
        return None
    unit, end = singular(word[0].low), word[0].end
    surface = sheet.text[figure.quantity.start : end]
    quantity = replace(figure.quantity, unit=unit, item=unit, end=end, surface=surface)
    return Figure(quantity, figure.first, figure.after + 2)


def _what_pieces_are_of(sheet: Sheet, at: int) -> Phrase | None:
    """The noun phrase at a token; "pieces of protective clothing" counts the clothing."""
    phrase = noun_phrase(sheet.tokens, at, sheet.blocked)
    if phrase is None or phrase.text not in _PIECES:
        return phrase
    return _after_of(sheet, phrase.end) or phrase


def _past_of(sheet: Sheet, at: int) -> int:
    """ "millions of people", "one of the": the noun stands after "of" only for open counts and scales."""
    if at + 1 < len(sheet.tokens) and sheet.tokens[at].low == "of" and at and sheet.tokens[at - 1].low.endswith("s"):
        return at + 1
    return at


def _after_of(sheet: Sheet, at: int) -> Phrase | None:
    if at >= len(sheet.tokens) or sheet.tokens[at].low not in ("of", "the", "its", "their"):
        return None
    at += sheet.tokens[at].low == "of"
    while at < len(sheet.tokens) and sheet.tokens[at].low in (
        "the",
        "all",
        "its",
        "their",
        "these",
        "those",
        "a",
        "an",
        "his",
        "her",
        "our",
    ):
        at += 1
    return noun_phrase(sheet.tokens, at, sheet.blocked)


def _counted(sheet: Sheet, figure: Figure, phrase: Phrase | None) -> Figure:
    quantity = figure.quantity
    if phrase is None:
        rated = rate_after(sheet, figure.after)
        if rated is None:
            return figure
        end = sheet.tokens[rated[1] - 1].end
        return Figure(
            replace(
                quantity, unit=f"per {rated[0]}", kind=Kind.RATE, end=end, surface=sheet.text[quantity.start : end]
            ),
            figure.first,
            rated[1],
        )
    head = phrase.text.rsplit(" ", 1)[-1].lower()
    rated = rate_after(sheet, phrase.end)
    if rated is not None:
        return Figure(
            replace(quantity, unit=f"{head} per {rated[0]}", kind=Kind.RATE, item=phrase.text), figure.first, rated[1]
        )
    return Figure(_of_item(quantity, head, phrase.text), figure.first, phrase.end)
