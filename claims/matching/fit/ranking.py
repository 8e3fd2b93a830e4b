"""Fits `resources/ranking.json`, the blend by which ClaimRanking orders candidates.

A conditional logit (McFadden 1974; the top-one case of listwise ranking): among the candidates of a post, the right
one should have the largest share of the softmax of the scores. A second, two-parameter fit then turns the score into
the probability that a candidate is right (Platt 1999). Both are convex: the same data give the same weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from claims.matching.embedding import Embedder
from claims.matching.fit.checkthat import Judged, claims_2020, claims_2022, posts_2020, posts_2022
from claims.matching.learned import Model
from claims.matching.ranking import ABOUT, ClaimRanking

Matrix = NDArray[np.float64]

RIDGE = 3.0
"""Penalty on the squared weights of standardised features; from 1 to 30, cross-validation differs by under 0.003."""
STEPS = 500
SMALLEST = 1e-9
UNPENALISED = 1e6
DIGITS = 5
UNFITTED = Model((), ("other", ABOUT), (0.0, 0.0))
"""For building a ranking whose candidates are to be fitted on."""


@dataclass(frozen=True, slots=True)
class Case:
    """The candidates of a post, a row of features each, and which of them is right."""

    names: tuple[str, ...]
    rows: Matrix
    right: int


def fit(folder: Path, name: str = "ranking", embedder: Embedder | None = None) -> dict[str, Any]:
    """The committed model `name`: fitted on the posts of 2020 train and 2022 train without those of 2020 dev."""
    kept_apart = {post.key for post in posts_2020(folder, "dev")}
    both = (
        (claims_2020(folder), posts_2020(folder, "train")),
        (claims_2022(folder), posts_2022(folder)),
    )
    learned_from = [
        case
        for claims, posts in both
        for case in cases(
            ClaimRanking.build(claims, UNFITTED, embedder), [post for post in posts if post.key not in kept_apart]
        )
    ]
    source = f"python -m claims.matching fit {name} --data FOLDER: CheckThat! 2020 and 2022 train without 2020 dev"
    return {"source": source, **fitted(learned_from)}


def cases(ranking: ClaimRanking, posts: Iterable[Judged]) -> Iterator[Case]:
    """One case for each post and right claim; none where the right claim is not among the candidates."""
    for post in posts:
        found = ranking.examined(post.text)
        rights = [number for number, (claim, _) in enumerate(found) if claim in post.right]
        if rights:
            names = tuple(sorted(found[0][1]))
            rows = np.array([[row[name] for name in names] for _, row in found], dtype=np.float64)
            yield from (Case(names, rows, right) for right in rights)


def fitted(learned_from: Sequence[Case]) -> dict[str, Any]:
    """A model in its JSON form; raises ValueError when there is nothing to learn from."""
    if not learned_from:
        raise ValueError("no post has its claim among the candidates: nothing to fit")
    rows = np.concatenate([case.rows for case in learned_from])
    mean, spread = rows.mean(axis=0), rows.std(axis=0)
    spread = np.where(spread > SMALLEST, spread, 1.0)
    standardised = [Case(case.names, (case.rows - mean) / spread, case.right) for case in learned_from]
    weights = conditional_logit(standardised)
    slope, intercept = calibrated(standardised, weights)
    weights = slope * weights / spread
    return {
        "features": list(learned_from[0].names),
        "classes": ["other", ABOUT],
        "intercepts": [0.0, round(float(intercept - weights @ mean), DIGITS)],
        "weights": [[0.0] * len(weights), [round(float(weight), DIGITS) for weight in weights]],
    }


def conditional_logit(learned_from: Sequence[Case]) -> Matrix:
    """The weights that make the right rows likeliest among their candidates."""

    rows = np.concatenate([case.rows for case in learned_from])
    sizes = np.array([len(case.rows) for case in learned_from])
    starts = np.cumsum(sizes) - sizes
    right = starts + np.array([case.right for case in learned_from])
    wanted = rows[right].sum(axis=0)

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        scores = rows @ weights
        shares = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        shares /= np.repeat(np.add.reduceat(shares, starts), sizes)
        value = RIDGE / 2 * float(weights @ weights) - float(np.log(np.maximum(shares[right], SMALLEST)).sum())
        return value, RIDGE * weights + shares @ rows - wanted

    start = np.zeros(rows.shape[1])
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x)


def calibrated(learned_from: Sequence[Case], weights: Matrix) -> tuple[float, float]:
    """Slope and intercept that turn scores into log-odds of being right, by logistic regression."""
    scores = np.concatenate([case.rows @ weights for case in learned_from])
    right = np.concatenate([np.arange(len(case.rows)) == case.right for case in learned_from])
    found = LogisticRegression(C=UNPENALISED).fit(scores[:, None], right)
    return float(found.coef_[0, 0]), float(found.intercept_[0])
