"""Which claims are candidates of a sentence, and how good: from the terms the two share, and from nothing else.

A claim is known by its *keys*, its rarest terms. It is a candidate of a sentence that holds at least one of them and
shares enough weight with all of its terms. The score grows with the share of the claim that is said and with the weight
of what is shared; where much is shared, the likeness of the two texts counts too. Weights are whole numbers and scores
whole points, so that every way of summing gives the same answer.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from claims.matching.index_terms import code_of, codes, terms, weight_in
from claims.matching.similarity import likeness

LEAST_KEYS = 3
"""A claim is known by this many of its terms at least."""
KEYS_HOLD = 80
"""Keys are the rarest terms until they hold this share of a claim's weight, in per cent; two words in three. Two keys
in common let the index look at a claim in full, so this buys recall with time: `make bench` shows both."""
COMMON = 50
"""A claim whose rarest term weighs less than this keeps all its terms as keys."""
LEAST_WEIGHT = 40
"""Weight that claim and sentence must share: one telling word, or two or three common ones. Of the 224 sentences of the
project's own pairs in which the engine finds the labelled stance, 220 share as much with their claim (216 share the two
words that the gate asked for before)."""
LEAST_SHARE = 15
"""The share of a claim's weight, in per cent, that does instead: for claims of common words."""
DOUBT = 600
"""Shared weight at which the evidence counts half. With it the claim that a post of CheckThat 2020 (development part)
and 2022 is about is among the best 20 for 90.2 and 92.7 per cent; with 300, for 90.2 and 92.6."""
FULL = 10_000
"""Points of a claim all of whose many terms are shared."""
LIKENESS_FROM = 4_000
"""Lexical points from which the likeness of the texts is measured; under it a pair is worth these points alone."""
LIKENESS_CUTOFF = 0.5
"""Likeness below this counts nothing: strangers reach about 0.4 by their function words."""
LIFT = 2_500
"""Lexical points that full likeness is worth; so lexical points are four fifths of the score."""

Points = NDArray[np.int64]


def key_count(weights: Sequence[int]) -> int:
    """How many of a claim's terms, given by their weights from the rarest on, are its keys."""
    total = remaining = sum(weights)
    if weights and weights[0] < COMMON:
        return len(weights)
    for count, weight in enumerate(weights):
        if count >= LEAST_KEYS and 100 * remaining <= (100 - KEYS_HOLD) * total:
            return count
        remaining -= weight
    return len(weights)


def key_terms(text: str) -> tuple[str, ...]:
    """The keys of a claim, rarest first: whatever it is a candidate of holds at least one of them."""
    by_rarity = sorted(terms(text), key=code_of)
    return tuple(by_rarity[: key_count([weight_in(code_of(known)) for known in by_rarity])])


def key_codes(text: str) -> list[int]:
    """The keys of a claim as numbers, rarest first; see `index_terms.codes`."""
    listed = codes(text)
    return listed[: key_count([weight_in(code) for code in listed])]


def weighed_terms(text: str) -> dict[int, int]:
    """The terms of a text as numbers, with the weight of each."""
    return {code: weight_in(code) for code in codes(text)}


def may_reach(shared: int, total: int, least: float) -> bool:
    """Whether a claim of a total weight may be a candidate with a score of `least` where at most so much is shared."""
    return passes(shared, total) and lexical(shared, total) >= points_for(least)


def passes(shared: int, total: int) -> bool:
    """Whether a sentence shares enough weight with a claim of a total weight."""
    return shared >= LEAST_WEIGHT or 0 < 100 * shared >= LEAST_SHARE * total


def all_passing(shared: Points, totals: Points) -> NDArray[np.bool_]:
    """`passes`, for many pairs at once."""
    return (shared >= LEAST_WEIGHT) | ((shared > 0) & (100 * shared >= LEAST_SHARE * totals))


def lexical(shared: int, total: int) -> int:
    """Points, 0 to FULL: the geometric mean of the share of the claim that is said and of how much evidence that is."""
    return math.floor(FULL * (shared / math.sqrt(float(total * (shared + DOUBT)))))


def all_lexical(shared: Points, totals: Points) -> Points:
    """`lexical`, for many pairs at once."""
    roots = np.sqrt((totals * (shared + DOUBT)).astype(np.float64))
    return np.floor(FULL * (shared / np.maximum(roots, 1.0))).astype(np.int64)


def score(points: int, claim: str = "", sentence: str = "") -> float:
    """The score of a pair, 0 to 1, from its lexical points and, where they are many, its two masked texts."""
    if points >= LIKENESS_FROM:
        points += math.floor(LIFT * likeness(claim, sentence, LIKENESS_CUTOFF))
    return points / (FULL + LIFT)


def points_for(least: float) -> int:
    """The lexical points from which a pair may reach a score."""
    return liftable(math.floor(least * (FULL + LIFT)))


def liftable(points: int) -> int:
    """The lexical points from which likeness may lift a pair to what `points` alone are worth."""
    return points if points < LIKENESS_FROM else max(LIKENESS_FROM, points - LIFT)


def version() -> str:
    """Names the rules of this module: an index written under others is of no use."""
    rules = (LEAST_KEYS, KEYS_HOLD, COMMON)
    return "keys-" + "-".join(map(str, rules))
