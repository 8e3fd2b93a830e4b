"""Proposing, editing and correcting a verdict: what may be chosen, what is refused, and that nothing typed is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from claims.models import Claim, Finding, Source, User, Verdict
from claims.services.claims import register_claim
from claims.services.findings import accept_finding, undo_triage
from claims.services.sources import attach_source, remove_source
from claims.services.verdicts import edit_verdict
from claims.workflow import VerdictState
from tests.cast import NOW, proposal


@pytest.fixture
def accepted(finding: Finding, editor: User) -> Finding:
    return accept_finding(finding=finding, by=editor, now=NOW)


@pytest.fixture
def source(masks: Claim, editor: User) -> Source:
    return attach_source(
        claim=masks, url="https://customs.example/april", kind="primary", quote="Exports rose.", by=editor, now=NOW
    )


def filled(*evidence: Finding | Source, **changes: Any) -> dict[str, Any]:
    content = {
        "rating": "Half true",
        "explanation": "The figure is right, the period is not.",
        "valid_as_of": "2020-04-06",
        "evidence": [f"{type(each).__name__.lower()}-{each.public_id}" for each in evidence],
    }
    return {**content, **changes}


def new_address(claim: Claim) -> str:
    return reverse("web:verdict_draft", args=[claim.public_id])


def edit_address(verdict: Verdict) -> str:
    return reverse("web:verdict_edit", args=[verdict.public_id])


def detail_address(verdict: Verdict) -> str:
    return reverse("web:verdict_detail", args=[verdict.public_id])


def test_accepted_findings_and_sources_are_offered_with_their_words(
    desk: Client, masks: Claim, accepted: Finding, source: Source
) -> None:
    page = desk.get(new_address(masks)).content.decode()
    assert accepted.sentence in page
    assert "Exports rose." in page


def test_a_page_without_evidence_says_where_to_get_some(desk: Client, masks: Claim, finding: Finding) -> None:
    page = desk.get(new_address(masks)).content.decode()
    assert "There is nothing to choose yet." in page
    assert finding.sentence not in page
    assert f"{reverse('web:triage')}?claim={masks.public_id}" in page


def test_a_proposal_is_saved_as_a_draft_to_be_checked(
    desk: Client, masks: Claim, accepted: Finding, source: Source, editor: User
) -> None:
    answer = desk.post(new_address(masks), filled(accepted, source))
    verdict = Verdict.objects.get()
    assert answer.url == detail_address(verdict)
    assert (verdict.state, verdict.rating_label, verdict.created_by) == (VerdictState.DRAFT, "Half true", editor)
    assert [each.quote for each in verdict.evidence.all()] == [accepted.sentence, "Exports rose."]
    assert "Check before submitting" in desk.get(answer.url).content.decode()


def test_every_empty_field_is_named_at_once(desk: Client, masks: Claim, accepted: Finding) -> None:
    answer = desk.post(new_address(masks), {"rating": ""})
    assert answer.status_code == 400
    assert set(answer.context["form"].errors) == {"rating", "explanation", "valid_as_of", "evidence"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"rating": "Pants on fire"}, "rating"),
        ({"explanation": " \n "}, "explanation"),
        ({"explanation": "\0"}, "explanation"),
        ({"explanation": "x" * 1_000_000}, "explanation"),
        ({"valid_as_of": "the day before yesterday"}, "valid_as_of"),
        ({"valid_as_of": "9999-12-31"}, "valid_as_of"),
        ({"valid_as_of": "2020-02-30"}, "valid_as_of"),
        ({"evidence": ["finding-\0"]}, "evidence"),
        ({"evidence": ["finding-aaaaaaaaaaaaaa"]}, "evidence"),
        ({"evidence": ["nonsense"]}, "evidence"),
    ],
)
def test_bad_input_is_refused_beside_its_field_and_kept(
    desk: Client, masks: Claim, accepted: Finding, changes: dict[str, Any], field: str
) -> None:
    answer = desk.post(new_address(masks), filled(accepted, **changes))
    assert answer.status_code == 400
    assert field in answer.context["form"].errors
    assert answer.context["form"]["explanation"].value() == filled(**changes)["explanation"]
    assert not Verdict.objects.exists()


def test_a_finding_of_another_claim_is_no_evidence(
    desk: Client, accepted: Finding, open_claim_of: Callable[..., Claim]
) -> None:
    other = open_claim_of("China has exported 37.5 million protective suits since 1 March 2020")
    answer = desk.post(new_address(other), filled(accepted))
    assert "evidence" in answer.context["form"].errors


def test_nul_characters_are_removed(desk: Client, masks: Claim, accepted: Finding) -> None:
    desk.post(new_address(masks), filled(accepted, explanation="A\0B"))
    assert Verdict.objects.get().explanation == "AB"


def test_a_draft_claim_is_opened_first(desk: Client, editor: User) -> None:
    claim = register_claim(text="The moon is far away", by=editor, now=NOW)
    assert "Open it before proposing a verdict." in desk.get(new_address(claim)).content.decode()
    source = attach_source(claim=claim, url="https://moon.example/", kind="primary", by=editor, now=NOW)
    assert desk.post(new_address(claim), filled(source)).status_code == 409


def test_an_unfinished_verdict_is_shown_instead_of_a_second_one(desk: Client, draft: Verdict) -> None:
    assert desk.get(new_address(draft.claim)).url == detail_address(draft)


def test_whoever_proposes_second_keeps_what_they_typed(
    as_: Callable[..., Client], colleague: User, draft: Verdict, finding: Finding
) -> None:
    answer = as_(colleague).post(new_address(draft.claim), filled(finding, explanation="My own thoughts"))
    assert answer.status_code == 409
    assert "My own thoughts" in answer.content.decode()
    assert detail_address(draft) in answer.content.decode()


def test_an_edit_is_saved_and_remembers_who_wrote(
    as_: Callable[..., Client], colleague: User, draft: Verdict, finding: Finding
) -> None:
    answer = as_(colleague).post(edit_address(draft), filled(finding, seen_revision=1))
    draft.refresh_from_db()
    assert answer.url == detail_address(draft)
    assert (draft.rating_label, draft.revision) == ("Half true", 2)
    assert draft.edits.filter(person=colleague).exists()


def test_a_stale_edit_loses_nothing(desk: Client, draft: Verdict, finding: Finding, colleague: User) -> None:
    theirs = proposal(finding, explanation="What the colleague wrote.")
    edit_verdict(verdict=draft, seen_revision=1, proposal=theirs, by=colleague, now=NOW)
    answer = desk.post(edit_address(draft), filled(finding, explanation="What I typed.", seen_revision=1))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Changed by colin at 09:00 UTC" in page
    assert "What the colleague wrote." in page
    assert "What I typed." in page
    again = {"seen_revision": answer.context["form"]["seen_revision"].value()}
    desk.post(edit_address(draft), filled(finding, explanation="What I typed.", **again))
    draft.refresh_from_db()
    assert draft.explanation == "What I typed."


def test_an_edit_of_a_verdict_in_review_is_refused_and_kept(desk: Client, in_review: Verdict, finding: Finding) -> None:
    answer = desk.post(edit_address(in_review), filled(finding, explanation="Too late.", seen_revision=1))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Too late." in page
    assert "copy what you need" in page
    assert "Save mine instead" not in page
    in_review.refresh_from_db()
    assert in_review.explanation != "Too late."


def test_the_form_of_a_verdict_in_review_leads_to_its_page(desk: Client, in_review: Verdict) -> None:
    assert desk.get(edit_address(in_review)).url == detail_address(in_review)


@pytest.mark.parametrize("revision", ["", "nonsense", "-1", "0", "99999999999999999999", "1\0", "1.5"])
def test_a_nonsense_revision_is_refused(desk: Client, draft: Verdict, finding: Finding, revision: str) -> None:
    answer = desk.post(edit_address(draft), filled(finding, seen_revision=revision))
    assert answer.status_code == 400
    draft.refresh_from_db()
    assert draft.revision == 1


def test_evidence_that_is_gone_is_told_of(
    desk: Client, draft: Verdict, finding: Finding, source: Source, editor: User
) -> None:
    both = proposal(finding, sources=[source])
    edit_verdict(verdict=draft, seen_revision=1, proposal=both, by=editor, now=NOW)
    assert not desk.get(edit_address(draft)).context["lost"]
    finding.refresh_from_db()
    undo_triage(finding=finding, by=editor, now=NOW)
    remove_source(source=source, by=editor, now=NOW)
    answer = desk.get(edit_address(draft))
    assert [each.quote for each in answer.context["lost"]] == [finding.sentence, "Exports rose."]
    assert "cannot be taken over" in answer.content.decode()


def test_a_correction_begins_with_what_is_published(desk: Client, published: Verdict, finding: Finding) -> None:
    address = reverse("web:verdict_correct", args=[published.claim.public_id])
    assert desk.get(new_address(published.claim)).url == address
    form = desk.get(address).context["form"]
    assert form["explanation"].value() == published.explanation
    assert [choice.is_chosen for choice in form.evidence_choices()] == [True]
    assert not form["correction_reason"].value()


def test_a_correction_needs_its_public_reason(desk: Client, published: Verdict, finding: Finding) -> None:
    address = reverse("web:verdict_correct", args=[published.claim.public_id])
    assert "correction_reason" in desk.post(address, filled(finding)).context["form"].errors
    desk.post(address, filled(finding, correction_reason="We misread the table."))
    correction = Verdict.objects.get(version=2)
    assert (correction.corrects, correction.state) == (published, VerdictState.DRAFT)


def test_there_is_nothing_to_correct_before_publication(desk: Client, masks: Claim) -> None:
    assert desk.get(reverse("web:verdict_correct", args=[masks.public_id])).url == new_address(masks)


def test_the_claim_page_leads_to_the_next_step(desk: Client, published: Verdict, finding: Finding) -> None:
    claim_page = reverse("web:claim", args=[published.claim.public_id])
    correct = reverse("web:verdict_correct", args=[published.claim.public_id])
    assert correct in desk.get(claim_page).content.decode()
    desk.post(correct, filled(finding, correction_reason="We misread the table."))
    page = desk.get(claim_page).content.decode()
    assert detail_address(Verdict.objects.get(version=2)) in page
    assert correct not in page
