"""The sweep: brings back what the queue lost and gives up on what never succeeds.

After `kill -9`, Redis keeps tasks in flight for its visibility timeout; with Redis down nothing is sent at all. The
database knows what is waiting. While its queue is short the sweep hints at reports that have waited for a sweep or
longer, and sends again what was started, and look-backs, once `queued_at` is old.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from claims import queue
from claims.models import LookBack, Report
from claims.queue import Job
from claims.services.permission import require
from claims.workflow import LookBackState, Person, ReportState, Verb

_GAVE_UP = "matching was started {} times and never finished"


@dataclass(frozen=True)
class Swept:
    """How many were sent again, and how many were given up."""

    sent: int = 0
    failed: int = 0


def sweep(*, by: Person, now: datetime) -> Swept:
    """Send again what has waited too long."""
    require(by, Verb.MATCH)
    failed = _give_up(now)
    lengths = queue.lengths()
    if lengths is None:
        return Swept(failed=failed)
    old = now - timedelta(seconds=settings.SWEEP_AGE_SECONDS)
    reports = Report.objects.waiting().filter(queued_at__lt=old).order_by("queued_at")
    look_backs = LookBack.objects.filter(state=LookBackState.WAITING, queued_at__lt=old).order_by("queued_at")
    sent = 0
    if not lengths[queue.queue_of(Job.MATCH_WAITING)]:
        sent += _hint(now)
    if lengths[queue.queue_of(Job.MATCH_AGAIN)] < settings.SWEEP_BATCH:
        sent += _send_again(reports.filter(attempts__gt=0), Job.MATCH_AGAIN, "report_id", now=now)
    if lengths[queue.queue_of(Job.LOOK_BACK)] < settings.SWEEP_BATCH:
        sent += _send_again(look_backs, Job.LOOK_BACK, "look_back_id", now=now)
    return Swept(sent=sent, failed=failed)


def _give_up(now: datetime) -> int:
    """What was started as often as allowed and is old enough to be over fails, visibly."""
    old = now - timedelta(seconds=settings.SWEEP_AGE_SECONDS)
    limit = settings.MAX_MATCH_ATTEMPTS
    reports = Report.objects.waiting().filter(attempts__gte=limit, queued_at__lt=old)
    look_backs = LookBack.objects.filter(state=LookBackState.WAITING, attempts__gte=limit, queued_at__lt=old)
    message = _GAVE_UP.format(limit)
    with_reason = reports.exclude(failure="").update(state=ReportState.FAILED)
    return (
        with_reason
        + reports.filter(failure="").update(state=ReportState.FAILED, failure=message)
        + look_backs.update(state=LookBackState.FAILED, failure=message, ended_at=now)
    )


def _hint(now: datetime) -> int:
    """One message speaks of all reports that nobody has taken; not sent while any waits to be heard."""
    old = now - timedelta(seconds=settings.SWEEP_INTERVAL_SECONDS)
    fresh = Report.objects.waiting().filter(attempts=0, queued_at__lt=old)
    return int(fresh.exists() and queue.send(Job.MATCH_WAITING, {}))


def _send_again(rows: QuerySet[Report] | QuerySet[LookBack], job: Job, argument: str, *, now: datetime) -> int:
    """By compare-and-set on `queued_at`: of two sweeps one sends it."""
    sent = 0
    for pk, queued_at in rows.values_list("pk", "queued_at")[: settings.SWEEP_BATCH]:
        taken = rows.model._default_manager.filter(pk=pk, queued_at=queued_at).update(queued_at=now)
        if taken and not queue.send(job, {argument: pk}):
            break
        sent += taken
    return sent
