"""The desk: what needs somebody, and what needs me."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from claims import queries
from claims.models import Report
from claims.queries import DeskCounts
from claims.web.access import StaffRequest, opens_to
from claims.workflow import ReportState, Verb, may

_SHOWN = 5


@dataclass(frozen=True)
class Tally:
    """A number on the desk, with the list behind it; `look` is "pressing", "quiet" or ""."""

    label: str
    number: int
    url: str
    look: str = ""


@opens_to(Verb.SEE_DESK)
def desk(request: StaffRequest) -> HttpResponse:
    present = Report.objects.present().without_bodies()
    may_review = may(request.user, Verb.REVIEW_VERDICTS)
    context = {
        "tally": _tallies(queries.desk_counts()),
        "waiting": queries.pressing_findings(_SHOWN),
        "failed": present.filter(state=ReportState.FAILED)[:_SHOWN],
        "not_read": present.filter(state=ReportState.NOT_READ)[:_SHOWN],
        "reviews": queries.verdicts_to_review(request.user)[:_SHOWN] if may_review else (),
        "revisions": queries.verdicts_to_revise(request.user)[:_SHOWN],
    }
    return render(request, "claims/desk.html", context)


def _tallies(counts: DeskCounts) -> list[Tally]:
    triage, reports = reverse("web:triage"), reverse("web:reports")
    return [
        _tally("contradictions to triage", counts.contradictions_awaiting_triage, f"{triage}?stance=contradicts", True),
        _tally("findings to triage", counts.findings_awaiting_triage, triage),
        _tally("verdicts in review", counts.verdicts_in_review, reverse("web:review_queue")),
        _tally("reports being matched", counts.reports_waiting, f"{reports}?state=waiting"),
        _tally("reports that failed", counts.reports_failed, f"{reports}?state=failed", True),
        _tally("reports not read", counts.reports_not_read, f"{reports}?state=not_read"),
    ]


def _tally(label: str, number: int, url: str, is_pressing: bool = False) -> Tally:
    look = "quiet" if not number else "pressing" if is_pressing else ""
    return Tally(label, number, url, look)
