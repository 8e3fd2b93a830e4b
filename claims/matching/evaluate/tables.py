"""What an evaluation prints and writes: tables beside the published figures, and the rows where we disagree."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
RESAMPLES = 1_000
SEED = 20_200_405


@dataclass(frozen=True, slots=True)
class Line:
    """One measured figure: `ours` with what it is compared to; `interval` is a 95 % bootstrap interval."""

    metric: str
    ours: float
    peers: str = ""
    reach: float | None = None
    interval: tuple[float, float] | None = None

    def shown(self) -> tuple[str, str, str, str]:
        spread = f" [{_short(self.interval[0])}, {_short(self.interval[1])}]" if self.interval else ""
        reach = (
            "" if self.reach is None else f"{_short(self.reach)}{'' if self.ours >= self.reach else '  NOT REACHED'}"
        )
        return self.metric, _short(self.ours) + spread, self.peers, reach


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    lines: Sequence[Line]
    note: str = ""

    def shown(self) -> str:
        rows = [("metric", "ours", "peers", "reach"), *(line.shown() for line in self.lines)]
        widths = [max(len(row[column]) for row in rows) for column in range(4)]
        body = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
        return "\n".join([f"## {self.title}", *([self.note] if self.note else []), *body, ""])


@dataclass(slots=True)
class Disagreements:
    """The rows on which the engine and the data disagree, for a person to read."""

    rows: list[dict[str, Any]] = field(default_factory=list)

    def add(self, data: str, **row: Any) -> None:
        self.rows.append({"data": data, **row})

    def write(self, path: Path) -> None:
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in self.rows), encoding="utf-8")


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The rows of a file with one JSON object a line."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def f1(right: int, said: int, wanted: int) -> float:
    """Harmonic mean of precision and recall; 0 where nothing is right."""
    return 2 * right / (said + wanted) if right else 0.0


def share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def macro_f1(pairs: Sequence[tuple[str, str]], classes: Iterable[str]) -> float:
    """Mean over the classes of the F1 of (wanted, said) pairs."""
    scores = [
        f1(
            sum(wanted == said == name for wanted, said in pairs),
            sum(said == name for _, said in pairs),
            sum(wanted == name for wanted, _ in pairs),
        )
        for name in classes
    ]
    return sum(scores) / len(scores)


def accuracy(pairs: Sequence[tuple[str, str]]) -> float:
    return share(sum(wanted == said for wanted, said in pairs), len(pairs))


def bootstrap(rows: Sequence[T], statistic: Callable[[Sequence[T]], float]) -> tuple[float, float]:
    """The 95 % percentile interval of a statistic over rows drawn again with replacement (Efron 1979)."""
    draw = random.Random(SEED)  # noqa: S311 - resampling, not cryptography
    found = sorted(statistic(draw.choices(rows, k=len(rows))) for _ in range(RESAMPLES))
    return found[math.floor(0.025 * RESAMPLES)], found[math.ceil(0.975 * RESAMPLES) - 1]


def grouped_folds(groups: Sequence[str], count: int, seed: int = SEED) -> Iterator[tuple[list[int], list[int]]]:
    """(training, held-out) row numbers of each fold; the rows of one group are never on both sides."""
    names = sorted(set(groups))
    random.Random(seed).shuffle(names)  # noqa: S311
    fold_of: Mapping[str, int] = {name: number % count for number, name in enumerate(names)}
    for fold in range(count):
        held = [number for number, group in enumerate(groups) if fold_of[group] == fold]
        yield [number for number, group in enumerate(groups) if fold_of[group] != fold], held


def _short(value: float) -> str:
    return f"{value:.3f}" if abs(value) < 10 else f"{value:,.0f}"
