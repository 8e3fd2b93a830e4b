"""What readers see, without signing in: published verdicts, their versions, corrections and withdrawals.

Nothing here depends on who looks, so that caches may keep a page; they must ask each time whether it still holds
(ETag, 304), so that a correction reaches every reader at once.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import condition, conditional_page, require_safe

from claims import queries
from claims.models import Verdict
from claims.rendering.claim_review import as_script, claim_review
from claims.rendering.differences import public_log
from claims.rendering.validators import verdict_etag
from claims.rendering.verdict_document import grave_of
from claims.web.forms.verdicts import PublicFilters
from claims.web.listing import page_of
from claims.workflow import VerdictState

_PER_PAGE = 20
_NOBODYS_MESSAGES: dict[str, Any] = {"messages": ()}  # a reader's page never shows what the desk told its staff


def to_readers(validated: Callable[..., Callable[..., HttpResponse]]) -> Callable[..., Callable[..., HttpResponse]]:
    """For views; `validated` gives their ETag, or answers 304 without making the page."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @require_safe
        @validated
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = view(request, *args, **kwargs)
            patch_cache_control(response, public=True, no_cache=True)
            return response

        return answered

    return decorate


@to_readers(conditional_page)
def verdicts(request: HttpRequest) -> HttpResponse:
    filters = PublicFilters(request)
    rows = filters.narrow(queries.public_verdicts())
    page = page_of(request, rows, by="published_at", per_page=_PER_PAGE, is_counted=not filters.is_wide)
    context = {"filters": filters, "page": page, **_NOBODYS_MESSAGES}
    return render(request, "claims/public_list.html", context)


@to_readers(condition(etag_func=verdict_etag))
def verdict(request: HttpRequest, claim_id: str) -> HttpResponse:
    """The published version; where the verdict was withdrawn, a 410 that says why."""
    versions = _versions(claim_id)
    current = _published(versions)
    return _page(request, current, versions) if current else _tombstone(request, versions[0], versions)


@to_readers(condition(etag_func=verdict_etag))
def version(request: HttpRequest, claim_id: str, number: int) -> HttpResponse:
    """A version that readers have seen; one that was withdrawn, or replaced by one that was, answers 410."""
    versions = _versions(claim_id)
    shown = next((each for each in versions if each.version == number), None)
    if shown is None:
        raise Http404
    grave = grave_of(shown, versions)
    return _tombstone(request, grave, versions) if grave else _page(request, shown, versions)


def _page(request: HttpRequest, shown: Verdict, versions: list[Verdict]) -> HttpResponse:
    current = _published(versions)
    url = request.build_absolute_uri(reverse("web:public_verdict", args=[shown.claim.public_id]))
    context = {
        "verdict": shown,
        "claim": shown.claim,
        "current": current,
        "is_current": shown == current,
        "successor": next((each for each in versions if each.corrects_id == shown.pk), None),
        "versions": versions,
        "log": public_log(versions),
        "url": url,
        "structured": _structured(request, shown, url) if shown == current else "",
        **_NOBODYS_MESSAGES,
    }
    return render(request, "claims/public_verdict.html", context)


def _tombstone(request: HttpRequest, withdrawn: Verdict, versions: list[Verdict]) -> HttpResponse:
    context = {
        "verdict": withdrawn,
        "claim": withdrawn.claim,
        "current": _published(versions),
        "log": public_log(versions),
        **_NOBODYS_MESSAGES,
    }
    return render(request, "claims/public_withdrawn.html", context, status=410)


def _versions(claim_id: str) -> list[Verdict]:
    """The newest first; 404 if readers have never seen any."""
    versions = list(queries.public_versions(claim_id))
    if not versions:
        raise Http404
    return versions


def _published(versions: list[Verdict]) -> Verdict | None:
    return next((each for each in versions if each.state == VerdictState.PUBLISHED), None)


def _structured(request: HttpRequest, shown: Verdict, url: str) -> SafeString:
    """ClaimReview as JSON-LD for a <script> element: a block of data, which no policy lets run."""
    newsroom_url = settings.NEWSROOM_URL or request.build_absolute_uri("/")
    data = claim_review(shown, url=url, newsroom=settings.NEWSROOM_NAME, newsroom_url=newsroom_url)
    return mark_safe(as_script(data))  # noqa: S308 - as_script escapes what could end the element
