"""Reading of figures: F1 on the news set of CQE, and rows right of Recognizers-Text, beside the published figures."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from claims.matching.evaluate import newsquant, recognizers
from claims.matching.evaluate.newsquant import Tally
from claims.matching.evaluate.tables import Disagreements, Line, Table, bootstrap, f1, rows_of, share

_NEWS = "newsquant"
_CRITERIA = {
    "value": ("CQE 0.920, Recognizers 0.691, quantulum3 0.730, GPT-3 0.706", 0.93),
    "unit": ("CQE 0.856, Recognizers 0.342, quantulum3 0.472, GPT-3 0.591", 0.87),
    "change": ("CQE 0.881, GPT-3 0.519", 0.89),
    "strict_unit": ("", None),
}
_NAMES = {
    "value": "F1 of value",
    "unit": "F1 of value and unit",
    "change": "F1 of value and change",
    "strict_unit": "F1 of value and unit, names equal to the letter",
}
_NEWS_NOTE = """Amounts are matched as multisets sentence by sentence. Values: equal at the places the set writes
(at least hundredths); a range by both ends; "dozens" is coded 12 to 120 as the set does, "from 10 to 20" as one range.
Units: our canonical name is put into the set's names (UNIT_NAMES) and is right if it equals the labelled
normalized_unit or unit, is one of the pairs between which the set itself wavers (SAME_UNIT), or, for counted nouns,
has the same head. The strict form takes only equality with normalized_unit. Change: a bound word goes before a
movement; what was reached ("rose to 5") and a movement named behind the figure ("a 5 % drop") are "="."""
_RECOGNIZERS_REACH = 0.95
_LEAST_SCOPE = 0.85


def tables(folder: Path, log: Disagreements) -> Iterator[Table]:
    for name in ("dev", "recognizers_age", "recognizers_currency", "recognizers_dimension", "recognizers_temperature"):
        path = folder / _NEWS / f"{name}.jsonl"
        if path.exists():
            yield _news_table(name, rows_of(path), log)
    specs = folder / "recognizers_text_specs_en"
    for group in ("Number", "NumberWithUnit"):
        if (specs / group).exists():
            yield _recognizers_table(group, specs, log)


def _news_table(name: str, rows: Sequence[dict[str, Any]], log: Disagreements) -> Table:
    tallies = [newsquant.tally(row) for row in rows]
    for row, told in zip(rows, tallies, strict=True):
        if min(told.value, told.unit) < max(told.said, told.labelled):
            log.add(f"{_NEWS}/{name}", text=row["text"], labelled=row["quantities"], ours=_shown(row["text"]))
    has_change = any("change" in told for row in rows for told in row["quantities"])
    criteria = [name for name in _CRITERIA if has_change or name != "change"]
    published = name == "dev"
    lines = [
        Line(
            _NAMES[criterion],
            _f1_of(tallies, criterion),
            _CRITERIA[criterion][0] if published else "",
            _CRITERIA[criterion][1] if published else None,
            bootstrap(tallies, lambda drawn, criterion=criterion: _f1_of(drawn, criterion)),  # type: ignore[misc]
        )
        for criterion in criteria
    ]
    return Table(f"Quantities: {_NEWS}/{name} ({len(rows)} sentences)", lines, _NEWS_NOTE if published else "")


def _f1_of(tallies: Sequence[Tally], criterion: str) -> float:
    right = sum(getattr(told, criterion) for told in tallies)
    return f1(right, sum(told.said for told in tallies), sum(told.labelled for told in tallies))


def _shown(text: str) -> list[str]:
    return [f"{one.change} {'-'.join(str(end) for end in one.value)} {one.units[0]}" for one in newsquant.ours(text)]


def _recognizers_table(group: str, specs: Path, log: Disagreements) -> Table:
    lines: list[Line] = []
    total = inside = right = 0
    for name, model in recognizers.MODELS.items():
        path = specs / name
        if not name.startswith(f"{group}/") or not path.exists():
            continue
        rows = json.loads(path.read_text("utf-8"))
        scoped = [row for row in rows if recognizers.rule_against(model, row) is None]
        wrong = [row for row in scoped if not recognizers.is_right(model, row)]
        for row in wrong:
            log.add(f"recognizers/{name}", text=row["Input"], wanted=row["Results"])
        total, inside, right = total + len(rows), inside + len(scoped), right + len(scoped) - len(wrong)
        lines.append(Line(f"{path.stem}: rows in scope", share(len(scoped), len(rows))))
        lines.append(Line(f"{path.stem}: right of those in scope", share(len(scoped) - len(wrong), len(scoped))))
    lines.append(Line("all files: rows in scope", share(inside, total), reach=_LEAST_SCOPE))
    lines.append(Line("all files: right of those in scope", share(right, inside), reach=_RECOGNIZERS_REACH))
    lines.append(Line("all files: right of all rows", share(right, total)))
    return Table(f"Quantities: Recognizers-Text {group}", lines, _scope_note(group))


def _scope_note(group: str) -> str:
    models = {model for name, model in recognizers.MODELS.items() if name.startswith(f"{group}/")}
    reasons = {rule.reason for model in models for rule in recognizers.OUT_OF_SCOPE[model]}
    told = "; ".join(sorted(reasons)) if reasons else "nothing"
    return f"Out of scope by the engine's definition: {told}. Ordinals have their own model and are not read."
