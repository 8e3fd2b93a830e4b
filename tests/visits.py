"""Every page and every list of the API, with each filter, on whatever rows the database has.

`tests/web/test_query_counts.py` counts their queries and fails when an address is missing here; the benchmark of pages
measures them on a large newsroom.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Model, QuerySet
from django.urls import reverse

from claims.api import urls as api_urls
from claims.models import ApiToken, Claim, Finding, FoundBy, Report, Source, Verdict
from claims.paging import encode
from claims.queries import last_seq
from claims.rendering.labels import RELATION_LABELS
from claims.web import urls as web_urls
from claims.workflow import (
    EDITABLE_VERDICTS,
    RATINGS,
    UNFINISHED_VERDICTS,
    ClaimStatus,
    ReportState,
    Role,
    Scope,
    Stance,
    Triage,
    VerdictState,
)

Caller = Role | Scope | None
"""Who asks: somebody signed in with a role, a token with a scope, or nobody known."""
WORDS = ("said", "mia", "zukadora", "said mia", "nosuchword")
"""For searches: in most texts, in some, in few, two at once, in none."""
POST_ONLY = {
    "web": {
        "sign_out",
        "preview_claim",
        "preview_edit",
        "open_claim",
        "close_claim",
        "stop_look_back",
        "resume_look_back",
        "retry_report",
        "accept_finding",
        "dismiss_finding",
        "undo_triage",
        "verdict_submit",
        "verdict_recall",
        "verdict_approve",
        "verdict_request_changes",
    },
    "api": {
        "report_batch",
        "verdict_correct",
        "verdict_withdraw",
        "claim_open",
        "claim_close",
        "claim_verdicts",
        "finding_accept",
        "finding_dismiss",
        "finding_undo",
        "draft_submit",
        "draft_recall",
        "draft_discard",
        "draft_approve",
        "draft_request_changes",
    },
}


@dataclass(frozen=True)
class Visit:
    """A page or list as one caller asks for it; `addresses` name different rows of the same kind."""

    name: str
    variant: str
    caller: Caller
    addresses: tuple[str, ...]


@dataclass(frozen=True)
class _Way:
    caller: Caller
    rows: Callable[[int], Iterable[tuple[Any, ...]]] = lambda count: [()]
    queries: tuple[str, ...] = ("",)
    deep: Callable[[], str] | None = None
    more: Callable[[], Iterable[str]] = lambda: ()


def names(area: str) -> set[str]:
    """Names of all addresses of "web" or "api"."""
    patterns = web_urls.urlpatterns if area == "web" else api_urls.v1
    return {str(pattern.name) for pattern in patterns}


def visits(*, rows: int = 20) -> Iterator[Visit]:
    """For whatever has rows; at most `rows` addresses each."""
    for name, way in (*_WAYS.items(), *_ALSO.items()):
        paths = [reverse(name, args=arguments) for arguments in way.rows(rows)]
        if not paths:
            continue
        for query in (*way.queries, *way.more()):
            yield Visit(name, query, way.caller, tuple(path + (f"?{query}" if query else "") for path in paths))
        if way.deep and (place := way.deep()):
            yield Visit(name, "deep", way.caller, tuple(f"{path}?{place}" for path in paths))


def _ids(rows: QuerySet[Any]) -> Callable[[int], Iterable[tuple[Any, ...]]]:
    """The newest, and those that come first by primary key."""

    def some(count: int) -> Iterable[tuple[Any, ...]]:
        found = rows.order_by().values_list("public_id", flat=True)
        half = max(1, count // 2)
        return [(each,) for each in dict.fromkeys([*found.order_by("-pk")[:half], *found.order_by("pk")[:half]])]

    return some


def _much_found(count: int) -> Iterable[tuple[Any, ...]]:
    """Claims with the most findings."""
    return _most(Finding.objects.all(), count)


def _much_found_unjudged(count: int) -> Iterable[tuple[Any, ...]]:
    return _most(Finding.objects.filter(claim__verdicts=None), count)


def _most(findings: QuerySet[Finding], count: int) -> Iterable[tuple[Any, ...]]:
    counted = findings.order_by().values_list("claim__public_id").annotate(found=Count("pk")).order_by("-found")
    return [(public_id,) for public_id, _ in counted[: max(1, count // 4)]]


def _claims_of(*states: str, but: tuple[str, ...] = ()) -> Callable[[int], Iterable[tuple[Any, ...]]]:
    """With a verdict in one of the states and none in those others, the much-found ones first."""
    having = Verdict.objects.filter(state__in=states).values("claim")
    without = Verdict.objects.filter(state__in=but).values("claim")

    def some(count: int) -> Iterable[tuple[Any, ...]]:
        return _ids(Claim.objects.filter(pk__in=having).exclude(pk__in=without))(count)

    return some


def _versions(count: int) -> Iterable[tuple[Any, ...]]:
    found = Verdict.objects.public().values_list("claim__public_id", "version").order_by("-version", "-pk")
    return list(found[:count])


def _accounts(count: int) -> Iterable[tuple[Any, ...]]:
    return [(name,) for name in ApiToken.objects.values_list("user__username", flat=True)[:1]]


def _both(one: Any, other: Any) -> Callable[[int], Iterable[tuple[Any, ...]]]:
    return lambda count: list(dict.fromkeys([*one(count // 2 or 1), *other(count // 2 or 1)]))


def _place(model: type[Model], by: str, *, name: str = "cursor") -> Callable[[], str]:
    """Two thirds down a list that has the newest first."""

    def place() -> str:
        newest = model._default_manager.order_by("-pk").first()
        if newest is None:
            return ""
        row = model._default_manager.filter(pk__lte=newest.pk // 3 + 1).order_by("-pk").first() or newest
        moment = getattr(row, by)
        return f"{name}={encode(moment.isoformat(), str(row.pk))}" if moment else ""

    return place


def _any(name: str, values: Iterable[str]) -> list[str]:
    return [f"{name}={value.replace(' ', '+')}" for value in values]


_EDITOR, _REVIEWER, _ADMINISTRATOR = Role.EDITOR, Role.REVIEWER, Role.ADMINISTRATOR
_READER, _SENDER = Scope.READ_VERDICTS, Scope.WRITE_REPORTS
_CLAIM = _both(_ids(Claim.objects.all()), _much_found)
_QUIET_CLAIM = _ids(Claim.objects.all())
_REPORT = _ids(Report.objects.filter(removed_at=None))
_FINDING = _ids(Finding.objects.all())
_PUBLISHED = _claims_of(VerdictState.PUBLISHED)
_ALL_VERDICTS = _ids(Verdict.objects.all())
_IN_REVIEW = _ids(Verdict.objects.in_review())
_UNSET = ("",)
_CLAIM_FILTERS = (
    *_UNSET,
    *_any("q", WORDS),
    *_any("status", ClaimStatus.values),
    *_any("claimant", WORDS[1:3]),
    *_any("verdict", ("none", "unfinished", "in_review", "published")),
    "contradicted=on",
)
_REPORT_FILTERS = (
    *_UNSET,
    *_any("q", WORDS),
    *_any("outlet", ("kaa wire", "mia", "nosuchword")),
    *_any("state", [*ReportState.values, "removed"]),
    *_any("language", ("en", "fr", "xx")),
)
_TRIAGE_FILTERS = (
    *_UNSET,
    *_any("state", [*Triage.values, "all"]),
    *_any("stance", Stance.values),
    *(f"state=all&stance={stance}" for stance in Stance.values),
    *(f"state=all&relation={relation}" for relation in RELATION_LABELS),
    *_any("claim_words", WORDS),
    *(f"state=all&claim_words={word.replace(' ', '+')}" for word in WORDS),
    *_any("outlet", ("kaa wire", "mia", "nosuchword")),
    *(f"state=all&outlet={word}" for word in ("kaa+wire", "mia", "nosuchword")),
    *_any("q", WORDS),
    *(f"state=all&q={word.replace(' ', '+')}" for word in WORDS),
    *(f"state=all&age={days}" for days in (1, 7, 30)),
    *(f"state=all&found_by={who}" for who in FoundBy.values),
)


def _of_much_found() -> Iterable[str]:
    return [f"claim={name}&state={state}" for [name] in _much_found(1) for state in ("new", "accepted", "all")]


_WAYS: dict[str, _Way] = {
    "web:desk": _Way(_EDITOR),
    "web:sign_in": _Way(None),
    "web:claims": _Way(_EDITOR, queries=_CLAIM_FILTERS, deep=_place(Claim, "created_at")),
    "web:new_claim": _Way(_EDITOR),
    "web:claim": _Way(_EDITOR, _CLAIM),
    "web:edit_claim": _Way(_EDITOR, _QUIET_CLAIM),
    "web:correct_reading": _Way(_EDITOR, _QUIET_CLAIM),
    "web:attach_source": _Way(_EDITOR, _QUIET_CLAIM),
    "web:add_appearance": _Way(_EDITOR, _QUIET_CLAIM),
    "web:remove_source": _Way(_EDITOR, _ids(Source.objects.all())),
    "web:reports": _Way(_EDITOR, queries=_REPORT_FILTERS, deep=_place(Report, "received_at")),
    "web:new_report": _Way(_EDITOR),
    "web:report": _Way(_EDITOR, _REPORT),
    "web:remove_report": _Way(_EDITOR, _REPORT),
    "web:mark_evidence": _Way(_EDITOR, _REPORT),
    "web:triage": _Way(_EDITOR, queries=_TRIAGE_FILTERS, deep=_place(Finding, "found_at"), more=_of_much_found),
    "web:finding": _Way(_EDITOR, _FINDING),
    "web:compare": _Way(_EDITOR),
    "web:operations": _Way(_EDITOR),
    "web:ready": _Way(None),
    "web:verdict_draft": _Way(_EDITOR, _both(_ids(Claim.objects.filter(verdicts=None)), _much_found_unjudged)),
    "web:verdict_correct": _Way(_EDITOR, _claims_of(VerdictState.PUBLISHED, but=UNFINISHED_VERDICTS)),
    "web:review_queue": _Way(_REVIEWER, queries=(*_UNSET, *_any("q", WORDS), *_any("rating", RATINGS), "mine=on")),
    "web:verdict_detail": _Way(_REVIEWER, _both(_ALL_VERDICTS, _IN_REVIEW)),
    "web:verdict_edit": _Way(_EDITOR, _ids(Verdict.objects.filter(state__in=EDITABLE_VERDICTS))),
    "web:verdict_discard": _Way(_EDITOR, _ids(Verdict.objects.filter(state__in=EDITABLE_VERDICTS))),
    "web:verdict_withdraw": _Way(_REVIEWER, _ids(Verdict.objects.published())),
    "web:public_list": _Way(
        None,
        queries=(*_UNSET, *_any("q", WORDS), *_any("rating", RATINGS)),
        deep=_place(Verdict, "published_at"),
    ),
    "web:public_verdict": _Way(None, _PUBLISHED),
    "web:public_verdict_version": _Way(None, _versions),
    "web:tokens": _Way(_ADMINISTRATOR),
    "web:token_create": _Way(_ADMINISTRATOR),
    "web:token_revoke": _Way(_ADMINISTRATOR, _accounts),
    "api:reports": _Way(_SENDER, queries=("", "limit=200"), deep=_place(Report, "received_at")),
    "api:report": _Way(_EDITOR, _REPORT),
    "api:verdicts": _Way(
        _READER,
        queries=(
            *("", "limit=200", "rating_min=2&rating_max=4", "valid_as_of_min=2025-01-01"),
            *_any("rating", RATINGS),
            *_any("q", WORDS),
            *_any("claimant", WORDS[1:3]),
            *("published_after=2026-05-01", "published_before=2025-01-01"),
        ),
        deep=_place(Verdict, "published_at"),
    ),
    "api:changes": _Way(
        _READER, queries=("", "limit=200"), deep=lambda: f"after={encode('seq', str(last_seq() // 2))}"
    ),
    "api:verdict": _Way(_READER, _PUBLISHED),
    "api:verdict_versions": _Way(_READER, _PUBLISHED),
    "api:verdict_version": _Way(_READER, _versions),
    "api:claim_review": _Way(_READER, _PUBLISHED),
    "api:claims": _Way(
        _EDITOR,
        queries=("", "limit=200", *_any("status", ClaimStatus.values), *_any("q", WORDS)),
        deep=_place(Claim, "created_at"),
    ),
    "api:claim": _Way(_EDITOR, _CLAIM),
    "api:claim_findings": _Way(_EDITOR, _CLAIM, queries=("", "limit=200")),
    "api:findings": _Way(
        _EDITOR,
        queries=("", "limit=200", *_any("triage", Triage.values), *_any("stance", Stance.values)),
        deep=_place(Finding, "found_at"),
    ),
    "api:finding": _Way(_EDITOR, _FINDING),
    "api:drafts": _Way(
        _EDITOR, queries=("", "limit=200", *_any("state", VerdictState.values)), deep=_place(Verdict, "updated_at")
    ),
    "api:draft": _Way(_EDITOR, _ALL_VERDICTS),
    "api:schema": _Way(None),
    "api:docs": _Way(None),
}
_ALSO = {"api:reports": _Way(_EDITOR, queries=("limit=50",), deep=_place(Report, "received_at"))}


def missing(area: str) -> set[str]:
    """Addresses that answer GET and are not visited."""
    return names(area) - POST_ONLY[area] - {name.partition(":")[2] for name in _WAYS}
