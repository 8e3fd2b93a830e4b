"""Who may open a page. What a page does asks its service, which asks again."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from claims.models import User
from claims.services.permission import require
from claims.workflow import Verb


class StaffRequest(HttpRequest):
    """The request of somebody signed in, as `opens_to` hands it over."""

    user: User
    htmx: HtmxDetails


type_of_view = Callable[Concatenate[StaffRequest, ...], HttpResponse]


def opens_to(verb: Verb) -> Callable[[type_of_view], Callable[..., Any]]:
    """For views: sign-in first, then a 403 page for whoever may not do `verb`."""

    def decorate(view: type_of_view) -> Callable[..., Any]:
        @wraps(view)
        def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            require(request.user, verb)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def _to_sign_in(request: StaffRequest) -> HttpResponse:
    """And back to the page afterwards; a fragment takes its whole page along."""
    if request.htmx:
        page = request.htmx.current_url_abs_path or "/"
        return HttpResponseClientRedirect(redirect_to_login(page)["Location"])
    return redirect_to_login(request.get_full_path())
