"""From a commit to the worker: what is sent, when, and what happens without a broker."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

import pytest
from celery import current_app
from django.conf import settings
from django.db import transaction

from claims import queue, tasks
from claims.models import Claim, Finding, LookBack, Report, User
from claims.queue import Job
from claims.services import matching
from claims.services.claims import open_claim, register_claim
from claims.services.reports import receive_report
from claims.workflow import LookBackState, Person, ReportState
from tests.cast import CONFIRMING, MASKS, NOW

EagerTasks = Callable[[], AbstractContextManager[None]]


@pytest.mark.django_db
def test_every_job_has_its_task() -> None:
    assert {job.value for job in Job} <= set(current_app.tasks)
    assert current_app.conf.beat_schedule["sweep"]["task"] in current_app.tasks


@pytest.mark.django_db
def test_a_received_report_is_matched_by_the_worker(masks: Claim, editor: User, eager_tasks: EagerTasks) -> None:
    with eager_tasks():
        receive_report(body=CONFIRMING, published_at=NOW, by=editor, now=NOW)
    assert Report.objects.get().state == ReportState.MATCHED
    assert Finding.objects.get().stance == "confirms"


@pytest.mark.django_db(transaction=True)
def test_one_message_on_its_way_speaks_of_all_reports(report_of: Callable[..., Report]) -> None:
    for number in range(3):
        report_of(outlet=f"Outlet {number}")
    assert queue.length() == 1
    queue.hint_heard()
    report_of(outlet="Late Wire")
    assert queue.length() == 2


@pytest.mark.django_db(transaction=True)
def test_a_report_that_comes_while_others_are_matched_makes_a_message(
    report_of: Callable[..., Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one it would have been spoken of by has been heard."""
    report_of(outlet="First Wire")
    match, late = matching.match_waiting, list[Report]()

    def receive_meanwhile(*, by: Person, now: datetime) -> int:
        found = match(by=by, now=now)
        if not late:
            late.append(report_of(outlet="Late Wire"))
            Report.objects.update(state=ReportState.MATCHED)  # whatever else this worker would have seen
        return found

    before = queue.length()
    monkeypatch.setattr(matching, "match_waiting", receive_meanwhile)
    tasks.match_waiting()
    assert (before, queue.length()) == (1, 2)


@pytest.fixture
def _one_report_a_hearing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "MATCH_BATCH", 1)
    monkeypatch.setattr(tasks, "SLICE_SECONDS", 0)


@pytest.mark.usefixtures("_one_report_a_hearing")
@pytest.mark.django_db(transaction=True)
def test_a_long_row_of_batches_gives_others_their_turn(report_of: Callable[..., Report]) -> None:
    for number in range(2):
        report_of(outlet=f"Outlet {number}")
    tasks.match_waiting()
    assert Report.objects.waiting().count() == 1
    assert queue.length() == 2


@pytest.mark.usefixtures("_one_report_a_hearing")
@pytest.mark.django_db(transaction=True)
def test_a_flood_of_reports_makes_no_flood_of_messages(report_of: Callable[..., Report]) -> None:
    """Reports come all the while, faster than they are matched."""
    for hearing in range(5):
        for number in range(3):
            report_of(outlet=f"Outlet {hearing} {number}")
        _hear_one()
    assert Report.objects.waiting().count() == 10
    assert queue.length() == 1


def _hear_one() -> None:
    with current_app.connection_for_write() as broker:
        broker.default_channel.basic_get(current_app.conf.task_default_queue, no_ack=True)
    tasks.match_waiting()


@pytest.mark.django_db
def test_an_opened_claim_looks_back_in_the_worker(
    matched: Callable[..., Report], editor: User, eager_tasks: EagerTasks
) -> None:
    matched()
    claim = register_claim(text=MASKS, date=NOW.date(), by=editor, now=NOW)
    with eager_tasks():
        open_claim(claim=claim, by=editor, now=NOW)
    assert LookBack.objects.get().state == LookBackState.DONE
    assert Finding.objects.get().claim == claim


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_for_what_was_rolled_back(editor: User) -> None:
    with transaction.atomic():
        receive_report(body=CONFIRMING, by=editor, now=NOW)
        transaction.set_rollback(True)
    assert queue.length() == 0


@pytest.mark.django_db(transaction=True)
def test_a_report_is_accepted_at_once_without_a_broker(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    started = time.monotonic()
    with monkeypatch.context() as patch:
        patch.setenv("CELERY_BROKER_URL", "redis://127.0.0.1:1/0")
        current_app.pool.force_close_all()
        received = receive_report(body=CONFIRMING, by=editor, now=NOW)
    current_app.pool.force_close_all()
    assert received.created
    assert Report.objects.get().state == ReportState.WAITING
    assert time.monotonic() - started < 30  # bounded, where an unguarded send retries for minutes
