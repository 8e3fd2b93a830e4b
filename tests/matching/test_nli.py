"""The learned judge of claim and evidence pairs: its features, its logic for figures, its model file."""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.ensemble import HistGradientBoostingClassifier

from claims.matching import Comparison, Stance, compare, read
from claims.matching.alignment import align
from claims.matching.features import features
from claims.matching.figure_swaps import swapped
from claims.matching.fit.grown import exported
from claims.matching.learned import model, model_from
from claims.matching.meanings import kinds_of, opposites_of, sides_of
from claims.matching.nli import decided
from claims.matching.policy import NEWSROOM, NLI
from tests.matching.test_command_line import run
from tests.matching.test_specs import rows

RESOURCE = Path(__file__).parents[2] / "claims" / "matching" / "resources" / "nli.json"
LARGEST = 300_000
WORDS = st.sampled_from(["China", "sold", "not", "5", "5,000", "ten", "masks", "more", "than", "%", "$", ".", "French"])
ANY_TEXT = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=20).map(" ".join))


def judged(claim: str, passage: str) -> Comparison:
    return compare(read(claim), read(passage), policy=NLI)


def pair_features(claim: str, passage: str) -> dict[str, float]:
    ours, theirs = read(claim), read(passage)
    return features(ours, theirs, compare(ours, theirs, policy=NEWSROOM), NLI)


@pytest.mark.parametrize("row", rows("nli.jsonl"), ids=lambda row: f"{row['stance']}: {row['claim'][:60]}")
def test_a_pair_has_the_stance_of_its_row(row: dict[str, Any]) -> None:
    found = judged(row["claim"], row["passage"])
    assert found.stance == row["stance"], found.score_parts


@given(ANY_TEXT, ANY_TEXT)
@settings(max_examples=200, deadline=None)
def test_features_are_those_of_the_model_and_finite_for_any_text(claim: str, passage: str) -> None:
    found = pair_features(claim, passage)
    assert set(found) == set(model("nli").features)
    assert all(math.isfinite(value) for value in found.values())


@given(ANY_TEXT, ANY_TEXT)
@settings(max_examples=200, deadline=None)
def test_any_pair_is_judged_with_a_probability_and_comes_back_from_json(claim: str, passage: str) -> None:
    found = judged(claim, passage)
    assert 0 <= found.confidence <= 1
    assert found.policy_version == NLI.version
    assert Comparison.from_json(json.loads(json.dumps(found.to_json()))) == found


@given(ANY_TEXT, ANY_TEXT)
@settings(max_examples=100, deadline=None)
def test_probabilities_sum_to_one(claim: str, passage: str) -> None:
    shares = model("nli").probabilities(pair_features(claim, passage))
    assert set(shares) == set(Stance)
    assert math.isclose(sum(shares.values()), 1.0)


def test_the_model_file_is_small_and_says_where_it_comes_from() -> None:
    content = json.loads(RESOURCE.read_text("utf-8"))
    assert RESOURCE.stat().st_size < LARGEST
    assert "fit nli --data" in content["source"]
    assert 0.4 <= content["contradicts_from"] <= 0.95


def test_the_plain_model_gives_the_probabilities_of_the_fitted_one() -> None:
    draw = np.random.default_rng(7)
    values = draw.normal(size=(400, 3))
    labels = np.where(values[:, 0] > 0.5, "confirms", np.where(values[:, 1] > 0, "contradicts", "neutral"))
    fitted = HistGradientBoostingClassifier(max_iter=20, max_leaf_nodes=6, random_state=0).fit(values, labels)
    plain = model_from(exported(fitted, ("a", "b", "c")))
    for row, wanted in zip(values[:50], fitted.predict_proba(values[:50]), strict=True):
        shares = plain.probabilities(dict(zip("abc", row, strict=True)))
        assert [shares[name] for name in fitted.classes_] == pytest.approx(list(wanted), abs=1e-3)


def test_an_unsure_contradiction_is_left_neutral() -> None:
    shares = {"confirms": 0.2, "contradicts": 0.6, "neutral": 0.2}
    assert decided(shares, 0.5) is Stance.CONTRADICTS
    assert decided(shares, 0.7) is Stance.NEUTRAL


def test_slots_and_span_of_the_slot_comparison_are_kept() -> None:
    claim, passage = read("The tank holds 1,000 litres of water"), read("The tank holds 1,200 litres of water")
    slots, learned = compare(claim, passage), compare(claim, passage, policy=NLI)
    assert (learned.slots, learned.decisive) == (slots.slots, slots.decisive)


def test_a_text_that_differs_in_two_figures_or_a_word_is_not_decided_by_logic() -> None:
    assert swapped("5 cats chased 3 mice", "6 cats chased 4 mice") is None
    assert swapped("The 5 cats slept", "The 6 dogs slept") is None
    assert swapped("The 5 cats slept", "The 5 cats slept") is None
    assert swapped("5", "6") is None


def test_opposites_answer_each_other() -> None:
    assert opposites_of("rose") & sides_of("fell")
    assert opposites_of("first") & sides_of("last")
    assert not opposites_of("rose") & sides_of("grew")
    assert kinds_of("french") & kinds_of("danish")
    assert not kinds_of("french") & kinds_of("july")


def test_words_are_aligned_by_form_stem_sense_and_spelling() -> None:
    claim, passage = "Schwarzman acquired three American studios", "A US studio was bought by Schwartzman, one of 3"
    found = {link.word.low: link.other.low for link in align(claim, passage).links if link.other}
    assert found == {"schwarzman": "schwartzman", "acquired": "bought", "3": "3", "american": "us", "studios": "studio"}


def test_the_command_line_takes_the_policy() -> None:
    line = {"claim": "The bakery sold 500 loaves", "passage": "The bakery sold 350 loaves"}
    status, (answer,) = run("compare", "--policy", "nli", lines=[line])
    assert (status, answer["stance"], answer["policy_version"]) == (0, "contradicts", NLI.version)
