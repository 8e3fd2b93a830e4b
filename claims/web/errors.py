"""Refusals and errors as pages, in one place."""

import logging
from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from claims.errors import ClaimsError

logger = logging.getLogger(__name__)
TITLES = {
    400: "This cannot be accepted",
    403: "You may not do this",
    409: "Somebody was faster",
    413: "This is too large",
}


class RefusalMiddleware:
    """Answers a refused request outside the API with a page, or for htmx with a notice, and the refusal's status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, ClaimsError) or request.path.startswith("/api/"):
            return None
        return refusal(request, exception)


def refusal(request: HttpRequest, error: ClaimsError) -> HttpResponse:
    context = {"title": TITLES.get(error.status, "This was refused"), "message": error.message, "error": error}
    if not getattr(request, "htmx", False):
        return render(request, "claims/refusal.html", context, status=error.status)
    response = render(request, "claims/_refusal.html", {"message": error.message}, status=error.status)
    response["HX-Retarget"] = "#notices"
    response["HX-Reswap"] = "innerHTML"
    return response


def show_in(form: BaseForm, error: ClaimsError) -> None:
    """Put a refusal beside the field it is about, or above the form."""
    form.add_error(error.field if error.field in form.fields else None, error.message)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form sent without its token: an old page, blocked cookies, or another site's doing."""
    logger.info("CSRF refused %s: %s", request.path, reason)
    return render(request, "claims/csrf_failure.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler400: more data than is read at all is 413, anything else malformed is 400."""
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    return render(request, f"{status}.html", status=status)
