"""Receiving, removing and retrying reports."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from claims.errors import Conflict, Duplicate, InvalidInput, NotAllowed, TooLarge
from claims.models import ApiToken, Event, Finding, Report, User
from claims.services.reports import receive_report, remove_report, retry_report
from claims.workflow import ReportState
from tests.cast import CONFIRMING, NOW

pytestmark = pytest.mark.django_db


def test_a_report_waits_for_matching(editor: User) -> None:
    received = receive_report(title="Exports", body=CONFIRMING, outlet="Harbour Wire", by=editor, now=NOW)
    assert received.created
    assert (received.report.state, received.report.language) == (ReportState.WAITING, "en")


def test_receiving_a_report_makes_no_event(report_of: Callable[..., Report]) -> None:
    report_of()
    assert not Event.objects.exists()


def test_the_same_address_is_the_same_report(editor: User) -> None:
    first = receive_report(body=CONFIRMING, url="https://wire.example/a?utm_source=x", by=editor, now=NOW)
    again = receive_report(body=CONFIRMING, url="http://WIRE.example/a/#top", by=editor, now=NOW)
    assert (again.created, again.report.pk, again.differs) == (False, first.report.pk, False)
    other = receive_report(body="Another text about exports.", url="https://wire.example/a", by=editor, now=NOW)
    assert (other.created, other.differs) == (False, True)


def test_without_address_the_same_outlet_and_text_is_the_same_report(editor: User) -> None:
    first = receive_report(body=CONFIRMING, outlet="Harbour Wire", by=editor, now=NOW)
    assert receive_report(body=CONFIRMING, outlet="Harbour Wire", by=editor, now=NOW).report == first.report
    assert receive_report(body=CONFIRMING, outlet="Daily Ledger", by=editor, now=NOW).created


def test_another_language_is_stored_and_not_read(editor: User) -> None:
    body = "La Chine a exporté 3,86 milliards de masques depuis le premier mars, selon les douanes chinoises."
    report = receive_report(body=body, by=editor, now=NOW).report
    assert (report.state, report.language) == (ReportState.NOT_READ, "fr")


def test_nul_characters_are_removed_and_said_so(editor: User) -> None:
    report = receive_report(body=f"\0{CONFIRMING}\0\ud800\r\nMore.", by=editor, now=NOW).report
    assert report.body == f"{CONFIRMING}\nMore."
    assert report.cleaned == [
        "body: 2 NUL characters removed",
        "body: 1 broken character (lone surrogate) removed",
    ]


def test_markup_and_right_to_left_marks_are_kept_as_text(editor: User) -> None:
    body = f"<script>alert(1)</script> \u202e{CONFIRMING}\u200f"
    assert receive_report(body=body, by=editor, now=NOW).report.body == body


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"body": ""}, "body"),
        ({"body": " \n\0"}, "body"),
        ({"body": "%PDF-1.4\x01\x02\x03\x04\x05\x06"}, "body"),
        ({"title": "x" * 501}, "title"),
        ({"body": CONFIRMING, "outlet": "x" * 201}, "outlet"),
        ({"body": CONFIRMING, "url": "file:///etc/passwd"}, "url"),
        ({"body": CONFIRMING, "language": "<en>"}, "language"),
        ({"body": CONFIRMING, "published_at": datetime(2031, 1, 1, tzinfo=UTC)}, "published_at"),
        ({"body": CONFIRMING, "published_at": datetime(1066, 1, 1, tzinfo=UTC)}, "published_at"),
    ],
)
def test_a_report_that_cannot_be_is_refused(editor: User, values: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        receive_report(**values, by=editor, now=NOW)
    assert refusal.value.field == field
    assert not Report.objects.exists()


def test_a_report_over_a_megabyte_is_refused(editor: User) -> None:
    with pytest.raises(TooLarge):
        receive_report(body="é" * 500_001, by=editor, now=NOW)
    assert receive_report(body="e" * 999_990 + " masks", by=editor, now=NOW).created


def test_an_external_id_belongs_to_one_report(editor: User) -> None:
    receive_report(body=CONFIRMING, outlet="A", external_id="r-1", by=editor, now=NOW)
    with pytest.raises(Duplicate) as refusal:
        receive_report(body=CONFIRMING, outlet="B", external_id="r-1", by=editor, now=NOW)
    assert refusal.value.field == "external_id"


def test_a_client_may_send_and_an_outsider_may_not(sending_client: tuple[ApiToken, str], outsider: User) -> None:
    assert receive_report(body=CONFIRMING, by=sending_client[0].user, now=NOW).created
    with pytest.raises(NotAllowed):
        receive_report(body=CONFIRMING, by=outsider, now=NOW)


def test_a_removed_report_leaves_the_lists_and_may_come_again(finding: Finding, editor: User) -> None:
    report = finding.report
    remove_report(report=report, reason="Pasted by mistake", by=editor, now=NOW)
    assert not Finding.objects.current().exists()
    assert receive_report(title=report.title, body=report.body, outlet=report.outlet, by=editor, now=NOW).created


def test_a_report_is_removed_once(report_of: Callable[..., Report], editor: User) -> None:
    report = report_of()
    remove_report(report=report, reason="Pasted by mistake", by=editor, now=NOW)
    with pytest.raises(Conflict, match="removed"):
        remove_report(report=report, reason="Again", by=editor, now=NOW)


def test_a_failed_report_is_retried(report_of: Callable[..., Report], editor: User) -> None:
    report = report_of()
    with pytest.raises(Conflict):
        retry_report(report=report, by=editor, now=NOW)
    Report.objects.update(state=ReportState.FAILED, attempts=5, failure="it broke")
    report = retry_report(report=report, by=editor, now=NOW)
    assert (report.state, report.attempts, report.failure) == (ReportState.WAITING, 0, "")
