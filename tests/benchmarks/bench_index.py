"""The claim index beside rapidfuzz over all pairs, bm25s and tantivy: the same claims and reports in the same run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
import psutil
from numpy.typing import NDArray

from claims.matching import ClaimIndex
from claims.matching.index_gate import LIKENESS_FROM, all_lexical, all_passing, liftable, score
from claims.matching.index_rows import starts_of
from claims.matching.index_terms import codes
from claims.matching.similarity import masked
from tests.benchmarks import retrieval_peers as peers
from tests.benchmarks.tables import Measure, Result
from tests.benchmarks.texts import Texts

SIZES = (10_000, 100_000, 1_000_000)
SENTENCES = 30
SCALED = 2
"""Sentences that rapidfuzz reads against all claims; its time for a report is taken from theirs."""
PEERS_READ = 3
"""Reports that bm25s and tantivy read."""
ROUNDS = 3
RECALLS = {
    "recall@20 of all that pass the gate and share a key": True,
    "recall@20 of all that pass the gate, key or not": False,
}
"""What candidates are measured against, and whether only claims that share a key with the sentence are in it."""
EXAMINED = 60
"""Sentences whose candidates are compared with those of scoring every claim."""


class Corpus(NamedTuple):
    claims: list[str]
    reports: list[list[str]]


def bench(*, rows: int, data: Path | None = None, sizes: Sequence[int] = SIZES) -> Result:
    texts = Texts(data)
    claims = [text for _, text in texts.claims(max(sizes))]
    reports = [
        texts.report(SENTENCES, claims[number : number + number % 2]) for number in range(max(1, rows // SENTENCES))
    ]
    measures = [measure for size in sizes for measure in _measures(Corpus(claims[:size], reports))]
    return Result("Candidates of a report of 30 sentences", [], _note(measures), measures)


def _measures(corpus: Corpus) -> Iterator[Measure]:
    size = f"{len(corpus.claims):,} claims"
    begun = time.process_time()
    built = ClaimIndex.build(enumerate(corpus.claims))
    yield Measure("claim index", f"{size}, built", time.process_time() - begun, "s")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "claims.index"
        built.save(path)
        del built
        yield Measure("claim index", f"{size}, file", path.stat().st_size / 1e6, "MB")
        before = psutil.Process().memory_full_info().uss
        begun = time.perf_counter()
        index = ClaimIndex.load(path)
        yield Measure("claim index", f"{size}, opened", (time.perf_counter() - begun) * 1000, "ms")
        taken = psutil.Process().memory_full_info().uss - before
        yield Measure("claim index", f"{size}, memory a process takes to open it", taken / 1e6, "MB")
        yield Measure("claim index", f"{size}, a report", _milliseconds(index.candidates, corpus.reports), "ms")
        for told, keyed in RECALLS.items():
            yield Measure("claim index", f"{size}, {told}", _recall(index, corpus.reports, keyed=keyed), "")
    yield from _peers(corpus, size)


def _peers(corpus: Corpus, size: str) -> Iterator[Measure]:
    makers = {
        "bm25s": peers.bm25s_search,
        "tantivy": peers.tantivy_search,
        "tantivy without stop words": peers.tantivy_without_stop_words,
    }
    for name, maker in makers.items():
        search = maker(corpus.claims)
        if search is not None:
            yield Measure(name, f"{size}, a report", _milliseconds(search, corpus.reports[:PEERS_READ]), "ms")
    few = [report[:SCALED] for report in corpus.reports[:1]]
    scaled = _milliseconds(peers.all_pairs(corpus.claims), few) * SENTENCES / SCALED
    yield Measure("rapidfuzz cdist", f"{size}, a report", scaled, "ms")


def _milliseconds(search: Callable[[Sequence[str]], object], reports: Sequence[Sequence[str]]) -> float:
    """Processor time of a report: the median over reports of the fastest of a few rounds."""
    fastest = [float("inf")] * len(reports)
    for _ in range(ROUNDS):
        for number, report in enumerate(reports):
            begun = time.process_time()
            search(report)
            fastest[number] = min(fastest[number], time.process_time() - begun)
    return statistics.median(fastest) * 1000


def _recall(index: ClaimIndex, reports: Sequence[Sequence[str]], *, keyed: bool) -> float:
    """Of the best 20 scores that any claims reach for a sentence, the share that the candidates reach."""
    sentences = [sentence for report in reports for sentence in report]
    reached = expected = 0
    for sentence in sentences[:: max(1, len(sentences) // EXAMINED)]:
        best = exhaustive(index, sentence, keyed=keyed)
        found = [candidate.score for candidate in index.candidates([sentence])]
        expected += len(best)
        reached += sum(one >= best[-1] for one in found) if best else 0
    return reached / max(expected, 1)


def exhaustive(index: ClaimIndex, sentence: str, *, keyed: bool, top: int = 20) -> list[float]:
    """The best scores of a sentence, every claim scored in full; `keyed`: of the claims that share a key with it."""
    base, text = index.base, masked(sentence)
    said = np.where(np.isin(base.terms, np.array(codes(sentence), np.uint64)), base.weights, 0).astype(np.int64)
    sums = starts_of(said[base.held])
    shared = sums[base.rows.starts[1:]] - sums[base.rows.starts[:-1]]
    passing = np.flatnonzero(all_passing(shared, base.totals) & (_sharing_a_key(index, said) | (not keyed)))
    points = all_lexical(shared[passing], base.totals[passing])
    order = np.argsort(-points, kind="stable")
    least = liftable(int(points[order[top - 1]])) if len(order) > top else 0
    chosen = [int(place) for place in order if points[place] >= least]
    texts = [base.rows.text_of(int(passing[place])) if points[place] >= LIKENESS_FROM else "" for place in chosen]
    scores = [score(int(points[place]), claim, text) for place, claim in zip(chosen, texts, strict=True)]
    return sorted(scores, reverse=True)[:top]


def _sharing_a_key(index: ClaimIndex, said: NDArray[np.int64]) -> NDArray[np.bool_]:
    found = np.zeros(len(index.base.rows), np.bool_)
    for term in np.flatnonzero(said):
        found[index.base.keyed[index.base.starts[term] : index.base.starts[term + 1]]] = True
    return found


def _note(measures: Sequence[Measure]) -> str:
    times = {(one.system, one.text): one.value for one in measures if one.text.endswith("a report")}
    (_, text) = [known for known in times if known[0] == "claim index"][-1]
    own = times["claim index", text]
    beside = [f"{system} takes {value / own:,.0f} times" for (system, other), value in times.items() if other == text]
    return f"{text}: " + ", ".join(beside[1:]) + ". Processor time; rapidfuzz from two sentences, scaled."
