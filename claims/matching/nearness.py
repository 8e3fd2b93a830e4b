"""Whether a sentence of a stream says enough of a claim for anything to be told; less is another story."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from claims.matching.concepts import Sayings, coverage, said_of, shared
from claims.matching.lexicon import direction_of, item_terms
from claims.matching.policy import Policy
from claims.matching.statements import Statement
from claims.matching.types import Change

Terms = tuple[str, ...]
Aliases = tuple[str, ...]


def says_enough(
    claim: Terms, sentence: Sayings, around: Callable[[], Sequence[Sayings]], *, has_figures: bool, policy: Policy
) -> bool:
    """From the terms of a claim, and from what a sentence speaks of, and what with its context (`around`).

    A claim without figures must be said by the sentence itself, unless it tells of a rise or a fall: then the sentence
    may leave to its context of what.
    """
    said = said_of(claim, sentence)
    if not has_figures and said[1] < policy.sentence_said and not moves(claim):
        return False
    least = policy.shared_terms, policy.figures_said if has_figures else policy.plain_said
    return _reaches(said, least) or _reaches(said_of(claim, *around()), least)


def _reaches(said: tuple[int, float], least: tuple[int, float]) -> bool:
    return said[0] >= least[0] and said[1] >= least[1]


def can_be_met(claim: Statement, policy: Policy) -> bool:
    """Whether a sentence of a stream could say enough of a claim at all: one word in common with it is chance.

    False also of a text in a language that the engine does not read.
    """
    return len(claim.terms) >= policy.shared_terms


def may_contradict(claim: Terms, aliases: Aliases, sentence: Sayings, policy: Policy) -> bool:
    """Whether a sentence says enough of a claim with figures to contradict it; less can only confirm it."""
    return _said_by_name(claim, aliases, sentence)[1] >= policy.contradiction_said


def may_be_weighed(claim: Terms, sentence: Terms, policy: Policy) -> bool:
    """Whether a sentence says enough of a claim for its words to be taken for the claim's; one that was chosen does."""
    if policy.chosen:
        return True
    return coverage(claim, sentence) >= policy.weighed_said and shared(claim, sentence) >= policy.weighed_terms


def may_stay_open(claim: Terms, aliases: Aliases, sentence: Sayings, policy: Policy) -> bool:
    """Whether a sentence says enough of a claim to be shown for what it leaves open."""
    return _said_by_name(claim, aliases, sentence)[0] >= min(policy.open_terms, len(claim))


def _said_by_name(claim: Terms, aliases: Aliases, sentence: Sayings) -> tuple[int, float]:
    """`said_of`; another name that the desk accepts counts as one more term of the claim."""
    shared, covered = said_of(claim, sentence)
    if shared == len(claim) or not any(
        sentence.terms.issuperset(name) for alias in aliases for name in _names_in(alias) if not name <= {*claim}
    ):
        return shared, covered
    return shared + 1, min(1.0, covered + 1 / len(claim))


@lru_cache(maxsize=32_768)
def _names_in(alias: str) -> tuple[frozenset[str], ...]:
    """The terms of each name that an alias makes equal."""
    return tuple(frozenset(item_terms(part)) for part in alias.split("=") if part.strip())


@lru_cache(maxsize=32_768)
def moves(terms: Terms) -> bool:
    return any(direction_of(term) is not Change.NONE for term in terms)
