"""What a claim says: registering, editing, and the preview of what the engine reads."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from claims.errors import ClaimsError
from claims.rendering.readings import described
from claims.services.claim_text import read_claim
from claims.services.claims import edit_claim, open_claim, register_claim
from claims.services.similar import similar_claims
from claims.web.access import StaffRequest, opens_to
from claims.web.claims import named_claim
from claims.web.forms.claims import ClaimForm, EditClaimForm
from claims.workflow import Verb


@require_http_methods(["GET", "POST"])
@opens_to(Verb.EDIT_CLAIMS)
def new(request: StaffRequest) -> HttpResponse:
    form = ClaimForm(request.POST or None)
    if request.method == "POST" and form.accepted_by(register_claim, by=request.user, now=timezone.now()):
        claim = form.result
        if "open" in request.POST:
            open_claim(claim=claim, by=request.user, now=timezone.now())
        messages.success(request, "The claim is registered." if "open" in request.POST else "The draft is saved.")
        return redirect("web:claim", claim.public_id)
    return render(request, "claims/claim_form.html", {"form": form}, status=form.status)


@require_http_methods(["GET", "POST"])
@opens_to(Verb.EDIT_CLAIMS)
def edit(request: StaffRequest, claim_id: str) -> HttpResponse:
    claim = named_claim(claim_id)
    wording = claim.wording
    initial = {
        "text": wording.text,
        "date": wording.date,
        "claimant": claim.claimant,
        "aliases": wording.aliases,
        "note": claim.note,
        "seen_wording": wording.number,
    }
    form = EditClaimForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.accepted_by(edit_claim, claim=claim, by=request.user, now=timezone.now()):
        messages.success(request, "Saved.")
        return redirect("web:claim", claim.public_id)
    return render(request, "claims/claim_form.html", {"form": form, "claim": claim}, status=form.status)


@require_POST
@opens_to(Verb.EDIT_CLAIMS)
def preview(request: StaffRequest, claim_id: str = "") -> HttpResponse:
    """What the engine reads in the text as typed so far, and which claim was perhaps meant. Saves nothing."""
    claim = named_claim(claim_id) if claim_id else None
    form = (EditClaimForm if claim else ClaimForm)(request.POST)
    context: dict[str, Any] = {"form": form, "claim": claim, "is_preview": True}
    if form.is_valid():
        given = form.cleaned_data
        try:
            read = read_claim(text=given["text"], date=given["date"], aliases=given["aliases"], now=timezone.now())
            context |= {
                "read": read,
                "reading": described(read.reading),
                "similar": similar_claims(text=read.text, other_than=claim),
            }
        except ClaimsError as error:
            form.refuse(error)
    template = "claims/_claim_preview.html" if request.htmx else "claims/claim_form.html"
    return render(request, template, context)
