"""Whether a sentence of a stream says enough of a claim for anything to be told; less is another story."""

from __future__ import annotations

from functools import lru_cache

from claims.matching.concepts import coverage, shared
from claims.matching.lexicon import direction_of
from claims.matching.policy import Policy
from claims.matching.types import Change

Terms = tuple[str, ...]


def says_enough(claim: Terms, sentence: Terms, around: Terms, *, has_figures: bool, policy: Policy) -> bool:
    """From the terms of a claim, of a sentence and of it with its context.

    A claim without figures must be said by the sentence itself, unless it tells of a rise or a fall: then the sentence
    may leave to its context of what.
    """
    if shared(claim, around) < policy.shared_terms:
        return False
    if has_figures:
        return coverage(claim, around) >= policy.figures_said
    if coverage(claim, around) < policy.plain_said:
        return False
    return coverage(claim, sentence) >= policy.sentence_said or _moves(claim)


@lru_cache(maxsize=32_768)
def _moves(terms: Terms) -> bool:
    return any(direction_of(term) is not Change.NONE for term in terms)
