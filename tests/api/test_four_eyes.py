"""The verbs of verdicts: a second pair of eyes, and what the slower of two is told."""

from typing import Any

import pytest

from claims.models import Claim, Event, Finding, User, Verdict
from tests.api.conftest import Answer, Caller, codes, signed_in

SEEN_FIRST = {"seen_revision": 1}


def proposed(finding: Finding, **changes: Any) -> dict[str, Any]:
    content = {
        "rating": "False",
        "explanation": "The office says otherwise.",
        "valid_as_of": "2020-04-06",
        "findings": [finding.public_id],
    }
    return {**content, **changes}


def state_of(verdict: Verdict) -> str:
    return Verdict.objects.get(pk=verdict.pk).state


def refused(answer: Answer, status: int, code: str) -> str:
    """The sentence of the refusal."""
    assert answer.status_code == status, answer.content
    assert codes(answer)[0][0] == code
    detail: str = answer.json()["detail"]
    return detail


@pytest.fixture
def by_reviewer(finding: Finding, review: Caller) -> Verdict:
    """In review, written and submitted by the reviewer, all through the API."""
    review.post(f"findings/{finding.public_id}/accept")
    made = review.post(f"claims/{finding.claim.public_id}/verdicts", proposed(finding)).json()
    assert review.post(f"drafts/{made['id']}/submit", SEEN_FIRST).status_code == 200
    return Verdict.objects.get(public_id=made["id"])


def test_the_whole_way_goes_through_the_api(
    masks: Claim, finding: Finding, desk: Caller, review: Caller, reader: Caller
) -> None:
    assert desk.post(f"findings/{finding.public_id}/accept").json()["triage"] == "accepted"
    draft = desk.post(f"claims/{masks.public_id}/verdicts", proposed(finding)).json()
    assert (draft["state"], draft["revision"], draft["evidence"]) == ("draft", 1, [finding.sentence])
    edited = desk.patch(f"drafts/{draft['id']}", proposed(finding, rating="True", seen_revision=1)).json()
    assert (edited["revision"], edited["rating_label"]) == (2, "True")
    assert desk.post(f"drafts/{draft['id']}/submit", {"seen_revision": 2}).json()["state"] == "in_review"
    asked = {"seen_revision": 2, "comment": "Shorter, please."}
    assert review.post(f"drafts/{draft['id']}/request-changes", asked).json()["review_comment"] == "Shorter, please."
    assert desk.post(f"drafts/{draft['id']}/submit", {"seen_revision": 2}).json()["state"] == "in_review"
    assert review.post(f"drafts/{draft['id']}/approve", {"seen_revision": 2}).json()["state"] == "published"
    assert reader.get(f"verdicts/{masks.public_id}").json()["rating"]["label"] == "True"


@pytest.mark.parametrize(
    ("verb", "body"), [("approve", SEEN_FIRST), ("request-changes", {**SEEN_FIRST, "comment": "Shorter."})]
)
def test_a_reviewer_may_not_review_what_is_their_own(
    verb: str, body: dict[str, Any], by_reviewer: Verdict, review: Caller
) -> None:
    refused(review.post(f"drafts/{by_reviewer.public_id}/{verb}", body), 403, "four_eyes")
    assert state_of(by_reviewer) == "in_review"


def test_a_reviewer_who_edited_a_word_may_not_approve_it(
    draft: Verdict, finding: Finding, desk: Caller, review: Caller, second_reviewer: User
) -> None:
    path = f"drafts/{draft.public_id}"
    assert review.patch(path, proposed(finding, seen_revision=1)).status_code == 200
    assert desk.post(f"{path}/submit", {"seen_revision": 2}).status_code == 200
    refused(review.post(f"{path}/approve", {"seen_revision": 2}), 403, "four_eyes")
    assert signed_in(second_reviewer).post(f"{path}/approve", {"seen_revision": 2}).status_code == 200


def test_an_editor_may_not_approve(in_review: Verdict, colleague: User) -> None:
    answer = signed_in(colleague).post(f"drafts/{in_review.public_id}/approve", SEEN_FIRST)
    assert "Only reviewers may" in refused(answer, 403, "not_allowed")
    assert state_of(in_review) == "in_review"


