"""Fitting the small weights: each module learns one resource file from the data named in it."""

from __future__ import annotations

import importlib
from argparse import Namespace
from pathlib import Path

from claims.matching import resources

FITTED = ("frequencies", "headline", "newsroom", "nli", "ranking", "ranking_embedding", "rarity", "thesaurus")
"""The modules of this package that learn a resource: each has `fit(folder)`, which returns the file's content."""


def run(arguments: Namespace) -> int:
    """Learns a resource anew and writes it; raises ValueError for a name that is none."""
    if arguments.name not in FITTED:
        raise ValueError(f"fit: {arguments.name!r} is not accepted; expected one of {', '.join(FITTED)}")
    content = importlib.import_module(f"{__name__}.{arguments.name}").fit(arguments.data)
    path = Path(resources.__file__).with_name(f"{arguments.name}.json")
    importlib.import_module(f"{__name__}.model_file").write(path, content)
    print(f"{path.name}: {path.stat().st_size / 1_000:,.0f} kB")
    return 0
