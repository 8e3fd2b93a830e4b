"""The engine's cases as rows: a new case needs a line in `specs/`, no code."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from claims.matching import Relation, compare, extract_quantities, read

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


def compared() -> list[Row]:
    """The newsroom's weights learned from `compare.jsonl` too; from `relations.jsonl` they did not."""
    return [*rows("compare.jsonl"), *rows("relations.jsonl")]


@pytest.mark.parametrize("row", compared(), ids=lambda row: f"{row['relation']}: {row['passage'][:60]}")
def test_a_passage_does_to_a_claim_what_its_row_says(row: Row) -> None:
    claim = read(row["claim"], date=day(row, "claim_date"), aliases=row.get("aliases", ()))
    reported = day(row, "report_date")
    context = [read(text, date=reported) for text in row.get("context", ())]
    found = compare(claim, read(row["passage"], date=reported), context=context)
    assert (found.stance, found.relation) == (row["stance"], row["relation"]), found.slots


@pytest.mark.parametrize("relation", Relation)
def test_every_relation_has_rows_enough(relation: Relation) -> None:
    assert sum(row["relation"] == relation for row in compared()) >= 8
