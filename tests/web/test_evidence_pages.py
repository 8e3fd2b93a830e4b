"""Marking a sentence by hand, and comparing any claim with any text."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from claims.models import Claim, Finding, Report, User
from claims.services.claims import close_claim, register_claim
from claims.web.evidence import sentences
from tests.cast import CONTRADICTING, MASKS, NOW

BODY = "The weather was fine. Nobody counted the boxes.\n\nA clerk nodded when asked about the masks."


@pytest.fixture
def report(masks: Claim, matched: Callable[..., Report]) -> Report:
    return matched(BODY)


def marked(report: Report, client: Client, **given: str) -> Any:
    return client.post(reverse("web:mark_evidence", args=[report.public_id]), given)


def value_of(report: Report, words: str) -> str:
    return sentences(report, words)[0].value


def test_a_marked_sentence_is_an_accepted_finding_by_hand(report: Report, masks: Claim, desk: Client) -> None:
    marked(report, desk, passage=value_of(report, "clerk"), stance="confirms", claim=masks.public_id)
    finding = Finding.objects.get(found_by="editor")
    assert (finding.sentence, finding.triage) == ("A clerk nodded when asked about the masks.", "accepted")


def test_a_marked_sentence_is_shown_as_such(report: Report, masks: Claim, desk: Client) -> None:
    marked(report, desk, passage=value_of(report, "clerk"), stance="confirms", claim=masks.public_id)
    page = desk.get(reverse("web:report", args=[report.public_id])).content.decode()
    assert "Marked by hand" in page


def test_the_same_sentence_is_not_marked_twice(report: Report, masks: Claim, desk: Client) -> None:
    given = {"passage": value_of(report, "clerk"), "stance": "confirms", "claim": masks.public_id}
    marked(report, desk, **given)
    response = marked(report, desk, **given)
    assert response.status_code == 409 and "This sentence is a finding already." in response.content.decode()


@pytest.mark.parametrize("passage", ["", "body:0:99999", "body:5:5", "body:9:3", "url:0:5", "body:-1:4", "x"])
def test_a_forged_span_is_refused(passage: str, report: Report, masks: Claim, desk: Client) -> None:
    assert marked(report, desk, passage=passage, stance="confirms", claim=masks.public_id).status_code == 400
    assert not Finding.objects.filter(found_by="editor").exists()


@pytest.mark.parametrize("claim", ["", "nosuchclaim", "1"])
def test_a_forged_claim_is_refused(claim: str, report: Report, masks: Claim, desk: Client) -> None:
    assert marked(report, desk, passage="body:0:21", stance="confirms", claim=claim).status_code == 400


def test_a_closed_claim_takes_no_evidence(report: Report, masks: Claim, editor: User, desk: Client) -> None:
    close_claim(claim=masks, by=editor, now=NOW)
    assert marked(report, desk, passage="body:0:21", stance="confirms", claim=masks.public_id).status_code == 400


def test_sentences_are_found_by_their_words(report: Report, desk: Client) -> None:
    page = desk.get(f"{reverse('web:mark_evidence', args=[report.public_id])}?q=Clerk+masks").content.decode()
    assert "A clerk nodded" in page and "The weather was fine." not in page


def test_a_long_report_offers_its_first_sentences_and_says_so(report_of: Callable[..., Report], desk: Client) -> None:
    report = report_of(" ".join(f"Sentence number {number} ends here." for number in range(300)))
    page = desk.get(reverse("web:mark_evidence", args=[report.public_id])).content.decode()
    assert "101 more sentences are left out" in page


COMPARE = "/compare/"


def compared(client: Client, **given: str) -> Any:
    return client.post(COMPARE, {"report_date": "2020-04-05", **given})


def test_a_registered_claim_is_compared_slot_by_slot(masks: Claim, desk: Client) -> None:
    page = compared(desk, claim=masks.public_id, passage=CONTRADICTING).content.decode()
    assert "tone-contradicts" in page and "38.6 billion" in page and "How many" in page
    assert "In a report, this sentence becomes a finding." in page


def test_any_other_claim_is_compared(desk: Client) -> None:
    page = compared(desk, claim_text=MASKS, claim_date="2020-04-05", passage=CONTRADICTING).content.decode()
    assert "tone-contradicts" in page


def test_an_unrelated_text_says_why_nothing_is_found(masks: Claim, desk: Client) -> None:
    page = compared(desk, claim=masks.public_id, passage="The weather was fine in Lisbon.").content.decode()
    assert "this sentence is not shown as a finding" in page
    assert "the engine would not have compared the two" in page


def test_a_claim_that_is_not_open_says_so(editor: User, desk: Client) -> None:
    draft = register_claim(text=MASKS, by=editor, now=NOW)
    assert "The claim is not open" in compared(desk, claim=draft.public_id, passage=CONTRADICTING).content.decode()


def test_context_fills_what_the_text_leaves_unsaid(masks: Claim, desk: Client) -> None:
    given = {"claim": masks.public_id, "passage": "It exported 3.86 billion face masks."}
    page = compared(desk, **given, context="China since 1 March 2020: exports of face masks.").content.decode()
    assert "tone-confirms" in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"passage": "Text."}, "Choose a claim, or write one."),
        ({"claim_text": MASKS, "passage": ""}, "Paste the text to compare."),
        ({"claim_text": MASKS, "passage": "?!"}, "Paste the text to compare."),
        ({"claim_text": "x" * 1_001, "passage": "Text."}, "a claim has at most 1,000"),
        ({"claim_text": MASKS, "passage": "x" * 20_001}, "This has 20,001 characters"),
        ({"claim_text": MASKS, "passage": "Text.", "context": "x" * 20_001}, "This has 20,001 characters"),
        ({"claim_text": MASKS, "passage": "Text.", "report_date": "2999-01-01"}, "is in the future."),
        ({"claim_text": MASKS, "claim_date": "2999-01-01", "passage": "Text."}, "is in the future."),
        ({"claim": "nosuchclaim", "passage": "Text."}, "Select a valid choice."),
    ],
)
def test_bad_input_is_told_beside_its_field(given: dict[str, str], said: str, desk: Client) -> None:
    response = compared(desk, **given)
    assert response.status_code == 400
    assert said in response.content.decode()


def test_nul_and_html_are_compared_as_text(desk: Client) -> None:
    page = compared(desk, claim_text=MASKS, passage="<b>China\0</b> exported 3 masks.").content.decode()
    assert "&lt;b&gt;China&lt;/b&gt;" in page


@pytest.mark.parametrize("forged", ["%00", "nosuch", "x" * 300, "%F0%9F%98%B7"])
def test_a_link_with_a_forged_id_brings_nothing(forged: str, masks: Claim, desk: Client) -> None:
    assert desk.get(f"{COMPARE}?claim={forged}&report={forged}").status_code == 200


def test_a_forged_claim_with_nul_is_refused(masks: Claim, desk: Client) -> None:
    assert compared(desk, claim="\0", passage="Text.").status_code == 400


def test_a_link_brings_its_claim_and_report(masks: Claim, report: Report, desk: Client) -> None:
    page = desk.get(f"{COMPARE}?claim={masks.public_id}&report={report.public_id}").content.decode()
    assert f'value="{masks.public_id}" selected' in page and "Nobody counted the boxes." in page


def test_a_claim_beyond_the_newest_is_offered_when_a_link_names_it(
    masks: Claim, desk: Client, monkeypatch: pytest.MonkeyPatch, open_claim_of: Callable[..., Claim]
) -> None:
    monkeypatch.setattr("claims.web.forms.claims.ClaimChoice.offered", 1)
    open_claim_of("The city has planted 40 thousand trees")
    open_claim_of("The city has planted 50 thousand trees")
    assert f'value="{masks.public_id}" selected' in desk.get(f"{COMPARE}?claim={masks.public_id}").content.decode()
