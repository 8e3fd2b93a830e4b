"""A verdict's page for the newsroom: what it says, what it rests on, and what this person may do with it now."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse

from claims import history, queries
from claims.matching import Statement
from claims.models import Claim, Evidence, Finding, User, Verdict
from claims.paging import counted
from claims.rendering.differences import Change, change_between
from claims.rendering.readings import described
from claims.web.cards import Card, card
from claims.web.forms.verdicts import ChangesForm
from claims.workflow import UNFINISHED_VERDICTS, ClaimStatus, Triage, Verb, VerdictState, may

_NEW_FINDINGS_SHOWN = 10
_WROTE_ON_IT = "You wrote on this version, so you may not review it: another reviewer has to."
_WROTE_ON_A_VERSION = "You wrote on a version of this verdict, so you may not withdraw it: another reviewer has to."
_NO_REVIEWER = "A reviewer who wrote nothing of it decides now."


@dataclass(frozen=True)
class Options:
    """What the person may do now. `why_not` says, to somebody who might expect to, why they may not."""

    edit: bool
    recall: bool
    review: bool
    correct: bool
    withdraw: bool
    why_not: str


@dataclass(frozen=True)
class Support:
    """A piece of evidence with the finding it was copied from; `doubt` says what became of that since."""

    evidence: Evidence
    card: Card | None
    doubt: str


@dataclass(frozen=True)
class NextStep:
    """Where a claim's page sends whoever works on its verdict."""

    label: str
    url: str


def next_step(claim: Claim, verdicts: Iterable[Verdict]) -> NextStep | None:
    """`verdicts` are all of the claim's: finish the unfinished one, correct the published one, or propose one."""
    by_state = {verdict.state: verdict for verdict in verdicts}
    unfinished = next((by_state[state] for state in UNFINISHED_VERDICTS if state in by_state), None)
    if unfinished:
        label = "Finish it" if unfinished.is_editable else "See the review"
        return NextStep(label, reverse("web:verdict_detail", args=[unfinished.public_id]))
    if VerdictState.PUBLISHED in by_state:
        return NextStep("Correct", reverse("web:verdict_correct", args=[claim.public_id]))
    if claim.status == ClaimStatus.DRAFT:
        return None
    return NextStep("Propose a verdict", reverse("web:verdict_draft", args=[claim.public_id]))


def named_verdict(verdict_id: str) -> Verdict:
    """By the public id of the version; 404 if there is none."""
    return get_object_or_404(queries.verdict_with_evidence(), public_id=verdict_id)


def options(verdict: Verdict, person: User) -> Options:
    """What the services would allow; they are asked again when it is done."""
    may_draft = may(person, Verb.DRAFT_VERDICTS)
    in_review = verdict.state == VerdictState.IN_REVIEW
    is_published = verdict.state == VerdictState.PUBLISHED
    wrote = person.pk in {edit.person_id for edit in verdict.edits.all()}
    may_withdraw = is_published and may(person, Verb.WITHDRAW_VERDICTS)
    wrote_any = may_withdraw and queries.has_written_on_any_version(verdict.claim, person)
    return Options(
        edit=may_draft and verdict.is_editable,
        recall=may_draft and in_review and person.pk in (verdict.created_by_id, verdict.submitted_by_id),
        review=in_review and may(person, Verb.REVIEW_VERDICTS) and not wrote,
        correct=may_draft and is_published and not Verdict.objects.unfinished().filter(claim=verdict.claim_id).exists(),
        withdraw=may_withdraw and not wrote_any,
        why_not=_why_not(person, in_review=in_review, wrote=wrote, wrote_any=wrote_any),
    )


def page_context(
    verdict: Verdict,
    *,
    person: User,
    come_back: str,
    changes_form: ChangesForm | None = None,
    refusal: str = "",
    unsent: str = "",
) -> dict[str, Any]:
    """`refusal` is why the last step failed, `unsent` what the person typed for it."""
    allowed = options(verdict, person)
    if allowed.review and changes_form is None:
        changes_form = ChangesForm(initial={"seen_revision": verdict.revision, "comment": unsent})
    return {
        "verdict": verdict,
        "claim": verdict.claim,
        "allowed": allowed,
        "changes_form": changes_form if allowed.review else None,
        "refusal": refusal,
        "unsent": "" if allowed.review else unsent,
        "is_reworded": verdict.is_editable and verdict.wording_id != verdict.claim.current_wording_id,
        "reading": described(Statement.from_json(verdict.wording.reading)),
        "supports": supports(verdict, person=person, come_back=come_back),
        "change": _change(verdict),
        "versions": verdict.claim.verdicts.exclude(pk=verdict.pk).order_by("-version"),
        "published_id": _published_id(verdict),
        "history": history.history("verdict", verdict.public_id),
        **news(verdict),
    }


def news(verdict: Verdict) -> dict[str, Any]:
    """Findings made since the verdict was submitted, while it is in review."""
    if verdict.state != VerdictState.IN_REVIEW:
        return {"verdict": verdict, "new_findings": (), "new_count": 0, "left_out": 0}
    found = queries.findings_since(verdict.claim, verdict.submitted_at)
    count = counted(found, to=queries.COUNTED_IN_ROW)
    shown = found.select_related("report", "claim__current_wording").defer("report__body")[:_NEW_FINDINGS_SHOWN]
    return {
        "verdict": verdict,
        "new_findings": shown,
        "new_count": count,
        "left_out": max(0, count - _NEW_FINDINGS_SHOWN),
    }


def supports(verdict: Verdict, *, person: User, come_back: str) -> list[Support]:
    """In the order of the evidence; two queries for all of it."""
    evidence = list(verdict.evidence.all())
    findings = queries.findings_of_claim(verdict.claim).in_bulk(
        [each.finding_id for each in evidence if each.finding_id]
    )
    return [_support(each, findings.get(each.finding_id or 0), person, come_back) for each in evidence]


def _support(evidence: Evidence, finding: Finding | None, person: User, come_back: str) -> Support:
    if finding is None:
        return Support(evidence, None, "The report it was taken from was removed." if evidence.finding_id else "")
    if finding.sentence != evidence.quote:
        return Support(evidence, None, "")
    doubt = ""
    if finding.triage != Triage.ACCEPTED:
        doubt = f"Its finding is no longer accepted; it is now {finding.get_triage_display().lower()}."
    elif finding.accepted_as != evidence.stance:
        doubt = f"Its finding is now accepted as: {finding.get_accepted_as_display().lower()}."
    return Support(evidence, card(finding, person=person, come_back=come_back), doubt)


def _why_not(person: User, *, in_review: bool, wrote: bool, wrote_any: bool) -> str:
    if in_review and may(person, Verb.REVIEW_VERDICTS):
        return _WROTE_ON_IT if wrote else ""
    if in_review:
        return _NO_REVIEWER
    return _WROTE_ON_A_VERSION if wrote_any else ""


def _change(verdict: Verdict) -> Change | None:
    return change_between(verdict.corrects, verdict) if verdict.corrects else None


def _published_id(verdict: Verdict) -> str:
    """The claim's public id if readers can see this version."""
    is_public = verdict.state in (VerdictState.PUBLISHED, VerdictState.SUPERSEDED, VerdictState.WITHDRAWN)
    return verdict.claim.public_id if is_public else ""
