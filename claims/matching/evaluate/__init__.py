"""How well the engine does on research data: every figure beside the published ones, every disagreement on file."""

from __future__ import annotations

import importlib
from argparse import Namespace
from pathlib import Path

from claims.matching.evaluate.tables import Disagreements

EVALUATIONS = ("quantities", "dates", "stance", "hard_pairs", "calibration", "headline", "nli", "ranking")
"""The modules of this package that measure something: each has `tables(folder, log)`."""


def run(arguments: Namespace) -> int:
    """Prints the tables of one evaluation or of all; raises ValueError for a name that is none."""
    chosen = [arguments.only] if arguments.only else list(EVALUATIONS)
    if not set(chosen) <= set(EVALUATIONS):
        raise ValueError(f"--only: {arguments.only!r} is not accepted; expected one of {', '.join(EVALUATIONS)}")
    log = Disagreements()
    for name in chosen:
        for table in importlib.import_module(f"{__name__}.{name}").tables(arguments.data, log):
            print(table.shown(), flush=True)
    log.write(arguments.disagreements or Path("disagreements.jsonl"))
    return 0
