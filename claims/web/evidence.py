"""Marking a sentence of a report by hand as evidence on a claim."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from claims.errors import ClaimsError
from claims.matching import sentence_spans
from claims.models import Report
from claims.services.findings import mark_evidence
from claims.web.access import StaffRequest, opens_to
from claims.web.forms.reports import MarkForm
from claims.web.reports import named_report
from claims.workflow import Verb

_SENTENCES_SHOWN = 200


@dataclass(frozen=True)
class Sentence:
    """`value` names it in the form: field and offsets."""

    value: str
    text: str


@require_http_methods(["GET", "POST"])
@opens_to(Verb.TRIAGE)
def mark(request: StaffRequest, report_id: str) -> HttpResponse:
    report = named_report(report_id)
    words = request.GET.get("q", "")
    form = MarkForm(request.POST or None, initial={"claim": request.GET.get("claim", "")})
    if request.method == "POST" and _marked(form, report, request):
        messages.success(request, "Marked as evidence, and accepted.")
        return redirect("web:report", report_id)
    found = sentences(report, words)
    context = {
        "form": form,
        "report": report,
        "sentences": found[:_SENTENCES_SHOWN],
        "left_out": max(0, len(found) - _SENTENCES_SHOWN),
        "words": words,
    }
    return render(request, "claims/mark.html", context, status=form.status)


def sentences(report: Report, words: str = "") -> list[Sentence]:
    """Title and body in sentences; with `words`, those that hold all of them."""
    wanted = words.casefold().split()
    found = []
    for field in ("title", "body"):
        text = report.text_of(field)
        for span in sentence_spans(text):
            if all(word in span.of(text).casefold() for word in wanted):
                found.append(Sentence(f"{field}:{span.start}:{span.end}", span.of(text)))
    return found


def _marked(form: MarkForm, report: Report, request: StaffRequest) -> bool:
    if not form.is_valid():
        return False
    field, span = form.span()
    given = form.cleaned_data
    try:
        mark_evidence(
            claim=given["claim"],
            report=report,
            field=field,
            start=span.start,
            end=span.end,
            stance=given["stance"],
            by=request.user,
            now=timezone.now(),
        )
    except ClaimsError as error:
        form.refuse(error)
        return False
    return True
