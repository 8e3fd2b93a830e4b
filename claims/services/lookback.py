"""Look-backs: a newly opened or worded claim meets the reports stored before.

Forward matching covers every report that arrives after the claim's event; a look-back covers every report stored
before, waiting ones included, so that no order of claims and reports loses a finding.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet

from claims import live_index
from claims.errors import Conflict
from claims.matching import NEWSROOM, Match, key_codes, may_reach, weighed_terms
from claims.models import (
    Claim,
    Finding,
    FoundBy,
    Kind,
    LookBack,
    Report,
    User,
    kept_terms,
    reports_to_look_at,
    stored_number,
)
from claims.queue import Job, enqueue
from claims.services.audit import Happening, record_event, record_events
from claims.services.engine_findings import keep_findings
from claims.services.matching import ENGINE_FAILURES, find, reader_of, told
from claims.services.permission import require
from claims.workflow import SYSTEM, ClaimStatus, LookBackState, Person, Triage, Verb

_CHUNK = 50  # reports per transaction and progress step
_SLICE_SECONDS = 20.0  # then the rest is queued anew, so that other work gets its turn


def end_look_backs(*, claim: Claim, now: datetime) -> None:
    """Before a claim's meaning changes: waits for a chunk under way, then no older wording is written any more."""
    unfinished = LookBack.objects.filter(claim=claim, state=LookBackState.WAITING)
    unfinished.update(state=LookBackState.STOPPED, ended_at=now)


def start_look_back(*, claim: Claim, seq: int, now: datetime) -> LookBack:
    """Within the transaction of the event `seq`, after `end_look_backs`; inserting a row waits for nobody."""
    look_back = LookBack.objects.create(claim=claim, seq=seq, queued_at=now)
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
    left: list[int] | None = None
    while time.monotonic() < stop_at:
        look_back = running.select_related("claim__current_wording").first()
        if look_back is None:
            return
        if left is None:
            left = _left(look_back)
            running.update(total=look_back.done + len(left))
        chunk, left = left[:_CHUNK], left[_CHUNK:]
        if look_back.claim.status != ClaimStatus.OPEN or not chunk:
            running.update(state=LookBackState.DONE, ended_at=now)
            return
        _look_at(chunk, look_back, now=now)
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


def _left(look_back: LookBack) -> list[int]:
    """The stored reports that hold a telling term of the claim and may not have met its wording, in their order.

    Asked once a run: a report that arrives, or whose matching begins, later meets the wording anyway. With those that a
    matching under way has given a finding for an earlier wording meanwhile.
    """
    codes = key_codes(_indexed(look_back))
    holding = reports_to_look_at(codes=codes, seq=look_back.seq, after=look_back.cursor)
    overtaken = _overtaken(look_back).values_list("report", flat=True)
    return sorted({*holding, *overtaken})


def _overtaken(look_back: LookBack) -> QuerySet[Finding]:
    """What the engine says of earlier wordings and nobody has triaged."""
    new = Finding.objects.for_claim(look_back.claim).filter(triage=Triage.NEW, found_by=FoundBy.ENGINE)
    return new.filter(report__gt=look_back.cursor).exclude(wording=look_back.claim.current_wording_id)


def _look_at(report_ids: Sequence[int], look_back: LookBack, *, now: datetime) -> None:
    claims = live_index.of_one_claim(look_back.claim)
    found = _Found(last=report_ids[-1], count=len(report_ids))
    for report in Report.objects.present().filter(pk__in=_worth_reading(report_ids, look_back)).order_by("pk"):
        found.look_at(report, claims)
    _keep(look_back, found, claims, now=now)


def _worth_reading(report_ids: Sequence[int], look_back: LookBack) -> list[int]:
    """Without those that hold too little of the claim, all sentences together, for it to be a candidate of any."""
    weights = {stored_number(code): weight for code, weight in weighed_terms(_indexed(look_back)).items()}
    total, kept = sum(weights.values()), kept_terms(report_ids)
    too_little = {
        report_id
        for report_id, terms in kept.items()
        if not may_reach(sum(weights[number] for number in weights.keys() & terms), total, NEWSROOM.compared_from)
    }
    too_little.difference_update(_overtaken(look_back).filter(report__in=too_little).values_list("report", flat=True))
    return [report_id for report_id in report_ids if report_id not in too_little]


def _indexed(look_back: LookBack) -> str:
    return live_index.indexed_text(look_back.claim.wording)


@dataclass(slots=True)
class _Found:
    """What the engine says of the reports looked at; one that makes it fail is passed over and named."""

    last: int
    count: int
    matches: dict[int, list[Match]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    def look_at(self, report: Report, claims: live_index.LiveIndex) -> None:
        try:
            self.matches[report.pk] = find(reader_of(report), claims)
        except ENGINE_FAILURES as error:
            self.failures.append(f"report {report.public_id} was passed over: {told(error)}")


@transaction.atomic
def _keep(look_back: LookBack, found: _Found, claims: live_index.LiveIndex, *, now: datetime) -> None:
    """Locks in the order look-back, reports, findings, events, like everybody else: nobody waits in a circle."""
    waiting = LookBack.objects.filter(pk=look_back.pk, state=LookBackState.WAITING)
    wording = Claim.objects.filter(pk=look_back.claim_id).values_list("current_wording", flat=True)
    if not waiting.select_for_update().exists() or wording.get() != look_back.claim.current_wording_id:
        return  # stopped or overtaken by another wording: what was found speaks of nothing any more
    happenings = []
    # The lock waits for a matching of the report under way, which may hold an earlier wording of the claim.
    for report in Report.objects.select_for_update().filter(pk__in=found.matches).order_by("pk"):
        happenings += keep_findings(report=report, matches=found.matches[report.pk], claims=claims, now=now)
    failure = {"failure": found.failures[-1][:500]} if found.failures else {}
    waiting.update(cursor=found.last, done=F("done") + found.count, attempts=1, queued_at=now, **failure)
    record_events(happenings, by=SYSTEM, at=now)
