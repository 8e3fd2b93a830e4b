"""What backs a claim: its sources, and where it was said."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from claims.models import Source
from claims.services.claims import add_appearance
from claims.services.sources import attach_source, remove_source
from claims.web.access import StaffRequest, opens_to
from claims.web.claims import named_claim
from claims.web.forms.base import claim_address
from claims.web.forms.claims import AppearanceForm
from claims.web.forms.sources import SourceForm
from claims.workflow import Verb


@require_http_methods(["GET", "POST"])
@opens_to(Verb.ATTACH_SOURCES)
def attach(request: StaffRequest, claim_id: str) -> HttpResponse:
    claim = named_claim(claim_id)
    form = SourceForm(request.POST or None)
    if request.method == "POST" and form.accepted_by(attach_source, claim=claim, by=request.user, now=timezone.now()):
        messages.success(request, "The source is attached.")
        return redirect(f"{claim_address(claim_id)}#sources")
    return render(request, "claims/source_form.html", {"form": form, "claim": claim}, status=form.status)


@require_http_methods(["GET", "POST"])
@opens_to(Verb.ATTACH_SOURCES)
def remove(request: StaffRequest, source_id: str) -> HttpResponse:
    """Asks first; verdicts keep their own copy of the quote."""
    source = get_object_or_404(Source.objects.select_related("claim__current_wording"), public_id=source_id)
    if request.method == "POST":
        remove_source(source=source, by=request.user, now=timezone.now())
        messages.success(request, "The source was removed.")
        return redirect(f"{claim_address(source.claim.public_id)}#sources")
    return render(request, "claims/source_remove.html", {"source": source, "claim": source.claim})


@require_http_methods(["GET", "POST"])
@opens_to(Verb.EDIT_CLAIMS)
def appear(request: StaffRequest, claim_id: str) -> HttpResponse:
    claim = named_claim(claim_id)
    form = AppearanceForm(request.POST or None)
    if request.method == "POST" and form.accepted_by(add_appearance, claim=claim, by=request.user, now=timezone.now()):
        messages.success(request, "The appearance is added.")
        return redirect(f"{claim_address(claim_id)}#appearances")
    return render(request, "claims/appearance_form.html", {"form": form, "claim": claim}, status=form.status)