@pytest.mark.parametrize(
    ("verb", "body"), [("approve", SEEN_FIRST), ("request-changes", {**SEEN_FIRST, "comment": "Shorter."})]
)
def test_the_slower_of_two_reviewers_is_told_who_was_faster(
    verb: str, body: dict[str, Any], in_review: Verdict, review: Caller, second_reviewer: User
) -> None:
    path = f"drafts/{in_review.public_id}"
    assert review.post(f"{path}/approve", SEEN_FIRST).status_code == 200
    answer = signed_in(second_reviewer).post(f"{path}/{verb}", body)
    assert "Changed by rita at " in refused(answer, 409, "state_conflict")
    assert answer.json()["state"] == "published"
    assert Event.objects.filter(kind="verdict_published").count() == 1
    assert not Event.objects.filter(kind="changes_requested").exists()


def test_what_was_edited_meanwhile_is_not_approved(
    in_review: Verdict, finding: Finding, desk: Caller, review: Caller
) -> None:
    path = f"drafts/{in_review.public_id}"
    assert desk.post(f"{path}/recall").json()["state"] == "draft"
    assert desk.patch(path, proposed(finding, seen_revision=1)).status_code == 200
    assert desk.post(f"{path}/submit", {"seen_revision": 2}).status_code == 200
    assert "revision 2" in refused(review.post(f"{path}/approve", SEEN_FIRST), 409, "state_conflict")
    assert state_of(in_review) == "in_review"


def test_an_edit_from_an_old_page_overwrites_nothing(
    draft: Verdict, finding: Finding, desk: Caller, colleague: User
) -> None:
    path = f"drafts/{draft.public_id}"
    assert desk.patch(path, proposed(finding, explanation="First.", seen_revision=1)).status_code == 200
    answer = signed_in(colleague).patch(path, proposed(finding, explanation="Second.", seen_revision=1))
    assert "Changed by edith at " in refused(answer, 409, "state_conflict")
    assert Verdict.objects.get(pk=draft.pk).explanation == "First."


@pytest.mark.parametrize("change", [{"text": "China has exported 4 billion face masks"}, {"aliases": ["respirator"]}])
def test_a_claim_is_frozen_while_its_verdict_is_in_review(
    change: dict[str, Any], in_review: Verdict, masks: Claim, desk: Caller
) -> None:
    answer = desk.patch(f"claims/{masks.public_id}", {**change, "seen_wording": 1})
    refused(answer, 409, "in_review")
    assert Claim.objects.get(pk=masks.pk).wording.number == 1


def test_a_published_claims_text_is_frozen_but_not_its_claimant(published: Verdict, masks: Claim, desk: Caller) -> None:
    path = f"claims/{masks.public_id}"
    refused(desk.patch(path, {"text": "China has exported nothing", "seen_wording": 1}), 409, "published")
    assert desk.patch(path, {"claimant": "Customs", "seen_wording": 1}).json()["claimant"] == "Customs"


def test_a_claim_is_not_overwritten_from_an_old_page(masks: Claim, desk: Caller, colleague: User) -> None:
    path = f"claims/{masks.public_id}"
    assert desk.patch(path, {"text": f"{masks.text} alone", "seen_wording": 1}).json()["wording"] == 2
    answer = signed_in(colleague).patch(path, {"text": f"{masks.text} only", "seen_wording": 1})
    assert "Changed by edith at " in refused(answer, 409, "state_conflict")


def test_a_withdrawal_is_by_somebody_who_wrote_no_version(
    by_reviewer: Verdict, second_reviewer: User, review: Caller, reader: Caller
) -> None:
    other = signed_in(second_reviewer)
    assert other.post(f"drafts/{by_reviewer.public_id}/approve", SEEN_FIRST).status_code == 200
    path = f"verdicts/{by_reviewer.claim.public_id}"
    refused(review.post(f"{path}/withdraw", {"reason": "A hoax."}), 403, "four_eyes")
    assert reader.get(path).status_code == 200
    assert other.post(f"{path}/withdraw", {"reason": "A hoax."}).json()["state"] == "withdrawn"
    assert reader.get(path).status_code == 410


