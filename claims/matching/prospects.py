"""Which candidates are worth reading their sentence for: told from words alone, before anything is read.

Enough of a claim must be said (`nearness`). One with figures needs a figure in the sentence, or a word that may deny
it; of one without, the sentence and its context must hold some weight. What is passed over could at most have been
called another scope. Few candidates are left, so that few claims' readings are fetched and few sentences read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from claims.matching.attribution import DENIALS
from claims.matching.concepts import Sayings
from claims.matching.index_terms import codes, weight_in
from claims.matching.nearness import may_stay_open, moves, says_enough
from claims.matching.numbers import may_count
from claims.matching.policy import Policy
from claims.matching.statements import Statement

_DENIAL = re.compile(rf"n['’]t\b|\b(?:{'|'.join(sorted(map(re.escape, DENIALS)))})\b", re.IGNORECASE)

_RESTATED_WITHIN = 3
"""Times the terms of a claim that a sentence may have which says it over again; a word may give two terms."""


class Brief(NamedTuple):
    """What of a claim tells whether a sentence is worth reading for it: its text, and the terms of its statement.

    `may_have_figures` is false only where the statement surely holds none.
    """

    text: str
    terms: tuple[str, ...]
    may_have_figures: bool

    @classmethod
    def of(cls, claim: Statement) -> Brief:
        return cls.of_text(claim.text, claim.terms, unwritten_figures=_has_figures(claim))

    @classmethod
    def of_text(cls, text: str, terms: tuple[str, ...], *, unwritten_figures: bool) -> Brief:
        """Without the statement; `unwritten_figures`: it may hold some that the text does not write."""
        return cls(text, terms, unwritten_figures or may_count(text, 0, len(text)))


@dataclass(frozen=True, slots=True)
class Heard:
    """What is known of a sentence before it is read.

    `counts`: a numeral stands in it; `denies`: a denial does. `codes` are the index's terms of the sentence and its
    context as numbers; `said` and, with its context, `around` hold at least the terms their statements will have.
    """

    counts: bool
    denies: bool
    codes: frozenset[int]
    said: Sayings
    around: Sayings

    @classmethod
    def of(cls, sentence: str, codes: frozenset[int], said: Sayings, around: Sayings) -> Heard:
        counts, denies = may_count(sentence, 0, len(sentence)), _DENIAL.search(sentence) is not None
        return cls(counts, denies, codes, said, around)


def may_be_worth_reading(claim: Brief, heard: Heard, policy: Policy) -> bool:
    """Whether `is_worth_reading` and `compare` could say anything, told without the claim's reading either."""
    as_figures = claim.may_have_figures and (heard.counts or heard.denies)
    if not says_enough(claim.terms, heard.said, heard.around, has_figures=as_figures, policy=policy):
        return False
    return as_figures or (_may_be_told(claim.terms, heard, policy) and _has_weight(claim.text, heard, policy))


def _may_be_told(terms: tuple[str, ...], heard: Heard, policy: Policy) -> bool:
    """Of a claim without figures: whether words can be weighed, or rules speak, which take a move or a denial, or a
    sentence that is the claim but for one thing."""
    if may_stay_open(terms, heard.said, policy) or moves(terms):
        return True
    return heard.denies or len(heard.said.terms) <= _RESTATED_WITHIN * len(terms)


def is_worth_reading(claim: Statement, heard: Heard, policy: Policy) -> bool:
    return heard.counts or heard.denies if _has_figures(claim) else _has_weight(claim.text, heard, policy)


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
