"""Learns the judge of claim and evidence pairs from public data sets: the content of `resources/nli.json`.

One model for all sets, each with a weight of its own; pairs that logic decides (`figure_swaps`) are left out. The
threshold of contradictions comes from probabilities of rows that the model had not seen.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from claims.matching.features import features
from claims.matching.figure_swaps import swapped
from claims.matching.fit.evidence import PairRow, load_pairs
from claims.matching.fit.grown import exported
from claims.matching.outcomes import Stance
from claims.matching.policy import NEWSROOM, NLI
from claims.matching.slots import read
from claims.matching.stance import compare

SEED = 20_200_405
ROWS = 2_500
"""Pairs taken of one set at most, for time."""
SET_WEIGHTS = {
    "equate/NewsNLI": 2200.0, "equate/RTE_Quant": 700.0, "equate/RedditNLI": 900.0, "equate/AWPNLI": 150.0,
    "healthver": 2200.0, "climate_fever": 1500.0, "covidfact": 300.0, "covidfact/train": 900.0,
    "fever_pairs": 1200.0, "fever_symmetric": 1200.0, "fm2": 1500.0, "vitaminc": 700.0,
}  # fmt: skip
"""What all pairs of a set weigh together: neither the largest set nor the easiest decides."""
FOLDS = 3
PRECISION = 0.86
"""Precision of contradictions, pooled over the sets by weight, that the threshold has to reach where contradictions
are common: sets without neutral pairs. Elsewhere a higher one would leave nothing."""
LOWEST_POINT, HIGHEST_POINT = 0.4, 0.95
COMMAND = "python -m claims.matching fit nli --data FOLDER"


@dataclass(frozen=True, slots=True)
class Sample:
    """Pairs with their features; `group` joins those of one claim, or of one premise with made-up claims."""

    rows: Sequence[PairRow]
    names: tuple[str, ...]
    values: Any
    groups: Sequence[str]

    @property
    def stances(self) -> list[str]:
        return [row.stance.value for row in self.rows]


def fit(folder: Path) -> dict[str, Any]:
    """The content of `nli.json`."""
    sample = sampled(folder)
    shares = held_out(sample)
    fitted = grown(sample, range(len(sample.rows)))
    counts = Counter(row.data for row in sample.rows)
    drawn = ", ".join(f"{name} ({number})" for name, number in sorted(counts.items()))
    return {
        "source": f"Fitted to the development parts of {drawn} "
        "(EQUATE and VitaminC: MIT; FEVER, FEVER symmetric, FM2: CC BY-SA; HealthVer, COVID-Fact, Climate-FEVER: "
        f"research data). No text of them is kept. Command: {COMMAND}",
        "contradicts_from": operating_point(sample, shares, range(len(sample.rows))),
        **exported(fitted, sample.names),
    }


def sampled(folder: Path) -> Sample:
    """Up to `ROWS` pairs of each set with their features, in a fixed order."""
    return featured(list(_drawn(load_pairs(folder))))


def featured(rows: Sequence[PairRow]) -> Sample:
    given = [_features(row) for row in rows]
    names = tuple(given[0])
    values = np.array([[one[name] for name in names] for one in given], dtype=np.float64)
    return Sample(rows, names, values, groups_of(rows))


def _drawn(rows: Sequence[PairRow]) -> Iterator[PairRow]:
    by_set: dict[str, list[PairRow]] = {}
    for row in rows:
        if row.data in SET_WEIGHTS and swapped(row.claim, row.passage) is None:
            by_set.setdefault(row.data, []).append(row)
    for _, of_set in sorted(by_set.items()):
        random.Random(SEED).shuffle(of_set)  # noqa: S311 - a sample, not cryptography
        yield from of_set[:ROWS]


def _features(row: PairRow) -> dict[str, float]:
    claim, passage = read(row.claim), read(row.passage)
    return features(claim, passage, compare(claim, passage, policy=NEWSROOM), NLI)


def groups_of(rows: Sequence[PairRow]) -> list[str]:
    """A name for each row that it shares with every row of the same claim or, in made-up claims, the same passage."""
    parents: dict[str, str] = {}

    def root(name: str) -> str:
        while parents.setdefault(name, name) != name:
            name = parents[name]
        return name

    keys = [f"claim {_plain(row.claim)}" for row in rows]
    for row, key in zip(rows, keys, strict=True):
        if row.data.startswith(("equate", "covidfact")):
            parents[root(key)] = root(f"passage {_plain(row.passage)}")
    return [root(key) for key in keys]


def _plain(text: str) -> str:
    """White space and brackets as FEVER's several editions write them alike."""
    folded = text.lower().replace("-lrb-", "(").replace("-rrb-", ")")
    return "".join(character for character in folded if character.isalnum())


def weights(rows: Sequence[PairRow]) -> Any:
    """A weight for each row, one in the mean."""
    counts = Counter(row.data for row in rows)
    each = np.array([SET_WEIGHTS[row.data] / counts[row.data] for row in rows])
    return each / each.mean()


def grown(sample: Sample, chosen: Sequence[int]) -> HistGradientBoostingClassifier:
    """The model of the chosen rows: small trees, held back, so that no set's habits are learned by heart."""
    numbers = list(chosen)
    rows = [sample.rows[number] for number in numbers]
    fitted = HistGradientBoostingClassifier(
        learning_rate=0.06,
        max_iter=130,
        max_leaf_nodes=16,
        min_samples_leaf=15,
        l2_regularization=8.0,
        max_features=0.3,
        early_stopping=False,
        random_state=SEED,
    )
    return fitted.fit(sample.values[numbers], [row.stance.value for row in rows], sample_weight=weights(rows))


def folds(sample: Sample) -> Iterator[tuple[list[int], list[int]]]:
    """(training, held-out) row numbers; a group is never on both sides."""
    names = sorted(set(sample.groups))
    random.Random(SEED).shuffle(names)  # noqa: S311
    fold_of = {name: number % FOLDS for number, name in enumerate(names)}
    for fold in range(FOLDS):
        held = [number for number, group in enumerate(sample.groups) if fold_of[group] == fold]
        yield [number for number, group in enumerate(sample.groups) if fold_of[group] != fold], held


def held_out(sample: Sample) -> Any:
    """For each row the probabilities by a model that has not seen its group; columns as in `Stance` sorted by name."""
    shares = np.zeros((len(sample.rows), len(Stance)))
    for training, held in folds(sample):
        shares[held] = grown(sample, training).predict_proba(sample.values[held])
    return shares


def operating_point(sample: Sample, shares: Any, chosen: Sequence[int]) -> float:
    """The lowest probability from which contradictions are right often enough, each set weighing the same."""
    open_ended = {row.data for row in sample.rows if row.stance is Stance.NEUTRAL}
    numbers = [number for number in chosen if sample.rows[number].data not in open_ended]
    rows = [sample.rows[number] for number in numbers]
    wanted = np.array([row.stance is Stance.CONTRADICTS for row in rows])
    heavy = weights(rows)
    said = shares[numbers, sorted(Stance).index(Stance.CONTRADICTS)]
    for threshold in np.arange(LOWEST_POINT, HIGHEST_POINT, 0.01):
        taken = said >= threshold
        if taken.any() and heavy[taken & wanted].sum() >= PRECISION * heavy[taken].sum():
            return round(float(threshold), 2)
    return HIGHEST_POINT
