"""Matching reports against the open claims.

Running twice, or twice at once, changes nothing: findings are unique per claim, report and sentence, and the report's
row is locked while they are written.

A message only hints that reports wait: whoever hears it takes a batch of those that have waited longest, so that
reading the claims' events, the transaction and the lock of the event chain are paid once a batch. A report whose
matching was started and never ended is brought back by the sweep and taken alone: one that kills its worker must not
take others with it.
"""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from claims import live_index, matching
from claims.live_index import LiveIndex
from claims.models import CLAIM_FEED, Claim, Event, Finding, Report, keep_terms
from claims.services.audit import record_events
from claims.services.engine_findings import keep_findings
from claims.services.permission import require
from claims.workflow import SYSTEM, Person, ReportState, Verb

logger = logging.getLogger(__name__)
Value = TypeVar("Value")

# What a text may make the engine raise; anything else is a defect of ours and must not be taken for the text's.
ENGINE_FAILURES = (
    ArithmeticError,
    LookupError,
    TypeError,
    ValueError,
    RecursionError,
    MemoryError,
    SoftTimeLimitExceeded,
)


def match_report(*, report_id: int, by: Person, now: datetime) -> Report | None:
    """Match one waiting report; None if it is not waiting. An engine failure is noted and left to the sweep.

    Raises NotReady, before the report is taken, while the claims' index file is being written.
    """
    require(by, Verb.MATCH)
    live_index.current()
    reports = _take(Report.objects.waiting().filter(pk=report_id), most=1, now=now)
    if not reports:
        return None
    _match(reports, now=now)
    reports[0].refresh_from_db()
    return reports[0]


def match_waiting(*, by: Person, now: datetime) -> int:
    """Match those that have waited longest, up to a batch; how many.

    0 if none waits or all are in other workers' hands. An engine failure is noted and left to the sweep. Raises
    NotReady, before any is taken, while the claims' index file is being written.
    """
    require(by, Verb.MATCH)
    fresh = Report.objects.waiting().filter(attempts=0)
    if not fresh.exists():
        return 0
    live_index.current()
    reports = _take(fresh, most=settings.MATCH_BATCH, now=now)
    if reports:
        _match(reports, now=now)
    return len(reports)


def told(error: BaseException) -> str:
    """A failure as the desk reads it."""
    if isinstance(error, SoftTimeLimitExceeded):
        return f"matching took longer than {settings.CELERY_TASK_SOFT_TIME_LIMIT} seconds"
    return f"{type(error).__name__}: {error}"[:500]


def match_again(*, reports: Sequence[Report], by: Person, now: datetime) -> Mapping[int, str]:
    """Match reports that were matched before; by primary key, what the engine failed on and why."""
    require(by, Verb.MATCH)
    found = _looked_at(reports, state=ReportState.MATCHED, now=now)
    while _changed_since(found.seq):
        # Unlike a waiting report, one that is matched is not looked at by every look-back.
        found = _looked_at(reports, state=ReportState.MATCHED, now=now)
    return {report_id: told(error) for report_id, error in found.failures.items()}


def find(reader: matching.DocumentReader, claims: LiveIndex) -> list[matching.Match]:
    """What the engine says of a report, in reading order."""
    candidates = reader.candidates(claims.index)
    prospects = reader.prospects(candidates, claims.briefs(candidate.claim_id for candidate in candidates))
    return reader.matches(prospects, claims.statements(prospect.claim_id for prospect in prospects))


def reader_of(report: Report) -> matching.DocumentReader:
    document = matching.Document(
        title=report.title,
        body=report.body,
        published_at=timezone.localdate(report.published_at or report.received_at),
        outlet=report.outlet,
        url=report.url,
    )
    return matching.DocumentReader(document)


@transaction.atomic
def _take(waiting: QuerySet[Report], *, most: int, now: datetime) -> list[Report]:
    """Those that have waited longest, each counted as started once more; what another worker is taking is skipped."""
    left = waiting.filter(attempts__lt=settings.MAX_MATCH_ATTEMPTS).order_by("queued_at", "pk")
    reports = list(left.select_for_update(skip_locked=True)[:most])
    taken = Report.objects.filter(pk__in=[report.pk for report in reports])
    taken.update(attempts=F("attempts") + 1, queued_at=now)
    return reports


