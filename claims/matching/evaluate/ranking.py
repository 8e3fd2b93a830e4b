"""Ranking stored claims on the CheckThat! sets: MAP@5 beside BM25 and a fuzzy ratio, all in the same run."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import bm25s
import numpy as np
import Stemmer
from rapidfuzz import fuzz, process, utils

from claims.matching.embedding import Embedder, EmbeddingUnavailable
from claims.matching.evaluate.tables import Disagreements, Line, Table, bootstrap, grouped_folds, share
from claims.matching.fit.checkthat import Judged, claims_2020, claims_2022, posts_2020, posts_2022
from claims.matching.fit.ranking import UNFITTED, cases, fitted
from claims.matching.learned import model_from
from claims.matching.lexical_index import best
from claims.matching.ranking import ClaimRanking, StoredClaim

DEPTH = 5
LISTED = 20
FOLDS = 5
PUBLISHED = {"2020": "2020's best 0.929, Elasticsearch BM25 0.609", "2022": "2022's best 0.956"}
REACH_2020 = 0.80
REACH_ABOVE_BM25 = 0.04
Ranked = Sequence[str]


def tables(folder: Path, log: Disagreements) -> Iterator[Table]:
    """2020 dev with weights fitted on 2020 train; 2022 cross-validated by post, both with their peers.

    Where its packages are installed, the same again with the embedding, whose disagreements are not logged.
    """
    embedder = _installed()
    for year in (_of_2020, _of_2022):
        trial, found = year(folder, None)
        _note_misses(log, trial, found)
        yield _table(trial, found, year(folder, embedder)[1] if embedder else None)


def _installed() -> Embedder | None:
    try:
        return Embedder.load()
    except EmbeddingUnavailable:
        return None


def average_precision(ranked: Ranked, right: Collection[str], depth: int = DEPTH) -> float:
    """The mean precision at the ranks of the right claims among the first `depth`; the labs' MAP@5 is its mean."""
    total, hits = 0.0, 0
    for rank, claim in enumerate(ranked[:depth], start=1):
        if claim in right:
            hits += 1
            total += hits / rank
    return total / min(len(right), depth)


@dataclass(frozen=True, slots=True)
class Trial:
    year: str
    part: str
    weights: str
    claims: Sequence[StoredClaim]
    posts: Sequence[Judged]

    @property
    def title(self) -> str:
        return f"CheckThat! {self.year} {self.part}"


def _of_2020(folder: Path, embedder: Embedder | None) -> tuple[Trial, list[Ranked]]:
    trial = Trial("2020", "dev", "weights fitted on 2020 train", claims_2020(folder), posts_2020(folder, "dev"))
    ranking = ClaimRanking.build(trial.claims, UNFITTED, embedder)
    learned = fitted(list(cases(ranking, posts_2020(folder, "train"))))
    return trial, _ranked(ranking.judged_by(model_from(learned)), trial.posts)


def _of_2022(folder: Path, embedder: Embedder | None) -> tuple[Trial, list[Ranked]]:
    weights = f"weights by {FOLDS}-fold cross-validation by post on this set alone"
    trial = Trial("2022", "train", weights, claims_2022(folder), posts_2022(folder))
    ranking = ClaimRanking.build(trial.claims, UNFITTED, embedder)
    learnable = [list(cases(ranking, [post])) for post in trial.posts]
    found: dict[int, Ranked] = {}
    for training, held in grouped_folds([post.key for post in trial.posts], FOLDS):
        learned = fitted([case for number in training for case in learnable[number]])
        ranked = _ranked(ranking.judged_by(model_from(learned)), [trial.posts[number] for number in held])
        found.update(zip(held, ranked, strict=True))
    return trial, [found[number] for number in range(len(trial.posts))]


def _ranked(ranking: ClaimRanking, posts: Sequence[Judged]) -> list[Ranked]:
    return [[str(claim) for claim, _ in ranking.rank(post.text, LISTED)] for post in posts]


