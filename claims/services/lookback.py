"""Look-backs: a newly opened or worded claim meets the reports stored before.

Forward matching covers every report that arrives after the claim's event; a look-back covers every report stored
before, waiting ones included, so that no order of claims and reports loses a finding.
"""

import time
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F

from claims import live_index
from claims.errors import Conflict
from claims.models import Claim, Kind, LookBack, Report, User
from claims.queue import Job, enqueue
from claims.services.audit import Happening, record_event
from claims.services.matching import find, keep_findings
from claims.services.permission import require
from claims.workflow import ClaimStatus, LookBackState, Person, Verb

_CHUNK = 50  # reports per transaction and progress step
_SLICE_SECONDS = 20.0  # then the rest is queued anew, so that other work gets its turn


def start_look_back(*, claim: Claim, seq: int, now: datetime) -> LookBack:
    """Within the caller's transaction. An unfinished look-back of the claim gives way: this one covers it."""
    unfinished = LookBack.objects.filter(claim=claim, state=LookBackState.WAITING)
    unfinished.update(state=LookBackState.STOPPED, ended_at=now)
    look_back = LookBack.objects.create(
        claim=claim, seq=seq, total=Report.objects.not_yet_met(seq).count(), queued_at=now
    )
    enqueue(Job.LOOK_BACK, look_back_id=look_back.pk)
    return look_back


def run_look_back(*, look_back_id: int, by: Person, now: datetime) -> None:
    """Look at reports for up to 20 seconds, then queue the rest. Two at once do the same work twice, no harm."""
    require(by, Verb.MATCH)
    running = LookBack.objects.filter(pk=look_back_id, state=LookBackState.WAITING)
    if not running.filter(attempts__lt=settings.MAX_MATCH_ATTEMPTS).update(attempts=F("attempts") + 1, queued_at=now):
        return
    running.filter(started_at=None).update(started_at=now)
    stop_at = time.monotonic() + _SLICE_SECONDS
    while time.monotonic() < stop_at:
        look_back = running.select_related("claim__current_wording").first()
        if look_back is None:
            return
        if look_back.claim.status != ClaimStatus.OPEN or not _look_at_chunk(look_back, now=now):
            running.update(state=LookBackState.DONE, ended_at=now, failure="")
            return
    with transaction.atomic():
        enqueue(Job.LOOK_BACK, look_back_id=look_back_id)


@transaction.atomic
def stop_look_back(*, look_back: LookBack, by: User, now: datetime) -> None:
    """What was found so far stays. Raises Conflict if it is not under way."""
    require(by, Verb.EDIT_CLAIMS)
    stopped = LookBack.objects.filter(pk=look_back.pk, state=LookBackState.WAITING)
    if not stopped.update(state=LookBackState.STOPPED, ended_at=now):
        raise Conflict("This look-back is not under way.", code="state_conflict")
    record_event(Happening(Kind.LOOK_BACK_STOPPED, "claim", look_back.claim.public_id), by=by, at=now)


@transaction.atomic
def retry_look_back(*, look_back: LookBack, by: User, now: datetime) -> None:
    """Go on where a stopped or failed look-back ended. Raises Conflict while another one is under way."""
    require(by, Verb.EDIT_CLAIMS)
    if LookBack.objects.filter(claim=look_back.claim, state=LookBackState.WAITING).exists():
        raise Conflict("Another look-back of this claim is under way.", code="state_conflict")
    ended = LookBack.objects.filter(pk=look_back.pk, state__in=[LookBackState.STOPPED, LookBackState.FAILED])
    if not ended.update(state=LookBackState.WAITING, attempts=0, queued_at=now, ended_at=None, failure=""):
        raise Conflict("This look-back is not stopped.", code="state_conflict")
    enqueue(Job.LOOK_BACK, look_back_id=look_back.pk)
    record_event(Happening(Kind.LOOK_BACK_RETRIED, "claim", look_back.claim.public_id), by=by, at=now)


def _look_at_chunk(look_back: LookBack, *, now: datetime) -> bool:
    """False when no report is left."""
    claims = live_index.of_one_claim(look_back.claim)
    left = Report.objects.not_yet_met(look_back.seq).filter(pk__gt=look_back.cursor).order_by("pk")
    reports = list(left.filter(attempts__lt=settings.MAX_MATCH_ATTEMPTS)[:_CHUNK])
    if not reports:
        return False
    matches = {report.pk: find(report, claims) for report in reports}
    with transaction.atomic():
        # The lock waits for a matching of the report under way, which may hold an earlier wording of the claim.
        for report in Report.objects.select_for_update().filter(pk__in=matches).order_by("pk"):
            keep_findings(report=report, matches=matches[report.pk], claims=claims, now=now)
        LookBack.objects.filter(pk=look_back.pk).update(
            cursor=reports[-1].pk, done=F("done") + len(reports), attempts=1, queued_at=now
        )
    return True
