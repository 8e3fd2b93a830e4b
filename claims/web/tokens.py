"""API tokens: the list, making one, which shows it once, and revoking."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from claims.models import ApiToken
from claims.paging import counted
from claims.services.tokens import create_token, revoke_token
from claims.web.access import StaffRequest, opens_to
from claims.web.forms.base import ServiceForm
from claims.web.forms.tokens import TokenFilters, TokenForm
from claims.workflow import Scope, Verb

_SHOWN = 200


@dataclass(frozen=True)
class TokenRow:
    token: ApiToken
    scopes: list[str]
    has_expired: bool


@opens_to(Verb.MANAGE_TOKENS)
def tokens(request: StaffRequest) -> HttpResponse:
    filters = TokenFilters(request)
    found = filters.narrow(ApiToken.objects.select_related("user", "created_by"))
    rows = [token_row(token) for token in found[:_SHOWN]]
    return render(request, "claims/tokens.html", {"filters": filters, "rows": rows, "count": counted(found)})


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(Verb.MANAGE_TOKENS)
def create(request: StaffRequest) -> HttpResponse:
    """The answer to the form shows the token, and nothing keeps it.

    Sent again (a reload), the form is refused: there is a token of that name by then.
    """
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.accepted_by(create_token, by=request.user, now=timezone.now()):
        made = form.result
        return render(request, "claims/tokens_made.html", {"row": token_row(made.token), "plain": made.plain})
    return render(request, "claims/tokens_form.html", {"form": form}, status=form.status)


@require_http_methods(["GET", "POST"])
@opens_to(Verb.MANAGE_TOKENS)
def revoke(request: StaffRequest, account: str) -> HttpResponse:
    """Asks first. `account` is the name of the client's service account."""
    token = get_object_or_404(ApiToken.objects.select_related("user", "created_by"), user__username=account)
    form = ServiceForm(request.POST if request.method == "POST" else None)
    if form.accepted_by(revoke_token, token=token, by=request.user, now=timezone.now()):
        messages.success(request, f"“{token.name}” is revoked. Requests with it are refused from now on.")
        return redirect("web:tokens")
    context = {"row": token_row(token), "form": form}
    return render(request, "claims/tokens_revoke.html", context, status=form.status)


def token_row(token: ApiToken) -> TokenRow:
    return TokenRow(
        token=token,
        scopes=[scope.label for scope in Scope if token.allows(scope)],
        has_expired=token.expiry is not None and token.expiry <= timezone.now(),
    )
