"""The `headline` policy: its model, its features and the stance it gives to headlines written for this test."""

import importlib
import json
import math
import subprocess
import sys
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.matching import Comparison, compare, read
from claims.matching.evaluate.headline import STANCES, learned_judge, tables
from claims.matching.evaluate.tables import Disagreements, grouped_folds
from claims.matching.fit import headline as fitting
from claims.matching.fit import model_file
from claims.matching.headline_alignment import aligned
from claims.matching.headlines import features_of, word_names
from claims.matching.learned import model, model_from
from claims.matching.outcomes import STANCE_OF
from claims.matching.policy import HEADLINE

ROOT = Path(__file__).parents[2]
ROWS = [
    json.loads(line) for line in (Path(__file__).parent / "specs" / "headline.jsonl").read_text("utf-8").splitlines()
]
WORDS = st.sampled_from(
    [
        "mayor",
        "resigns",
        "not",
        "No,",
        "hoax",
        "?",
        "reportedly",
        "denies",
        ":",
        "police",
        "“",
        "”",
        "'",
        "5,000",
        "may",
        "claims",
        "…",
        "İstanbul",
        "did",
        "n't",
    ]
)
ANY_TEXT = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=20).map(" ".join))
CLAIM = read("The mayor of Lisbon has resigned")


def judged(claim: str, headline: str) -> Comparison:
    return compare(read(claim), read(headline), policy=HEADLINE)


def pair(row: dict[str, str]) -> fitting.Pair:
    claim, headline = read(row["claim"]), read(row["headline"])
    return fitting.Pair(
        row["claim"], row["headline"], row["stance"], features_of(claim, headline, compare(claim, headline))
    )


@pytest.fixture(scope="module")
def pairs() -> list[fitting.Pair]:
    return [pair(row) for row in ROWS]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The rows in the form of Emergent's file."""
    label = {stance.value: name for name, stance in fitting.STANCES.items()}
    lines = [json.dumps({**row, "stance": label[row["stance"]]}) for row in ROWS]
    (tmp_path / "emergent").mkdir()
    (tmp_path / fitting.DATA).write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['stance']}: {row['headline'][:60]}")
def test_a_headline_does_to_a_claim_what_its_row_says(row: dict[str, str]) -> None:
    assert judged(row["claim"], row["headline"]).stance == row["stance"]


def test_the_rows_cover_every_stance() -> None:
    counts = [sum(row["stance"] == name for row in ROWS) for name in STANCES]
    assert len(ROWS) >= 40
    assert min(counts) >= 10


def test_the_model_is_small_and_names_the_stances() -> None:
    assert files("claims.matching.resources").joinpath("headline.json").stat().st_size < 300_000
    assert set(model("headline").classes) == set(STANCES)


def test_the_model_says_from_which_data_and_by_which_command_it_comes() -> None:
    content = json.loads(files("claims.matching.resources").joinpath("headline.json").read_text("utf-8"))
    assert "Emergent" in content["source"]
    assert content["command"].startswith("python -m claims.matching fit headline")


@given(ANY_TEXT, ANY_TEXT)
@settings(max_examples=200, deadline=None)
def test_features_are_named_and_finite_for_any_text(claim: str, headline: str) -> None:
    ours, theirs = read(claim), read(headline)
    features = features_of(ours, theirs, compare(ours, theirs))
    assert all(name and math.isfinite(value) for name, value in features.items())


@given(ANY_TEXT)
@settings(max_examples=150, deadline=None)
def test_a_judgement_of_any_headline_is_a_comparison(headline: str) -> None:
    found = compare(CLAIM, read(headline), policy=HEADLINE)
    assert STANCE_OF[found.relation] is found.stance
    assert 1 / 3 <= found.confidence + 0.0001 <= 1.0001
    assert sum(found.score_parts[name] for name in STANCES) == pytest.approx(1, abs=0.001)
    assert Comparison.from_json(found.to_json()) == found


@given(ANY_TEXT, ANY_TEXT)
@settings(max_examples=150, deadline=None)
def test_aligned_words_are_used_once_and_lie_in_their_texts(claim: str, headline: str) -> None:
    found = aligned(claim, headline)
    places = [theirs for _, theirs in found.pairs]
    assert len(places) == len(set(places))
    assert set(places) <= set(found.headline)
    assert all(first < second for (first, _), (second, _) in pairwise(found.pairs))


def test_the_claims_own_words_are_no_features() -> None:
    names = set(word_names("A lion escaped from a circus in Turin", "Turin circus lion escape is a hoax"))
    assert "word:hoax" in names
    assert not names & {"word:lion", "word:turin", "word:circus", "word:escaped"}


