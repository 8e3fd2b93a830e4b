"""Triage: what an editor makes of a finding, and sentences marked by hand."""

from datetime import datetime

from django.db import IntegrityError, transaction

from claims.errors import Conflict, Duplicate, InvalidInput
from claims.ingest.cleaning import clean
from claims.models import Claim, DismissalReason, Finding, FoundBy, Kind, Report, User
from claims.services.audit import Happening, record_event, record_events
from claims.services.collisions import changed_meanwhile
from claims.services.engine_findings import fingerprint
from claims.services.permission import require
from claims.workflow import NEXT_TRIAGE, Stance, Triage, Verb

_MAX_NOTE = 500


@transaction.atomic
def accept_finding(*, finding: Finding, stance: str = "", note: str = "", by: User, now: datetime) -> Finding:
    """Accept as the engine's stance, or as another one. Raises InvalidInput, Conflict if it was triaged meanwhile."""
    require(by, Verb.TRIAGE)
    stance = stance or finding.stance
    if stance not in Stance.values:
        raise InvalidInput(f"A stance is one of: {', '.join(Stance.values)}.", field="stance", code="unknown_stance")
    _move(finding, Triage.ACCEPTED, accepted_as=stance, note=_checked_note(note), by=by, now=now)
    record_event(_happening(Kind.FINDING_ACCEPTED, finding, stance=stance), by=by, at=now)
    return finding


@transaction.atomic
def dismiss_finding(*, finding: Finding, reason: str, note: str = "", by: User, now: datetime) -> Finding:
    """Remembered for the claim and the sentence: copies in other reports are dismissed with it, now and later."""
    require(by, Verb.TRIAGE)
    note = _checked_note(note)
    if reason not in DismissalReason.values:
        raise InvalidInput("Choose why it is dismissed.", field="reason", code="required")
    if reason == DismissalReason.OTHER and not note:
        raise InvalidInput("Say which reason.", field="note", code="required")
    _move(finding, Triage.DISMISSED, dismissal_reason=reason, note=note, by=by, now=now)
    copies = list(Finding.objects.awaiting_triage().filter(claim=finding.claim_id, fingerprint=finding.fingerprint))
    for copy in copies:
        _move(copy, Triage.DISMISSED, dismissal_reason=reason, note=note, remembered_from=finding, by=by, now=now)
    record_events(
        [_happening(Kind.FINDING_DISMISSED, each, reason=reason) for each in [finding, *copies]], by=by, at=now
    )
    return finding


@transaction.atomic
def undo_triage(*, finding: Finding, by: User, now: datetime) -> Finding:
    """Back to new, with the copies dismissed along with it; what the engine says now replaces what it said then.

    Raises Conflict if there is nothing to undo.
    """
    require(by, Verb.TRIAGE)
    if finding.triage not in (Triage.ACCEPTED, Triage.DISMISSED):
        raise Conflict("There is nothing to undo.", code="state_conflict")
    copies = list(Finding.objects.filter(remembered_from=finding, triage=Triage.DISMISSED))
    for each in [finding, *copies]:
        _move(each, Triage.NEW, by=by, now=now)
        _take_engine_now(each)
    record_events([_happening(Kind.TRIAGE_UNDONE, each) for each in [finding, *copies]], by=by, at=now)
    return finding


@transaction.atomic
def mark_evidence(
    *, claim: Claim, report: Report, field: str, start: int, end: int, stance: str, by: User, now: datetime
) -> Finding:
    """A passage an editor marks by hand is a finding, accepted by the marking. Offsets are code points.

    Raises InvalidInput for an empty or foreign span, Duplicate if the sentence has a finding for the claim.
    """
    require(by, Verb.TRIAGE)
    if report.is_removed:
        raise Conflict("This report was removed.", code="state_conflict")
    if field not in ("title", "body") or not 0 <= start < end <= len(report.text_of(field)):
        raise InvalidInput("Mark a passage of the report's text.", field="start", code="bad_span")
    if stance not in Stance.values:
        raise InvalidInput(f"A stance is one of: {', '.join(Stance.values)}.", field="stance", code="unknown_stance")
    sentence = report.text_of(field)[start:end]
    if not sentence.strip():
        raise InvalidInput("Mark a passage of the report's text.", field="start", code="bad_span")
    try:
        with transaction.atomic():
            finding = Finding.objects.create(
                claim=claim,
                wording=claim.wording,
                report=report,
                fingerprint=fingerprint(sentence),
                field=field,
                start=start,
                end=end,
                sentence=sentence,
                stance=stance,
                relation="marked_by_hand",
                found_by=FoundBy.EDITOR,
                marked_by=by,
                triage=Triage.ACCEPTED,
                accepted_as=stance,
                triaged_by=by,
                triaged_at=now,
                found_at=now,
            )
    except IntegrityError:
        existing = Finding.objects.get(claim=claim, report=report, fingerprint=fingerprint(sentence))
        raise Duplicate(
            "This sentence is a finding already.", field="start", extra={"existing": existing.public_id}
        ) from None
    record_event(_happening(Kind.FINDING_MARKED, finding, stance=stance), by=by, at=now)
    return finding


def _checked_note(note: str) -> str:
    note = " ".join(clean(note).text.split())
    if len(note) > _MAX_NOTE:
        raise InvalidInput(f"At most {_MAX_NOTE} characters.", field="note", code="too_long")
    return note


def _move(
    finding: Finding,
    triage: str,
    *,
    accepted_as: str = "",
    dismissal_reason: str = "",
    note: str = "",
    remembered_from: Finding | None = None,
    by: User,
    now: datetime,
) -> None:
    """Compare-and-set on the state the caller saw."""
    seen = Finding.objects.filter(pk=finding.pk, triage=finding.triage, accepted_as=finding.accepted_as)
    back = triage == Triage.NEW
    fields = {
        "triage": triage,
        "accepted_as": accepted_as,
        "dismissal_reason": dismissal_reason,
        "triage_note": note,
        "triaged_by": None if back else by,
        "triaged_at": None if back else now,
        "remembered_from": remembered_from,
    }
    if triage not in NEXT_TRIAGE[finding.triage] or not seen.update(**fields):
        finding.refresh_from_db()
        raise changed_meanwhile("finding", finding.public_id, now_is=finding.get_triage_display().lower())
    finding.refresh_from_db()


def _take_engine_now(finding: Finding) -> None:
    """An untriaged finding shows what the engine says today."""
    said = finding.engine_now
    if said is None:
        return
    finding.stance, finding.relation, finding.confidence = said["stance"], said["relation"], said["confidence"]
    finding.comparison, finding.engine_now = said, None
    finding.save(update_fields=["stance", "relation", "confidence", "comparison", "engine_now"])


def _happening(kind: Kind, finding: Finding, **data: str) -> Happening:
    data |= {"claim": finding.claim.public_id, "report": finding.report.public_id}
    return Happening(kind, "finding", finding.public_id, dict(data))
