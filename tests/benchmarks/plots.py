"""`python -m tests.benchmarks plots`: the curves of docs/scaling.md, drawn from what the benchmarks wrote.

Reads var/bench/{index,engine,end_to_end}.json and writes docs/plots/*.svg; a benchmark that has not been run leaves its
drawing as it is. The same numbers give the same file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("svg")
from matplotlib import pyplot as plt

Axes = Any
Curves = Mapping[str, Mapping[int, float]]
"""By name, what is measured at each number of claims."""
_SIZE = re.compile(r"([\d,]+) claims, (.+)")
_STYLE = {"svg.hashsalt": "factcheck", "font.size": 10, "axes.grid": True, "grid.alpha": 0.3}
_INCHES = (7, 4)


def draw(results: Path, folder: Path) -> list[Path]:
    """The files drawn; `results` holds the benchmarks' JSON."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = []
    with mpl.rc_context(_STYLE):
        for name, drawing in _DRAWINGS.items():
            source = results / f"{name}.json"
            if source.exists():
                drawn.append(_drawn(drawing, json.loads(source.read_text("utf-8")), folder / f"{name}.svg"))
    return drawn


def _drawn(drawing: Callable[[Axes, Mapping[str, Any]], None], result: Mapping[str, Any], path: Path) -> Path:
    figure, axes = plt.subplots(figsize=_INCHES, layout="constrained")
    drawing(axes, result)
    figure.savefig(path, format="svg", metadata={"Date": None})
    plt.close(figure)
    path.write_text("\n".join(line.rstrip() for line in path.read_text("utf-8").splitlines()) + "\n", "utf-8")
    return path


def curves(result: Mapping[str, Any], ending: str) -> dict[str, dict[int, float]]:
    """The measures whose text ends so, by system, at each number of claims."""
    found: dict[str, dict[int, float]] = {}
    for system, claims, what, value in _measures(result):
        if what == ending:
            found.setdefault(system, {})[claims] = value
    return found


def _measures(result: Mapping[str, Any]) -> Iterator[tuple[str, int, str, float]]:
    for one in result["measures"]:
        if told := _SIZE.fullmatch(one["text"]):
            yield one["system"], int(told[1].replace(",", "")), told[2], one["value"]


def _candidates(axes: Axes, result: Mapping[str, Any]) -> None:
    _lines(axes, curves(result, "a report"))
    axes.set(title="Candidates of a report of 30 sentences", ylabel="milliseconds of one core", yscale="log")


def _engine(axes: Axes, result: Mapping[str, Any]) -> None:
    parts = ("candidates", "reading and comparing", "together")
    _lines(axes, {part: curves(result, f"news prose, {part}, median").get("engine", {}) for part in parts})
    axes.set(title="The engine on a report of news prose", ylabel="milliseconds of one core", ylim=(0, None))


def _lines(axes: Axes, drawn: Curves) -> None:
    for name, points in drawn.items():
        axes.plot(list(points), list(points.values()), marker="o", label=name)
    axes.set(xscale="log", xlabel="claims")
    axes.legend()


def _end_to_end(axes: Axes, result: Mapping[str, Any]) -> None:
    """Processor time of a report, one bar for each number of claims, one piece for each kind of process."""
    lead = "processor time a report, "
    below: dict[str, float] = {}
    shares = [(claims, what, value) for _, claims, what, value in _measures(result)]
    for name in dict.fromkeys(what.rpartition(", ")[2] for _, what, _ in shares if lead in what):
        told = {f"{claims:,} claims": value for claims, what, value in shares if what.endswith(lead + name)}
        axes.bar(list(told), list(told.values()), 0.5, [below.get(key, 0.0) for key in told], label=name)
        below = {key: below.get(key, 0.0) + value for key, value in told.items()}
    axes.set(title="Processor time of a report, end to end", ylabel="milliseconds")
    axes.legend()


_DRAWINGS: Mapping[str, Callable[[Axes, Mapping[str, Any]], None]] = {
    "index": _candidates,
    "engine": _engine,
    "end_to_end": _end_to_end,
}