def _match(reports: Sequence[Report], *, now: datetime) -> None:
    found = _looked_at(reports, state=ReportState.WAITING, now=now)
    for report_id, error in found.failures.items():
        logger.error("report %s could not be matched", report_id, exc_info=error)
        Report.objects.filter(pk=report_id).update(failure=told(error))


def _looked_at(reports: Sequence[Report], *, state: ReportState, now: datetime) -> "_Found":
    """What the engine says, kept for those still in `state`."""
    claims = live_index.current()
    found = _Found(claims.seq)
    found.look_at(reports, claims)
    _keep(found, reports, claims, state=state, now=now)
    return found


@dataclass(slots=True)
class _Found:
    """What the engine says of reports and which terms they hold, by primary key; of one it fails on, with what.

    `seq`: the claims are those as of this event.
    """

    seq: int
    matches: dict[int, list[matching.Match]] = field(default_factory=dict)
    codes: dict[int, set[int]] = field(default_factory=dict)
    failures: dict[int, BaseException] = field(default_factory=dict)

    def look_at(self, reports: Iterable[Report], claims: LiveIndex) -> None:
        """Step by step, so that what is asked of claims is asked once for all reports."""
        by_id = {report.pk: report for report in reports}
        readers = self._of_each(by_id, lambda report_id: reader_of(by_id[report_id]))
        candidates = self._of_each(readers, lambda report_id: readers[report_id].candidates(claims.index))
        briefs = claims.briefs(_claims_of(candidates))
        prospects = self._of_each(candidates, lambda one: readers[one].prospects(candidates[one], briefs))
        statements = claims.statements(_claims_of(prospects))
        self.codes = self._of_each(prospects, lambda report_id: readers[report_id].codes())
        self.matches = self._of_each(self.codes, lambda one: readers[one].matches(prospects[one], statements))

    def _of_each(self, report_ids: Iterable[int], step: Callable[[int], Value]) -> dict[int, Value]:
        """Without those that fail. Once time is over the step is not taken for the others: they wait for the sweep."""
        done: dict[int, Value] = {}
        for report_id in report_ids:
            try:
                done[report_id] = step(report_id)
            except ENGINE_FAILURES as error:
                self.failures[report_id] = error
                if isinstance(error, SoftTimeLimitExceeded):
                    break
        return done


def _claims_of(candidates: Mapping[int, Sequence[matching.Candidate]]) -> set[int | str]:
    return {candidate.claim_id for listed in candidates.values() for candidate in listed}


@transaction.atomic
def _keep(found: _Found, reports: Sequence[Report], claims: LiveIndex, *, state: ReportState, now: datetime) -> None:
    """A claim that has changed since `claims` were read is left to its look-back.

    That covers every report stored before the change, and waits for the locks taken here or goes before: so the newer
    wording always has the last word.
    """
    rows = Report.objects.present().filter(pk__in=found.matches, state=state)
    locked = set(rows.select_for_update().order_by("pk").values_list("pk", flat=True))
    unchanged = claims.without(_changed_since(claims.seq))
    Report.objects.filter(pk__in=locked).update(
        state=ReportState.MATCHED,
        matched_seq=claims.seq,
        matched_policy=matching.NEWSROOM.version,
        matched_at=now,
        failure="",
    )
    keep_terms({report_id: codes for report_id, codes in found.codes.items() if report_id in locked})
    happenings = []
    for report in _with_findings(reports, locked, found.matches):
        matches = [match for match in found.matches[report.pk] if match.claim_id in unchanged]
        happenings += keep_findings(report=report, matches=matches, claims=unchanged, now=now)
    record_events(happenings, by=SYSTEM, at=now)


def _changed_since(seq: int) -> list[int]:
    changed = set(Event.objects.filter(kind__in=CLAIM_FEED, seq__gt=seq).values_list("object_id", flat=True))
    return list(Claim.objects.filter(public_id__in=changed).values_list("pk", flat=True)) if changed else []


def _with_findings(
    reports: Sequence[Report], locked: set[int], matches: Mapping[int, Sequence[matching.Match]]
) -> list[Report]:
    """The reports that have findings or are to have some."""
    stored = set(Finding.objects.filter(report__in=locked).values_list("report", flat=True))
    return [report for report in reports if report.pk in locked and (matches.get(report.pk) or report.pk in stored)]
