"""Fits `resources/ranking_embedding.json`, the blend of a ranking that has an embedding; needs its packages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from claims.matching.embedding import Embedder
from claims.matching.fit import ranking


def fit(folder: Path) -> dict[str, Any]:
    """As `ranking.fit`, with an embedder; raises EmbeddingUnavailable without its packages."""
    return ranking.fit(folder, "ranking_embedding", Embedder.load())
