"""Reading a text: its quantities, periods and, for each thing it says, one row of slots.

Rows come from word order and closed word classes, not from a parser: what is not found stays empty, never guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Date
from datetime import datetime
from itertools import chain
from typing import NamedTuple

from claims.matching.attribution import attribution, cues, manner
from claims.matching.counted import Figure, Sheet
from claims.matching.doubts import doubts_of
from claims.matching.grammar import clauses
from claims.matching.measures import Sentence
from claims.matching.names import Name, canonical, find_names
from claims.matching.periods import find_periods
from claims.matching.quantities import figures
from claims.matching.rows import content_term, moves_of, rows_of, token_terms
from claims.matching.statements import Polarity, Said, Slots, Statement
from claims.matching.text import sentence_spans, tokens
from claims.matching.types import Period, Quantity, Span
from claims.matching.whereabouts import whereabouts


def read(text: str, *, date: Date | None = None, language: str | None = None, aliases: Sequence[str] = ()) -> Statement:
    """The reading of a text; `date` is the day it was said or published, `language` a BCP 47 tag (None: English).

    A text in a language the engine does not read gives a statement without slots.
    """
    day = date.date() if isinstance(date, datetime) else date
    spoken = language or "en"
    if spoken.split("-")[0].lower() != "en":
        return Statement(text, spoken, day, aliases=tuple(aliases))
    quantities: list[Quantity] = []
    periods: list[Period] = []
    rows: list[Slots] = []
    names: dict[str, None] = {}
    terms: dict[str, None] = {}
    sentences: list[Said] = []
    speaker = None
    for span in sentence_spans(text):
        sentence = _sentence(text, span, day)
        rows += rows_of(sentence, len(quantities), len(periods))
        quantities += [figure.quantity for figure in sentence.figures]
        periods += sentence.periods
        names |= dict.fromkeys(name.entity for name in sentence.names)
        said = dict.fromkeys(filter(None, sentence.terms))
        sentences.append(Said(span.start, span.end, tuple(said), _cues(text, sentence), moves_of(sentence)))
        terms |= said
        speaker = speaker or attribution(sentence.sheet.tokens)
    return Statement(
        text,
        spoken,
        day,
        tuple(quantities),
        tuple(periods),
        tuple(rows),
        any(row.polarity is Polarity.DENIED for row in rows),
        speaker,
        tuple(aliases),
        tuple(names),
        tuple(terms),
        tuple(sentences),
    )


def setting_of(text: str, *, date: Date | None = None) -> Statement:
    """What an English text lends to sentences after it: the names, periods and terms of its reading, and no more."""
    heard = [_heard(text, span, date) for span in sentence_spans(text)]
    return Statement(
        text,
        "en",
        date,
        periods=tuple(chain.from_iterable(one.periods for one in heard)),
        names=tuple(dict.fromkeys(name.entity for one in heard for name in one.names)),
        terms=tuple(dict.fromkeys(filter(None, chain.from_iterable(one.terms for one in heard)))),
    )


def _cues(text: str, sentence: Sentence) -> tuple[str, ...]:
    doubts = doubts_of(sentence.sheet.span.of(text))
    return (*cues(sentence.sheet.tokens), *doubts, *whereabouts(sentence))


class _Heard(NamedTuple):
    """What stands in a sentence: figures, periods, names, and the term of each token."""

    sheet: Sheet
    figures: list[Figure]
    periods: list[Period]
    names: list[Name]
    terms: list[str]


def _heard(text: str, span: Span, day: Date | None) -> _Heard:
    listed = tokens(text, span.start, span.end)
    dates = find_periods(text, span.start, span.end, day)
    found, sheet = figures(text, span, listed, dates.masks)
    names = find_names(listed, sheet.blocked)
    return _Heard(sheet, found, dates.periods, names, token_terms(listed, names, sheet.blocked))


def _sentence(text: str, span: Span, day: Date | None) -> Sentence:
    sheet, found, periods, names, terms = _heard(text, span, day)
    told = manner(sheet.tokens)
    counted = {index for figure in found for index in range(figure.first, figure.after)}
    skipped = sheet.blocked | counted | told.tail
    return Sentence(sheet, found, periods, names, clauses(sheet.tokens, sheet.blocked), told, skipped, terms)


def terms_of(text: str) -> tuple[str, ...]:
    """The content words of a text in canonical form, without reading it: at least the `terms` of its statement."""
    found: dict[str, None] = {}
    for span in sentence_spans(text):
        listed = tokens(text, span.start, span.end)
        found |= dict.fromkeys(content_term(token.low) for token in listed)
        found |= dict.fromkeys(token_terms(listed, find_names(listed), frozenset()))
    return tuple(filter(None, found))


def accepted_names(aliases: Sequence[str]) -> list[frozenset[str]]:
    """Each alias as the set of names it makes equal; a plain alias is a set of one: another name of its claim."""
    return [
        frozenset(canonical(part.strip()) for part in alias.split("=") if part.strip())
        for alias in aliases
        if alias.strip()
    ]
