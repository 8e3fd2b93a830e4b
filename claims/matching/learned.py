"""Small learned models, read from JSON and computed in plain Python: no training library at run time.

A model is either `logistic` (one row of weights a class) or `trees` (gradient-boosted trees: leaves add to a class's
score). Both give a probability for each class by the softmax of the scores. The commands in `fit` write the files.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from claims.matching.resources import table

Features = Mapping[str, float]
LEAF = -1


@dataclass(frozen=True, slots=True)
class Tree:
    """A decision tree in parallel arrays: node i goes left if `value[feature[i]] <= threshold[i]`.

    A leaf has `feature[i] == LEAF`; its `threshold` is what it adds to the score.
    """

    feature: Sequence[int]
    threshold: Sequence[float]
    left: Sequence[int]
    right: Sequence[int]

    def score(self, values: Sequence[float]) -> float:
        at = 0
        while self.feature[at] != LEAF:
            at = self.left[at] if values[self.feature[at]] <= self.threshold[at] else self.right[at]
        return self.threshold[at]


@dataclass(frozen=True, slots=True)
class Model:
    """`features` names the inputs in order, `classes` the outputs; a feature that is not given counts as 0."""

    features: tuple[str, ...]
    classes: tuple[str, ...]
    intercepts: tuple[float, ...]
    weights: tuple[tuple[float, ...], ...] = ()
    trees: tuple[tuple[Tree, ...], ...] = ()
    columns: Mapping[str, Sequence[tuple[int, float]]] = field(init=False, repr=False, compare=False)
    """By feature: the number of each class that weighs it, and its weight."""

    def __post_init__(self) -> None:
        columns = {
            name: [(number, row[at]) for number, row in enumerate(self.weights) if row[at]]
            for at, name in enumerate(self.features)
        }
        object.__setattr__(self, "columns", columns)

    def probabilities(self, given: Features) -> dict[str, float]:
        scores = self._linear(given)
        if self.trees:
            values = [float(given.get(name, 0.0)) for name in self.features]
            scores = [
                score + sum(tree.score(values) for tree in grown)
                for score, grown in zip(scores, self.trees, strict=True)
            ]
        highest = max(scores)
        shares = [math.exp(score - highest) for score in scores]
        total = sum(shares)
        return {name: share / total for name, share in zip(self.classes, shares, strict=True)}

    def _linear(self, given: Features) -> list[float]:
        """The weighted sums; most features of a pair are 0, so only those given are looked at."""
        scores = list(self.intercepts)
        for name, value in given.items():
            for number, weight in self.columns.get(name, ()) if value else ():
                scores[number] += weight * value
        return scores


@dataclass(frozen=True, slots=True)
class Weights:
    """What the newsroom's policies learned: whether a figure fills the claim's slot, and what words say to a claim."""

    figures: Model
    words: Model


@cache
def newsroom_weights() -> Weights:
    return Weights(model("newsroom", "figures"), model("newsroom", "words"))


@cache
def model(name: str, part: str = "") -> Model:
    """The model that `resources/<name>.json` holds, or one of its parts."""
    return model_from(table(name)[part] if part else table(name))


def model_from(content: Mapping[str, Any]) -> Model:
    """A model from its JSON form: `features`, `classes`, `intercepts` and `weights` or `trees`."""
    return Model(
        tuple(content["features"]),
        tuple(content["classes"]),
        tuple(content["intercepts"]),
        tuple(tuple(row) for row in content.get("weights", ())),
        tuple(
            tuple(Tree(*(tree[key] for key in ("feature", "threshold", "left", "right"))) for tree in grown)
            for grown in content.get("trees", ())
        ),
    )
