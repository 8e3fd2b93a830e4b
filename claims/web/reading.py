"""Correcting by hand what the engine reads in a claim."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from claims.errors import ClaimsError
from claims.matching import Statement
from claims.models import Claim
from claims.rendering.readings import figure_marks
from claims.services.claims import correct_reading
from claims.web.access import StaffRequest, opens_to
from claims.web.claims import named_claim
from claims.web.corrected_reading import corrected
from claims.web.forms.reading import ReadingForms
from claims.workflow import Verb


@require_http_methods(["GET", "POST"])
@opens_to(Verb.EDIT_CLAIMS)
def correct(request: StaffRequest, claim_id: str) -> HttpResponse:
    claim = named_claim(claim_id)
    statement = Statement.from_json(claim.wording.reading)
    forms = ReadingForms(statement, request.POST or None)
    refusal: ClaimsError | None = None
    if request.method == "POST" and forms.is_valid():
        refusal = _correct(request, claim, forms)
        if refusal is None:
            messages.success(request, "The reading is corrected, and the stored reports are read against it again.")
            return redirect("web:claim", claim.public_id)
    is_wrong = request.method == "POST" and refusal is None
    context = {
        "claim": claim,
        "marks": figure_marks(statement),
        "forms": forms,
        "refusal": refusal,
        "is_wrong": is_wrong,
        "seen_wording": request.POST.get("seen_wording") or claim.wording.number,
    }
    return render(
        request, "claims/reading.html", context, status=refusal.status if refusal else 400 if is_wrong else 200
    )


def _correct(request: StaffRequest, claim: Claim, forms: ReadingForms) -> ClaimsError | None:
    seen = request.POST.get("seen_wording", "")
    try:
        correct_reading(
            claim=claim,
            seen_wording=int(seen) if seen.isdecimal() and len(seen) < 10 else 0,
            reading=corrected(forms),
            by=request.user,
            now=timezone.now(),
        )
    except ClaimsError as error:
        return error
    return None
