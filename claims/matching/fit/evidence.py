"""Claim and passage pairs of public data sets in one form, whatever their labels are called."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from claims.matching.outcomes import Stance

EQUATE = ("RTE_Quant", "NewsNLI", "RedditNLI", "StressTest_dev", "AWPNLI")
FILES = {
    **{f"equate/{name}": f"equate/{name}.jsonl" for name in EQUATE},
    "fever_pairs": "fever_pairs/train.jsonl",
    "fever_symmetric": "fever_symmetric/dev.jsonl",
    "healthver": "healthver/dev.jsonl",
    "covidfact": "covidfact/dev.jsonl",
    "covidfact/train": "covidfact/train.jsonl",
    "climate_fever": "climate_fever/all.jsonl",
    "fm2": "fm2/dev.jsonl",
    "vitaminc": "vitaminc/train.jsonl",
}
_STANCES = {
    "entailment": Stance.CONFIRMS,
    "supports": Stance.CONFIRMS,
    "contradiction": Stance.CONTRADICTS,
    "refutes": Stance.CONTRADICTS,
}


@dataclass(frozen=True, slots=True)
class PairRow:
    """One pair of a set: a claim (hypothesis), a passage (evidence, premise) and the stance its annotators gave."""

    data: str
    claim: str
    passage: str
    stance: Stance


def load_pairs(folder: Path) -> list[PairRow]:
    """The pairs of every set that the folder holds; raises FileNotFoundError where it holds none."""
    held = {data: folder / name for data, name in FILES.items() if (folder / name).exists()}
    if not held:
        raise FileNotFoundError(f"{folder}: none of {', '.join(FILES.values())}")
    return [row for data, path in held.items() for row in _pairs(data, path)]


def _pairs(data: str, path: Path) -> Iterator[PairRow]:
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        claim = row.get("claim") or row["hypothesis"]
        passage = row.get("evidence") or row["premise"]
        yield PairRow(data, claim, passage, _STANCES.get(row["label"].lower(), Stance.NEUTRAL))
