"""A verdict's page: what it shows, who is offered what, submitting, recalling, discarding."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from claims.models import Claim, Finding, Report, User, Verdict
from claims.services.claims import edit_claim
from claims.services.findings import undo_triage
from claims.services.reports import remove_report
from claims.services.verdicts import discard_verdict, edit_verdict, recall_verdict, submit_verdict
from claims.workflow import VerdictState
from tests.cast import NOW, proposal


def at(name: str, verdict: Verdict) -> str:
    return reverse(f"web:verdict_{name}", args=[verdict.public_id])


def page_of(client: Client, verdict: Verdict) -> str:
    return client.get(at("detail", verdict)).content.decode()


def test_the_page_shows_what_will_be_public(desk: Client, draft: Verdict, finding: Finding) -> None:
    page = page_of(desk, draft)
    assert draft.explanation in page
    assert "Mostly true" in page
    assert "4 on a scale from 1 (false) to 5 (true)" in page
    assert "<mark" in page
    assert "What was compared" in page
    assert reverse("web:finding", args=[finding.public_id]) in page


def test_submitting_carries_the_revision_shown(desk: Client, draft: Verdict) -> None:
    assert f'name="seen_revision" value="{draft.revision}"' in page_of(desk, draft)
    assert desk.post(at("submit", draft), {"seen_revision": 1}).url == at("detail", draft)
    draft.refresh_from_db()
    assert draft.state == VerdictState.IN_REVIEW


def test_what_was_not_seen_is_not_submitted(desk: Client, draft: Verdict, finding: Finding, colleague: User) -> None:
    edit_verdict(verdict=draft, seen_revision=1, proposal=proposal(finding), by=colleague, now=NOW)
    answer = desk.post(at("submit", draft), {"seen_revision": 1})
    assert answer.status_code == 409
    assert "Changed by colin at 09:00 UTC; it is now revision 2, draft." in answer.content.decode()


@pytest.mark.parametrize("revision", ["", "x", "0", "1" * 30])
def test_a_nonsense_revision_shows_the_page_anew(desk: Client, draft: Verdict, revision: str) -> None:
    answer = desk.post(at("submit", draft), {"seen_revision": revision})
    assert answer.status_code == 400
    assert "This page was incomplete." in answer.content.decode()


def test_a_reworded_claim_is_told_of_and_not_submitted(desk: Client, draft: Verdict, editor: User) -> None:
    claim = draft.claim
    edit_claim(
        claim=claim, seen_wording=1, text=claim.text, date=claim.wording.date, aliases=["masks"], claimant="", note="",
        by=editor, now=NOW,
    )  # fmt: skip
    assert "The claim was reworded since this was written." in page_of(desk, draft)
    assert desk.post(at("submit", draft), {"seen_revision": 1}).status_code == 409


def test_a_claim_is_not_edited_while_its_verdict_is_in_review(desk: Client, in_review: Verdict) -> None:
    claim = in_review.claim
    address = reverse("web:edit_claim", args=[claim.public_id])
    answer = desk.post(address, {"text": "Another claim about 3 masks", "seen_wording": claim.wording.number})
    assert answer.status_code == 409
    assert "Another claim about 3 masks" in answer.content.decode()
    assert Claim.objects.get(pk=claim.pk).text == claim.text


def test_the_author_recalls(desk: Client, in_review: Verdict) -> None:
    assert at("recall", in_review) in page_of(desk, in_review)
    desk.post(at("recall", in_review))
    in_review.refresh_from_db()
    assert in_review.state == VerdictState.DRAFT


def test_a_colleague_does_not_recall(as_: Callable[..., Client], colleague: User, in_review: Verdict) -> None:
    assert at("recall", in_review) not in page_of(as_(colleague), in_review)
    answer = as_(colleague).post(at("recall", in_review))
    assert answer.status_code == 403
    assert "Only its author, or whoever submitted it, may recall a verdict." in answer.content.decode()


def test_recalling_too_late_shows_what_became_of_it(desk: Client, published: Verdict) -> None:
    answer = desk.post(at("recall", published))
    assert answer.status_code == 409
    assert "Changed by rita at 09:00 UTC; it is now published." in answer.content.decode()


def test_discarding_asks_first(desk: Client, draft: Verdict) -> None:
    assert "Discard this version?" in desk.get(at("discard", draft)).content.decode()
    draft.refresh_from_db()
    assert draft.state == VerdictState.DRAFT
    assert desk.post(at("discard", draft)).url == reverse("web:claim", args=[draft.claim.public_id])
    draft.refresh_from_db()
    assert draft.state == VerdictState.DISCARDED


def test_what_was_submitted_meanwhile_is_not_discarded(desk: Client, in_review: Verdict) -> None:
    assert desk.post(at("discard", in_review)).status_code == 409


@pytest.mark.parametrize("name", ["submit", "recall", "approve", "request_changes"])
def test_an_address_for_forms_leads_back_to_the_page(desk: Client, draft: Verdict, name: str) -> None:
    assert desk.get(at(name, draft)).url == at("detail", draft)


def test_evidence_whose_finding_changed_since_is_doubted(
    desk: Client, in_review: Verdict, finding: Finding, editor: User
) -> None:
    finding.refresh_from_db()
    undo_triage(finding=finding, by=editor, now=NOW)
    page = page_of(desk, in_review)
    assert "Its finding is no longer accepted; it is now new." in page


def test_evidence_whose_report_was_removed_is_doubted_and_kept(
    desk: Client, in_review: Verdict, finding: Finding, editor: User
) -> None:
    report = Report.objects.get(pk=finding.report_id)
    remove_report(report=report, reason="Pasted twice", by=editor, now=NOW)
    page = page_of(desk, in_review)
    assert "The report it was taken from was removed." in page
    assert finding.sentence in page


def test_a_discarded_version_stays_readable(desk: Client, draft: Verdict, editor: User) -> None:
    discard_verdict(verdict=draft, by=editor, now=NOW)
    page = page_of(desk, draft)
    assert "Discarded" in page
    assert at("edit", draft) not in page


def test_what_an_explanation_holds_is_shown_as_text(
    desk: Client, draft: Verdict, finding: Finding, editor: User
) -> None:
    script = proposal(finding, explanation="<script>alert(1)</script>")
    edit_verdict(verdict=draft, seen_revision=1, proposal=script, by=editor, now=NOW)
    page = page_of(desk, draft)
    assert "<script>alert(1)</script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_recalled_and_submitted_version_tells_its_story(desk: Client, in_review: Verdict, editor: User) -> None:
    recall_verdict(verdict=in_review, by=editor, now=NOW)
    submit_verdict(verdict=in_review, seen_revision=1, by=editor, now=NOW)
    page = page_of(desk, in_review)
    assert "Verdict recalled by its author" in page


ADDRESSES = ["detail", "edit", "submit", "recall", "discard", "approve", "request_changes", "withdraw"]


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_outsider_gets_a_page_that_says_no(
    as_: Callable[..., Client], outsider: User, administrator: User, published: Verdict, name: str
) -> None:
    for nobody in (outsider, administrator):
        for send in (as_(nobody).get, as_(nobody).post):
            answer = send(at(name, published))
            assert answer.status_code == 403
            assert published.explanation not in answer.content.decode()


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_stranger_is_asked_to_sign_in(client: Client, published: Verdict, name: str) -> None:
    answer = client.post(at(name, published))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("web:sign_in"))


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("forged", ["aaaaaaaaaaaaaa", "1"])
def test_a_forged_id_is_not_found(as_: Callable[..., Client], reviewer: User, name: str, forged: str) -> None:
    answer = as_(reviewer).post(reverse(f"web:verdict_{name}", args=[forged]), {"seen_revision": 1, "comment": "x"})
    assert answer.status_code == 404


@pytest.mark.parametrize("name", ["draft", "correct"])
def test_a_verdict_on_a_forged_claim_is_not_found(desk: Client, name: str) -> None:
    assert desk.get(reverse(f"web:verdict_{name}", args=["aaaaaaaaaaaaaa"])).status_code == 404
    assert desk.get("/claims/%00/verdict/new/").status_code == 404
    assert desk.get("/review/%00/").status_code == 404


def test_a_form_without_its_csrf_token_is_refused_kindly(
    as_: Callable[..., Client], reviewer: User, in_review: Verdict
) -> None:
    answer = as_(reviewer, csrf=True).post(at("approve", in_review), {"seen_revision": 1})
    assert answer.status_code == 403
    assert b"<h1" in answer.content
    in_review.refresh_from_db()
    assert in_review.state == VerdictState.IN_REVIEW
