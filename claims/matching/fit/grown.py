"""Gradient-boosted trees of scikit-learn in the plain form that `learned.Model` reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from claims.matching.learned import LEAF

DIGITS = 6


def exported(fitted: Any, features: Sequence[str]) -> dict[str, Any]:
    """A fitted HistGradientBoostingClassifier of three classes or more as JSON; thresholds to six digits."""
    grown: list[list[dict[str, list[Any]]]] = [[] for _ in fitted.classes_]
    for stage in fitted._predictors:
        for number, predictor in enumerate(stage):
            grown[number].append(_tree(predictor.nodes))
    return {
        "features": list(features),
        "classes": [str(name) for name in fitted.classes_],
        "intercepts": [round(float(value), DIGITS) for value in fitted._baseline_prediction.ravel()],
        "trees": grown,
    }


def _tree(nodes: Any) -> dict[str, list[Any]]:
    return {
        "feature": [LEAF if node["is_leaf"] else int(node["feature_idx"]) for node in nodes],
        "threshold": [_short(node["value"] if node["is_leaf"] else node["num_threshold"]) for node in nodes],
        "left": [int(node["left"]) for node in nodes],
        "right": [int(node["right"]) for node in nodes],
    }


def _short(value: float) -> float:
    return float(f"{float(value):.{DIGITS}g}")
