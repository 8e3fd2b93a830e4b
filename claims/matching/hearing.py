"""Taking in an English text step by step, each only when asked for: its words, what stands in it, what it says.

Most sentences of a stream are dropped after their words, most others after their figures; few are read to the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date as Date
from datetime import datetime
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from claims.matching.attribution import DENIALS, attribution, cues, manner
from claims.matching.concepts import Sayings, sayings_of
from claims.matching.counted import Figure, Sheet
from claims.matching.doubts import doubts_of
from claims.matching.grammar import clauses
from claims.matching.measures import Sentence
from claims.matching.names import Name, entities_in, find_names
from claims.matching.numbers import may_count
from claims.matching.periods import find_periods
from claims.matching.quantities import figures
from claims.matching.rows import content_term, moves_of, rows_of, token_terms
from claims.matching.statements import Polarity, Said, Slots, Statement
from claims.matching.text import Token, sentence_spans, tokens
from claims.matching.types import Period, Quantity, Span
from claims.matching.whereabouts import whereabouts


class _Heard(NamedTuple):
    """What stands in a sentence: figures, periods, names, and the term of each token."""

    sheet: Sheet
    figures: list[Figure]
    periods: list[Period]
    names: list[Name]
    terms: list[str]


class Hearing:
    """A text, and of it as much as was asked for; `date` is the day it was said or published.

    `aliases` and `language`, some kind of English, only go into the reading.
    """

    def __init__(self, text: str, date: Date | None, aliases: Sequence[str] = (), language: str = "en") -> None:
        self._text = text
        self._date = date.date() if isinstance(date, datetime) else date
        self._aliases = tuple(aliases)
        self._language = language

    @cached_property
    def _words(self) -> list[tuple[Span, list[Token]]]:
        return [(span, tokens(self._text, span.start, span.end)) for span in sentence_spans(self._text)]

    @cached_property
    def _heard(self) -> list[_Heard]:
        return [self._heard_in(span, listed) for span, listed in self._words]

    @cached_property
    def counts(self) -> bool:
        """Whether a numeral may stand in it."""
        return may_count(self._text, 0, len(self._text))

    @cached_property
    def denies(self) -> bool:
        """Whether a word stands in it that may deny something."""
        lows = [token.low for _, listed in self._words for token in listed]
        return any(low in DENIALS or low.endswith("n't") for low in lows)

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """The content words in canonical form, told from words alone: at least the `terms` of the reading."""
        found: dict[str, None] = {}
        for _, listed in self._words:
            found |= dict.fromkeys([content_term(token.low) for token in listed])
            found |= dict.fromkeys(entities_in(listed))
        return tuple(filter(None, found))

    @cached_property
    def sayings(self) -> Sayings:
        """What its words speak of."""
        return sayings_of(self.terms)

    @cached_property
    def setting(self) -> Statement:
        """What the text lends to sentences after it: names, figures, periods and terms of its reading, no more."""
        return Statement(
            self._text,
            self._language,
            self._date,
            tuple(figure.quantity for one in self._heard for figure in one.figures),
            tuple(chain.from_iterable(one.periods for one in self._heard)),
            names=_distinct(name.entity for one in self._heard for name in one.names),
            terms=_distinct(filter(None, chain.from_iterable(one.terms for one in self._heard))),
        )

    @cached_property
    def reading(self) -> Statement:
        """All of it: its figures and periods and, for each thing it says, one row of slots."""
        quantities: list[Quantity] = []
        periods: list[Period] = []
        rows: list[Slots] = []
        sentences: list[Said] = []
        speaker = None
        for heard in self._heard:
            sentence = _sentence(heard)
            rows += rows_of(sentence, len(quantities), len(periods))
            quantities += [figure.quantity for figure in heard.figures]
            periods += heard.periods
            sentences.append(self._said(sentence))
            speaker = speaker or attribution(heard.sheet.tokens)
        return Statement(
            self._text,
            self._language,
            self._date,
            tuple(quantities),
            tuple(periods),
            tuple(rows),
            any(row.polarity is Polarity.DENIED for row in rows),
            speaker,
            self._aliases,
            self.setting.names,
            self.setting.terms,
            tuple(sentences),
        )

    def _heard_in(self, span: Span, listed: list[Token]) -> _Heard:
        dates = find_periods(self._text, span.start, span.end, self._date)
        found, sheet = figures(self._text, span, listed, dates.masks)
        names = find_names(listed, sheet.blocked)
        return _Heard(sheet, found, dates.periods, names, token_terms(listed, names, sheet.blocked))

    def _said(self, sentence: Sentence) -> Said:
        span, listed = sentence.sheet.span, sentence.sheet.tokens
        heard = (*cues(listed), *doubts_of(span.of(self._text)), *whereabouts(sentence))
        return Said(span.start, span.end, _distinct(filter(None, sentence.terms)), heard, moves_of(sentence))


def _sentence(heard: _Heard) -> Sentence:
    sheet, found = heard.sheet, heard.figures
    told = manner(sheet.tokens)
    counted = {index for figure in found for index in range(figure.first, figure.after)}
    skipped = sheet.blocked | counted | told.tail
    parts = clauses(sheet.tokens, sheet.blocked)
    return Sentence(sheet, found, heard.periods, heard.names, parts, told, skipped, heard.terms)


def _distinct(listed: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(listed))