@pytest.mark.parametrize("other", ["The bridge at Porto has collapsed", "A lion escaped from a circus"])
def test_no_feature_reads_the_claim_alone(other: str) -> None:
    """Two claims that a headline shares nothing with are one to the model."""
    headline = read("Nokia reports higher earnings")
    features = []
    for text in ("The mayor of Lisbon has resigned", other):
        claim = read(text)
        found = features_of(claim, headline, compare(claim, headline))
        features.append({name: value for name, value in found.items() if not name.startswith(("like:", "slot:"))})
    assert features[0] == features[1]


def test_slots_and_decisive_span_are_those_of_the_newsroom() -> None:
    headline = read("Lisbon mayor denies he has resigned")
    plain, learned = compare(CLAIM, headline), compare(CLAIM, headline, policy=HEADLINE)
    assert (learned.slots, learned.decisive) == (plain.slots, plain.decisive)
    assert learned.policy_version == HEADLINE.version


def test_the_command_line_judges_headlines() -> None:
    line = json.dumps({"claim": "The mayor of Lisbon has resigned", "passage": "No, Lisbon's mayor has not resigned"})
    command = [sys.executable, "-m", "claims.matching", "compare", "--policy", "headline"]
    done = subprocess.run(command, input=line.encode(), capture_output=True, cwd=ROOT, check=True)
    answer = json.loads(done.stdout)
    assert (answer["stance"], answer["policy_version"]) == ("contradicts", HEADLINE.version)


def test_judging_headlines_needs_no_training_library() -> None:
    code = (
        "import sys; from claims.matching import compare, read; from claims.matching.policy import HEADLINE; "
        "compare(read('a mayor resigned'), read('mayor resigns'), policy=HEADLINE); "
        "print([name for name in ('sklearn', 'scipy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=True)
    assert done.stdout.decode().strip() == "[]"


def test_fitting_twice_gives_the_same_model(pairs: list[fitting.Pair]) -> None:
    assert fitting.trained(pairs) == fitting.trained(pairs)


def test_a_model_comes_back_from_its_file(pairs: list[fitting.Pair], tmp_path: Path) -> None:
    content = fitting.trained(pairs)
    model_file.write(tmp_path / "model.json", content)
    assert json.loads((tmp_path / "model.json").read_text("utf-8")) == content


def test_the_plain_model_gives_what_the_training_library_gives(pairs: list[fitting.Pair]) -> None:
    """The mean of both libraries' scores, computed without our export of weights and trees."""
    names = fitting._names(pairs)
    linear, boosted, plain = fitting._fitted(pairs, names)
    matrix = fitting._matrix(pairs, names)
    scores = fitting.BLEND * linear.decision_function(matrix) + (1 - fitting.BLEND) * boosted.decision_function(
        matrix[:, plain]
    )
    shares = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    ours = model_from(fitting.trained(pairs))
    for known, wanted in zip(pairs, shares, strict=True):
        found = ours.probabilities(known.features)
        assert [found[str(name)] for name in linear.classes_] == pytest.approx(list(wanted), abs=0.005)


def test_a_model_learns_its_rows(pairs: list[fitting.Pair]) -> None:
    said = learned_judge(pairs, pairs)
    assert sum(answer == known.stance for answer, known in zip(said, pairs, strict=True)) > 0.9 * len(pairs)


def test_the_evaluation_reports_each_class_and_its_disagreements(data: Path) -> None:
    log = Disagreements()
    (table,) = tables(data, log)
    metrics = [line.metric for line in table.lines]
    assert {f"{name}: F1" for name in STANCES} < set(metrics)
    assert {"accuracy", "macro-F1", "accuracy, tf-idf regression"} < set(metrics)
    assert all(row["wanted"] != row["said"] for row in log.rows)


def test_folds_keep_a_claim_on_one_side_and_differ_by_seed() -> None:
    groups = [row["claim"] for row in ROWS]
    cuts = [list(grouped_folds(groups, 5, seed)) for seed in (1, 2)]
    assert cuts[0] != cuts[1]
    for known, held in cuts[0]:
        assert not {groups[number] for number in known} & {groups[number] for number in held}


def test_fit_writes_a_model_that_can_be_read(data: Path) -> None:
    content = importlib.import_module("claims.matching.fit.headline").fit(data)
    assert content["rows"] == len(ROWS)
    assert set(model_from(content).classes) == set(STANCES)
