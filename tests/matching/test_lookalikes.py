"""Sentences that differ from a claim in one thing alone: what was once taken for a contradiction stays neutral."""

from functools import cache
from pathlib import Path

import pytest

from claims.matching import NEWSROOM, Policy, Stance, compare
from claims.matching.fit.pairs import Pair, pairs_in

PAIRS = Path(__file__).parent / "lookalikes" / "pairs.jsonl"
POLICIES = {"chosen pairs": NEWSROOM, "a stream": NEWSROOM.on_a_stream()}
MOST_FALSE = {
    ("chosen pairs", Stance.CONTRADICTS): 16,
    ("chosen pairs", Stance.CONFIRMS): 5,
    ("a stream", Stance.CONTRADICTS): 7,
    ("a stream", Stance.CONFIRMS): 1,
}
"""Of 310 neutral pairs. May only be lowered."""
LEAST_FOUND = {"chosen pairs": 68, "a stream": 58}
"""Of 88 contradictions. May only be raised."""


@cache
def answers(name: str) -> list[tuple[Pair, Stance]]:
    policy: Policy = POLICIES[name]
    return [
        (pair, compare(pair.claim, pair.passage, context=pair.context, policy=policy).stance)
        for pair in pairs_in(PAIRS)
    ]


@pytest.mark.parametrize(("name", "stance"), MOST_FALSE)
def test_no_more_lookalikes_are_taken_for_the_claims_matter(name: str, stance: Stance) -> None:
    false = [pair.id for pair, said in answers(name) if said is stance and pair.stance is Stance.NEUTRAL]
    assert len(false) <= MOST_FALSE[name, stance], false


@pytest.mark.parametrize("name", LEAST_FOUND)
def test_no_fewer_contradictions_are_found(name: str) -> None:
    found = [pair for pair, said in answers(name) if said is pair.stance is Stance.CONTRADICTS]
    assert len(found) >= LEAST_FOUND[name]


@pytest.mark.parametrize("name", POLICIES)
def test_none_is_taken_for_the_opposite(name: str) -> None:
    both = {Stance.CONFIRMS, Stance.CONTRADICTS}
    turned = [pair.id for pair, said in answers(name) if {said, pair.stance} == both]
    assert len(turned) <= 2, turned
