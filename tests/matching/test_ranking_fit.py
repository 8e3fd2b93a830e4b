"""Fitting and measuring the ranking, on our own rows laid out as the CheckThat! labs publish theirs."""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from claims.matching.evaluate.ranking import average_precision, by_bm25s, by_token_set, tables
from claims.matching.evaluate.tables import Disagreements
from claims.matching.fit.checkthat import claims_2020, claims_2022, posts_2020, posts_2022
from claims.matching.fit.ranking import UNFITTED, Case, cases, conditional_logit, fit, fitted
from claims.matching.learned import model_from
from claims.matching.ranking import ClaimRanking
from tests.matching.test_ranking import CLAIMS, rows

POSTS = rows("ranking.jsonl")
DEV = POSTS[24:]
Row = dict[str, Any]


def write_posts(queries: Path, judgements: Path, posts: list[Row]) -> None:
    queries.parent.mkdir(parents=True, exist_ok=True)
    with queries.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter="\t").writerows([number, post["text"]] for number, post in enumerate(posts))
    judgements.write_text("".join(f"{number}\t0\t{post['claim']}\t1\n" for number, post in enumerate(posts)))


def lay_out(folder: Path, posts_of_2022: list[Row]) -> Path:
    for part, posts in (("train", POSTS[:24]), ("dev", DEV)):
        at = folder / "checkthat2020" / part
        write_posts(at / "tweets.queries.tsv", at / "tweet-vclaim-pairs.qrels", posts)
    with (folder / "checkthat2020/claims.tsv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter="\t").writerows([("", "vclaim", "title"), *CLAIMS])
    at = folder / "checkthat2022"
    queries, judgements = "CT2022-Task2A-EN-Train-Dev_Queries.tsv", "CT2022-Task2A-EN-Train_QRELs.tsv"
    write_posts(at / queries, at / judgements, posts_of_2022)
    lines = [json.dumps({"vclaim_id": claim.id, "vclaim": claim.text, "title": claim.title}) for claim in CLAIMS]
    (at / "claims.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_out(tmp_path_factory.mktemp("data"), POSTS[:12] + DEV)


def test_the_labs_files_are_read(folder: Path) -> None:
    assert claims_2020(folder) == claims_2022(folder) == CLAIMS
    assert [post.text for post in posts_2020(folder, "dev")] == [row["text"] for row in DEV]
    assert [post.right for post in posts_2022(folder)][:2] == [{POSTS[0]["claim"]}, {POSTS[1]["claim"]}]


def test_posts_of_the_development_set_are_not_learned_from(folder: Path, tmp_path: Path) -> None:
    assert fit(folder) == fit(lay_out(tmp_path, POSTS[:12]))


def test_fitted_weights_rank_posts_they_have_not_seen(folder: Path) -> None:
    ranking = ClaimRanking.build(CLAIMS, UNFITTED)
    ranking = ranking.judged_by(model_from(fitted(list(cases(ranking, posts_2020(folder, "train"))))))
    first = [ranking.rank(row["text"])[0][0] == row["claim"] for row in DEV]
    assert sum(first) >= len(DEV) - 2


def test_nothing_to_fit_is_said() -> None:
    with pytest.raises(ValueError, match="nothing to fit"):
        fitted([])


def test_the_conditional_logit_finds_the_feature_that_decides() -> None:
    draw = np.random.default_rng(1)
    learned_from = []
    for _ in range(200):
        given = draw.normal(size=(8, 3))
        learned_from.append(Case(("a", "b", "c"), given, int(np.argmax(2 * given[:, 1] + draw.gumbel(size=8)))))
    weights = conditional_logit(learned_from)
    assert weights == pytest.approx([0, 2, 0], abs=0.35)


def test_tables_show_ours_beside_peers_of_the_same_run(folder: Path) -> None:
    log = Disagreements()
    found = list(tables(folder, log))
    assert [table.title for table in found] == ["CheckThat! 2020 dev", "CheckThat! 2022 train"]
    for table in found:
        of_words = table.lines[:3]
        assert [line.metric for line in of_words] == ["MAP@5", "P@1", "recall@20"]
        assert all("bm25s" in line.peers and "token_set" in line.peers for line in of_words)
        assert ("not installed" in table.note) == (len(table.lines) == len(of_words))
        assert table.lines[0].ours > 0.7
        assert table.lines[0].reach is not None
    assert all({"data", "post", "wanted", "said"} == set(row) for row in log.rows)


def test_the_peers_find_the_claims_of_plain_posts(folder: Path) -> None:
    posts = posts_2020(folder, "dev")
    for ranked in (by_bm25s(CLAIMS, posts), by_token_set(CLAIMS, posts)):
        assert (
            sum(not post.right.isdisjoint(row[:5]) for row, post in zip(ranked, posts, strict=True)) >= len(posts) // 2
        )


@pytest.mark.parametrize(
    ("ranked", "right", "wanted"),
    [
        ("abcde", "a", 1.0),
        ("abcde", "c", 1 / 3),
        ("abcdef", "f", 0.0),
        ("abcde", "ac", (1 + 2 / 3) / 2),
        ("abcde", "xa", 0.5),
        ("", "a", 0.0),
    ],
)
def test_average_precision(ranked: str, right: str, wanted: float) -> None:
    assert average_precision(list(ranked), set(right)) == pytest.approx(wanted)
