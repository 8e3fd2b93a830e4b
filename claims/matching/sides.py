"""A row of the claim beside a row of the passage, and what surrounds the passage's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from claims.matching.statements import Slots, Statement


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A passage and its context together, worked out once for all rows of the passage.

    `terms` and `names` are the content words and the entities of both.
    """

    context: tuple[Statement, ...]
    terms: tuple[str, ...]
    known_terms: frozenset[str]
    names: frozenset[str]

    @classmethod
    def of(cls, passage: Statement, context: tuple[Statement, ...]) -> Surroundings:
        if not context:
            return cls(context, passage.terms, frozenset(passage.terms), frozenset(passage.names))
        terms = sum((statement.terms for statement in context), passage.terms)
        names = frozenset(passage.names).union(*(statement.names for statement in context))
        return cls(context, terms, frozenset(terms), names)


@dataclass(frozen=True)
class Sides:
    """One row of each side."""

    claim: Statement
    ours: Slots
    passage: Statement
    theirs: Slots
    around: Surroundings

    @cached_property
    def sentence_terms(self) -> tuple[str, ...]:
        """The content words of the sentence the passage's row stands in."""
        return self.passage.sentence_terms(self.theirs)
