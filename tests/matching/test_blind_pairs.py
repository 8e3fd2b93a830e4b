"""Pairs the engine was never tuned on: only totals are looked at, never single rows. See the README beside them."""

from functools import cache
from pathlib import Path

import pytest

from claims.matching import NEWSROOM, Policy, Stance, compare
from claims.matching.fit.pairs import pairs_in

PAIRS = Path(__file__).parent / "blind_pairs" / "pairs.jsonl"
POLICIES = {"chosen pairs": NEWSROOM, "a stream": NEWSROOM.on_a_stream()}
LEAST = {
    ("chosen pairs", Stance.CONTRADICTS): (0.70, 0.75),
    ("chosen pairs", Stance.CONFIRMS): (0.70, 0.52),
    ("a stream", Stance.CONTRADICTS): (0.88, 0.54),
    ("a stream", Stance.CONFIRMS): (0.78, 0.44),
}
"""Precision and recall. May only be raised."""


@cache
def labels(name: str) -> list[tuple[Stance, Stance]]:
    """Wanted and said."""
    policy: Policy = POLICIES[name]
    return [
        (pair.stance, compare(pair.claim, pair.passage, context=pair.context, policy=policy).stance)
        for pair in pairs_in(PAIRS)
    ]


@pytest.mark.parametrize(("name", "stance"), LEAST)
def test_no_stance_is_less_often_right_or_less_often_found(name: str, stance: Stance) -> None:
    right = sum(wanted is said is stance for wanted, said in labels(name))
    precision = right / sum(said is stance for _, said in labels(name))
    recall = right / sum(wanted is stance for wanted, _ in labels(name))
    least_precision, least_recall = LEAST[name, stance]
    assert precision >= least_precision
    assert recall >= least_recall
