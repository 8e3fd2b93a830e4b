"""The CheckThat! labs' claim retrieval sets: posts, verified claims and which claim each post speaks of.

Barrón-Cedeño et al., "Overview of CheckThat! 2020" (CLEF 2020, task 2) and Nakov et al., "Overview of the CLEF-2022
CheckThat! Lab Task 2" (2022), whose files are read as they were published.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from claims.matching.ranking import StoredClaim


@dataclass(frozen=True, slots=True)
class Judged:
    """A post and the ids of the claims it speaks of."""

    text: str
    right: frozenset[str]

    @property
    def key(self) -> str:
        """The same post in another year's files has the same key."""
        return "".join(sign for sign in self.text.lower() if sign.isalnum())[:80]


def claims_2020(folder: Path) -> list[StoredClaim]:
    return [StoredClaim(row[0], row[1], row[2]) for row in list(_cells(folder / "checkthat2020/claims.tsv"))[1:]]


def claims_2022(folder: Path) -> list[StoredClaim]:
    with (folder / "checkthat2022/claims.jsonl").open(encoding="utf-8") as lines:
        return [StoredClaim(row["vclaim_id"], row["vclaim"], row["title"]) for row in map(json.loads, lines)]


def posts_2020(folder: Path, part: str) -> list[Judged]:
    """The posts of `train` or `dev`."""
    at = folder / "checkthat2020" / part
    return _judged(at / "tweets.queries.tsv", at / "tweet-vclaim-pairs.qrels")


def posts_2022(folder: Path) -> list[Judged]:
    at = folder / "checkthat2022"
    return _judged(at / "CT2022-Task2A-EN-Train-Dev_Queries.tsv", at / "CT2022-Task2A-EN-Train_QRELs.tsv")


def _judged(posts: Path, judgements: Path) -> list[Judged]:
    """The posts that have a judgement."""
    right = defaultdict[str, set[str]](set)
    for line in judgements.read_text("utf-8").splitlines():
        post, _, claim, _ = line.split()
        right[post].add(claim)
    return [Judged(text, frozenset(right[post])) for post, text, *_ in _cells(posts) if post in right]


def _cells(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.reader(lines, delimiter="\t")
