"""The whole engine on a report: candidates, reading and comparing, at different numbers of claims.

The claims are mapped from a file as in a worker; readings of the candidates are at hand, as those asked for lately
are; none of the reports was met before. They are a title and thirty sentences of news prose, or of sentences
recombined from the evidence for the very claims the collection is recombined from: then every sentence speaks of some.
One in twenty holds a paraphrase too.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from claims.matching import Brief, ClaimIndex, Document, DocumentReader, Statement, read
from claims.matching.outcomes import ClaimId
from factcheck.startup import settle_engine
from tests.benchmarks.tables import Measure, Result
from tests.benchmarks.texts import Texts

SIZES = (100_000, 1_000_000)
SENTENCES = 30
ABOUT = 20
"""One report in so many is about a claim."""
DAY = date(2020, 4, 5)


def bench(*, rows: int, data: Path | None = None, sizes: Sequence[int] = SIZES) -> Result:
    settle_engine()  # as a worker does
    texts = Texts(data)
    claims = [text for _, text in texts.claims(max(sizes))]
    count = max(ABOUT, rows)
    abouts = [claims[number : number + (number % ABOUT == 0)] for number in range(count)]
    kinds = {
        "news prose": [_report(texts.news_report(SENTENCES + 1, about)) for about in abouts],
        "recombined": [_report(texts.report(SENTENCES + 1, about)) for about in abouts],
    }
    measures = [measure for size in sizes for measure in _measures(claims[:size], kinds)]
    note = f"{count - count // 4} reports of {SENTENCES} sentences and a title; milliseconds of processor time each"
    return Result("The engine on a report", [], note, measures)


def _report(sentences: Sequence[str]) -> Document:
    title, *body = sentences
    return Document(title.rstrip("."), " ".join(body), DAY)


def _measures(claims: Sequence[str], kinds: Mapping[str, Sequence[Document]]) -> Iterator[Measure]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "claims.index"
        ClaimIndex.build(enumerate(claims)).save(path)
        index = ClaimIndex.load(path)
        known = _Readings(claims)
        for kind, reports in kinds.items():
            yield from _of_reports(f"{len(claims):,} claims, {kind}", index, known, reports)


def _of_reports(name: str, index: ClaimIndex, known: _Readings, reports: Sequence[Document]) -> Iterator[Measure]:
    spent: dict[str, list[float]] = {"candidates": [], "reading and comparing": [], "together": []}
    for report in reports:  # the file's pages are in memory, and readings are at hand, as in a worker
        known.of(candidate.claim_id for candidate in DocumentReader(report).candidates(index))
    before, measured = reports[: len(reports) // 4], reports[len(reports) // 4 :]
    for report in before:
        _matched(report, index, known, {part: [] for part in spent})
    pairs = sum(_matched(report, index, known, spent) for report in measured)
    for part, times in spent.items():
        ordered = sorted(times)
        yield Measure("engine", f"{name}, {part}, median", statistics.median(ordered) * 1000, "ms")
        yield Measure("engine", f"{name}, {part}, 95th percentile", ordered[int(0.95 * len(ordered))] * 1000, "ms")
    yield Measure("engine", f"{name}, pairs left a report", pairs / len(measured), "")


def _matched(report: Document, index: ClaimIndex, known: _Readings, spent: dict[str, list[float]]) -> int:
    begun = time.process_time()
    reader = DocumentReader(report)
    candidates = reader.candidates(index)
    found = time.process_time()
    statements = known.of(candidate.claim_id for candidate in candidates)
    briefs = {claim_id: Brief.of(statement) for claim_id, statement in statements.items()}
    ready = time.process_time()
    prospects = reader.prospects(candidates, briefs)
    reader.matches(prospects, statements)
    ended = time.process_time()
    spent["candidates"].append(found - begun)
    spent["reading and comparing"].append(ended - ready)
    spent["together"].append(found - begun + ended - ready)
    return len(prospects)


class _Readings:
    """Each claim is read once, as its wording is in the database."""

    def __init__(self, claims: Sequence[str]) -> None:
        self._claims = claims
        self._kept: dict[ClaimId, Statement] = {}

    def of(self, claim_ids: Iterator[ClaimId]) -> dict[ClaimId, Statement]:
        return {claim_id: self._reading(claim_id) for claim_id in claim_ids}

    def _reading(self, claim_id: ClaimId) -> Statement:
        if claim_id not in self._kept:
            self._kept[claim_id] = read(self._claims[int(claim_id)], date=DAY)
        return self._kept[claim_id]
