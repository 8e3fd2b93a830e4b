"""Claims, triage and the verdict verbs for signed-in staff: the same rules as on the pages."""

from typing import Any

import pytest

from claims.models import Claim, Event, Finding, User, Verdict
from claims.services.claims import close_claim
from claims.services.findings import accept_finding
from claims.services.sources import attach_source
from tests.api.conftest import Caller, codes, signed_in
from tests.cast import CONTRADICTING, MASKS, NOW

PROPOSAL = {"rating": "Mostly true", "explanation": "Customs figures agree.", "valid_as_of": "2020-04-06"}


def propose(caller: Caller, claim: Claim, **changes: Any) -> Any:
    return caller.post(f"claims/{claim.public_id}/verdicts", {**PROPOSAL, **changes})


@pytest.fixture
def accepted(finding: Finding, editor: User) -> Finding:
    return accept_finding(finding=finding, by=editor, now=NOW)


class TestClaims:
    def test_a_claim_is_registered_as_a_draft(self, desk: Caller) -> None:
        answer = desk.post(
            "claims", {"text": MASKS, "date": "2020-04-05", "claimant": "Customs", "aliases": ["respirators"]}
        )
        assert answer.status_code == 201
        row = answer.json()
        assert (row["status"], row["text"], row["date"], row["wording"]) == ("draft", MASKS, "2020-04-05", 1)
        assert (row["claimant"], row["aliases"]) == ("Customs", ["respirators"])
        assert row["reading"]["quantities"][0]["value"] == "3860000000"
        assert desk.get(f"claims/{row['id']}").json() == row

    def test_it_is_opened_and_closed(self, desk: Caller) -> None:
        name = desk.post("claims", {"text": MASKS}).json()["id"]
        assert desk.post(f"claims/{name}/open").json()["status"] == "open"
        assert desk.post(f"claims/{name}/close").json()["status"] == "closed"
        assert desk.post(f"claims/{name}/close").status_code == 409

    def test_a_change_of_some_values_leaves_the_others(self, masks: Claim, desk: Caller) -> None:
        answer = desk.patch(f"claims/{masks.public_id}", {"seen_wording": 1, "note": "Ask customs."})
        assert answer.status_code == 200
        row = answer.json()
        assert (row["note"], row["text"], row["date"], row["wording"]) == ("Ask customs.", MASKS, "2020-04-05", 1)

    def test_a_new_text_is_a_new_wording(self, masks: Claim, desk: Caller) -> None:
        text = MASKS.replace("3.86", "3.9")
        row = desk.patch(f"claims/{masks.public_id}", {"seen_wording": 1, "text": text}).json()
        assert (row["text"], row["wording"]) == (text, 2)

    def test_whoever_started_from_an_older_wording_is_told(self, masks: Claim, desk: Caller, colleague: User) -> None:
        desk.patch(f"claims/{masks.public_id}", {"seen_wording": 1, "text": MASKS.replace("3.86", "3.9")})
        answer = signed_in(colleague).patch(f"claims/{masks.public_id}", {"seen_wording": 1, "note": "Late."})
        assert answer.status_code == 409
        assert "edith" in answer.json()["detail"]
        assert desk.get(f"claims/{masks.public_id}").json()["note"] == ""

    def test_a_claim_in_review_is_frozen(self, in_review: Verdict, desk: Caller) -> None:
        name = in_review.claim.public_id
        answer = desk.patch(f"claims/{name}", {"seen_wording": 1, "text": MASKS.replace("3.86", "3.9")})
        assert answer.status_code == 409
        assert codes(answer)[0][0] == "in_review"

    def test_the_list_is_filtered(self, masks: Claim, desk: Caller, editor: User) -> None:
        other = desk.post("claims", {"text": "Malta has 12 airports"}).json()["id"]
        for query, expected in {
            "": [other, masks.public_id],
            "status=open": [masks.public_id],
            "status=draft": [other],
            "q=MALTA": [other],
            "q=malta&status=open": [],
            "q=%25": [],
        }.items():
            rows = desk.get(f"claims?{query}").json()["results"]
            assert [row["id"] for row in rows] == expected, query
        close_claim(claim=masks, by=editor, now=NOW)
        assert desk.get("claims?status=open").json()["results"] == []


