"""A verdict's life from review on: approval, changes requested, withdrawal. Always by a second person."""

from datetime import datetime

from django.db import transaction

from claims.errors import Conflict, InvalidInput, NotAllowed
from claims.ingest.cleaning import clean
from claims.models import Kind, User, Verdict, VerdictEdit
from claims.services.audit import record_event
from claims.services.permission import require
from claims.services.verdicts import checked_reason, happening, move, refuse_doubtful_evidence
from claims.workflow import Verb, VerdictState

_MAX_COMMENT = 5_000


@transaction.atomic
def approve_verdict(*, verdict: Verdict, seen_revision: int, by: User, now: datetime) -> Verdict:
    """Publish the version seen; the one it corrects becomes superseded.

    Raises NotAllowed for whoever wrote on this version, Conflict if it changed or another reviewer was faster.
    """
    require(by, Verb.REVIEW_VERDICTS)
    _refuse_editors(verdict, by)
    refuse_doubtful_evidence(verdict)
    if verdict.corrects:
        _supersede(verdict.corrects, by_correction=verdict, now=now)
    move(
        verdict,
        VerdictState.PUBLISHED,
        allowed_from=[VerdictState.IN_REVIEW],
        seen_revision=seen_revision,
        now=now,
        approved_by=by,
        published_at=now,
    )
    kind = Kind.VERDICT_CORRECTED if verdict.corrects_id else Kind.VERDICT_PUBLISHED
    record_event(happening(kind, verdict), by=by, at=now)
    return verdict


@transaction.atomic
def request_changes(*, verdict: Verdict, seen_revision: int, comment: str, by: User, now: datetime) -> Verdict:
    """Back to the author with a comment, which is needed. Raises InvalidInput, NotAllowed, Conflict."""
    require(by, Verb.REVIEW_VERDICTS)
    _refuse_editors(verdict, by)
    comment = clean(comment).text.strip()
    if not comment:
        raise InvalidInput("Say what should change.", field="comment", code="required")
    if len(comment) > _MAX_COMMENT:
        raise InvalidInput(f"At most {_MAX_COMMENT:,} characters.", field="comment", code="too_long")
    move(
        verdict,
        VerdictState.CHANGES_REQUESTED,
        allowed_from=[VerdictState.IN_REVIEW],
        seen_revision=seen_revision,
        now=now,
        review_comment=comment,
    )
    record_event(happening(Kind.CHANGES_REQUESTED, verdict), by=by, at=now)
    return verdict


@transaction.atomic
def withdraw_verdict(*, verdict: Verdict, reason: str, by: User, now: datetime) -> Verdict:
    """Take a published verdict back, with a public reason, by a reviewer who wrote on none of its versions."""
    require(by, Verb.WITHDRAW_VERDICTS)
    reason = checked_reason(reason, field="reason")
    if VerdictEdit.objects.filter(verdict__claim=verdict.claim_id, person=by).exists():
        raise NotAllowed(
            "Whoever wrote on a version of this verdict may not withdraw it: ask another reviewer.", code="four_eyes"
        )
    move(
        verdict,
        VerdictState.WITHDRAWN,
        allowed_from=[VerdictState.PUBLISHED],
        now=now,
        withdrawn_by=by,
        withdrawn_at=now,
        withdrawal_reason=reason,
    )
    record_event(happening(Kind.VERDICT_WITHDRAWN, verdict), by=by, at=now)
    return verdict


def _supersede(published: Verdict, *, by_correction: Verdict, now: datetime) -> None:
    """The version a correction replaces. Raises Conflict if that was withdrawn meanwhile."""
    still_published = Verdict.objects.filter(pk=published.pk, state=VerdictState.PUBLISHED)
    if still_published.update(state=VerdictState.SUPERSEDED, updated_at=now):
        return
    by_correction.refresh_from_db()
    if by_correction.state == VerdictState.IN_REVIEW:
        raise Conflict(
            "The verdict this corrects was withdrawn: discard the correction and propose a new verdict.",
            code="state_conflict",
        )


def _refuse_editors(verdict: Verdict, person: User) -> None:
    if VerdictEdit.objects.filter(verdict=verdict, person=person).exists():
        raise NotAllowed("Whoever wrote on this version may not review it: ask another reviewer.", code="four_eyes")
