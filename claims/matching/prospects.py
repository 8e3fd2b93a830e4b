"""Which candidates are worth reading their sentence for: told from words alone, before anything is read.

Enough of a claim must be said (`nearness`). One with figures needs a figure in the sentence, or a word that may deny
it; of one without, the sentence and its context must hold some weight, and rules or weights something to go by. So few
claims' readings are fetched and few sentences read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache
from itertools import chain
from typing import NamedTuple

from claims.matching.concepts import Sayings, said_of
from claims.matching.hearing import Hearing
from claims.matching.index_terms import codes, weight_in
from claims.matching.nearness import may_stay_open, moves, says_enough
from claims.matching.numbers import may_count
from claims.matching.policy import Policy
from claims.matching.statements import Statement

_COMPARES = re.compile(r"\bthan\b", re.IGNORECASE)
"""What may tell of a rise or a fall without a word for it: "fewer men than women"."""
_RESTATED_WITHIN = 3
"""Times the terms of a claim that a sentence may have which says it over again; a word may give two terms."""


class Brief(NamedTuple):
    """What of a claim tells whether a sentence is worth reading for it: its text and its statement's terms and aliases.

    `may_have_figures` is false only where the statement surely holds none.
    """

    text: str
    terms: tuple[str, ...]
    may_have_figures: bool
    aliases: tuple[str, ...] = ()

    @classmethod
    def of(cls, claim: Statement) -> Brief:
        return cls.of_text(claim.text, claim.terms, claim.aliases, unwritten_figures=_has_figures(claim))

    @classmethod
    def of_text(
        cls, text: str, terms: tuple[str, ...], aliases: tuple[str, ...] = (), *, unwritten_figures: bool
    ) -> Brief:
        """Without the statement; `unwritten_figures`: it may hold some that the text does not write."""
        return cls(text, terms, unwritten_figures or may_count(text, 0, len(text)), aliases)


class Heard:
    """What is known of a sentence and its context before they are read, as far as it was asked for.

    `said` are the index's terms of each as numbers.
    """

    def __init__(self, sentence: Hearing, context: Iterable[Hearing], said: Iterable[Iterable[int]]) -> None:
        self.sentence = sentence
        self._context = context
        self._said = said

    @cached_property
    def codes(self) -> frozenset[int]:
        return frozenset(chain.from_iterable(self._said))

    @cached_property
    def _around(self) -> list[Sayings]:
        return [self.sentence.sayings, *(other.sayings for other in self._context)]

    def around(self) -> list[Sayings]:
        """What the sentence and each of its context speak of: at least what their statements will."""
        return self._around

    @property
    def tells(self) -> bool:
        """Whether it may hold a figure, or deny one."""
        return self.sentence.counts or self.sentence.denies


def may_be_worth_reading(claim: Brief, heard: Heard, policy: Policy) -> bool:
    """Whether `is_worth_reading` and `compare` could say anything, told without the claim's reading either."""
    if not (claim.may_have_figures and heard.tells):
        return _as_words(claim, heard, policy)
    return says_enough(claim.terms, heard.sentence.sayings, heard.around, has_figures=True, policy=policy)


def is_worth_reading(claim: Statement, heard: Heard, policy: Policy) -> bool:
    return heard.tells if _has_figures(claim) else _as_words(claim, heard, policy)


def _as_words(claim: Brief | Statement, heard: Heard, policy: Policy) -> bool:
    return (
        says_enough(claim.terms, heard.sentence.sayings, heard.around, has_figures=False, policy=policy)
        and (_COMPARES.search(claim.text) is not None or _may_be_told(claim.terms, claim.aliases, heard, policy))
        and _has_weight(claim.text, heard, policy)
    )


def _may_be_told(terms: tuple[str, ...], aliases: tuple[str, ...], heard: Heard, policy: Policy) -> bool:
    """Of a claim without figures: whether words can be weighed or shown for what they leave open, or rules speak, which
    take a move, a denial, or a sentence that is the claim but for one thing."""
    said = heard.sentence.sayings
    if moves(terms) or len(said.terms) <= _RESTATED_WITHIN * len(terms):
        return True
    shared, covered = said_of(terms, said)
    if shared >= policy.denied_restated * len(terms) and heard.sentence.denies:
        return True
    repeats = shared >= policy.open_said * len(terms) or covered >= policy.weighed_said
    return repeats and may_stay_open(terms, aliases, said, policy)


def _has_figures(claim: Statement) -> bool:
    return any(row.figure is not None for row in claim.slots)


def _has_weight(text: str, heard: Heard, policy: Policy) -> bool:
    wanted = _codes(text)
    return _weight(code for code in wanted if code in heard.codes) >= policy.plain_weight * _weight(wanted)


def _weight(listed: Iterable[int]) -> int:
    return sum(map(weight_in, listed))


@lru_cache(maxsize=4_096)
def _codes(text: str) -> tuple[int, ...]:
    return tuple(codes(text))
