"""Fits the judge of headlines: `python -m claims.matching fit headline --data FOLDER` writes `resources/headline.json`.

A regularised logistic regression over all features and gradient-boosted trees over those that are not words, blended
by the mean of their scores. Both sums fit one `learned.Model`: its score adds weights and trees.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from claims.matching.headlines import features_of
from claims.matching.learned import LEAF
from claims.matching.outcomes import Stance
from claims.matching.slots import read
from claims.matching.stance import compare

DATA = Path("emergent") / "train.jsonl"
STANCES = {"for": Stance.CONFIRMS, "against": Stance.CONTRADICTS, "observing": Stance.NEUTRAL}
"""The labels of Emergent as stances."""
SEED = 20_200_405
BLEND = 0.5
"""Share of the logistic score; 0.3 and 0.7 measure the same within a point (grouped cross-validation)."""
STRENGTH = 0.2
"""scikit-learn's C of the logistic regression; 0.05 measures the same within a point."""
WORD_SCALE = 0.6
"""Words and pairs of words count less than one, which regularises them more than the named features."""
WORD_CLAIMS = 4
"""Different claims under which a word must occur to have a weight: a word of one story says nothing of the next."""
TREES, DEPTH, RATE = 120, 3, 0.05
DIGITS = 4

Features = Mapping[str, float]
Matrix = Any


class Pair(NamedTuple):
    claim: str
    headline: str
    stance: str
    features: Features


@cache
def pairs(folder: Path) -> tuple[Pair, ...]:
    """The claims and headlines of Emergent with their features and stances."""
    reading = cache(read)
    found = []
    for line in (folder / DATA).read_text("utf-8").splitlines():
        row = json.loads(line)
        claim, headline = reading(row["claim"]), reading(row["headline"])
        features = features_of(claim, headline, compare(claim, headline))
        found.append(Pair(row["claim"], row["headline"], STANCES[row["stance"]].value, features))
    return tuple(found)


def fit(folder: Path) -> dict[str, Any]:
    """The model in its JSON form, with its provenance."""
    found = pairs(folder)
    return {
        "source": "Fitted to the training part of Emergent (Ferreira and Vlachos, NAACL 2016).",
        "command": "python -m claims.matching fit headline --data FOLDER",
        "rows": len(found),
        **trained(found),
    }


def trained(found: Sequence[Pair]) -> dict[str, Any]:
    """Features, classes, intercepts, weights and trees learned from some pairs; the same pairs give the same model."""
    names = _names(found)
    linear, boosted, plain = _fitted(found, names)
    scales = np.array([WORD_SCALE if _is_word(name) else 1.0 for name in names])
    return {
        "features": names,
        "classes": [str(name) for name in linear.classes_],
        "intercepts": _rounded(BLEND * linear.intercept_ + (1 - BLEND) * _start(boosted, len(plain))),
        "weights": [_rounded(BLEND * row * scales) for row in linear.coef_],
        "trees": [[_tree(grown.tree_, plain) for grown in stage] for stage in boosted.estimators_.T],
    }


def _fitted(found: Sequence[Pair], names: Sequence[str]) -> tuple[Any, Any, list[int]]:
    """The regression over all features, the trees over the named ones, and the columns of these."""
    plain = [number for number, name in enumerate(names) if not _is_word(name)]
    matrix, stances = _matrix(found, names), [pair.stance for pair in found]
    linear = LogisticRegression(C=STRENGTH, max_iter=2_000).fit(matrix, stances)
    boosted = GradientBoostingClassifier(
        n_estimators=TREES, max_depth=DEPTH, learning_rate=RATE, subsample=0.5, max_features="sqrt",
        min_samples_leaf=10, random_state=SEED,
    ).fit(matrix[:, plain], stances)  # fmt: skip
    return linear, boosted, plain


def _is_word(name: str) -> bool:
    return name.startswith(("word:", "pair:"))


def _names(found: Sequence[Pair]) -> list[str]:
    claims: dict[str, set[str]] = defaultdict(set)
    for pair in found:
        for name in pair.features:
            claims[name].add(pair.claim)
    return sorted(name for name, seen in claims.items() if not _is_word(name) or len(seen) >= WORD_CLAIMS)


def _matrix(found: Sequence[Pair], names: Sequence[str]) -> Matrix:
    matrix = np.array([[pair.features.get(name, 0.0) for name in names] for pair in found])
    return matrix * np.array([WORD_SCALE if _is_word(name) else 1.0 for name in names])


def _start(boosted: Any, width: int) -> Matrix:
    """The scores before the first tree: those of any row less what its trees add."""
    row = np.zeros((1, width))
    added = [RATE * sum(float(grown.predict(row)[0]) for grown in stage) for stage in boosted.estimators_.T]
    return boosted.decision_function(row)[0] - np.array(added)


def _tree(grown: Any, plain: Sequence[int]) -> dict[str, list[Any]]:
    """The parallel arrays of `learned.Tree`; a leaf holds what it adds after the learning rate and the blend."""
    leaf = grown.children_left < 0
    adds = grown.value[:, 0, 0] * RATE * (1 - BLEND)
    return {
        "feature": [LEAF if ends else plain[column] for ends, column in zip(leaf, grown.feature, strict=True)],
        "threshold": _rounded(np.where(leaf, adds, grown.threshold), DIGITS + 2),
        "left": [max(0, int(child)) for child in grown.children_left],
        "right": [max(0, int(child)) for child in grown.children_right],
    }


def _rounded(values: Matrix, digits: int = DIGITS) -> list[float]:
    return [round(float(value), digits) for value in values]
