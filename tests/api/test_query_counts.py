"""A list asks the database as often for twelve rows as for two."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Claim, User, Verdict
from claims.services.claims import add_appearance
from tests.api.conftest import Caller, signed_in
from tests.cast import NOW

FEW, MANY = 2, 12
READERS_LISTS = ["verdicts", "verdicts/changes"]
DESKS_LISTS = ["claims", "findings", "drafts", "reports"]


def asked(caller: Caller, path: str) -> int:
    """How many queries an answer takes; the first request notes the use of a token, so it does not count."""
    caller.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert caller.get(path).status_code == 200
    return len(queries)


@pytest.fixture
def fill(publish: Callable[..., Verdict], correct: Callable[..., Verdict], editor: User) -> Callable[[int], None]:
    """More published and corrected verdicts, each with a finding, a report and an appearance."""
    made = iter(range(100))

    def more(count: int) -> None:
        for number in (next(made) for _ in range(count)):
            verdict = publish(f"Town number {number} has {number + 3} bakeries")
            add_appearance(claim=verdict.claim, outlet="The Square", by=editor, now=NOW)
            correct(verdict)

    return more


@pytest.mark.parametrize("path", [*READERS_LISTS, *DESKS_LISTS])
def test_a_longer_list_asks_no_more_often(path: str, fill: Callable[[int], None], reader: Caller, editor: User) -> None:
    caller = reader if path in READERS_LISTS else signed_in(editor)
    fill(FEW)
    few = asked(caller, path)
    fill(MANY - FEW)
    rows = caller.get(path).json()["results"]
    assert len(rows) >= MANY or path == "findings"
    assert asked(caller, path) == few


def test_more_versions_of_a_verdict_ask_no_more_often(
    published: Verdict, correct: Callable[..., Verdict], reader: Caller
) -> None:
    paths = [
        f"verdicts/{published.claim.public_id}{tail}" for tail in ("", "/versions", "/versions/1", "/claim-review")
    ]
    verdict = correct(published)
    few = [asked(reader, path) for path in paths]
    for _ in range(10):
        verdict = correct(verdict)
    assert [asked(reader, path) for path in paths] == few


def test_more_findings_of_a_claim_ask_no_more_often(masks: Claim, matched: Callable[..., Any], desk: Caller) -> None:
    path = f"claims/{masks.public_id}/findings"
    for number in range(FEW):
        matched(outlet=f"Outlet {number}")
    few = asked(desk, path)
    for number in range(FEW, MANY):
        matched(outlet=f"Outlet {number}")
    assert len(desk.get(path).json()["results"]) == MANY
    assert asked(desk, path) == few