class TestFindings:
    def test_a_finding_says_where_and_why(self, finding: Finding, desk: Caller) -> None:
        row = desk.get(f"findings/{finding.public_id}").json()
        assert (row["claim"], row["report"]) == (finding.claim.public_id, finding.report.public_id)
        assert (row["stance"], row["triage"], row["field"]) == ("confirms", "new", "body")
        assert finding.report.body[row["start"] : row["end"]] == row["sentence"]
        assert row["comparison"]["explanation"]["text"]

    def test_lists_are_filtered(self, finding: Finding, matched: Any, desk: Caller, editor: User) -> None:
        contradicting = Finding.objects.get(report=matched(CONTRADICTING))
        accept_finding(finding=finding, by=editor, now=NOW)
        for query, expected in {
            "": {finding.public_id, contradicting.public_id},
            "stance=contradicts": {contradicting.public_id},
            "triage=accepted": {finding.public_id},
            "triage=accepted&stance=contradicts": set(),
        }.items():
            rows = desk.get(f"findings?{query}").json()["results"]
            assert {row["id"] for row in rows} == expected, query
        rows = desk.get(f"claims/{finding.claim.public_id}/findings").json()["results"]
        assert {row["id"] for row in rows} == {finding.public_id, contradicting.public_id}

    def test_triage_and_its_undoing(self, finding: Finding, desk: Caller) -> None:
        path = f"findings/{finding.public_id}"
        assert desk.post(f"{path}/accept").json()["accepted_as"] == "confirms"
        assert desk.post(f"{path}/accept").status_code == 409
        assert desk.post(f"{path}/undo").json()["triage"] == "new"
        assert (
            desk.post(f"{path}/accept", {"stance": "neutral", "note": "A forecast."}).json()["accepted_as"] == "neutral"
        )
        assert desk.post(f"{path}/undo").status_code == 200
        row = desk.post(f"{path}/dismiss", {"reason": "different_entity"}).json()
        assert (row["triage"], row["dismissal_reason"]) == ("dismissed", "different_entity")
        assert desk.post(f"{path}/undo").json()["triage"] == "new"
        assert desk.post(f"{path}/undo").status_code == 409

    def test_two_editors_do_not_triage_the_same_twice(self, finding: Finding, desk: Caller, colleague: User) -> None:
        desk.post(f"findings/{finding.public_id}/accept")
        answer = signed_in(colleague).post(f"findings/{finding.public_id}/dismiss", {"reason": "misread"})
        assert answer.status_code == 409
        assert "edith" in answer.json()["detail"]


