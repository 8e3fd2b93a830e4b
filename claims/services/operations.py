"""How the work behind the pages stands."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min

from claims import queue
from claims.live_index import Version, last_troubles, version
from claims.matching import NEWSROOM
from claims.models import Event, LookBack, Report
from claims.services.permission import require
from claims.workflow import LookBackState, Person, ReportState, Verb

_LOOK_BACKS_SHOWN = 20


@dataclass(frozen=True)
class StateOfWork:
    """`oldest` is since when the report that waits longest does; `queue_length` None if the broker cannot be reached.

    `index` is what this process holds, None before it was asked for claims; `index_troubles` by machine what
    kept it from writing its file lately; `last_seq` the newest event there is.
    """

    waiting: int
    oldest: datetime | None
    failed: int
    queue_length: int | None
    index: Version | None
    index_troubles: dict[str, str]
    last_seq: int
    policy: str
    is_policy_behind: bool
    look_backs: list[LookBack]


def state_of_work(*, by: Person) -> StateOfWork:
    """Six queries, each by an index, and one question to the broker."""
    require(by, Verb.SEE_OPERATIONS)
    waiting = Report.objects.waiting().aggregate(count=Count("pk"), oldest=Min("queued_at"))
    under_way = LookBack.objects.filter(state=LookBackState.WAITING).select_related("claim__current_wording")
    return StateOfWork(
        waiting=waiting["count"],
        oldest=waiting["oldest"],
        failed=Report.objects.present().filter(state=ReportState.FAILED).count(),
        queue_length=queue.length(),
        index=version(),
        index_troubles=last_troubles(),
        last_seq=Event.objects.order_by("-seq").values_list("seq", flat=True).first() or 0,
        policy=NEWSROOM.version,
        is_policy_behind=_is_policy_behind(),
        look_backs=list(under_way[:_LOOK_BACKS_SHOWN]),
    )


def _is_policy_behind() -> bool:
    """By the oldest report, where a rematch begins."""
    oldest = Report.objects.present().filter(state=ReportState.MATCHED).order_by("pk")
    policy = oldest.values_list("matched_policy", flat=True).first()
    return policy is not None and policy != NEWSROOM.version
