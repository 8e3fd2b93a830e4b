"""Comparing statements already read: a claim against the passages of its own story, and against strangers."""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from claims.matching import compare
from claims.matching.fit.pairs import Pair, own_pairs
from tests.benchmarks.tables import Rate, Result

ROUNDS = 5
"""Of each pair the fastest round counts: the others measure the machine."""


def bench(*, rows: int, data: Path | None = None) -> Result:
    pairs = own_pairs()[:rows]
    strangers = [(ours, theirs) for ours, theirs in zip(pairs, pairs[len(pairs) // 2 :] + pairs, strict=False)]
    told = _seconds([(pair, pair) for pair in pairs])
    apart = _seconds(strangers)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rates = [
        Rate("factcheck-workbench", "pairs of one story, median", "comparisons", 1 / statistics.median(told)),
        Rate("factcheck-workbench", "pairs of one story, 95th percentile", "comparisons", 1 / _late(told)),
        Rate("factcheck-workbench", "claim and another's passage, median", "comparisons", 1 / statistics.median(apart)),
    ]
    median = statistics.median(told) * 1e6
    return Result("Comparing statements", rates, f"Median {median:.0f} µs; the process holds {memory:.0f} MB at most.")


def _late(seconds: Sequence[float]) -> float:
    return sorted(seconds)[int(0.95 * len(seconds))]


def _seconds(pairs: Sequence[tuple[Pair, Pair]]) -> list[float]:
    fastest = [float("inf")] * len(pairs)
    for _ in range(ROUNDS):
        for number, (ours, theirs) in enumerate(pairs):
            begun = time.perf_counter()
            compare(ours.claim, theirs.passage, context=theirs.context)
            fastest[number] = min(fastest[number], time.perf_counter() - begun)
    return fastest
