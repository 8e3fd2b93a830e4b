"""Keeping what the engine finds: a report's stored findings are brought in line with its matches."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from claims import matching
from claims.live_index import LiveIndex
from claims.models import Finding, FoundBy, Kind, Report
from claims.services.audit import Happening
from claims.workflow import Triage


def keep_findings(
    *, report: Report, matches: Iterable[matching.Match], claims: LiveIndex, now: datetime
) -> list[Happening]:
    """Bring the stored findings of `report` for `claims` in line with `matches`, within the caller's transaction.

    Returns what the caller is to record as the last statement of that transaction.

    A sentence found again updates its finding if nobody has triaged it; a triaged one keeps its state and remembers
    what the engine says now. Untriaged findings that are no longer produced become superseded.
    """
    stored = _Stored(report, claims)
    happenings = []
    for match in matches:
        wording_id = claims.wording_of(match.claim_id)
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

    def __init__(self, report: Report, claims: LiveIndex) -> None:
        rows = Finding.objects.filter(report=report).select_related("claim")
        self.left = {row.pk: row for row in rows if row.claim_id in claims}
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
