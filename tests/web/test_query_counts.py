"""No page and no list asks the database more often for many rows than for few, and none more than 15 times."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import ApiToken, Claim, Finding, Report, User, Verdict
from claims.services.claims import add_appearance
from claims.services.findings import accept_finding
from claims.services.review import approve_verdict
from claims.services.sources import attach_source
from claims.services.verdicts import draft_verdict, submit_verdict
from claims.workflow import Role, Scope
from tests.cast import NOW, proposal
from tests.visits import missing, visits
from tests.ways import Caller

FEW, MANY = 5, 10
MOST_QUERIES = 15


@pytest.fixture
def fill(
    open_claim_of: Callable[..., Claim], matched: Callable[..., Report], editor: User, reviewer: User
) -> Callable[[int], None]:
    """More claims, each with sources, appearances, findings and a verdict in one of four states."""
    made = iter(range(100))

    def more(count: int) -> None:
        for number in (next(made) for _ in range(count)):
            claim = open_claim_of(f"Town number {number} has {number + 3} bakeries", claimant="Baker")
            add_appearance(claim=claim, outlet="The Square", by=editor, now=NOW)
            attach_source(claim=claim, url=f"https://example.org/{number}", kind="primary", by=editor, now=NOW)
            matched(f"Town number {number} has {number + 30} bakeries, officials said.", outlet=f"Outlet {number}")
            report = matched(f"Town number {number} has {number + 3} bakeries, officials said.", outlet="Wire")
            _judge(claim, report, number, editor, reviewer)

    return more


def _judge(claim: Claim, report: Report, number: int, editor: User, reviewer: User) -> None:
    finding = Finding.objects.get(report=report, claim=claim)
    accept_finding(finding=finding, by=editor, now=NOW)
    if number % 4 == 3:
        return
    verdict = draft_verdict(claim=claim, proposal=proposal(finding), by=editor, now=NOW)
    if number % 4 < 2:
        submit_verdict(verdict=verdict, seen_revision=verdict.revision, by=editor, now=NOW)
    if number % 4 == 0:
        approve_verdict(verdict=verdict, seen_revision=verdict.revision, by=reviewer, now=NOW)


@pytest.fixture
def clients(
    editor: User,
    reviewer: User,
    administrator: User,
    reading_client: tuple[ApiToken, str],
    sending_client: tuple[ApiToken, str],
) -> dict[Caller, Client]:
    people = {Role.EDITOR: editor, Role.REVIEWER: reviewer, Role.ADMINISTRATOR: administrator}
    callers: dict[Caller, Client] = {None: Client()}
    for role, person in people.items():
        callers[role] = Client()
        callers[role].force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    for scope, made in {Scope.READ_VERDICTS: reading_client, Scope.WRITE_REPORTS: sending_client}.items():
        callers[scope] = Client(headers={"Authorization": f"Token {made[1]}"})
    return callers


def asked(clients: dict[Caller, Client]) -> dict[tuple[str, str], int]:
    """By address and filter, the most queries that one of its rows takes."""
    cache.clear()
    for client in clients.values():
        client.get("/api/v1/reports")  # notes the use of a token
    return {(visit.name, visit.variant): _most(clients[visit.caller], visit.addresses) for visit in visits(rows=3)}


def _most(client: Client, addresses: tuple[str, ...]) -> int:
    return max(_count(client, address) for address in addresses)


def _count(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200, address
    return len(queries)


def test_every_address_is_visited() -> None:
    assert {area: missing(area) for area in ("web", "api")} == {"web": set(), "api": set()}


def test_more_rows_ask_no_more_often(
    fill: Callable[[int], None], clients: dict[Caller, Client], in_review: Verdict
) -> None:
    fill(FEW)
    few = asked(clients)
    fill(MANY - FEW)
    many = asked(clients)
    assert len({name for name, _ in many}) > 40
    assert {key: (few[key], count) for key, count in many.items() if count > few.get(key, count)} == {}
    assert {key: count for key, count in many.items() if count >= MOST_QUERIES} == {}


def test_a_claim_with_more_findings_asks_no_more_often(
    masks: Claim, matched: Callable[..., Any], clients: dict[Caller, Client]
) -> None:
    for number in range(FEW):
        matched(outlet=f"Outlet {number}")
    few = asked(clients)
    for number in range(FEW, MANY):
        matched(outlet=f"Outlet {number}")
    assert {key: (few[key], count) for key, count in asked(clients).items() if count > few.get(key, count)} == {}
