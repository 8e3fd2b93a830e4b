"""The weights of the newsroom policy: does a figure fill the claim's slot, does a sentence say what the claim says.

Learned from claim and passage pairs labelled by the annotation guideline alone: the project's own (`fit/pairs`) and
`stance/dev.jsonl`. No data set with other label rules enters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from claims.matching.fit.export import trees_json
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
_FIGURES = {"max_depth": 3, "max_iter": 100, "learning_rate": 0.07, "min_samples_leaf": 8}
_WORDS = {"max_depth": 3, "max_iter": 60, "learning_rate": 0.07, "min_samples_leaf": 8}
SOURCE = (
    "Learned by `python -m claims.matching fit newsroom --data FOLDER` from claims/matching/fit/pairs (written for "
    "this project) and stance/dev.jsonl, both labelled by the annotation guideline, and from claims crossed with the "
    "passages of other claims."
)
ROUNDS = 2  # of choosing which of a passage's figures is the one meant
SEED = 20_200_405


@dataclass(frozen=True, slots=True)
class Sample:
    """`pair` numbers the pair it comes from: of its samples labelled SAME only the likeliest is meant."""

    features: Features
    label: str
    pair: int


def fit(folder: Path) -> dict[str, Any]:
    """The models of `resources/newsroom.json`; `folder` holds `stance/dev.jsonl`."""
    pairs = [*own_pairs(), *pairs_in(folder / "stance" / "dev.jsonl")]
    found = trained([*pairs, *crossed(pairs)])
    return {"source": SOURCE, **found}


def trained(pairs: Sequence[Pair]) -> dict[str, Any]:
    """Both models in their JSON form, from labelled pairs."""
    return {"figures": _figures_model(figure_samples(pairs)), "words": _model(word_samples(pairs), _WORDS)}


def figure_samples(pairs: Iterable[Pair]) -> list[Sample]:
    """One sample for each figure of a passage that would decide the claim."""
    return [
        Sample(found.features, SAME if _is_meant(pair, found) else OTHER, number)
        for number, pair in enumerate(pairs)
        for found in pair.figures()
        if found.implied is not None
    ]


def _is_meant(pair: Pair, found: Judgement) -> bool:
    """Whether the label may rest on this figure."""
    if found.implied is None or STANCE_OF[found.implied] is not pair.stance:
        return False
    return pair.relation in FIGURES or pair.relation is found.implied


def word_samples(pairs: Iterable[Pair]) -> list[Sample]:
    """One sample for each pair that words, not figures, decide."""
    told = [(number, pair, closest(pair.words())) for number, pair in enumerate(pairs) if pair.relation not in FIGURES]
    return [Sample(found.features, pair.stance.value, number) for number, pair, found in told if found is not None]


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


def _model(samples: Sequence[Sample], settings: Mapping[str, Any]) -> dict[str, Any]:
    features = sorted({name for sample in samples for name in sample.features})
    inputs = np.array([[sample.features.get(name, 0.0) for name in features] for sample in samples])
    grown = HistGradientBoostingClassifier(random_state=SEED, **settings)
    return trees_json(grown.fit(inputs, [sample.label for sample in samples]), features)
