"""What a benchmark of pages reports: per page the server's time and its queries, as a table and as JSON."""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Visited:
    """One answer: how long it took on the clock and in this process, in seconds."""

    seconds: float
    own: float
    status: int


@dataclass(frozen=True)
class Latency:
    """Milliseconds of one page or list, over its repetitions; `slowest` is its slowest query's SQL.

    `own` is the median of the web process's processor time: on a machine that others use, the rest is the database's
    work and waiting.
    """

    page: str
    variant: str
    status: int
    median: float
    late: float
    own: float
    queries: int
    slowest_ms: float
    slowest: str

    @classmethod
    def of(
        cls,
        page: str,
        variant: str,
        visits: Sequence[Visited],
        queries: int = 0,
        slowest: tuple[float, str] = (0.0, ""),
    ) -> Latency:
        taken = sorted(1000 * each.seconds for each in visits)
        late = taken[math.ceil(0.95 * len(taken)) - 1]
        own = 1000 * statistics.median(each.own for each in visits)
        status = max(each.status for each in visits)
        return cls(page, variant, status, statistics.median(taken), late, own, queries, 1000 * slowest[0], slowest[1])

    def figures(self) -> tuple[str, ...]:
        return (
            *(f"{self.median:.1f}", f"{self.late:.1f}", f"{self.own:.1f}"),
            *(str(self.queries), f"{self.slowest_ms:.1f}"),
        )


@dataclass(frozen=True)
class Latencies:
    title: str
    pages: Sequence[Latency]
    note: str = ""

    def shown(self) -> str:
        rows = [("page", "asked for", "status", "median ms", "95 % ms", "own ms", "queries", "slowest query ms")]
        rows += [(each.page, each.variant, str(each.status), *each.figures()) for each in self.pages]
        widths = [max(len(row[column]) for row in rows) for column in range(8)]
        body = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
        return "\n".join([f"## {self.title}", *([self.note] if self.note else []), *body, ""])

    def write(self, folder: Path, name: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        content = {"title": self.title, "note": self.note, "pages": [asdict(one) for one in self.pages]}
        (folder / f"{name}.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
