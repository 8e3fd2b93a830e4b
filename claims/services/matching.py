"""Matching a report against the open claims, and keeping what the engine finds.

Running twice, or twice at once, changes nothing: findings are unique per claim, report and sentence, and the report's
row is locked while they are written.
"""

import hashlib
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from claims import live_index, matching
from claims.live_index import LiveIndex
from claims.models import CLAIM_FEED, Event, Finding, FoundBy, Kind, Report
from claims.services.audit import Happening, record_events
from claims.services.permission import require
from claims.workflow import SYSTEM, Person, ReportState, Triage, Verb

# What a text may make the engine raise; anything else is a defect of ours and must not be taken for the text's.
ENGINE_FAILURES = (
    ArithmeticError,
    LookupError,
    TypeError,
    ValueError,
    RecursionError,
    MemoryError,
    SoftTimeLimitExceeded,
)


def match_report(*, report_id: int, by: Person, now: datetime) -> Report | None:
    """Match a waiting report; None if it is not waiting. An engine failure is noted and left to the sweep."""
    require(by, Verb.MATCH)
    if not _start(report_id, now=now):
        return None
    report = Report.objects.get(pk=report_id)
    try:
        while not _match_once(report, now=now):
            pass
    except ENGINE_FAILURES as error:
        Report.objects.filter(pk=report_id).update(failure=told(error))
        raise
    report.refresh_from_db()
    return report


def told(error: BaseException) -> str:
    """A failure as the desk reads it."""
    if isinstance(error, SoftTimeLimitExceeded):
        return f"matching took longer than {settings.CELERY_TASK_SOFT_TIME_LIMIT} seconds"
    return f"{type(error).__name__}: {error}"[:500]


def find(report: Report, claims: LiveIndex) -> list[matching.Match]:
    """What the engine says of a report, in reading order."""
    return matching.match(document_of(report), claims.index, claims.statements)


def document_of(report: Report) -> matching.Document:
    return matching.Document(
        title=report.title,
        body=report.body,
        published_at=timezone.localdate(report.published_at or report.received_at),
        outlet=report.outlet,
        url=report.url,
    )


def keep_findings(
    *, report: Report, matches: Iterable[matching.Match], claims: LiveIndex, now: datetime
) -> list[Happening]:
    """Bring the stored findings of `report` for `claims` in line with `matches`, within the caller's transaction.

    Returns what the caller is to record as the last statement of that transaction.

    A sentence found again updates its finding if nobody has triaged it; a triaged one keeps its state and remembers
    what the engine says now. Untriaged findings that are no longer produced become superseded.
    """
    stored = _Stored(report, claims.statements.keys())
    happenings = []
    for match in matches:
        wording_id = claims.wordings[match.claim_id]
        finding = stored.take(match)
        if finding is None:
            happenings += _make(report, match, wording_id=wording_id, now=now)
        else:
            happenings += _renew(finding, match, wording_id=wording_id)
    return happenings + [_happening_of_loss(finding) for finding in stored.rest() if _supersede(finding)]


def fingerprint(sentence: str) -> str:
    return hashlib.sha256(matching.fingerprint(sentence).encode(errors="surrogatepass")).hexdigest()


class _Stored:
    """The findings a report has for some claims, each taken at most once."""

    def __init__(self, report: Report, claim_ids: Collection[int | str]) -> None:
        rows = Finding.objects.filter(report=report).select_related("claim")
        self.left = {row.pk: row for row in rows if row.claim_id in claim_ids}
        self.seen: set[tuple[int, str]] = set()

    def take(self, match: matching.Match) -> Finding | None:
        """The finding of the same sentence, else one whose span overlaps in the same field."""
        mine = [row for row in self.left.values() if row.claim_id == match.claim_id]
        key = fingerprint(match.sentence)
        same = [row for row in mine if row.fingerprint == key]
        overlapping = [
            row for row in mine if row.field == match.field and row.start < match.end and match.start < row.end
        ]
        for row in same or overlapping:
            return self.left.pop(row.pk)
        return None

    def rest(self) -> list[Finding]:
        """Untriaged findings of the engine that nothing has taken."""
        return [row for row in self.left.values() if row.triage == Triage.NEW and row.found_by == FoundBy.ENGINE]


