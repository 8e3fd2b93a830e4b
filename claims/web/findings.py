"""Triage: the queue, and what an editor makes of a finding."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from claims import queries
from claims.models import Finding
from claims.services.findings import accept_finding, dismiss_finding, undo_triage
from claims.web.access import StaffRequest, opens_to
from claims.web.cards import card
from claims.web.forms.findings import AcceptForm, DismissForm, TriageFilters
from claims.web.listing import page_of
from claims.workflow import Triage, Verb

_PER_PAGE = 20


@opens_to(Verb.TRIAGE)
def triage(request: StaffRequest) -> HttpResponse:
    filters = TriageFilters(request)
    rows = filters.narrow(queries.triage_queue())
    page = page_of(request, rows, by="found_at", per_page=_PER_PAGE, is_counted=not filters.is_wide)
    come_back = request.get_full_path()
    context = {
        "filters": filters,
        "page": page,
        "cards": [card(finding, person=request.user, come_back=come_back, is_unfolded=True) for finding in page],
        "only_claim": filters.only_claim,
    }
    return render(request, "claims/triage.html", context)


@opens_to(Verb.SEE_DESK)
def finding(request: StaffRequest, finding_id: str) -> HttpResponse:
    return _show(request, _finding(finding_id))


@require_POST
@opens_to(Verb.TRIAGE)
def accept(request: StaffRequest, finding_id: str) -> HttpResponse:
    found = _finding(finding_id)
    form = AcceptForm(request.POST, finding=found)
    if not form.accepted_by(accept_finding, finding=found, by=request.user, now=timezone.now()):
        return _show(request, found, refused=form)
    return _answer(request, found, f"Accepted as: {found.get_accepted_as_display().lower()}.")


@require_POST
@opens_to(Verb.TRIAGE)
def dismiss(request: StaffRequest, finding_id: str) -> HttpResponse:
    found = _finding(finding_id)
    form = DismissForm(request.POST, finding=found)
    if not form.accepted_by(dismiss_finding, finding=found, by=request.user, now=timezone.now()):
        return _show(request, found, refused=form)
    copies = Finding.objects.filter(remembered_from=found).count()
    with_copies = f", and {copies} cop{'y' if copies == 1 else 'ies'} of the sentence" if copies else ""
    return _answer(request, found, f"Dismissed{with_copies}.")


@require_POST
@opens_to(Verb.TRIAGE)
def undo(request: StaffRequest, finding_id: str) -> HttpResponse:
    found = undo_triage(finding=_finding(finding_id), by=request.user, now=timezone.now())
    return _answer(request, found, "Undone: this awaits triage again.")


def _finding(finding_id: str) -> Finding:
    return get_object_or_404(queries.triage_queue().select_related("marked_by"), public_id=finding_id)


def _answer(request: StaffRequest, found: Finding, said: str) -> HttpResponse:
    """For htmx the card as it is now; else back to the page the person came from."""
    if request.htmx:
        return _show(request, _finding(found.public_id), said=said)
    messages.success(request, said)
    return HttpResponseRedirect(f"{_come_back(request, found)}#finding-{found.public_id}")


def _show(
    request: StaffRequest, found: Finding, *, refused: AcceptForm | DismissForm | None = None, said: str = ""
) -> HttpResponse:
    still_open = found.triage == Triage.NEW
    shown = card(
        found,
        person=request.user,
        come_back=_come_back(request, found),
        dismiss_form=refused if still_open and isinstance(refused, DismissForm) else None,
        said=said,
        refusal=_refusal(refused, still_open=still_open) if refused else "",
        is_unfolded=True,
    )
    if request.htmx:  # with 200 even if refused: htmx swaps in no answer with an error status
        return render(request, "claims/_finding.html", {"card": shown})
    return render(request, "claims/finding.html", {"card": shown}, status=refused.status if refused else 200)


def _refusal(form: AcceptForm | DismissForm, *, still_open: bool) -> str:
    """What the form itself cannot show: it has no place for it, or is no longer on the page."""
    shown_by_form = form.fields if still_open and isinstance(form, DismissForm) else {}
    return " ".join(str(error) for name, errors in form.errors.items() if name not in shown_by_form for error in errors)


def _come_back(request: StaffRequest, found: Finding) -> str:
    asked = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return asked
    return reverse("web:finding", args=[found.public_id])
