"""A verdict's life: four eyes, frozen content, versions, races."""

from datetime import date

import pytest

from claims.errors import Conflict, InvalidInput, NotAllowed
from claims.models import Claim, Event, Finding, Kind, User, Verdict
from claims.rendering.verdict_document import claim_document
from claims.services.claims import add_appearance, edit_claim
from claims.services.findings import accept_finding, dismiss_finding, undo_triage
from claims.services.review import approve_verdict, request_changes, withdraw_verdict
from claims.services.sources import attach_source
from claims.services.verdicts import discard_verdict, draft_verdict, edit_verdict, recall_verdict, submit_verdict
from claims.workflow import VerdictState
from tests.cast import NOW, proposal

pytestmark = pytest.mark.django_db


def submitted(verdict: Verdict, by: User) -> Verdict:
    return submit_verdict(verdict=verdict, seen_revision=verdict.revision, by=by, now=NOW)


def approved(verdict: Verdict, by: User) -> Verdict:
    return approve_verdict(verdict=verdict, seen_revision=verdict.revision, by=by, now=NOW)


def correction(published: Verdict, by: User) -> Verdict:
    findings = Finding.objects.accepted().for_claim(published.claim)
    content = proposal(*findings, rating="Half true", correction_reason="The customs office revised its count.")
    return draft_verdict(claim=published.claim, proposal=content, by=by, now=NOW)


def test_evidence_is_frozen_with_its_hash(draft: Verdict, finding: Finding) -> None:
    [evidence] = draft.evidence.all()
    Finding.objects.filter(pk=finding.pk).update(sentence="something else")
    evidence.refresh_from_db()
    assert evidence.quote == finding.sentence
    assert len(evidence.sha256) == 64


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"rating": "Pants on fire"}, "rating"),
        ({"explanation": " "}, "explanation"),
        ({"explanation": "x" * 20_001}, "explanation"),
        ({"valid_as_of": date(2031, 1, 1)}, "valid_as_of"),
        ({"findings": ()}, "evidence"),
    ],
)
def test_a_proposal_that_lacks_something_is_refused(
    finding: Finding, editor: User, changes: dict[str, object], field: str
) -> None:
    accept_finding(finding=finding, by=editor, now=NOW)
    with pytest.raises(InvalidInput) as refusal:
        draft_verdict(claim=finding.claim, proposal=proposal(finding, **changes), by=editor, now=NOW)
    assert refusal.value.field == field


def test_an_untriaged_finding_is_no_evidence(finding: Finding, editor: User) -> None:
    with pytest.raises(InvalidInput, match="accepted"):
        draft_verdict(claim=finding.claim, proposal=proposal(finding), by=editor, now=NOW)


def test_a_source_is_evidence(masks: Claim, editor: User) -> None:
    source = attach_source(
        claim=masks, url="https://customs.example/april", kind="primary", quote="Exports rose.", by=editor, now=NOW
    )
    verdict = draft_verdict(claim=masks, proposal=proposal(sources=[source]), by=editor, now=NOW)
    assert verdict.evidence.get().quote == "Exports rose."


def test_a_claim_has_one_unfinished_verdict(draft: Verdict, finding: Finding, colleague: User) -> None:
    with pytest.raises(Conflict, match="unfinished"):
        draft_verdict(claim=draft.claim, proposal=proposal(finding), by=colleague, now=NOW)


def test_the_author_does_not_approve(in_review: Verdict, editor: User, reviewer: User) -> None:
    editor.groups.set(reviewer.groups.all())
    with pytest.raises(NotAllowed, match="another reviewer"):
        approved(in_review, User.objects.get(pk=editor.pk))


def test_whoever_edited_the_version_does_not_approve(
    draft: Verdict, finding: Finding, editor: User, reviewer: User
) -> None:
    edit_verdict(verdict=draft, seen_revision=1, proposal=proposal(finding, rating="True"), by=reviewer, now=NOW)
    with pytest.raises(NotAllowed):
        approved(submitted(draft, editor), reviewer)


def test_an_editor_does_not_approve(in_review: Verdict, colleague: User, administrator: User) -> None:
    for nobody in (colleague, administrator):
        with pytest.raises(NotAllowed):
            approved(in_review, nobody)


def test_two_reviewers_cannot_both_approve(in_review: Verdict, reviewer: User, second_reviewer: User) -> None:
    seen_by_both = Verdict.objects.get(pk=in_review.pk)
    approved(in_review, reviewer)
    with pytest.raises(Conflict, match=r"Changed by rita at 09:00 UTC; it is now published"):
        request_changes(verdict=seen_by_both, seen_revision=1, comment="No", by=second_reviewer, now=NOW)


def test_an_approval_carries_the_version_seen(
    in_review: Verdict, finding: Finding, editor: User, reviewer: User
) -> None:
    stale = in_review.revision
    recall_verdict(verdict=in_review, by=editor, now=NOW)
    edit_verdict(verdict=in_review, seen_revision=stale, proposal=proposal(finding, rating="False"), by=editor, now=NOW)
    submitted(in_review, editor)
    with pytest.raises(Conflict, match="revision 2"):
        approve_verdict(verdict=in_review, seen_revision=stale, by=reviewer, now=NOW)