def test_the_slower_of_two_withdrawals_is_told_who_was_faster(
    published: Verdict, review: Caller, second_reviewer: User
) -> None:
    path = f"verdicts/{published.claim.public_id}/withdraw"
    assert review.post(path, {"reason": "A hoax."}).status_code == 200
    answer = signed_in(second_reviewer).post(path, {"reason": "Another reason."})
    assert "Changed by rita at " in refused(answer, 409, "state_conflict")
    assert Verdict.objects.get(pk=published.pk).withdrawal_reason == "A hoax."


def test_what_was_never_published_cannot_be_withdrawn_or_corrected(
    in_review: Verdict, finding: Finding, review: Caller
) -> None:
    path = f"verdicts/{in_review.claim.public_id}"
    assert review.post(f"{path}/withdraw", {"reason": "A hoax."}).status_code == 404
    refused(review.post(f"{path}/correct", proposed(finding, correction_reason="So.")), 409, "state_conflict")


def test_a_correction_needs_a_reason_and_a_second_person_too(
    published: Verdict, finding: Finding, review: Caller, second_reviewer: User, reader: Caller
) -> None:
    path = f"verdicts/{published.claim.public_id}"
    answer = review.post(f"{path}/correct", proposed(finding))
    assert (answer.status_code, codes(answer)) == (400, [("required", "correction_reason")])
    made = review.post(f"{path}/correct", proposed(finding, correction_reason="A recount.")).json()
    assert (made["version"], made["corrects"]) == (2, 1)
    review.post(f"drafts/{made['id']}/submit", SEEN_FIRST)
    refused(review.post(f"drafts/{made['id']}/approve", SEEN_FIRST), 403, "four_eyes")
    assert reader.get(path).json()["version"] == 1
    assert signed_in(second_reviewer).post(f"drafts/{made['id']}/approve", SEEN_FIRST).status_code == 200
    assert reader.get(path).json()["version"] == 2


def test_a_claim_has_one_unfinished_verdict(draft: Verdict, finding: Finding, desk: Caller) -> None:
    answer = desk.post(f"claims/{draft.claim.public_id}/verdicts", proposed(finding))
    refused(answer, 409, "unfinished_verdict")
    assert list(draft.claim.verdicts.all()) == [draft]


def test_evidence_of_another_claim_is_no_evidence(
    draft: Verdict, finding: Finding, desk: Caller, open_claim_of: Any
) -> None:
    other = open_claim_of("Norway has exported 5 million lamps")
    answer = desk.post(f"claims/{other.public_id}/verdicts", proposed(finding))
    assert (answer.status_code, codes(answer)) == (400, [("unknown", "evidence")])


@pytest.mark.parametrize("name", ["findings", "sources"])
def test_more_evidence_than_a_verdict_may_have_is_refused(
    name: str, masks: Claim, finding: Finding, desk: Caller
) -> None:
    many = [f"a{number}" for number in range(100_000)]
    answer = desk.post(f"claims/{masks.public_id}/verdicts", proposed(finding, **{name: many}))
    assert (answer.status_code, codes(answer)) == (400, [("max_length", name)])


@pytest.mark.parametrize(
    ("verb", "body", "state"),
    [
        ("recall", {}, "draft"),
        ("submit", SEEN_FIRST, "published"),
        ("discard", {}, "published"),
        ("approve", SEEN_FIRST, "draft"),
        ("request-changes", {**SEEN_FIRST, "comment": "Shorter."}, "draft"),
    ],
)
def test_a_verb_that_does_not_fit_the_state_is_a_conflict(
    verb: str, body: dict[str, Any], state: str, editor: User, review: Caller, request: pytest.FixtureRequest
) -> None:
    verdict: Verdict = request.getfixturevalue(state)
    caller = signed_in(editor) if verb in ("recall", "submit", "discard") else review
    refused(caller.post(f"drafts/{verdict.public_id}/{verb}", body), 409, "state_conflict")
    assert state_of(verdict) == state
