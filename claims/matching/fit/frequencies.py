"""How telling each word is: in how many passages of the public data sets its stem occurs."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from claims.matching.fit.evidence import PairRow, load_pairs
from claims.matching.text import stem, tokens

SAMPLE = 2_000
"""Passages taken of each set, so that none decides what is common."""
KEPT = 3_000
SEED = 20_200_405


def fit(folder: Path) -> dict[str, Any]:
    """The content of `frequencies.json`: stems by weight, 0.1 (every other passage) to 0.9; the rest weigh 1."""
    passages = list(_passages(load_pairs(folder)))
    counts = Counter(word for passage in passages for word in {stem(t.low) for t in tokens(passage) if t.is_word})
    buckets: dict[str, list[str]] = {}
    for word, count in counts.most_common(KEPT):
        if count > 2:
            buckets.setdefault(f"{_weight(count / len(passages)):.1f}", []).append(word)
    return {
        "source": "Document frequencies of stems in the passages of FEVER, FEVER 2.0 symmetric, FM2, VitaminC, "
        "HealthVer, COVID-Fact, Climate-FEVER and EQUATE (development parts; at most 2,000 passages a set). "
        "Written by: python -m claims.matching fit frequencies --data FOLDER",
        "buckets": {weight: " ".join(sorted(buckets[weight])) for weight in sorted(buckets)},
    }


def _passages(rows: Iterable[PairRow]) -> Iterable[str]:
    by_set: dict[str, set[str]] = {}
    for row in rows:
        by_set.setdefault(row.data, set()).add(row.passage)
    for _, passages in sorted(by_set.items()):
        ordered = sorted(passages)
        random.Random(SEED).shuffle(ordered)  # noqa: S311 - a sample, not cryptography
        yield from ordered[:SAMPLE]


def _weight(share: float) -> float:
    """Inverse document frequency on a scale that ends at one passage in a thousand."""
    return min(0.9, max(0.1, -math.log10(share) / 3))
