"""A verdict up to review: proposing, correcting, editing, submitting, recalling, discarding; and its page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from claims.errors import Conflict
from claims.models import Claim, Verdict
from claims.services.verdicts import discard_verdict, draft_verdict, edit_verdict, recall_verdict, submit_verdict
from claims.web.access import StaffRequest, opens_to
from claims.web.claims import named_claim
from claims.web.forms.base import ServiceForm
from claims.web.forms.verdicts import EditVerdictForm, SeenForm, VerdictForm, evidence_with_origins, initial_of
from claims.web.verdict_page import named_verdict, news, page_context
from claims.workflow import ClaimStatus, Verb

_FORM = "claims/verdict_form.html"


def sent_by_form(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A GET, such as the one after signing in again, leads back to the verdict's page."""

    @wraps(view)
    def guarded(request: StaffRequest, verdict_id: str) -> HttpResponse:
        return view(request, verdict_id) if request.method == "POST" else redirect("web:verdict_detail", verdict_id)

    return guarded


@opens_to(Verb.SEE_DESK)
def detail(request: StaffRequest, verdict_id: str) -> HttpResponse:
    """The whole page; for htmx the findings made since submission."""
    verdict = named_verdict(verdict_id)
    if request.htmx:
        return render(request, "claims/_verdict_news.html", news(verdict))
    return render(
        request, "claims/verdict_detail.html", page_context(verdict, person=request.user, come_back=request.path)
    )


@require_http_methods(["GET", "POST"])
@opens_to(Verb.DRAFT_VERDICTS)
def draft(request: StaffRequest, claim_id: str) -> HttpResponse:
    claim = named_claim(claim_id)
    if request.method == "GET" and Verdict.objects.published().filter(claim=claim).exists():
        return redirect("web:verdict_correct", claim_id)
    return _propose(request, claim)


@require_http_methods(["GET", "POST"])
@opens_to(Verb.DRAFT_VERDICTS)
def correct(request: StaffRequest, claim_id: str) -> HttpResponse:
    claim = named_claim(claim_id)
    if request.method == "GET" and not Verdict.objects.published().filter(claim=claim).exists():
        return redirect("web:verdict_draft", claim_id)
    return _propose(request, claim)


@require_http_methods(["GET", "POST"])
@opens_to(Verb.DRAFT_VERDICTS)
def edit(request: StaffRequest, verdict_id: str) -> HttpResponse:
    verdict = named_verdict(verdict_id)
    if request.method == "GET" and not verdict.is_editable:
        messages.info(request, f"This version cannot be edited: it is {verdict.get_state_display().lower()}.")
        return redirect("web:verdict_detail", verdict_id)
    form = EditVerdictForm(
        request.POST or None,
        claim=verdict.claim,
        is_correction=verdict.corrects_id is not None,
        initial=initial_of(verdict),
    )
    if request.method == "POST" and form.accepted_by(
        edit_verdict, verdict=verdict, by=request.user, now=timezone.now()
    ):
        messages.success(request, "Saved. Read it once more as readers will see it, then submit it.")
        return redirect("web:verdict_detail", verdict_id)
    context: dict[str, Any] = {
        "verdict": verdict,
        "claim": verdict.claim,
        "published": verdict.corrects,
        "lost": _lost(verdict, form),
    }
    status = form.status
    if isinstance(form.refused, Conflict):
        context |= {"conflict": form.refused.message, "current": named_verdict(verdict_id)}
        form = form.renewed(verdict.revision)
    return render(request, _FORM, {**context, "form": form}, status=status)


@opens_to(Verb.DRAFT_VERDICTS)
@sent_by_form
def submit(request: StaffRequest, verdict_id: str) -> HttpResponse:
    verdict = named_verdict(verdict_id)
    form = SeenForm(request.POST)
    if form.accepted_by(submit_verdict, verdict=verdict, by=request.user, now=timezone.now()):
        messages.success(request, "Submitted. A reviewer who wrote nothing of it decides now.")
        return redirect("web:verdict_detail", verdict_id)
    return refused(request, verdict_id, form)


@opens_to(Verb.DRAFT_VERDICTS)
@sent_by_form
def recall(request: StaffRequest, verdict_id: str) -> HttpResponse:
    form = ServiceForm(request.POST)
    if form.accepted_by(recall_verdict, verdict=named_verdict(verdict_id), by=request.user, now=timezone.now()):
        messages.success(request, "Recalled: it is a draft again.")
        return redirect("web:verdict_detail", verdict_id)
    return refused(request, verdict_id, form)


@require_http_methods(["GET", "POST"])
@opens_to(Verb.DRAFT_VERDICTS)
def discard(request: StaffRequest, verdict_id: str) -> HttpResponse:
    """Asks first."""
    verdict = named_verdict(verdict_id)
    if request.method == "GET":
        context = {"verdict": verdict, "claim": verdict.claim}
        return render(request, "claims/verdict_discard.html", context)
    form = ServiceForm(request.POST)
    if form.accepted_by(discard_verdict, verdict=verdict, by=request.user, now=timezone.now()):
        messages.success(request, f"Version {verdict.version} is discarded. The record keeps it.")
        return redirect("web:claim", verdict.claim.public_id)
    return refused(request, verdict_id, form)


def refused(request: StaffRequest, verdict_id: str, form: ServiceForm, **context: Any) -> HttpResponse:
    """The verdict's page as it is now, with the reason why the last step was not taken."""
    message = (
        form.refused.message
        if form.refused
        else " ".join(str(error) for errors in form.errors.values() for error in errors)
    )
    page = page_context(
        named_verdict(verdict_id), person=request.user, come_back=request.path, refusal=message, **context
    )
    return render(request, "claims/verdict_detail.html", page, status=form.status)


def _propose(request: StaffRequest, claim: Claim) -> HttpResponse:
    """A first version, or a correction with the published one's content to begin from."""
    unfinished = Verdict.objects.unfinished().filter(claim=claim).first()
    if request.method == "GET" and unfinished:
        messages.info(request, "This claim has an unfinished verdict already. Here it is.")
        return redirect("web:verdict_detail", unfinished.public_id)
    published = Verdict.objects.published().filter(claim=claim).first()
    initial = {**initial_of(published), "correction_reason": ""} if published else {"valid_as_of": timezone.localdate()}
    form = VerdictForm(request.POST or None, claim=claim, is_correction=published is not None, initial=initial)
    if request.method == "POST" and form.accepted_by(draft_verdict, claim=claim, by=request.user, now=timezone.now()):
        messages.success(request, "The draft is saved. Read it once more as readers will see it, then submit it.")
        return redirect("web:verdict_detail", form.result.public_id)
    context = {
        "form": form,
        "claim": claim,
        "published": published,
        "unfinished": unfinished,
        "is_closed_to_verdicts": claim.status == ClaimStatus.DRAFT,
        "lost": _lost(published, form) if published else (),
    }
    return render(request, _FORM, context, status=form.status)


def _lost(verdict: Verdict, form: VerdictForm) -> list[Any]:
    """Evidence that cannot be chosen again: its finding is no longer accepted, or its source was removed."""
    offered = {choice.finding.pk for choice in form.evidence_choices() if choice.finding}
    sources = {choice.source.pk for choice in form.evidence_choices() if choice.source}
    return [
        each
        for each in evidence_with_origins(verdict)
        if each.finding_id not in offered and each.source_id not in sources
    ]
