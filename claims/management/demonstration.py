"""The demonstration newsroom: people, claims, reports, findings and verdicts, made by the services as people would.

Loading again adds only what is missing: claims and reports are known by their external id, people by their name.
"""

import json
import os
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction

from claims.management.demonstration_accounts import ACCOUNTS, Account
from claims.models import ApiToken, Claim, Finding, LookBack, Report, User, Verdict
from claims.services.claims import add_appearance, open_claim, register_claim
from claims.services.findings import accept_finding, mark_evidence
from claims.services.lookback import run_look_back
from claims.services.matching import match_report
from claims.services.reports import receive_report
from claims.services.review import approve_verdict
from claims.services.sources import attach_source
from claims.services.tokens import create_token, revoke_token
from claims.services.verdicts import Proposal, draft_verdict, submit_verdict
from claims.workflow import SYSTEM, LookBackState, Role, Scope, Triage, VerdictState

DEMO = Path(__file__).resolve().parent.parent / "fixtures" / "demo"
CLIENT_NAME = "Demonstration client"

Row = Mapping[str, Any]
Progress = Callable[[int, int], None]


def load(*, token_file: Path, now: datetime, progress: Progress) -> None:
    """Load what is missing; `progress(done, total)` follows the matching. The token's plain text goes to a file."""
    people = {account.role: _person(account) for account in ACCOUNTS}
    editor, reviewer = people[Role.EDITOR], people[Role.REVIEWER]
    _ensure_token(token_file, by=people[Role.ADMINISTRATOR], now=now)
    for row in rows("claims"):
        _ensure_claim(row, by=editor, now=now)
    for row in rows("reports"):
        _ensure_report(row, by=editor, now=now)
    _match_what_waits(now=now, progress=progress)
    for row in rows("verdicts"):
        _ensure_verdict(row, editor=editor, reviewer=reviewer, now=now)


def rows(name: str) -> list[dict[str, Any]]:
    """One of the files: claims, reports, expected, verdicts."""
    loaded: list[dict[str, Any]] = json.loads((DEMO / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


@transaction.atomic
def _person(account: Account) -> User:
    if known := User.objects.filter(username=account.username).first():
        return known
    first, _, last = account.name.partition(" ")
    administrates = account.role == Role.ADMINISTRATOR
    person = User.objects.create_user(
        account.username,
        password=account.password,
        first_name=first,
        last_name=last,
        is_staff=administrates,
        is_superuser=administrates,
    )
    person.groups.add(Group.objects.get(name=account.role))
    return person


@transaction.atomic
def _ensure_token(file: Path, *, by: User, now: datetime) -> None:
    """A token whose file is lost is of no use to anybody: it makes way for a new one."""
    token = ApiToken.objects.filter(name=CLIENT_NAME).first()
    if token and file.exists():
        return
    if token:
        revoke_token(token=token, by=by, now=now)
    made = create_token(name=CLIENT_NAME, scopes=[scope.value for scope in Scope], by=by, now=now)
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
        opened.write(made.plain + "\n")


@transaction.atomic
def _ensure_claim(row: Row, *, by: User, now: datetime) -> None:
    if Claim.objects.filter(external_id=row["external_id"]).exists():
        return
    claim = register_claim(
        text=row["text"],
        date=_day(row["date"]),
        claimant=row["claimant"],
        aliases=row.get("aliases", ()),
        note=row.get("note", ""),
        external_id=row["external_id"],
        by=by,
        now=now,
    )
    for seen in row["appearances"]:
        add_appearance(claim=claim, by=by, now=now, **{**seen, "date": _day(seen["date"])})
    for source in row["sources"]:
        attach_source(claim=claim, by=by, now=now, **{**source, "published_on": _day(source["published_on"])})
    open_claim(claim=claim, by=by, now=now)


def _ensure_report(row: Row, *, by: User, now: datetime) -> None:
    """A report that somebody removed stays removed."""
    if not Report.objects.filter(external_id=row["external_id"]).exists():
        receive_report(by=by, now=now, **{**row, "published_at": datetime.fromisoformat(row["published_at"])})


def _match_what_waits(*, now: datetime, progress: Progress) -> None:
    """What the worker's tasks would do, here and now, so that the first page shows findings."""
    for look_back in LookBack.objects.filter(state=LookBackState.WAITING):
        run_look_back(look_back_id=look_back.pk, by=SYSTEM, now=now)
    known = [row["external_id"] for row in rows("reports")]
    waiting = list(Report.objects.waiting().filter(external_id__in=known).order_by("pk"))
    for done, report in enumerate(waiting, start=1):
        match_report(report_id=report.pk, by=SYSTEM, now=now)
        progress(done, len(waiting))


@transaction.atomic
def _ensure_verdict(row: Row, *, editor: User, reviewer: User, now: datetime) -> None:
    claim = Claim.objects.get(external_id=row["claim"])
    if Verdict.objects.filter(claim=claim).exists():
        return
    proposal = Proposal(
        rating=row["rating"],
        explanation=row["explanation"],
        valid_as_of=date.fromisoformat(row["valid_as_of"]),
        findings=_evidence(claim, row["evidence"], by=editor, now=now),
    )
    verdict = draft_verdict(claim=claim, proposal=proposal, by=editor, now=now)
    verdict = submit_verdict(verdict=verdict, seen_revision=verdict.revision, by=editor, now=now)
    if row["state"] == VerdictState.PUBLISHED:
        approve_verdict(verdict=verdict, seen_revision=verdict.revision, by=reviewer, now=now)


def _evidence(claim: Claim, quotes: Iterable[Row], *, by: User, now: datetime) -> list[Finding]:
    """The engine's finding of each quoted sentence, accepted by the editor; one it has not found is marked by hand."""
    accepted = []
    for quote in quotes:
        report = Report.objects.get(external_id=quote["report"])
        findings = Finding.objects.filter(claim=claim, report=report, sentence__contains=quote["quote"])
        finding = findings.first() or _marked(claim, report, quote, by=by, now=now)
        if finding.triage == Triage.NEW:
            finding = accept_finding(finding=finding, stance=quote["stance"], by=by, now=now)
        accepted.append(finding)
    return accepted


def _marked(claim: Claim, report: Report, quote: Row, *, by: User, now: datetime) -> Finding:
    field = "title" if quote["quote"] in report.title else "body"
    start = report.text_of(field).index(quote["quote"])
    end = start + len(quote["quote"])
    return mark_evidence(
        claim=claim, report=report, field=field, start=start, end=end, stance=quote["stance"], by=by, now=now
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
