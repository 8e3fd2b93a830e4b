"""Every page and every list of the API, with each filter, on whatever rows the database has.

`tests/web/test_query_counts.py` counts their queries and fails when an address is missing here; the benchmark of pages
measures them on a large newsroom.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from claims.api import urls as api_urls
from claims.models import Claim, Finding, FoundBy, Report, Source, Verdict
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
from tests.ways import (
    Caller,
    Way,
    accounts,
    both,
    claims_of,
    ids,
    much_found,
    much_found_unjudged,
    options,
    place,
    versions,
)

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


_EDITOR, _REVIEWER, _ADMINISTRATOR = Role.EDITOR, Role.REVIEWER, Role.ADMINISTRATOR
_READER, _SENDER = Scope.READ_VERDICTS, Scope.WRITE_REPORTS
_CLAIM = both(ids(Claim.objects.all()), much_found)
_QUIET_CLAIM = ids(Claim.objects.all())
_REPORT = ids(Report.objects.filter(removed_at=None))
_FINDING = ids(Finding.objects.all())
_PUBLISHED = claims_of(VerdictState.PUBLISHED)
_ALL_VERDICTS = ids(Verdict.objects.all())
_IN_REVIEW = ids(Verdict.objects.in_review())
_UNSET = ("",)
_CLAIM_FILTERS = (
    *_UNSET,
    *options("q", WORDS),
    *options("status", ClaimStatus.values),
    *options("claimant", WORDS[1:3]),
    *options("verdict", ("none", "unfinished", "in_review", "published")),
    "contradicted=on",
)
_REPORT_FILTERS = (
    *_UNSET,
    *options("q", WORDS),
    *options("outlet", ("kaa wire", "mia", "nosuchword")),
    *options("state", [*ReportState.values, "removed"]),
    *options("language", ("en", "fr", "xx")),
)
_TRIAGE_FILTERS = (
    *_UNSET,
    *options("state", [*Triage.values, "all"]),
    *options("stance", Stance.values),
    *(f"state=all&stance={stance}" for stance in Stance.values),
    *(f"state=all&relation={relation}" for relation in RELATION_LABELS),
    *options("claim_words", WORDS),
    *(f"state=all&claim_words={word.replace(' ', '+')}" for word in WORDS),
    *options("outlet", ("kaa wire", "mia", "nosuchword")),
    *(f"state=all&outlet={word}" for word in ("kaa+wire", "mia", "nosuchword")),
    *options("q", WORDS),
    *(f"state=all&q={word.replace(' ', '+')}" for word in WORDS),
    *(f"state=all&age={days}" for days in (1, 7, 30)),
    *(f"state=all&found_by={who}" for who in FoundBy.values),
)


def _of_much_found() -> Iterable[str]:
    return [f"claim={name}&state={state}" for [name] in much_found(1) for state in ("new", "accepted", "all")]


_WAYS: dict[str, Way] = {
    "web:desk": Way(_EDITOR),
    "web:sign_in": Way(None),
    "web:claims": Way(_EDITOR, queries=_CLAIM_FILTERS, deep=place(Claim, "created_at")),
    "web:new_claim": Way(_EDITOR),
    "web:claim": Way(_EDITOR, _CLAIM),
    "web:edit_claim": Way(_EDITOR, _QUIET_CLAIM),
    "web:correct_reading": Way(_EDITOR, _QUIET_CLAIM),
    "web:attach_source": Way(_EDITOR, _QUIET_CLAIM),
    "web:add_appearance": Way(_EDITOR, _QUIET_CLAIM),
    "web:remove_source": Way(_EDITOR, ids(Source.objects.all())),
    "web:reports": Way(_EDITOR, queries=_REPORT_FILTERS, deep=place(Report, "received_at")),
    "web:new_report": Way(_EDITOR),
    "web:report": Way(_EDITOR, _REPORT),
    "web:remove_report": Way(_EDITOR, _REPORT),
    "web:mark_evidence": Way(_EDITOR, _REPORT),
    "web:triage": Way(_EDITOR, queries=_TRIAGE_FILTERS, deep=place(Finding, "found_at"), more=_of_much_found),
    "web:finding": Way(_EDITOR, _FINDING),
    "web:compare": Way(_EDITOR),
    "web:operations": Way(_EDITOR),
    "web:ready": Way(None),
    "web:verdict_draft": Way(_EDITOR, both(ids(Claim.objects.filter(verdicts=None)), much_found_unjudged)),
    "web:verdict_correct": Way(_EDITOR, claims_of(VerdictState.PUBLISHED, but=UNFINISHED_VERDICTS)),
    "web:review_queue": Way(_REVIEWER, queries=(*_UNSET, *options("q", WORDS), *options("rating", RATINGS), "mine=on")),
    "web:verdict_detail": Way(_REVIEWER, both(_ALL_VERDICTS, _IN_REVIEW)),
    "web:verdict_edit": Way(_EDITOR, ids(Verdict.objects.filter(state__in=EDITABLE_VERDICTS))),
    "web:verdict_discard": Way(_EDITOR, ids(Verdict.objects.filter(state__in=EDITABLE_VERDICTS))),
    "web:verdict_withdraw": Way(_REVIEWER, ids(Verdict.objects.published())),
    "web:public_list": Way(
        None,
        queries=(*_UNSET, *options("q", WORDS), *options("rating", RATINGS)),
        deep=place(Verdict, "published_at"),
    ),
    "web:public_verdict": Way(None, _PUBLISHED),
    "web:public_verdict_version": Way(None, versions),
    "web:tokens": Way(_ADMINISTRATOR),
    "web:token_create": Way(_ADMINISTRATOR),
    "web:token_revoke": Way(_ADMINISTRATOR, accounts),
    "api:reports": Way(_SENDER, queries=("", "limit=200"), deep=place(Report, "received_at")),
    "api:report": Way(_EDITOR, _REPORT),
    "api:verdicts": Way(
        _READER,
        queries=(
            *("", "limit=200", "rating_min=2&rating_max=4", "valid_as_of_min=2025-01-01"),
            *options("rating", RATINGS),
            *options("q", WORDS),
            *options("claimant", WORDS[1:3]),
            *("published_after=2026-05-01", "published_before=2025-01-01"),
        ),
        deep=place(Verdict, "published_at"),
    ),
    "api:changes": Way(_READER, queries=("", "limit=200"), deep=lambda: f"after={encode('seq', str(last_seq() // 2))}"),
    "api:verdict": Way(_READER, _PUBLISHED),
    "api:verdict_versions": Way(_READER, _PUBLISHED),
    "api:verdict_version": Way(_READER, versions),
    "api:claim_review": Way(_READER, _PUBLISHED),
    "api:claims": Way(
        _EDITOR,
        queries=("", "limit=200", *options("status", ClaimStatus.values), *options("q", WORDS)),
        deep=place(Claim, "created_at"),
    ),
    "api:claim": Way(_EDITOR, _CLAIM),
    "api:claim_findings": Way(_EDITOR, _CLAIM, queries=("", "limit=200")),
    "api:findings": Way(
        _EDITOR,
        queries=("", "limit=200", *options("triage", Triage.values), *options("stance", Stance.values)),
        deep=place(Finding, "found_at"),
    ),
    "api:finding": Way(_EDITOR, _FINDING),
    "api:drafts": Way(
        _EDITOR, queries=("", "limit=200", *options("state", VerdictState.values)), deep=place(Verdict, "updated_at")
    ),
    "api:draft": Way(_EDITOR, _ALL_VERDICTS),
    "api:schema": Way(None),
    "api:docs": Way(None),
}
_ALSO = {"api:reports": Way(_EDITOR, queries=("limit=50",), deep=place(Report, "received_at"))}


def missing(area: str) -> set[str]:
    """Addresses that answer GET and are not visited."""
    return names(area) - POST_ONLY[area] - {name.partition(":")[2] for name in _WAYS}
