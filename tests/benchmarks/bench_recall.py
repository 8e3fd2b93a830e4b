"""Whether the claim that a text is about is among the best 20: posts of CheckThat, and planted paraphrases."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from claims.matching import ClaimIndex
from tests.benchmarks import retrieval_peers as peers
from tests.benchmarks.tables import Measure, Result
from tests.benchmarks.texts import Texts

PLANTED = 2_000
AMONG = 100_000
"""Claims among which the paraphrased ones stand."""


class Task(NamedTuple):
    """Texts, each with the place of the claim it is about."""

    name: str
    claims: Sequence[str]
    asked: Sequence[tuple[str, int]]


def bench(*, rows: int, data: Path | None = None) -> Result:
    texts = Texts(data)
    claims = [text for _, text in texts.claims(AMONG if rows >= 100 else rows * 10)]
    step = max(1, len(claims) // PLANTED)
    planted = [(texts.paraphrase(claims[place]), place) for place in range(0, len(claims), step)]
    tasks = [Task(f"{len(planted):,} paraphrases among {len(claims):,} claims", claims, planted), *_posts(data)]
    measures = [measure for task in tasks for measure in _measures(task)]
    return Result("The right claim among the best 20", [], "Recall@20 in one run.", measures)


def _measures(task: Task) -> Iterator[Measure]:
    index = ClaimIndex.build(enumerate(task.claims))
    own = [{candidate.claim_id for candidate in index.candidates([text])} for text, _ in task.asked]
    yield Measure("claim index", task.name, _share(task, own), "")
    for name, search in (("bm25s", peers.bm25s_search), ("tantivy", peers.tantivy_search)):
        found = search(task.claims)
        if found is not None:
            yield Measure(name, task.name, _share(task, found([text for text, _ in task.asked])), "")


def _share(task: Task, found: Sequence[Sequence[int] | set[int | str]]) -> float:
    return sum(place in listed for (_, place), listed in zip(task.asked, found, strict=True)) / len(task.asked)


def _posts(data: Path | None) -> Iterator[Task]:
    """CheckThat 2020 (development part) and 2022, where the data folder holds them."""
    first, second = (data or Path()) / "checkthat2020", (data or Path()) / "checkthat2022"
    if data and first.exists():
        claims = {row[0]: f"{row[1]}\n{row[2]}" for row in _tabbed(first / "claims.tsv")[1:]}
        posts = {row[0]: row[1] for row in _tabbed(first / "dev" / "tweets.queries.tsv")}
        yield _task("CheckThat 2020", claims, posts, first / "dev" / "tweet-vclaim-pairs.qrels")
    if data and second.exists():
        rows = map(json.loads, (second / "claims.jsonl").read_text("utf-8").splitlines())
        claims = {row["vclaim_id"]: f"{row['vclaim']}\n{row['title'] or ''}" for row in rows}
        lines = (second / "CT2022-Task2A-EN-Train-Dev_Queries.tsv").read_text("utf-8").splitlines()
        posts = dict(line.split("\t")[:2] for line in lines)
        yield _task("CheckThat 2022", claims, posts, second / "CT2022-Task2A-EN-Train_QRELs.tsv")


def _task(name: str, claims: Mapping[str, str], posts: Mapping[str, str], judged: Path) -> Task:
    places = {claim_id: place for place, claim_id in enumerate(claims)}
    pairs = [line.split()[:3:2] for line in judged.read_text("utf-8").splitlines()]
    asked = [(posts[post], places[claim]) for post, claim in pairs if post in posts and claim in places]
    return Task(name, list(claims.values()), asked)


def _tabbed(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines, delimiter="\t"))
