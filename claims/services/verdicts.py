"""A verdict's life up to review: drafting, editing, submitting, recalling, discarding."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from claims.errors import Conflict, InvalidInput, NotAllowed
from claims.ingest.cleaning import clean
from claims.models import Claim, Evidence, Finding, Kind, Source, User, Verdict, VerdictEdit
from claims.services.audit import Happening, record_event
from claims.services.claim_text import check_date
from claims.services.collisions import changed_meanwhile
from claims.services.permission import require
from claims.workflow import EDITABLE_VERDICTS, RATINGS, ClaimStatus, Triage, Verb, VerdictState

_MAX_EXPLANATION = 20_000
_MAX_REASON = 2_000
_MAX_EVIDENCE = 100


@dataclass(frozen=True)
class Proposal:
    """What an editor proposes: a rating's label, the explanation, and what it rests on."""

    rating: str
    explanation: str
    valid_as_of: date
    findings: Sequence[Finding] = ()
    sources: Sequence[Source] = ()
    correction_reason: str = ""


@transaction.atomic
def draft_verdict(*, claim: Claim, proposal: Proposal, by: User, now: datetime) -> Verdict:
    """A first version, or a correction of the published one (then `correction_reason` is needed, and public).

    Raises InvalidInput naming the field, Conflict if the claim has an unfinished verdict or is a draft.
    """
    require(by, Verb.DRAFT_VERDICTS)
    if claim.status == ClaimStatus.DRAFT:
        raise Conflict("Open the claim before proposing a verdict.", code="state_conflict")
    published = Verdict.objects.published().filter(claim=claim).first()
    content = _checked(proposal, claim=claim, is_correction=published is not None, now=now)
    last = Verdict.objects.filter(claim=claim).order_by("-version").first()
    try:
        with transaction.atomic():
            verdict = Verdict.objects.create(
                claim=claim,
                wording=claim.wording,
                version=last.version + 1 if last else 1,
                corrects=published,
                created_by=by,
                created_at=now,
                updated_at=now,
                **content,
            )
    except IntegrityError:
        raise Conflict("This claim has an unfinished verdict already.", code="unfinished_verdict") from None
    _remember_editor(verdict, by=by, now=now)
    _freeze_evidence(verdict, proposal)
    record_event(happening(Kind.VERDICT_DRAFTED, verdict), by=by, at=now)
    return verdict


@transaction.atomic
def edit_verdict(*, verdict: Verdict, seen_revision: int, proposal: Proposal, by: User, now: datetime) -> Verdict:
    """Another text for a draft or for one with changes requested; it then speaks of the claim's current wording."""
    require(by, Verb.DRAFT_VERDICTS)
    content = _checked(proposal, claim=verdict.claim, is_correction=verdict.corrects_id is not None, now=now)
    move(
        verdict,
        verdict.state,
        allowed_from=EDITABLE_VERDICTS,
        seen_revision=seen_revision,
        now=now,
        revision=F("revision") + 1,
        wording=verdict.claim.wording,
        **content,
    )
    _remember_editor(verdict, by=by, now=now)
    verdict.evidence.all().delete()
    _freeze_evidence(verdict, proposal)
    record_event(happening(Kind.VERDICT_EDITED, verdict), by=by, at=now)
    return verdict


@transaction.atomic
def submit_verdict(*, verdict: Verdict, seen_revision: int, by: User, now: datetime) -> Verdict:
    """Into review: from here its content and the claim's text are frozen. Raises Conflict, InvalidInput."""
    require(by, Verb.DRAFT_VERDICTS)
    claim = Claim.objects.select_for_update(no_key=True).get(pk=verdict.claim_id)
    if verdict.wording_id != claim.current_wording_id:
        raise Conflict(
            "The claim was reworded since this was written: check the verdict and save it again.", code="reworded"
        )
    if not verdict.evidence.exists():
        raise InvalidInput("A verdict needs at least one piece of evidence.", field="evidence", code="required")
    refuse_doubtful_evidence(verdict)
    move(
        verdict,
        VerdictState.IN_REVIEW,
        allowed_from=EDITABLE_VERDICTS,
        seen_revision=seen_revision,
        now=now,
        submitted_by=by,
        submitted_at=now,
        **_frozen_of(claim),
    )
    record_event(happening(Kind.VERDICT_SUBMITTED, verdict), by=by, at=now)
    return verdict


@transaction.atomic
def recall_verdict(*, verdict: Verdict, by: User, now: datetime) -> Verdict:
    """Its author, or whoever submitted it, takes it back from review."""
    require(by, Verb.DRAFT_VERDICTS)
    if by.pk not in (verdict.created_by_id, verdict.submitted_by_id):
        raise NotAllowed("Only its author, or whoever submitted it, may recall a verdict.")
    move(verdict, VerdictState.DRAFT, allowed_from=[VerdictState.IN_REVIEW], now=now)
    record_event(happening(Kind.VERDICT_RECALLED, verdict), by=by, at=now)
    return verdict


@transaction.atomic
def discard_verdict(*, verdict: Verdict, by: User, now: datetime) -> Verdict:
    """A draft that comes to nothing. Its row stays, so that the record has no hole."""
    require(by, Verb.DRAFT_VERDICTS)
    move(verdict, VerdictState.DISCARDED, allowed_from=EDITABLE_VERDICTS, now=now)
    record_event(happening(Kind.VERDICT_DISCARDED, verdict), by=by, at=now)
    return verdict