class TestVerdicts:
    def test_the_whole_way_to_publication(
        self, accepted: Finding, desk: Caller, review: Caller, reader: Caller
    ) -> None:
        claim = accepted.claim
        answer = propose(desk, claim, findings=[accepted.public_id])
        assert answer.status_code == 201
        draft = answer.json()
        assert (draft["state"], draft["version"], draft["revision"]) == ("draft", 1, 1)
        path = f"drafts/{draft['id']}"
        edited = desk.patch(
            path, {**PROPOSAL, "explanation": "Better.", "findings": [accepted.public_id], "seen_revision": 1}
        ).json()
        assert (edited["explanation"], edited["revision"]) == ("Better.", 2)
        assert desk.post(f"{path}/submit", {"seen_revision": 2}).json()["state"] == "in_review"
        asked = review.post(f"{path}/request-changes", {"seen_revision": 2, "comment": "Name the office."})
        assert (asked.json()["state"], asked.json()["review_comment"]) == ("changes_requested", "Name the office.")
        desk.post(f"{path}/submit", {"seen_revision": 2})
        assert desk.post(f"{path}/recall").json()["state"] == "draft"
        desk.post(f"{path}/submit", {"seen_revision": 2})
        assert review.post(f"{path}/approve", {"seen_revision": 2}).json()["state"] == "published"
        assert reader.get(f"verdicts/{claim.public_id}").json()["explanation"] == "Better."

    def test_nobody_approves_what_they_wrote(self, accepted: Finding, review: Caller, second_reviewer: User) -> None:
        draft = propose(review, accepted.claim, findings=[accepted.public_id]).json()
        review.post(f"drafts/{draft['id']}/submit", {"seen_revision": 1})
        for verb, data in (("approve", {}), ("request-changes", {"comment": "No."})):
            answer = review.post(f"drafts/{draft['id']}/{verb}", {"seen_revision": 1, **data})
            assert answer.status_code == 403
            assert codes(answer) == [("four_eyes", None)]
        other = signed_in(second_reviewer)
        assert other.post(f"drafts/{draft['id']}/approve", {"seen_revision": 1}).status_code == 200

    def test_an_editor_approves_nothing(self, in_review: Verdict, colleague: User) -> None:
        answer = signed_in(colleague).post(f"drafts/{in_review.public_id}/approve", {"seen_revision": 1})
        assert answer.status_code == 403
        assert codes(answer) == [("not_allowed", None)]
        in_review.refresh_from_db()
        assert in_review.state == "in_review"

    def test_the_slower_of_two_reviewers_is_told(
        self, in_review: Verdict, review: Caller, second_reviewer: User, reader: Caller
    ) -> None:
        other = signed_in(second_reviewer)
        path = f"drafts/{in_review.public_id}"
        assert review.post(f"{path}/approve", {"seen_revision": 1}).status_code == 200
        for verb, data in (("approve", {}), ("request-changes", {"comment": "No."})):
            answer = other.post(f"{path}/{verb}", {"seen_revision": 1, **data})
            assert answer.status_code == 409
            assert "rita" in answer.json()["detail"]
        assert reader.get(f"verdicts/{in_review.claim.public_id}").status_code == 200

    def test_only_the_revision_seen_is_approved(self, in_review: Verdict, review: Caller) -> None:
        answer = review.post(f"drafts/{in_review.public_id}/approve", {"seen_revision": 2})
        assert answer.status_code == 409
        assert codes(answer)[0][0] == "state_conflict"

    def test_a_claim_has_one_unfinished_verdict(self, draft: Verdict, finding: Finding, desk: Caller) -> None:
        answer = propose(desk, draft.claim, findings=[finding.public_id])
        assert answer.status_code == 409
        assert codes(answer)[0][0] == "unfinished_verdict"

    def test_evidence_of_another_claim_is_refused(self, accepted: Finding, desk: Caller) -> None:
        other = desk.post("claims", {"text": "Malta has 12 airports"}).json()["id"]
        desk.post(f"claims/{other}/open")
        answer = desk.post(f"claims/{other}/verdicts", {**PROPOSAL, "findings": [accepted.public_id]})
        assert answer.status_code == 400
        assert codes(answer)[0][1] == "evidence"
        assert not Verdict.objects.exists()

    def test_a_source_is_evidence_too(self, masks: Claim, editor: User, desk: Caller) -> None:
        source = attach_source(claim=masks, url="https://customs.example.org/a", kind="primary", by=editor, now=NOW)
        assert propose(desk, masks, sources=[source.public_id]).status_code == 201

    def test_a_draft_is_discarded(self, draft: Verdict, desk: Caller) -> None:
        assert desk.post(f"drafts/{draft.public_id}/discard").json()["state"] == "discarded"
        assert desk.post(f"drafts/{draft.public_id}/discard").status_code == 409

    def test_a_correction_needs_a_reason_and_a_second_person(
        self, published: Verdict, finding: Finding, desk: Caller, review: Caller, reader: Caller
    ) -> None:
        path = f"verdicts/{published.claim.public_id}"
        change = {**PROPOSAL, "rating": "Half true", "findings": [finding.public_id]}
        refused = desk.post(f"{path}/correct", change)
        assert (refused.status_code, codes(refused)) == (400, [("required", "correction_reason")])
        draft = desk.post(f"{path}/correct", {**change, "correction_reason": "A figure was misread."}).json()
        assert (draft["version"], draft["corrects"]) == (2, 1)
        desk.post(f"drafts/{draft['id']}/submit", {"seen_revision": 1})
        assert reader.get(path).json()["rating"]["label"] == "Mostly true"
        review.post(f"drafts/{draft['id']}/approve", {"seen_revision": 1})
        assert reader.get(path).json()["rating"]["label"] == "Half true"

    def test_there_is_nothing_to_correct_before_publication(self, masks: Claim, desk: Caller) -> None:
        answer = desk.post(f"verdicts/{masks.public_id}/correct", {**PROPOSAL, "correction_reason": "Why not."})
        assert answer.status_code == 409

    def test_a_withdrawal_is_a_reviewers(
        self, published: Verdict, desk: Caller, review: Caller, reader: Caller
    ) -> None:
        path = f"verdicts/{published.claim.public_id}"
        assert desk.post(f"{path}/withdraw", {"reason": "Forged."}).status_code == 403
        assert review.post(f"{path}/withdraw", {"reason": "The source was forged."}).json()["state"] == "withdrawn"
        assert reader.get(path).json()["reason"] == "The source was forged."

    def test_whoever_wrote_on_a_version_does_not_withdraw_it(
        self, accepted: Finding, review: Caller, second_reviewer: User
    ) -> None:
        draft = propose(review, accepted.claim, findings=[accepted.public_id]).json()
        review.post(f"drafts/{draft['id']}/submit", {"seen_revision": 1})
        signed_in(second_reviewer).post(f"drafts/{draft['id']}/approve", {"seen_revision": 1})
        answer = review.post(f"verdicts/{accepted.claim.public_id}/withdraw", {"reason": "I was wrong."})
        assert answer.status_code == 403
        assert codes(answer) == [("four_eyes", None)]

    def test_the_slower_of_two_withdrawals_is_told(
        self, published: Verdict, review: Caller, second_reviewer: User
    ) -> None:
        path = f"verdicts/{published.claim.public_id}/withdraw"
        review.post(path, {"reason": "The source was forged."})
        answer = signed_in(second_reviewer).post(path, {"reason": "Forged, I think."})
        assert answer.status_code == 409
        assert "rita" in answer.json()["detail"]

    def test_what_was_never_published_cannot_be_withdrawn(self, in_review: Verdict, review: Caller) -> None:
        answer = review.post(f"verdicts/{in_review.claim.public_id}/withdraw", {"reason": "Forged."})
        assert answer.status_code == 404

    def test_drafts_are_listed_by_state(self, in_review: Verdict, desk: Caller) -> None:
        assert [row["id"] for row in desk.get("drafts?state=in_review").json()["results"]] == [in_review.public_id]
        assert desk.get("drafts?state=published").json()["results"] == []

    def test_a_refusal_leaves_no_event(self, in_review: Verdict, desk: Caller) -> None:
        before = Event.objects.count()
        desk.post(f"drafts/{in_review.public_id}/approve", {"seen_revision": 1})
        desk.post(f"drafts/{in_review.public_id}/discard")
        assert Event.objects.count() == before
