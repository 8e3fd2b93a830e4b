"""Claims: the list, a claim's page, registering, opening and closing."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from claims import history, queries
from claims.matching import Statement
from claims.models import KEPT, Claim, LookBack
from claims.paging import counted_at_once
from claims.rendering.readings import described
from claims.services.claims import close_claim, open_claim
from claims.services.lookback import retry_look_back, stop_look_back
from claims.web.access import StaffRequest, opens_to
from claims.web.cards import card, groups
from claims.web.forms.claims import ClaimFilters
from claims.web.listing import page_of
from claims.web.verdict_page import next_step
from claims.workflow import ClaimStatus, LookBackState, Stance, Triage, Verb, may

_SHOWN = 10  # of each stance
_EVENTS_SHOWN = 30
_ORDER = (Stance.CONTRADICTS, Stance.CONFIRMS, Stance.NEUTRAL)


@opens_to(Verb.SEE_DESK)
def claims(request: StaffRequest) -> HttpResponse:
    filters = ClaimFilters(request)
    rows = filters.narrow(queries.claims_with_counts())
    page = page_of(request, rows, by="created_at", is_counted=not filters.is_wide)
    return render(request, "claims/claims.html", {"filters": filters, "page": page})


@opens_to(Verb.SEE_DESK)
def claim(request: StaffRequest, claim_id: str) -> HttpResponse:
    """The whole page; for htmx the progress of the claim's look-back alone."""
    shown = named_claim(claim_id)
    if request.htmx:
        return render(
            request, "claims/_look_back.html", {"claim": shown, "look_back": _look_back(shown), "is_fragment": True}
        )
    verdicts = list(shown.verdicts.select_related("created_by", "approved_by", "wording"))
    context = {
        "claim": shown,
        "wording": shown.wording,
        "reading": described(Statement.from_json(shown.wording.reading)),
        "sources": shown.sources.select_related("added_by"),
        "appearances": shown.appearances.all(),
        "verdicts": verdicts,
        "verdict_step": next_step(shown, verdicts),
        "look_back": _look_back(shown),
        "history": history.claim_history(shown, verdicts, limit=_EVENTS_SHOWN),
        "may_edit": may(request.user, Verb.EDIT_CLAIMS),
        "may_attach": may(request.user, Verb.ATTACH_SOURCES),
        **_findings(request, shown),
    }
    return render(request, "claims/claim.html", context)


@require_POST
@opens_to(Verb.EDIT_CLAIMS)
def open_for_reports(request: StaffRequest, claim_id: str) -> HttpResponseRedirect:
    opened = open_claim(claim=named_claim(claim_id), by=request.user, now=timezone.now())
    messages.success(request, "Open: every report is read against this claim from now on, and the stored ones too.")
    return redirect("web:claim", opened.public_id)


@require_POST
@opens_to(Verb.EDIT_CLAIMS)
def close(request: StaffRequest, claim_id: str) -> HttpResponseRedirect:
    closed = close_claim(claim=named_claim(claim_id), by=request.user, now=timezone.now())
    messages.success(request, "Closed: no report is read against this claim any more. What was found stays.")
    return redirect("web:claim", closed.public_id)


@require_POST
@opens_to(Verb.EDIT_CLAIMS)
def stop(request: StaffRequest, claim_id: str, look_back_id: int) -> HttpResponseRedirect:
    stop_look_back(look_back=_named_look_back(claim_id, look_back_id), by=request.user, now=timezone.now())
    messages.success(request, "The look-back was stopped. What it found stays.")
    return redirect("web:claim", claim_id)


@require_POST
@opens_to(Verb.EDIT_CLAIMS)
def resume(request: StaffRequest, claim_id: str, look_back_id: int) -> HttpResponseRedirect:
    retry_look_back(look_back=_named_look_back(claim_id, look_back_id), by=request.user, now=timezone.now())
    messages.success(request, "The look-back goes on.")
    return redirect("web:claim", claim_id)


def named_claim(claim_id: str) -> Claim:
    """By public id, with its wording; 404 if there is none."""
    return get_object_or_404(Claim.objects.with_wording().exclude(current_wording=None), public_id=claim_id)


def _named_look_back(claim_id: str, look_back_id: int) -> LookBack:
    return get_object_or_404(LookBack.objects.select_related("claim"), pk=look_back_id, claim__public_id=claim_id)


def _look_back(shown: Claim) -> LookBack | None:
    """The latest, unless it ended well or the claim is closed."""
    if shown.status != ClaimStatus.OPEN:
        return None
    latest = shown.look_backs.first()
    return latest if latest and latest.state != LookBackState.DONE else None


def _findings(request: StaffRequest, shown: Claim) -> dict[str, Any]:
    """Those that count, grouped; the dismissed ones apart; how many there are of each."""
    found = queries.findings_of_claim(shown)
    kept, superseded = found.filter(triage__in=KEPT), found.filter(triage=Triage.SUPERSEDED)
    lists = [kept.decided_as(stance) for stance in _ORDER] + [found.filter(triage=Triage.DISMISSED)]
    cards = [card(each, person=request.user, come_back=request.path) for each in queries.first_of_each(lists, _SHOWN)]
    shown_first = [each for each in cards if each.finding.triage != Triage.DISMISSED]
    kept_count, superseded_count = counted_at_once(kept, superseded, to=queries.COUNTED_IN_ROW)
    return {
        "groups": groups(shown_first),
        "kept_count": kept_count,
        "shown_count": len(shown_first),
        "dismissed": [each for each in cards if each.finding.triage == Triage.DISMISSED],
        "superseded_count": superseded_count,
    }
