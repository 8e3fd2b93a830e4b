"""The whole engine on a report: candidates, reading and comparing, at different numbers of claims.

The claims are mapped from a file as in a worker, and reports are taken step by step, a worker's batch at a time; the
time of each is its own. Readings of the candidates are at hand, as those asked for lately are; none of the reports was
met before. They are a title and thirty sentences of news prose, or of sentences
recombined from the evidence for the very claims the collection is recombined from: then every sentence speaks of some.
One in twenty holds a paraphrase too.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from claims.matching import Brief, Candidate, ClaimIndex, Document, DocumentReader, Statement, read
from claims.matching.outcomes import ClaimId
from factcheck.startup import settle_engine
from tests.benchmarks.tables import Measure, Result
from tests.benchmarks.texts import Texts

SIZES = (100_000, 1_000_000)
SENTENCES = 30
BATCH = 25
"""Reports that a worker takes together, unless MATCH_BATCH says otherwise."""
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
    for report in reports:  # the file's pages are in memory, and readings are at hand, as in a worker
        known.of(candidate.claim_id for candidate in DocumentReader(report).candidates(index))
    gc.collect()
    gc.freeze()  # what a worker keeps at hand is a tenth of this
    before, measured = reports[: len(reports) // 4], reports[len(reports) // 4 :]
    _matched(before, index, known)
    batches = [measured[first : first + BATCH] for first in range(0, len(measured), BATCH)]
    spent = [one for batch in batches for one in _matched(batch, index, known)]
    parts = {
        "candidates": [one.candidates for one in spent],
        "reading and comparing": [one.comparing for one in spent],
        "together": [one.candidates + one.comparing for one in spent],
    }
    for part, times in parts.items():
        ordered = sorted(times)
        yield Measure("engine", f"{name}, {part}, median", statistics.median(ordered) * 1000, "ms")
        yield Measure("engine", f"{name}, {part}, 95th percentile", ordered[int(0.95 * len(ordered))] * 1000, "ms")
    yield Measure("engine", f"{name}, pairs left a report", statistics.mean(one.pairs for one in spent), "")
    yield Measure("engine", f"{name}, findings a report", statistics.mean(one.findings for one in spent), "")


@dataclass(slots=True)
class _Spent:
    """Seconds of processor time on one report, and what became of its candidates."""

    candidates: float = 0.0
    comparing: float = 0.0
    pairs: int = 0
    findings: int = 0


def _matched(reports: Sequence[Document], index: ClaimIndex, known: _Readings) -> list[_Spent]:
    spent = [_Spent() for _ in reports]
    readers = [DocumentReader(report) for report in reports]
    offered: list[list[Candidate]] = []
    prospects: list[list[Candidate]] = []
    for one, reader in zip(spent, readers, strict=True):
        begun = time.process_time()
        offered.append(reader.candidates(index))
        one.candidates = time.process_time() - begun
    statements = [known.of(candidate.claim_id for candidate in candidates) for candidates in offered]
    briefs = [{claim_id: Brief.of(read) for claim_id, read in listed.items()} for listed in statements]
    for one, reader, candidates, listed in zip(spent, readers, offered, briefs, strict=True):
        begun = time.process_time()
        prospects.append(reader.prospects(candidates, listed))
        one.comparing = time.process_time() - begun
    for one, reader, left, claims in zip(spent, readers, prospects, statements, strict=True):
        begun = time.process_time()
        one.findings = len(reader.matches(left, claims))
        one.comparing += time.process_time() - begun
        one.pairs = len(left)
    return spent


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
