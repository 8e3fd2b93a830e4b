"""The weights of the newsroom policy: does a figure fill the claim's slot, does a sentence say what the claim says.

Learned from claim and passage pairs labelled by the annotation guideline alone: the project's own (`fit/pairs`) and
`stance/dev.jsonl`. No data set with other label rules enters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from claims.matching.fit.export import logistic_json
from claims.matching.fit.pairs import Pair, crossed, own_pairs, pairs_in
from claims.matching.judgement import Judgement
from claims.matching.learned import Features, Model, model_from
from claims.matching.outcomes import STANCE_OF, Relation
from claims.matching.weighing import SAME, closest

FIGURES = frozenset({
    Relation.SAME_FIGURE, Relation.ROUNDED_FIGURE, Relation.CONVERTED_UNIT, Relation.CONVERTED_CURRENCY,
    Relation.WITHIN_BOUND, Relation.DERIVED, Relation.DIFFERENT_FIGURE, Relation.OUTSIDE_BOUND,
})  # fmt: skip
"""Relations that a figure of the passage carries; the others are carried by words."""
OTHER = "other"
_FIGURES, _WORDS = 0.5, 1.0  # inverse strength of the ridge penalty, chosen by cross-validation
SOURCE = (
    "Learned by `python -m claims.matching fit newsroom --data FOLDER` from claims/matching/fit/pairs and "
    "tests/matching/specs/compare.jsonl (written for this project) and stance/dev.jsonl, all labelled by the "
    "annotation guideline, and from claims crossed with the passages of other claims."
)
ROUNDS = 2  # of choosing which of a passage's figures is the one meant


@dataclass(frozen=True, slots=True)
class Sample:
    """`pair` numbers the pair it comes from: of its samples labelled SAME only the likeliest is meant."""

    features: Features
    label: str
    pair: int
    groups: frozenset[str]


@dataclass(frozen=True, slots=True)
class Samples:
    figures: tuple[Sample, ...]
    words: tuple[Sample, ...]

    def without(self, groups: frozenset[str]) -> Samples:
        """The samples that have nothing of some groups: neither their claims nor their passages."""
        figures, words = (
            tuple(sample for sample in listed if groups.isdisjoint(sample.groups))
            for listed in (self.figures, self.words)
        )
        return Samples(figures, words)


def fit(folder: Path) -> dict[str, Any]:
    """The models of `resources/newsroom.json`; `folder` holds `stance/dev.jsonl`."""
    pairs = [*own_pairs(), *pairs_in(folder / "stance" / "dev.jsonl")]
    return {"source": SOURCE, **trained(samples_of([*pairs, *crossed(pairs)]))}


def trained(samples: Samples) -> dict[str, Any]:
    """Both models in their JSON form."""
    return {"figures": _figures_model(samples.figures), "words": _model(samples.words, _WORDS)}


def samples_of(pairs: Sequence[Pair]) -> Samples:
    return Samples(tuple(_figure_samples(pairs)), tuple(_word_samples(pairs)))


def _figure_samples(pairs: Sequence[Pair]) -> Iterator[Sample]:
    """One sample for each figure of a passage that would decide the claim."""
    for number, pair in enumerate(pairs):
        for found in pair.figures():
            if found.implied is not None:
                yield Sample(found.features, SAME if _is_meant(pair, found) else OTHER, number, pair.groups)


def _is_meant(pair: Pair, found: Judgement) -> bool:
    """Whether the label may rest on this figure."""
    if found.implied is None or STANCE_OF[found.implied] is not pair.stance:
        return False
    return pair.relation in FIGURES or pair.relation is found.implied


def _word_samples(pairs: Sequence[Pair]) -> Iterator[Sample]:
    """One sample for each pair that words, not figures, decide."""
    for number, pair in enumerate(pairs):
        told = closest(pair.words()) if pair.relation not in FIGURES else None
        if told is not None:
            yield Sample(told.features, pair.stance.value, number, pair.groups)


def _figures_model(samples: Sequence[Sample]) -> dict[str, Any]:
    """Fitted in rounds: of a passage's figures that agree with its label, the likeliest one is the one meant."""
    kept = list(samples)
    for _ in range(ROUNDS):
        model = model_from(_model(kept, _FIGURES))
        kept = _meant(samples, model)
    return _model(kept, _FIGURES)


def _meant(samples: Sequence[Sample], model: Model) -> list[Sample]:
    best: dict[int, tuple[float, int]] = {}
    for number, sample in enumerate(samples):
        if sample.label == SAME:
            likely = model.probabilities(sample.features)[SAME]
            best[sample.pair] = max(best.get(sample.pair, (-1.0, number)), (likely, number))
    chosen = {number for _, number in best.values()}
    return [sample for number, sample in enumerate(samples) if sample.label != SAME or number in chosen]


def _model(samples: Sequence[Sample], penalty: float) -> dict[str, Any]:
    features = sorted({name for sample in samples for name in sample.features})
    inputs = np.array([[sample.features.get(name, 0.0) for name in features] for sample in samples])
    fitted = LogisticRegression(C=penalty, max_iter=4_000).fit(inputs, [sample.label for sample in samples])
    return logistic_json(fitted, features)
