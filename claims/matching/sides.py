"""A row of the claim beside a row of the passage, and what surrounds the passage's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from claims.matching.statements import Slots, Statement


class Surroundings:
    """A passage and its context together, worked out once for all rows of the passage, and as far as it is asked for:
    `context` may be read only when it is gone through."""

    def __init__(self, passage: Statement, context: Iterable[Statement]) -> None:
        self._passage = passage
        self._unread = context

    @cached_property
    def context(self) -> tuple[Statement, ...]:
        return tuple(self._unread)

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """The content words of both."""
        return sum((statement.terms for statement in self.context), self._passage.terms)

    @cached_property
    def known_terms(self) -> frozenset[str]:
        return frozenset(self.terms)

    @cached_property
    def names(self) -> frozenset[str]:
        """The entities of both."""
        return frozenset(self._passage.names).union(*(statement.names for statement in self.context))


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
