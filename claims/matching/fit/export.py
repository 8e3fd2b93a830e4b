"""From scikit-learn's logistic regressions to the JSON form that `learned` computes without it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sklearn.linear_model import LogisticRegression

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


def _short(value: float) -> float:
    return float(f"{float(value):.{_DIGITS}g}")
