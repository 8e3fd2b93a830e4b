"""How telling each term of the claim index is: in how many texts of the public data sets it occurs."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path
from typing import Any

from claims.matching.fit.evidence import load_pairs
from claims.matching.index_terms import FIGURE, HEAVIEST, terms

LEAST_TEXTS = 3
"""A term in fewer texts is as rare as one in none."""
LIGHTEST = 10


def fit(folder: Path) -> dict[str, Any]:
    """The content of `rarity.json`: terms by weight, from 10 (in nearly every text) to 99; the rest weigh 100."""
    texts = sorted({text for row in load_pairs(folder) for text in (row.claim, row.passage)})
    counts = Counter(found for text in texts for found in terms(text) if not found.startswith(FIGURE))
    buckets: dict[int, list[str]] = {}
    for known, count in counts.items():
        if count >= LEAST_TEXTS:
            buckets.setdefault(_weight(count, len(texts)), []).append(known.replace(" ", "_"))
    return {
        "source": "Document frequencies of index terms in the claims and passages of FEVER, FEVER 2.0 symmetric, FM2, "
        "VitaminC, HealthVer, COVID-Fact, Climate-FEVER and EQUATE (development parts). "
        "Written by: python -m claims.matching fit rarity --data FOLDER",
        "buckets": {str(weight): " ".join(sorted(buckets[weight])) for weight in sorted(buckets) if weight < HEAVIEST},
    }


def _weight(count: int, texts: int) -> int:
    """The square of the inverse document frequency, on a scale that ends where `LEAST_TEXTS` do.

    The square, because what a claim is about hangs on its rare words: against the plain frequency it
    finds as many of the claims behind the posts of CheckThat and lets the index look at a third fewer claims.
    """
    share = math.log(texts / count) / math.log(texts / (LEAST_TEXTS - 1))
    return max(LIGHTEST, round(HEAVIEST * share**2))
