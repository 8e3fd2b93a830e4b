"""The newsroom's people, and short ways to have a claim, a report, a finding: each through the services."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group

from claims.models import ApiToken, Claim, Finding, Report, User, Verdict
from claims.services.claims import open_claim, register_claim
from claims.services.findings import accept_finding
from claims.services.matching import match_report
from claims.services.reports import receive_report
from claims.services.review import approve_verdict
from claims.services.tokens import create_token
from claims.services.verdicts import Proposal, draft_verdict, submit_verdict
from claims.workflow import SYSTEM, Role, Scope, Triage

NOW = datetime(2020, 4, 6, 9, 0, tzinfo=UTC)
PASSWORD = "a-long-enough-password"
MASKS = "China has exported 3.86 billion face masks since 1 March 2020"
CONFIRMING = "China has exported 3.86 billion face masks since 1 March 2020, the customs office said on Sunday."
CONTRADICTING = "China has exported 38.6 billion face masks since 1 March 2020, the customs office said on Sunday."


def person(username: str, *roles: Role) -> User:
    user = User.objects.create_user(username, password=PASSWORD)
    user.groups.set(Group.objects.filter(name__in=[role.value for role in roles]))
    return user


@pytest.fixture
def editor(db: None) -> User:
    return person("edith", Role.EDITOR)


@pytest.fixture
def colleague(db: None) -> User:
    """Another editor."""
    return person("colin", Role.EDITOR)


@pytest.fixture
def reviewer(db: None) -> User:
    return person("rita", Role.REVIEWER)


@pytest.fixture
def second_reviewer(db: None) -> User:
    return person("ralph", Role.REVIEWER)


@pytest.fixture
def administrator(db: None) -> User:
    return person("ada", Role.ADMINISTRATOR)


@pytest.fixture
def outsider(db: None) -> User:
    """Signed in, without a role."""
    return person("oscar")


@pytest.fixture
def reading_client(administrator: User) -> tuple[ApiToken, str]:
    made = create_token(name="Reader", scopes=[Scope.READ_VERDICTS], by=administrator, now=NOW)
    return made.token, made.plain


@pytest.fixture
def sending_client(administrator: User) -> tuple[ApiToken, str]:
    made = create_token(name="Sender", scopes=[Scope.WRITE_REPORTS], by=administrator, now=NOW)
    return made.token, made.plain


@pytest.fixture
def open_claim_of(editor: User) -> Callable[..., Claim]:
    def make(text: str = MASKS, *, day: date | None = date(2020, 4, 5), **details: Any) -> Claim:
        claim = register_claim(text=text, date=day, by=editor, now=NOW, **details)
        return open_claim(claim=claim, by=editor, now=NOW)

    return make


@pytest.fixture
def masks(open_claim_of: Callable[..., Claim]) -> Claim:
    """The open claim about 3.86 billion masks."""
    return open_claim_of()


@pytest.fixture
def report_of(editor: User) -> Callable[..., Report]:
    """A received report of 5 April 2020; not matched yet."""

    def make(body: str = CONFIRMING, *, title: str = "Exports", outlet: str = "Harbour Wire", **details: Any) -> Report:
        details = {"published_at": datetime(2020, 4, 5, 12, 0, tzinfo=UTC), "by": editor, "now": NOW, **details}
        return receive_report(title=title, body=body, outlet=outlet, **details).report

    return make


@pytest.fixture
def matched(report_of: Callable[..., Report]) -> Callable[..., Report]:
    """A received report that has been matched."""

    def make(body: str = CONFIRMING, **details: Any) -> Report:
        report = report_of(body, **details)
        match_report(report_id=report.pk, by=SYSTEM, now=NOW)
        report.refresh_from_db()
        return report

    return make


@pytest.fixture
def finding(masks: Claim, matched: Callable[..., Report]) -> Finding:
    """An untriaged confirming finding."""
    return Finding.objects.get(report=matched(), claim=masks)


def proposal(*findings: Finding, **changes: Any) -> Proposal:
    content: dict[str, Any] = {
        "rating": "Mostly true",
        "explanation": "Customs figures agree within rounding.",
        "valid_as_of": date(2020, 4, 6),
        "findings": findings,
    }
    return Proposal(**{**content, **changes})


@pytest.fixture
def draft(finding: Finding, editor: User) -> Verdict:
    if finding.triage == Triage.NEW:
        accept_finding(finding=finding, by=editor, now=NOW)
    return draft_verdict(claim=finding.claim, proposal=proposal(finding), by=editor, now=NOW)


@pytest.fixture
def in_review(draft: Verdict, editor: User) -> Verdict:
    return submit_verdict(verdict=draft, seen_revision=draft.revision, by=editor, now=NOW)


@pytest.fixture
def published(in_review: Verdict, reviewer: User) -> Verdict:
    return approve_verdict(verdict=in_review, seen_revision=in_review.revision, by=reviewer, now=NOW)