def _start(report_id: int, *, now: datetime) -> bool:
    waiting = Report.objects.waiting().filter(pk=report_id, attempts__lt=settings.MAX_MATCH_ATTEMPTS)
    return bool(waiting.update(attempts=F("attempts") + 1, queued_at=now))


def _match_once(report: Report, *, now: datetime) -> bool:
    """False if a claim changed between reading the claims and locking the report: then it must be done again.

    A claim that changes later has its look-back, which waits for this lock: so the newer wording always has the
    last word.
    """
    claims = live_index.current()
    matches = find(report, claims)
    with transaction.atomic():
        locked = Report.objects.select_for_update().get(pk=report.pk)
        if locked.state != ReportState.WAITING or locked.is_removed:
            return True
        if Event.objects.filter(kind__in=CLAIM_FEED, seq__gt=claims.seq).exists():
            return False
        locked.state, locked.matched_seq, locked.matched_at, locked.failure = ReportState.MATCHED, claims.seq, now, ""
        locked.save(update_fields=["state", "matched_seq", "matched_at", "failure"])
        happenings = keep_findings(report=locked, matches=matches, claims=claims, now=now)
        record_events(happenings, by=SYSTEM, at=now)
    return True


def _content(match: matching.Match) -> dict[str, Any]:
    comparison = match.comparison
    return {
        "field": match.field,
        "start": match.start,
        "end": match.end,
        "sentence": match.sentence,
        "fingerprint": fingerprint(match.sentence),
        "stance": str(comparison.stance),
        "relation": str(comparison.relation),
        "confidence": float(comparison.confidence),
        "comparison": comparison.to_json(),
    }


def _make(report: Report, match: matching.Match, *, wording_id: int, now: datetime) -> list[Happening]:
    content = _content(match)
    claim_id, key = int(match.claim_id), content.pop("fingerprint")
    remembered = _dismissed_before(claim_id, key)
    if remembered:
        content |= {
            "triage": Triage.DISMISSED,
            "dismissal_reason": remembered.dismissal_reason,
            "triage_note": remembered.triage_note,
            "triaged_by_id": remembered.triaged_by_id,
            "triaged_at": remembered.triaged_at,
            "remembered_from": remembered,
        }
    finding, created = Finding.objects.get_or_create(
        claim_id=claim_id,
        report=report,
        fingerprint=key,
        defaults={**content, "wording_id": wording_id, "found_at": now},
    )
    return [_happening(Kind.FINDING_MADE, finding, match)] if created else []


def _dismissed_before(claim_id: int, key: str) -> Finding | None:
    """The dismissal itself, not one of the copies it covers: undoing it brings all of them back."""
    dismissed = Finding.objects.filter(
        claim_id=claim_id, fingerprint=key, triage=Triage.DISMISSED, remembered_from=None
    )
    return dismissed.order_by("pk").first()


def _renew(finding: Finding, match: matching.Match, *, wording_id: int) -> list[Happening]:
    content = _content(match)
    if finding.triage in (Triage.ACCEPTED, Triage.DISMISSED):
        now_says = None if content["comparison"] == finding.comparison else content["comparison"]
        if finding.engine_now != now_says:
            Finding.objects.filter(pk=finding.pk).update(engine_now=now_says)
        return []
    content |= {"wording_id": wording_id, "triage": Triage.NEW}
    changed = {name: value for name, value in content.items() if getattr(finding, name) != value}
    if not changed:
        return []
    if not Finding.objects.filter(pk=finding.pk, triage=finding.triage).update(**changed):
        return []  # triaged this moment: the editor's word stands
    return [_happening(Kind.FINDING_UPDATED, finding, match)]


def _supersede(finding: Finding) -> bool:
    return bool(Finding.objects.filter(pk=finding.pk, triage=Triage.NEW).update(triage=Triage.SUPERSEDED))


def _happening_of_loss(finding: Finding) -> Happening:
    return Happening(Kind.FINDING_SUPERSEDED, "finding", finding.public_id, {"claim": finding.claim.public_id})


def _happening(kind: Kind, finding: Finding, match: matching.Match) -> Happening:
    data = {
        "claim": finding.claim.public_id,
        "report": finding.report.public_id,
        "stance": str(match.comparison.stance),
        "relation": str(match.comparison.relation),
    }
    return Happening(kind, "finding", finding.public_id, data)
