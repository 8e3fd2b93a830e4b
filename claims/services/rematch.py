"""Matching every stored report anew after the engine's policy has changed.

Each report says by which version it was matched: what is interrupted goes on where it stopped.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from claims.matching import NEWSROOM
from claims.models import Report
from claims.services.matching import match_again
from claims.services.permission import require
from claims.workflow import Person, Verb


@dataclass(frozen=True)
class Rematched:
    """One batch: how many reports, the primary key of the last, and what the engine failed on, by public id."""

    count: int
    last: int
    failures: dict[str, str]


def left_to_rematch() -> int:
    """How many stored reports were matched by another version of the policy."""
    return Report.objects.matched_by_another_policy(NEWSROOM.version).count()


def rematch_batch(*, after: int, by: Person, now: datetime) -> Rematched | None:
    """Match the next reports behind the primary key `after`; None when there are none."""
    require(by, Verb.MATCH)
    left = Report.objects.matched_by_another_policy(NEWSROOM.version).filter(pk__gt=after).order_by("pk")
    reports = list(left[: settings.MATCH_BATCH])
    if not reports:
        return None
    failures = match_again(reports=reports, by=by, now=now)
    named = {report.public_id: failures[report.pk] for report in reports if report.pk in failures}
    return Rematched(len(reports), reports[-1].pk, named)
