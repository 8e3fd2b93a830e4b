"""Four eyes through the pages: the queue, approving, asking for changes, withdrawing, two reviewers at once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from claims.models import Claim, Finding, Report, User, Verdict
from claims.services.matching import match_report
from claims.services.review import approve_verdict
from claims.services.sources import attach_source
from claims.services.verdicts import draft_verdict, edit_verdict, recall_verdict, submit_verdict
from claims.workflow import SYSTEM, Role, VerdictState
from tests.cast import CONTRADICTING, NOW, proposal
from tests.web.conftest import HTMX

QUEUE = "/review/"


def at(name: str, verdict: Verdict) -> str:
    return reverse(f"web:verdict_{name}", args=[verdict.public_id])


def page_of(client: Client, verdict: Verdict) -> str:
    return client.get(at("detail", verdict)).content.decode()


def state_of(verdict: Verdict) -> str:
    return Verdict.objects.get(pk=verdict.pk).state


@pytest.fixture
def later_finding(in_review: Verdict, report_of: Callable[..., Report]) -> Finding:
    """Made after the verdict went into review."""
    report = report_of(CONTRADICTING, outlet="Late Gazette")
    match_report(report_id=report.pk, by=SYSTEM, now=NOW + timedelta(hours=1))
    return Finding.objects.get(report=report, claim=in_review.claim)


def test_the_queue_shows_the_oldest_first_and_who_wrote_it(
    as_: Callable[..., Client], reviewer: User, in_review: Verdict, open_claim_of: Callable[..., Claim], editor: User
) -> None:
    other = open_claim_of("China has exported 37.5 million protective suits since 1 March 2020")
    source = attach_source(claim=other, url="https://suits.example/", kind="primary", by=editor, now=NOW)
    second = draft_verdict(claim=other, proposal=proposal(sources=[source]), by=editor, now=NOW)
    submit_verdict(verdict=second, seen_revision=1, by=editor, now=NOW - timedelta(days=3))
    answer = as_(reviewer).get(QUEUE)
    assert list(answer.context["page"]) == [second, in_review]
    assert "written by" in answer.content.decode()
    assert "edith" in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "count"),
    [("q=masks", 1), ("q=ventilators", 0), ("rating=Mostly+true", 1), ("rating=False", 0), ("q=%00", 1), ("at=9", 1)],
)
def test_the_queue_is_filtered_by_its_address(
    as_: Callable[..., Client], reviewer: User, in_review: Verdict, query: str, count: int
) -> None:
    assert len(as_(reviewer).get(f"{QUEUE}?{query}").context["page"]) == count


def test_the_queue_can_leave_out_what_one_wrote(
    as_: Callable[..., Client], desk: Client, reviewer: User, in_review: Verdict
) -> None:
    assert "you wrote on it" in desk.get(QUEUE).content.decode()
    assert not desk.get(f"{QUEUE}?mine=on").context["page"].object_list
    assert as_(reviewer).get(f"{QUEUE}?mine=on").context["page"].object_list


def test_findings_since_submission_are_counted_and_linked(
    as_: Callable[..., Client], reviewer: User, in_review: Verdict, later_finding: Finding
) -> None:
    client = as_(reviewer)
    assert "1 new finding since submission" in " ".join(client.get(QUEUE).content.decode().split())
    page = page_of(client, in_review)
    assert "1 new finding since submission" in page
    assert f"{reverse('web:report', args=[later_finding.report.public_id])}#finding-{later_finding.public_id}" in page


def test_the_open_page_asks_for_the_news_alone(
    as_: Callable[..., Client], reviewer: User, in_review: Verdict, later_finding: Finding
) -> None:
    answer = as_(reviewer).get(at("detail", in_review), headers=HTMX)
    assert "1 new finding since submission" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_a_reviewer_approves_what_they_saw(as_: Callable[..., Client], reviewer: User, in_review: Verdict) -> None:
    client = as_(reviewer)
    assert "Approve and publish" in page_of(client, in_review)
    assert client.post(at("approve", in_review), {"seen_revision": 1}).url == at("detail", in_review)
    in_review.refresh_from_db()
    assert (in_review.state, in_review.approved_by) == (VerdictState.PUBLISHED, reviewer)


def test_the_author_is_told_why_they_may_not(as_: Callable[..., Client], editor: User, in_review: Verdict) -> None:
    editor.groups.add(Group.objects.get(name=Role.REVIEWER))
    client = as_(User.objects.get(pk=editor.pk))
    page = page_of(client, in_review)
    assert "You wrote on this version, so you may not review it" in page
    assert "Approve and publish" not in page
    for name in ("approve", "request_changes"):
        answer = client.post(at(name, in_review), {"seen_revision": 1, "comment": "Fine by me"})
        assert answer.status_code == 403
        assert "Whoever wrote on this version may not review it" in answer.content.decode()
    assert state_of(in_review) == VerdictState.IN_REVIEW


def test_a_reviewer_who_edited_it_does_not_approve(
    as_: Callable[..., Client], draft: Verdict, finding: Finding, editor: User, reviewer: User
) -> None:
    edit_verdict(verdict=draft, seen_revision=1, proposal=proposal(finding), by=reviewer, now=NOW)
    submit_verdict(verdict=draft, seen_revision=2, by=editor, now=NOW)
    assert "Approve and publish" not in page_of(as_(reviewer), draft)
    assert as_(reviewer).post(at("approve", draft), {"seen_revision": 2}).status_code == 403
    assert state_of(draft) == VerdictState.IN_REVIEW


def test_an_editor_does_not_approve(as_: Callable[..., Client], colleague: User, in_review: Verdict) -> None:
    client = as_(colleague)
    assert "A reviewer who wrote nothing of it decides now." in page_of(client, in_review)
    for name in ("approve", "request_changes", "withdraw"):
        form = {"seen_revision": 1, "comment": "No", "reason": "No"}
        assert client.post(at(name, in_review), form).status_code == 403
    assert state_of(in_review) == VerdictState.IN_REVIEW


def test_a_stale_approval_is_refused(
    as_: Callable[..., Client], reviewer: User, in_review: Verdict, finding: Finding, editor: User
) -> None:
    recall_verdict(verdict=in_review, by=editor, now=NOW)
    other = proposal(finding, explanation="Something quite different.")
    edit_verdict(verdict=in_review, seen_revision=1, proposal=other, by=editor, now=NOW)
    submit_verdict(verdict=in_review, seen_revision=2, by=editor, now=NOW)
    answer = as_(reviewer).post(at("approve", in_review), {"seen_revision": 1})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Changed by edith at 09:00 UTC; it is now revision 2, in review." in page
    assert "Something quite different." in page
    assert 'name="seen_revision" value="2"' in page
    assert state_of(in_review) == VerdictState.IN_REVIEW


def test_the_second_of_two_reviewers_sees_who_was_faster(
    as_: Callable[..., Client], reviewer: User, second_reviewer: User, in_review: Verdict
) -> None:
    approve_verdict(verdict=in_review, seen_revision=1, by=reviewer, now=NOW)
    client = as_(second_reviewer)
    answer = client.post(at("request_changes", in_review), {"seen_revision": 1, "comment": "Name the date, please."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Changed by rita at 09:00 UTC; it is now published." in page
    assert "Name the date, please." in page
    assert client.post(at("approve", in_review), {"seen_revision": 1}).status_code == 409
    assert Verdict.objects.get().approved_by == reviewer


def test_a_stale_request_for_changes_keeps_its_comment(
    as_: Callable[..., Client], reviewer: User, in_review: Verdict, finding: Finding, editor: User
) -> None:
    recall_verdict(verdict=in_review, by=editor, now=NOW)
    edit_verdict(verdict=in_review, seen_revision=1, proposal=proposal(finding), by=editor, now=NOW)
    submit_verdict(verdict=in_review, seen_revision=2, by=editor, now=NOW)
    answer = as_(reviewer).post(at("request_changes", in_review), {"seen_revision": 1, "comment": "Name the date."})
    assert answer.status_code == 409
    assert answer.context["changes_form"]["comment"].value() == "Name the date."
    assert answer.context["changes_form"]["seen_revision"].value() == 2


@pytest.mark.parametrize("comment", ["", "  ", "\0", "x" * 5_001])
def test_a_request_for_changes_needs_a_comment(
    as_: Callable[..., Client], reviewer: User, in_review: Verdict, comment: str
) -> None:
    answer = as_(reviewer).post(at("request_changes", in_review), {"seen_revision": 1, "comment": comment})
    assert answer.status_code == 400
    assert "comment" in answer.context["changes_form"].errors
    assert state_of(in_review) == VerdictState.IN_REVIEW


def test_a_comment_reaches_the_author(
    as_: Callable[..., Client], desk: Client, reviewer: User, in_review: Verdict
) -> None:
    as_(reviewer).post(at("request_changes", in_review), {"seen_revision": 1, "comment": "Name the date."})
    assert state_of(in_review) == VerdictState.CHANGES_REQUESTED
    assert "Name the date." in page_of(desk, in_review)
    assert "Name the date." in desk.get(at("edit", in_review)).content.decode()


def test_a_correction_shows_the_reviewer_what_it_changes(
    as_: Callable[..., Client], reviewer: User, published: Verdict, finding: Finding, editor: User
) -> None:
    content = proposal(
        finding,
        rating="Half true",
        explanation="Customs figures agree beyond rounding.",
        correction_reason="We misread the table.",
    )
    correction = draft_verdict(claim=published.claim, proposal=content, by=editor, now=NOW)
    submit_verdict(verdict=correction, seen_revision=1, by=editor, now=NOW)
    page = page_of(as_(reviewer), correction)
    assert "We misread the table." in page
    assert "<del>" in page
    assert ">within<" in page
    assert ">beyond<" in page


def test_a_withdrawal_needs_a_reason(as_: Callable[..., Client], reviewer: User, published: Verdict) -> None:
    client = as_(reviewer)
    assert at("withdraw", published) in page_of(client, published)
    assert client.post(at("withdraw", published), {"reason": " "}).status_code == 400
    assert state_of(published) == VerdictState.PUBLISHED
    assert client.post(at("withdraw", published), {"reason": "It was another shipment."}).status_code == 302
    assert state_of(published) == VerdictState.WITHDRAWN


def test_whoever_wrote_on_it_does_not_withdraw(as_: Callable[..., Client], editor: User, published: Verdict) -> None:
    editor.groups.add(Group.objects.get(name=Role.REVIEWER))
    client = as_(User.objects.get(pk=editor.pk))
    assert "You wrote on a version of this verdict, so you may not withdraw it" in page_of(client, published)
    assert client.get(at("withdraw", published)).url == at("detail", published)
    answer = client.post(at("withdraw", published), {"reason": "I changed my mind."})
    assert answer.status_code == 403
    assert "I changed my mind." in answer.content.decode()
    assert state_of(published) == VerdictState.PUBLISHED


def test_withdrawing_what_is_withdrawn_already_is_told(
    as_: Callable[..., Client], reviewer: User, second_reviewer: User, published: Verdict
) -> None:
    as_(reviewer).post(at("withdraw", published), {"reason": "It was another shipment."})
    answer = as_(second_reviewer).post(at("withdraw", published), {"reason": "Because of the shipment."})
    assert answer.status_code == 409
    assert "it is now withdrawn" in answer.content.decode()
    assert "Because of the shipment." in answer.content.decode()


def test_the_queue_costs_the_same_for_many(
    as_: Callable[..., Client],
    reviewer: User,
    in_review: Verdict,
    open_claim_of: Callable[..., Claim],
    editor: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(6):
        claim = open_claim_of(f"China has exported {number + 3} million gowns since 1 March 2020")
        source = attach_source(claim=claim, url="https://gowns.example/", kind="primary", by=editor, now=NOW)
        verdict = draft_verdict(claim=claim, proposal=proposal(sources=[source]), by=editor, now=NOW)
        submit_verdict(verdict=verdict, seen_revision=1, by=editor, now=NOW)
    client = as_(reviewer)
    with django_assert_max_num_queries(10):
        client.get(QUEUE)
