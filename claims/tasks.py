"""Celery's door: each task is one call, takes ids by name and may run twice."""

from celery import shared_task
from django.utils import timezone

from claims.queue import Job
from claims.services import lookback, matching
from claims.services import sweep as sweeping
from claims.workflow import SYSTEM


@shared_task(name=Job.MATCH_REPORT.value)
def match_report(*, report_id: int) -> None:
    matching.match_waiting(report_id=report_id, by=SYSTEM, now=timezone.now())


@shared_task(name=Job.MATCH_AGAIN.value)
def match_again(*, report_id: int) -> None:
    matching.match_report(report_id=report_id, by=SYSTEM, now=timezone.now())


@shared_task(name=Job.LOOK_BACK.value)
def look_back(*, look_back_id: int) -> None:
    lookback.run_look_back(look_back_id=look_back_id, by=SYSTEM, now=timezone.now())


@shared_task(name="claims.sweep", expires=60)
def sweep() -> None:
    sweeping.sweep(by=SYSTEM, now=timezone.now())