def _table(trial: Trial, found: Sequence[Ranked], embedded: Sequence[Ranked] | None) -> Table:
    peers = {"bm25s": by_bm25s(trial.claims, trial.posts), "token_set": by_token_set(trial.claims, trial.posts)}
    lines = [_line(metric, trial, found, peers) for metric in METRICS]
    note = f"{len(trial.posts)} posts, {len(trial.claims):,} claims; {trial.weights}"
    if embedded is None:
        return Table(trial.title, lines, f"{note}; the embedding is not installed (requirements-embedding.txt)")
    lines += [_embedded_line(metric, trial, found, embedded) for metric in METRICS]
    return Table(trial.title, lines, note)


def _embedded_line(metric: str, trial: Trial, without: Sequence[Ranked], embedded: Sequence[Ranked]) -> Line:
    values = _values(metric, trial, embedded)
    beside = f"without it {_mean(_values(metric, trial, without)):.3f}"
    return Line(f"{metric} with the embedding", _mean(values), beside, interval=bootstrap(values, _mean))


def _line(metric: str, trial: Trial, found: Sequence[Ranked], peers: Mapping[str, Sequence[Ranked]]) -> Line:
    values = _values(metric, trial, found)
    of_peers = {name: _mean(_values(metric, trial, ranked)) for name, ranked in peers.items()}
    shown = ", ".join(f"{name} {value:.3f}" for name, value in of_peers.items())
    if metric != MAP:
        return Line(metric, _mean(values), shown, interval=bootstrap(values, _mean))
    reach = REACH_2020 if trial.year == "2020" else of_peers["bm25s"] + REACH_ABOVE_BM25
    return Line(metric, _mean(values), f"{shown}; {PUBLISHED[trial.year]}", reach, bootstrap(values, _mean))


MAP = f"MAP@{DEPTH}"
METRICS: dict[str, Callable[[Ranked, Collection[str]], float]] = {
    MAP: average_precision,
    "P@1": lambda ranked, right: float(bool(set(ranked[:1]).intersection(right))),
    f"recall@{LISTED}": lambda ranked, right: share(len(set(ranked[:LISTED]).intersection(right)), len(right)),
}


def _values(metric: str, trial: Trial, found: Sequence[Ranked]) -> list[float]:
    return [METRICS[metric](ranked, post.right) for ranked, post in zip(found, trial.posts, strict=True)]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _note_misses(log: Disagreements, trial: Trial, found: Sequence[Ranked]) -> None:
    texts = {str(claim.id): f"{claim.title} | {claim.text}" for claim in trial.claims}
    for post, ranked in zip(trial.posts, found, strict=True):
        if not ranked or ranked[0] not in post.right:
            wanted = [texts[claim] for claim in sorted(post.right)]
            log.add(trial.title, post=post.text, wanted=wanted, said=texts[ranked[0]] if ranked else None)


def by_bm25s(claims: Sequence[StoredClaim], posts: Sequence[Judged]) -> list[Ranked]:
    """bm25s at its best of the usual settings: title and text, Snowball stems, English stop words, k1 1.5, b 0.75."""
    stemmer = Stemmer.Stemmer("english")
    settings = {"stopwords": "en", "stemmer": stemmer, "show_progress": False}
    index = bm25s.BM25(k1=1.5, b=0.75, method="lucene")
    index.index(bm25s.tokenize([f"{claim.title} {claim.text}" for claim in claims], **settings), show_progress=False)
    asked = bm25s.tokenize([post.text for post in posts], **settings)
    places, _ = index.retrieve(asked, k=min(LISTED, len(claims)), show_progress=False)
    return [[str(claims[place].id) for place in row] for row in places]


def by_token_set(claims: Sequence[StoredClaim], posts: Sequence[Judged]) -> list[Ranked]:
    """The claims by rapidfuzz's token_set_ratio with their titles and texts."""
    texts = [utils.default_process(f"{claim.title} {claim.text}") for claim in claims]
    asked = [utils.default_process(post.text) for post in posts]
    alike = process.cdist(asked, texts, scorer=fuzz.token_set_ratio, dtype=np.float32, workers=-1)
    return [[str(claims[place].id) for place in best(row, LISTED)] for row in alike]
