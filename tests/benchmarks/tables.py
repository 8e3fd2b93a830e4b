"""What a benchmark reports: a table for the reader and the same numbers as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Rate:
    """How many `things` of one kind `system` reads in a second of processor time."""

    system: str
    text: str
    things: str
    per_second: float


@dataclass(frozen=True)
class Measure:
    """A figure of `system` that is no rate: how long something takes, how much room, which share is found."""

    system: str
    text: str
    value: float
    unit: str


@dataclass(frozen=True)
class Result:
    title: str
    rates: Sequence[Rate]
    note: str = ""
    measures: Sequence[Measure] = ()

    def shown(self) -> str:
        rows = [(one.text, one.system, f"{one.per_second:,.0f} {one.things}/s") for one in self.rates]
        rows += [(one.text, one.system, f"{one.value:,.4g} {one.unit}") for one in self.measures]
        widths = [max(len(row[column]) for row in rows) for column in range(3)]
        body = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
        return "\n".join([f"## {self.title}", *([self.note] if self.note else []), *body, ""])

    def write(self, folder: Path, name: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        content: dict[str, object] = {
            "title": self.title,
            "note": self.note,
            "rates": [asdict(one) for one in self.rates],
        }
        content["measures"] = [asdict(one) for one in self.measures]
        (folder / f"{name}.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
