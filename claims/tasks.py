"""Celery's door: each task calls one service, takes ids by name and may run twice."""

import time
from typing import Any

from celery import shared_task
from celery.signals import worker_init
from django.db import connections
from django.utils import timezone

from claims import live_index, queue
from claims.queue import Job
from claims.services import lookback, matching
from claims.services import sweep as sweeping
from claims.workflow import SYSTEM

SLICE_SECONDS = 5.0
"""With its last batch and a wait for the index file within the time limit, and within what a stop waits for."""


@worker_init.connect
def prepare_index(**_: Any) -> None:
    """Before any work is taken, and before the processes are forked that share the file."""
    live_index.prepare()
    connections.close_all()


@shared_task(name=Job.MATCH_WAITING.value, throws=(live_index.NotReady,))
def match_waiting() -> None:
    """All that wait, batch by batch; after a while the rest is left to another message, so that others get a turn."""
    queue.hint_heard()
    stop_at = time.monotonic() + SLICE_SECONDS
    while matching.match_waiting(by=SYSTEM, now=timezone.now()):
        if time.monotonic() >= stop_at:
            queue.hint()
            return


@shared_task(name=Job.MATCH_AGAIN.value, throws=(live_index.NotReady,))
def match_again(*, report_id: int) -> None:
    matching.match_report(report_id=report_id, by=SYSTEM, now=timezone.now())


@shared_task(name=Job.LOOK_BACK.value)
def look_back(*, look_back_id: int) -> None:
    lookback.run_look_back(look_back_id=look_back_id, by=SYSTEM, now=timezone.now())


@shared_task(name="claims.sweep", expires=60)
def sweep() -> None:
    sweeping.sweep(by=SYSTEM, now=timezone.now())
