"""The sweep brings back what the queue lost, and gives up in the end."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from celery import current_app
from celery.app.routes import prepare
from django.conf import settings

from claims import queue
from claims.errors import NotAllowed
from claims.models import Claim, LookBack, Report, User
from claims.services.sweep import Swept, sweep
from claims.workflow import SYSTEM, LookBackState, ReportState
from tests.cast import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(seconds=settings.SWEEP_AGE_SECONDS + 1)


def test_of_reports_that_nobody_has_taken_a_worker_is_told_again(report_of: Callable[..., Report]) -> None:
    for number in range(3):
        report_of(outlet=f"Outlet {number}")
    assert sweep(by=SYSTEM, now=NOW + timedelta(seconds=settings.SWEEP_INTERVAL_SECONDS + 1)) == Swept(sent=1)
    assert queue.length() == 1
    assert set(Report.objects.values_list("queued_at", "attempts")) == {(NOW, 0)}


def test_a_report_whose_matching_never_ended_is_sent_to_be_matched_alone(
    report_of: Callable[..., Report], eager_tasks: Callable[[], AbstractContextManager[None]]
) -> None:
    report_of()
    Report.objects.update(attempts=1)
    with eager_tasks():
        sweep(by=SYSTEM, now=LATER)
    report = Report.objects.get()
    assert (report.state, report.attempts) == (ReportState.MATCHED, 2)


def test_a_fresh_report_is_left_to_the_queue(report_of: Callable[..., Report]) -> None:
    report_of()
    assert sweep(by=SYSTEM, now=NOW + timedelta(seconds=1)) == Swept()


def test_a_report_is_sent_by_one_sweep(report_of: Callable[..., Report]) -> None:
    report_of()
    Report.objects.update(attempts=1)
    assert [sweep(by=SYSTEM, now=LATER).sent, sweep(by=SYSTEM, now=LATER).sent] == [1, 0]


def test_a_look_back_that_waits_too_long_is_sent_again(masks: Claim) -> None:
    assert sweep(by=SYSTEM, now=LATER) == Swept(sent=1)


def test_a_long_queue_is_not_made_longer(report_of: Callable[..., Report], monkeypatch: pytest.MonkeyPatch) -> None:
    report_of()
    monkeypatch.setattr(settings, "SWEEP_BATCH", 2)
    for _ in range(2):
        queue.send(queue.Job.MATCH_WAITING, {})
    assert sweep(by=SYSTEM, now=LATER) == Swept()


@pytest.fixture
def look_backs_apart(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    routes = prepare({"claims.look_back": {"queue": "look-backs"}})
    monkeypatch.setattr(current_app.amqp.router, "routes", routes)
    yield
    with current_app.connection_for_write() as broker:
        broker.default_channel.queue_purge("look-backs")


def test_a_long_queue_of_look_backs_does_not_hold_up_the_reports(
    look_backs_apart: None, masks: Claim, report_of: Callable[..., Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    report_of()
    monkeypatch.setattr(settings, "SWEEP_BATCH", 2)
    for _ in range(2):
        queue.send(queue.Job.LOOK_BACK, {"look_back_id": 0})
    assert queue.lengths() == {"look-backs": 2, "matching": 0}
    assert sweep(by=SYSTEM, now=LATER) == Swept(sent=1)
    assert queue.lengths() == {"look-backs": 2, "matching": 1}
    assert queue.length() == 3


def test_five_starts_without_an_end_are_a_failure(report_of: Callable[..., Report]) -> None:
    report = report_of()
    Report.objects.update(attempts=5)
    assert sweep(by=SYSTEM, now=LATER) == Swept(failed=1)
    report.refresh_from_db()
    assert (report.state, report.failure) == (
        ReportState.FAILED,
        "matching was started 5 times and never finished",
    )


def test_a_failure_keeps_its_reason(report_of: Callable[..., Report]) -> None:
    report_of()
    Report.objects.update(attempts=5, failure="ValueError: what")
    sweep(by=SYSTEM, now=LATER)
    assert Report.objects.get().failure == "ValueError: what"


def test_a_look_back_fails_visibly_too(masks: Claim) -> None:
    LookBack.objects.update(attempts=5)
    assert sweep(by=SYSTEM, now=LATER) == Swept(failed=1)
    assert LookBack.objects.get().state == LookBackState.FAILED


def test_nothing_is_sent_while_the_broker_is_down(
    report_of: Callable[..., Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    report = report_of()
    with monkeypatch.context() as patch:
        patch.setenv("CELERY_BROKER_URL", "redis://127.0.0.1:1/0")
        assert queue.length() is None
        assert sweep(by=SYSTEM, now=LATER) == Swept()
    report.refresh_from_db()
    assert report.queued_at == NOW


def test_only_the_tasks_sweep(editor: User) -> None:
    with pytest.raises(NotAllowed):
        sweep(by=editor, now=NOW)
