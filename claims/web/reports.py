"""Reports: the list, a report with the claims found in it, pasting, removing, retrying."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from claims import history, queries
from claims.models import Report
from claims.rendering.labels import TONE_LABELS
from claims.rendering.marks import Mark, paragraphs
from claims.services.reports import Received, receive_report, remove_report, retry_report
from claims.web.access import StaffRequest, opens_to
from claims.web.cards import Card, card
from claims.web.forms.reports import RemovalForm, ReportFilters, ReportForm
from claims.web.listing import page_of
from claims.workflow import ReportState, Triage, Verb, may

_FINDINGS_SHOWN = 60


@opens_to(Verb.SEE_DESK)
def reports(request: StaffRequest) -> HttpResponse:
    filters = ReportFilters(request)
    rows = filters.narrow(queries.reports_with_counts())
    page = page_of(request, rows, by="received_at", is_counted=not filters.is_wide)
    return render(request, "claims/reports.html", {"filters": filters, "page": page})


@opens_to(Verb.SEE_DESK)
def report(request: StaffRequest, report_id: str) -> HttpResponse:
    """The whole page; for htmx the part that changes when the matching ends, and nothing while it goes on."""
    shown = named_report(report_id)
    if request.htmx and shown.state == ReportState.WAITING and not shown.is_removed:
        return HttpResponse(status=204)
    found = queries.findings_of_report(shown).select_related("report")
    found = found.order_by("-field", "start", "pk")  # the title first
    cards = [card(each, person=request.user, come_back=request.path) for each in found[:_FINDINGS_SHOWN]]
    context = {
        "report": shown,
        "title_marks": _marks(cards, "title"),
        "paragraphs": paragraphs(shown.body, _marks(cards, "body")),
        "cards": cards,
        "found_count": found.count(),
        "history": history.history("report", shown.public_id),
        "may_manage": may(request.user, Verb.MANAGE_REPORTS),
        "may_triage": may(request.user, Verb.TRIAGE),
        "is_fragment": bool(request.htmx),
    }
    template = "claims/_report_text.html" if request.htmx else "claims/report.html"
    return render(request, template, context)


@require_http_methods(["GET", "POST"])
@opens_to(Verb.RECEIVE_REPORTS)
def new(request: StaffRequest) -> HttpResponse:
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.accepted_by(receive_report, by=request.user, now=timezone.now()):
        _tell(request, form.result)
        return redirect("web:report", form.result.report.public_id)
    return render(request, "claims/report_form.html", {"form": form}, status=form.status)


@require_http_methods(["GET", "POST"])
@opens_to(Verb.MANAGE_REPORTS)
def remove(request: StaffRequest, report_id: str) -> HttpResponse:
    shown = named_report(report_id)
    form = RemovalForm(request.POST or None)
    if request.method == "POST" and form.accepted_by(remove_report, report=shown, by=request.user, now=timezone.now()):
        messages.success(request, "The report was removed. Its findings no longer count.")
        return redirect("web:reports")
    return render(request, "claims/report_remove.html", {"form": form, "report": shown}, status=form.status)


@require_POST
@opens_to(Verb.MANAGE_REPORTS)
def retry(request: StaffRequest, report_id: str) -> HttpResponseRedirect:
    retry_report(report=named_report(report_id), by=request.user, now=timezone.now())
    messages.success(request, "Sent to matching again.")
    return redirect("web:report", report_id)


def named_report(report_id: str) -> Report:
    """By public id, removed ones too: their page says so."""
    return get_object_or_404(Report.objects.select_related("removed_by", "received_by"), public_id=report_id)


def _marks(cards: list[Card], field: str) -> list[Mark]:
    """Each finding's sentence, linked to its card; dismissed ones stay recognisable but quiet.

    Where one sentence bears on several claims, the last mark gives the tone: a contradiction must not be overlooked.
    """
    return [
        Mark(
            each.finding.start,
            each.finding.end,
            tone="dismissed" if each.finding.triage == Triage.DISMISSED else each.tone,
            label=f"{TONE_LABELS[each.tone]}: {each.finding.claim.text}",
            href=f"#finding-{each.finding.public_id}",
        )
        for each in sorted(cards, key=lambda shown: shown.tone == "contradicts")
        if each.finding.field == field
    ]


def _tell(request: StaffRequest, received: Received) -> None:
    for note in received.report.cleaned if received.created else ():
        messages.warning(request, f"On the way in: {note}.")
    if received.created:
        messages.success(request, "The report is stored.")
    elif received.differs:
        messages.warning(request, "This report was here already, with another text. The first text is kept.")
    else:
        messages.info(request, "This report was here already.")