def test_a_request_for_changes_needs_a_comment(in_review: Verdict, reviewer: User, editor: User) -> None:
    with pytest.raises(InvalidInput):
        request_changes(verdict=in_review, seen_revision=1, comment=" ", by=reviewer, now=NOW)
    request_changes(verdict=in_review, seen_revision=1, comment="Name the date.", by=reviewer, now=NOW)
    assert submitted(in_review, editor).state == VerdictState.IN_REVIEW


def test_only_the_author_recalls(in_review: Verdict, colleague: User, editor: User) -> None:
    with pytest.raises(NotAllowed):
        recall_verdict(verdict=in_review, by=colleague, now=NOW)
    assert recall_verdict(verdict=in_review, by=editor, now=NOW).state == VerdictState.DRAFT


def test_a_discarded_verdict_keeps_its_number(draft: Verdict, finding: Finding, editor: User) -> None:
    discard_verdict(verdict=draft, by=editor, now=NOW)
    assert draft_verdict(claim=draft.claim, proposal=proposal(finding), by=editor, now=NOW).version == 2


def test_a_correction_needs_a_public_reason(published: Verdict, finding: Finding, editor: User) -> None:
    with pytest.raises(InvalidInput) as refusal:
        draft_verdict(claim=published.claim, proposal=proposal(finding), by=editor, now=NOW)
    assert refusal.value.field == "correction_reason"


def test_a_correction_is_approved_like_any_other(published: Verdict, editor: User, reviewer: User) -> None:
    new = approved(submitted(correction(published, editor), editor), reviewer)
    published.refresh_from_db()
    assert (new.version, new.state, published.state) == (2, VerdictState.PUBLISHED, VerdictState.SUPERSEDED)
    assert Event.objects.order_by("-seq").first().kind == Kind.VERDICT_CORRECTED


def test_the_published_version_stays_until_its_correction_is_approved(published: Verdict, editor: User) -> None:
    submitted(correction(published, editor), editor)
    assert Verdict.objects.published().get() == published


def test_a_withdrawal_needs_a_second_person_and_a_reason(published: Verdict, reviewer: User, editor: User) -> None:
    with pytest.raises(NotAllowed):
        withdraw_verdict(verdict=published, reason="Wrong", by=editor, now=NOW)
    with pytest.raises(InvalidInput):
        withdraw_verdict(verdict=published, reason="", by=reviewer, now=NOW)
    assert withdraw_verdict(verdict=published, reason="Wrong", by=reviewer, now=NOW).state == VerdictState.WITHDRAWN


def test_a_reviewer_who_wrote_on_an_earlier_version_does_not_withdraw(
    published: Verdict, editor: User, reviewer: User, second_reviewer: User
) -> None:
    new = approved(submitted(correction(published, second_reviewer), second_reviewer), reviewer)
    with pytest.raises(NotAllowed):
        withdraw_verdict(verdict=new, reason="Wrong", by=second_reviewer, now=NOW)


def test_a_correction_whose_verdict_was_withdrawn_is_not_published(
    published: Verdict, editor: User, reviewer: User
) -> None:
    new = submitted(correction(published, editor), editor)
    withdraw_verdict(verdict=published, reason="Wrong", by=reviewer, now=NOW)
    with pytest.raises(Conflict, match="withdrawn"):
        approved(new, reviewer)


def test_a_reworded_claim_sends_the_draft_back_to_its_author(draft: Verdict, finding: Finding, editor: User) -> None:
    claim = draft.claim
    edit_claim(
        claim=claim,
        seen_wording=1,
        text=claim.text,
        date=claim.wording.date,
        aliases=["respirators"],
        claimant="",
        note="",
        by=editor,
        now=NOW,
    )
    draft = Verdict.objects.get(pk=draft.pk)
    with pytest.raises(Conflict, match="reworded"):
        submitted(draft, editor)
    edit_verdict(verdict=draft, seen_revision=1, proposal=proposal(finding), by=editor, now=NOW)
    assert submitted(draft, editor).wording.number == 2


def test_readers_see_the_claim_as_it_was_reviewed(published: Verdict, editor: User) -> None:
    claim = published.claim
    edit_claim(
        claim=claim,
        seen_wording=1,
        text=claim.text,
        date=claim.wording.date,
        aliases=[],
        claimant="Somebody else",
        note="",
        by=editor,
        now=NOW,
    )
    add_appearance(claim=claim, outlet="Another outlet", by=editor, now=NOW)
    document = claim_document(Verdict.objects.get(pk=published.pk))
    assert (document["claimant"], document["appearances"]) == ("", [])


@pytest.mark.parametrize("when", ["before submitting", "before approval"])
def test_evidence_dismissed_since_holds_a_verdict_back(
    when: str, draft: Verdict, finding: Finding, editor: User, reviewer: User
) -> None:
    if when == "before approval":
        submitted(draft, editor)
    undo_triage(finding=Finding.objects.get(pk=finding.pk), by=editor, now=NOW)
    dismiss_finding(finding=Finding.objects.get(pk=finding.pk), reason="misread", by=editor, now=NOW)
    with pytest.raises(Conflict, match="no longer accepted"):
        approved(draft, reviewer) if when == "before approval" else submitted(draft, editor)
