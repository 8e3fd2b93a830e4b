"""From scikit-learn's fitted models to the JSON form that `learned` computes without it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from claims.matching.learned import LEAF

_DIGITS = 5  # significant digits kept: more change no probability in its third decimal


def logistic_json(fitted: LogisticRegression, features: Sequence[str]) -> dict[str, Any]:
    """A logistic regression; of two classes the first has the score 0."""
    weights, intercepts = fitted.coef_.tolist(), fitted.intercept_.tolist()
    if len(intercepts) == 1:
        weights, intercepts = [[0.0] * len(features), weights[0]], [0.0, intercepts[0]]
    return {
        "features": list(features),
        "classes": [str(name) for name in fitted.classes_],
        "intercepts": [_short(value) for value in intercepts],
        "weights": [[_short(value) for value in row] for row in weights],
    }


def trees_json(fitted: HistGradientBoostingClassifier, features: Sequence[str]) -> dict[str, Any]:
    """Gradient-boosted trees; of two classes the first has the score 0."""
    grown = [[_tree(step[number]) for step in fitted._predictors] for number in range(len(fitted._predictors[0]))]
    intercepts = [float(value) for value in fitted._baseline_prediction.ravel()]
    if len(intercepts) == 1:
        grown, intercepts = [[], *grown], [0.0, *intercepts]
    return {
        "features": list(features),
        "classes": [str(name) for name in fitted.classes_],
        "intercepts": [_short(value) for value in intercepts],
        "trees": grown,
    }


def _tree(grown: Any) -> dict[str, list[float]]:
    nodes = grown.nodes
    return {
        "feature": [LEAF if node["is_leaf"] else int(node["feature_idx"]) for node in nodes],
        "threshold": [_short(node["value"] if node["is_leaf"] else node["num_threshold"]) for node in nodes],
        "left": [int(node["left"]) for node in nodes],
        "right": [int(node["right"]) for node in nodes],
    }


def _short(value: float) -> float:
    return float(f"{float(value):.{_DIGITS}g}")
