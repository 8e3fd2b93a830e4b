"""From a commit to the worker: what is sent, when, and what happens without a broker."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from celery import current_app
from django.db import transaction

from claims import queue
from claims.models import Claim, Finding, LookBack, Report, User
from claims.queue import Job
from claims.services.claims import open_claim, register_claim
from claims.services.reports import receive_report
from claims.workflow import LookBackState, ReportState
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
