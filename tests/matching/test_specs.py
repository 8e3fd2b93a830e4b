"""The engine's cases as rows: a new case needs a line in `specs/`, no code."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from claims.matching import compare, extract_quantities, read

SPECS = Path(__file__).parent / "specs"
Row = dict[str, Any]


def rows(name: str) -> list[Row]:
    return [json.loads(line) for line in (SPECS / name).read_text("utf-8").splitlines()]


def day(row: Row, key: str) -> date | None:
    return date.fromisoformat(row[key]) if key in row else None


@pytest.mark.parametrize("row", rows("quantities.jsonl"), ids=lambda row: row["text"][:60])
def test_the_quantities_of_a_text_are_those_of_its_row(row: Row) -> None:
    found = [quantity.to_json() for quantity in extract_quantities(row["text"], date=day(row, "date"))]
    assert [quantity["surface"] for quantity in found] == [wanted["surface"] for wanted in row["quantities"]]
    for quantity, wanted in zip(found, row["quantities"], strict=True):
        assert {key: quantity[key] for key in wanted} == wanted


@pytest.mark.parametrize("row", rows("compare.jsonl"), ids=lambda row: f"{row['relation']}: {row['passage'][:60]}")
def test_a_passage_does_to_a_claim_what_its_row_says(row: Row) -> None:
    claim = read(row["claim"], date=day(row, "claim_date"), aliases=row.get("aliases", ()))
    reported = day(row, "report_date")
    context = [read(text, date=reported) for text in row.get("context", ())]
    found = compare(claim, read(row["passage"], date=reported), context=context)
    assert (found.stance, found.relation) == (row["stance"], row["relation"]), found.slots


def test_every_relation_the_engine_can_reach_has_a_row() -> None:
    covered = {row["relation"] for row in rows("compare.jsonl")}
    assert covered >= {
        "same_figure", "rounded_figure", "converted_unit", "converted_currency", "within_bound", "same_fact",
        "different_figure", "outside_bound", "wrong_direction", "denied", "different_period", "update",
        "revised_down", "different_measure", "different_entity", "different_scope", "attributed_only", "same_topic",
        "unrelated_lookalike", "undetermined",
    }  # fmt: skip