def move(
    verdict: Verdict,
    state: str,
    *,
    allowed_from: Sequence[str],
    seen_revision: int | None = None,
    now: datetime,
    **fields: Any,
) -> None:
    """Compare-and-set, then the fresh row in `verdict`. Raises Conflict "changed by X at 10:02"."""
    expected = Verdict.objects.filter(pk=verdict.pk, state__in=allowed_from)
    if seen_revision is not None:
        expected = expected.filter(revision=seen_revision)
    changed = expected.update(state=state, updated_at=now, **fields)
    verdict.refresh_from_db()
    if not changed:
        now_is = verdict.get_state_display().lower()
        if verdict.state in allowed_from:
            now_is = f"revision {verdict.revision}, {now_is}"
        raise changed_meanwhile("verdict", verdict.public_id, now_is=now_is)


def checked_reason(reason: str, *, field: str) -> str:
    """A reason readers will see. Raises InvalidInput."""
    reason = clean(reason).text.strip()
    if not reason:
        raise InvalidInput("Give the reason; readers will see it.", field=field, code="required")
    if len(reason) > _MAX_REASON:
        raise InvalidInput(f"At most {_MAX_REASON:,} characters.", field=field, code="too_long")
    return reason


def happening(kind: Kind, verdict: Verdict, **data: Any) -> Happening:
    data |= {"claim": verdict.claim.public_id, "version": verdict.version, "revision": verdict.revision}
    return Happening(kind, "verdict", verdict.public_id, data)


def _checked(proposal: Proposal, *, claim: Claim, is_correction: bool, now: datetime) -> dict[str, Any]:
    rating = RATINGS.get(proposal.rating)
    if rating is None:
        raise InvalidInput(f"A rating is one of: {', '.join(RATINGS)}.", field="rating", code="unknown_rating")
    explanation = clean(proposal.explanation).text.strip()
    if not explanation:
        raise InvalidInput("Explain the rating.", field="explanation", code="required")
    if len(explanation) > _MAX_EXPLANATION:
        raise InvalidInput(f"At most {_MAX_EXPLANATION:,} characters.", field="explanation", code="too_long")
    check_date(proposal.valid_as_of, now=now, field="valid_as_of")
    _check_evidence(proposal, claim)
    reason = checked_reason(proposal.correction_reason, field="correction_reason") if is_correction else ""
    return {
        **_frozen_of(claim),
        "rating_label": rating.label,
        "rating_value": rating.value,
        "explanation": explanation,
        "valid_as_of": proposal.valid_as_of,
        "correction_reason": reason,
    }


def refuse_doubtful_evidence(verdict: Verdict) -> None:
    """Raises Conflict when the desk no longer stands by a finding the verdict rests on, or its report was removed."""
    dropped = ~Q(finding__triage=Triage.ACCEPTED) | Q(finding__report__removed_at__isnull=False)
    doubtful = verdict.evidence.filter(dropped, finding__isnull=False).first()
    if doubtful:
        raise Conflict(
            f"The finding \u201c{doubtful.quote[:80]}\u201d is no longer accepted, or its report was removed:"
            " change the evidence first.",
            code="doubtful_evidence",
            field="evidence",
        )


def _frozen_of(claim: Claim) -> dict[str, Any]:
    """What readers see of the claim beside its wording, as it stands when the verdict is written."""
    appearances = [
        {"outlet": row.outlet, "url": row.url, "date": row.date.isoformat() if row.date else None}
        for row in claim.appearances.all()
    ]
    return {"claimant": claim.claimant, "appearances": appearances}


def _check_evidence(proposal: Proposal, claim: Claim) -> None:
    if not proposal.findings and not proposal.sources:
        raise InvalidInput("A verdict needs at least one piece of evidence.", field="evidence", code="required")
    if len(proposal.findings) + len(proposal.sources) > _MAX_EVIDENCE:
        raise InvalidInput(f"At most {_MAX_EVIDENCE} pieces of evidence.", field="evidence", code="too_many")
    for finding in proposal.findings:
        if finding.claim_id != claim.pk or finding.triage != Triage.ACCEPTED or finding.report.is_removed:
            raise InvalidInput("Evidence is an accepted finding of this claim.", field="evidence", code="not_accepted")
    if any(source.claim_id != claim.pk for source in proposal.sources):
        raise InvalidInput("Evidence is a source of this claim.", field="evidence", code="not_of_this_claim")


def _remember_editor(verdict: Verdict, *, by: User, now: datetime) -> None:
    VerdictEdit.objects.get_or_create(verdict=verdict, person=by, defaults={"at": now})


def _freeze_evidence(verdict: Verdict, proposal: Proposal) -> None:
    rows = [_from_finding(finding) for finding in proposal.findings]
    rows += [_from_source(source) for source in proposal.sources]
    for position, row in enumerate(rows, start=1):
        row.verdict, row.position = verdict, position
        row.sha256 = hashlib.sha256(row.quote.encode()).hexdigest()
    Evidence.objects.bulk_create(rows)


def _from_finding(finding: Finding) -> Evidence:
    report = finding.report
    return Evidence(
        finding=finding,
        stance=finding.decided_stance,
        relation=finding.relation,
        quote=finding.sentence,
        publisher=report.outlet,
        title=report.title,
        url=report.url,
        published_at=report.published_at,
    )


def _from_source(source: Source) -> Evidence:
    return Evidence(
        source=source,
        quote=source.quote or source.title or source.url,
        publisher=source.publisher,
        title=source.title,
        url=source.url,
    )
