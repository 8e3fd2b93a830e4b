"""The compare page: a claim against a text, slot by slot."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from claims.models import Report
from claims.rendering.labels import tone
from claims.rendering.marks import Mark
from claims.rendering.readings import described, figure_marks
from claims.services.comparing import MAX_CHARACTERS, Compared, Comparisons, compare_texts
from claims.web.access import StaffRequest, opens_to
from claims.web.forms.base import is_public_id
from claims.web.forms.compare import CompareForm
from claims.workflow import Verb


@dataclass(frozen=True)
class ComparedSentence:
    """A sentence of the text as the page shows it."""

    text: str
    marks: tuple[Mark, ...]
    tone: str
    comparison: dict[str, Any]
    is_finding: bool
    is_candidate: bool | None


@require_http_methods(["GET", "POST"])
@opens_to(Verb.SEE_DESK)
def compare(request: StaffRequest) -> HttpResponse:
    """POST, because a text may be longer than an address; nothing is stored."""
    form = CompareForm(request.POST or None, initial=_asked_for(request))
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.accepted_by(compare_texts, by=request.user, now=timezone.now()):
        context |= _answer(form.result)
        context["claim"] = form.cleaned_data["claim"]
    return render(request, "claims/compare.html", context, status=form.status)


def _asked_for(request: StaffRequest) -> dict[str, Any]:
    """What a link names: a claim, a report."""
    initial: dict[str, Any] = {"claim": request.GET.get("claim", "")}
    report_id = request.GET.get("report", "")
    report = Report.objects.present().filter(public_id=report_id).first() if is_public_id(report_id) else None
    if report:
        initial |= {
            "passage": report.body[:MAX_CHARACTERS],
            "context": report.title,
            "report_date": timezone.localdate(report.published_at or report.received_at),
        }
    return initial


def _answer(result: Comparisons) -> dict[str, Any]:
    """The sentences that say something about the claim first, in their order; the rest folded."""
    shown = [_sentence(each) for each in result.sentences]
    telling = [each for each in shown if each.is_finding] or ([max(shown, key=_closeness)] if shown else [])
    return {
        "reading": described(result.claim),
        "claim_text": result.claim.text,
        "telling": telling,
        "others": [each for each in shown if each not in telling],
        "left_out": result.left_out,
    }


def _sentence(each: Compared) -> ComparedSentence:
    comparison = each.comparison.to_json()
    return ComparedSentence(
        text=each.sentence.text,
        marks=figure_marks(each.sentence),
        tone=tone(comparison["stance"], comparison["relation"]),
        comparison=comparison,
        is_finding=each.is_finding,
        is_candidate=each.is_candidate,
    )


def _closeness(each: ComparedSentence) -> int:
    """How many slots agree: the sentence to show when none bears on the claim."""
    return sum(slot["outcome"] == "agrees" for slot in each.comparison["slots"])
