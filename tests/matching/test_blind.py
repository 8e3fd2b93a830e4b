"""The blind reports: written and labelled without seeing the engine; later versions were tuned with them in sight.

Each folder's README says what its rows promise.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from claims.matching import ClaimIndex, Document, Stance, match, read

HERE = Path(__file__).parent
LEAST_FOUND = {"blind": 24, "blind_domains": 18}
"""How many expected findings are found, of 27 and of 31. May only be raised."""

Finding = tuple[str, str, str]  # report, claim, stance


@dataclass
class Result:
    expected: set[Finding]
    lookalikes: set[str]
    found: dict[Finding, str] = field(default_factory=dict)  # with the sentence

    def of_stances(self) -> dict[Finding, str]:
        return {finding: sentence for finding, sentence in self.found.items() if finding[2] != Stance.NEUTRAL}


def rows(folder: str, name: str) -> Iterator[dict[str, Any]]:
    yield from map(json.loads, (HERE / folder / f"{name}.jsonl").read_text().splitlines())


@cache
def result_of(folder: str) -> Result:
    claims, texts = {}, []
    for row in rows(folder, "claims"):
        claims[row["id"]] = read(row["text"], date=date.fromisoformat(row["date"]), aliases=tuple(row["aliases"]))
        texts.append((row["id"], " ".join([row["text"], *row["aliases"]])))
    index = ClaimIndex.build(texts)
    expected = {(row["report"], row["claim"], row["stance"]) for row in rows(folder, "expected")}
    result = Result(expected, {row["report"] for row in rows(folder, "lookalikes")})
    for row in rows(folder, "reports"):
        document = Document(row["title"], row["body"], date.fromisoformat(row["published_at"]))
        for found in match(document, index, claims):
            result.found.setdefault((row["id"], str(found.claim_id), found.comparison.stance), found.sentence)
    return result


@pytest.mark.parametrize("folder", LEAST_FOUND)
def test_nothing_is_said_to_confirm_or_contradict_that_does_not(folder: str) -> None:
    result = result_of(folder)
    assert {finding: text for finding, text in result.of_stances().items() if finding not in result.expected} == {}


@pytest.mark.parametrize("folder", LEAST_FOUND)
def test_a_lookalike_neither_confirms_nor_contradicts(folder: str) -> None:
    result = result_of(folder)
    assert {finding: text for finding, text in result.of_stances().items() if finding[0] in result.lookalikes} == {}


@pytest.mark.parametrize("folder", LEAST_FOUND)
def test_no_fewer_expected_findings_are_found_than_before(folder: str) -> None:
    result = result_of(folder)
    assert len(result.expected & result.found.keys()) >= LEAST_FOUND[folder]
