"""Who may open a page. What a page does asks its service, which asks again."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
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
            require(request.user, verb)
            return view(request, *args, **kwargs)

        return login_required(guarded)

    return decorate
