"""Review: the queue, and what a second person decides."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from claims import queries
from claims.errors import InvalidInput
from claims.services.review import approve_verdict, request_changes, withdraw_verdict
from claims.web.access import StaffRequest, opens_to
from claims.web.forms.verdicts import ChangesForm, ReviewFilters, SeenForm, WithdrawForm
from claims.web.listing import page_of
from claims.web.verdict_page import named_verdict, options, page_context
from claims.web.verdicts import refused, sent_by_form
from claims.workflow import Verb


@opens_to(Verb.SEE_DESK)
def queue(request: StaffRequest) -> HttpResponse:
    """The oldest first. Editors see it too, to know where their verdicts are."""
    filters = ReviewFilters(request)
    rows = queries.review_queue().prefetch_related("edits__person")
    page = page_of(request, filters.for_person(rows, request.user), by="submitted_at", rising=True)
    for verdict in page:
        verdict.is_own = request.user.pk in {edit.person_id for edit in verdict.edits.all()}
    return render(request, "claims/review_queue.html", {"filters": filters, "page": page})


@opens_to(Verb.SEE_DESK)
@sent_by_form
def approve(request: StaffRequest, verdict_id: str) -> HttpResponse:
    verdict = named_verdict(verdict_id)
    form = SeenForm(request.POST)
    if form.accepted_by(approve_verdict, verdict=verdict, by=request.user, now=timezone.now()):
        messages.success(request, f"Version {verdict.version} is approved, and public from now on.")
        return redirect("web:verdict_detail", verdict_id)
    return refused(request, verdict_id, form)


@opens_to(Verb.SEE_DESK)
@sent_by_form
def ask_for_changes(request: StaffRequest, verdict_id: str) -> HttpResponse:
    verdict = named_verdict(verdict_id)
    form = ChangesForm(request.POST)
    if form.accepted_by(request_changes, verdict=verdict, by=request.user, now=timezone.now()):
        messages.success(request, "Sent back with your comment.")
        return redirect("web:verdict_detail", verdict_id)
    if isinstance(form.refused, InvalidInput):
        page = page_context(verdict, person=request.user, come_back=request.path, changes_form=form)
        return render(request, "claims/verdict_detail.html", page, status=form.status)
    return refused(request, verdict_id, form, unsent=request.POST.get("comment", ""))


@require_http_methods(["GET", "POST"])
@opens_to(Verb.SEE_DESK)
def withdraw(request: StaffRequest, verdict_id: str) -> HttpResponse:
    verdict = named_verdict(verdict_id)
    if request.method == "GET" and not options(verdict, request.user).withdraw:
        return redirect("web:verdict_detail", verdict_id)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.accepted_by(
        withdraw_verdict, verdict=verdict, by=request.user, now=timezone.now()
    ):
        messages.success(request, "Withdrawn. Its public page now says so, with your reason.")
        return redirect("web:verdict_detail", verdict_id)
    if form.refused and not isinstance(form.refused, InvalidInput):
        return refused(request, verdict_id, form, unsent=request.POST.get("reason", ""))
    context = {"form": form, "verdict": verdict, "claim": verdict.claim}
    return render(request, "claims/verdict_withdraw.html", context, status=form.status)
