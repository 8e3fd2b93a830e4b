"""The desk: what needs somebody, and what needs me."""

from collections.abc import Callable

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.models import Claim, Report, User, Verdict
from claims.services.review import request_changes
from claims.workflow import ReportState
from tests.cast import CONTRADICTING, NOW


def page(client: Client) -> str:
    return client.get("/").content.decode()


def test_an_empty_newsroom_has_an_empty_desk(desk: Client) -> None:
    assert "Nothing awaits triage." in page(desk) and "Every report received was read and matched." in page(desk)


def test_contradictions_come_first(masks: Claim, matched: Callable[..., Report], desk: Client) -> None:
    matched(CONTRADICTING)
    matched()
    assert page(desk).index("38.6 billion") < page(desk).index(
        "3.86 billion face masks since 1 March 2020, the customs"
    )


def test_failed_and_unread_reports_are_on_the_desk(report_of: Callable[..., Report], desk: Client) -> None:
    report_of("One.", title="A failed report")
    Report.objects.update(state=ReportState.FAILED)
    report_of("Two.", title="An unread report")
    Report.objects.filter(title="An unread report").update(state=ReportState.NOT_READ)
    assert "A failed report" in page(desk) and "An unread report" in page(desk)


def test_a_reviewer_sees_what_waits_for_them(in_review: Verdict, reviewer: User, as_: Callable[..., Client]) -> None:
    assert "Waiting for your review" in page(as_(reviewer))


def test_the_author_is_not_asked_to_review(in_review: Verdict, desk: Client) -> None:
    assert "Waiting for your review" not in page(desk)


def test_a_verdict_with_changes_requested_comes_back_to_its_author(
    in_review: Verdict, reviewer: User, desk: Client
) -> None:
    request_changes(verdict=in_review, seen_revision=in_review.revision, comment="Why?", by=reviewer, now=NOW)
    assert "Your unfinished verdicts" in page(desk) and "Changes requested" in page(desk)


def test_the_desk_asks_as_much_for_much_as_for_little(
    masks: Claim, matched: Callable[..., Report], desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(8):
        matched(f"China has exported 3.86 billion face masks since 1 March 2020, paper {number} says.")
    with django_assert_max_num_queries(14):
        page(desk)
