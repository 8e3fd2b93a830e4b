"""Verdict documents with their addresses, for some claims at once, in a bounded number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.urls import reverse
from rest_framework.request import Request

from claims.models import VERDICT_FEED, Event, Verdict
from claims.queries import public_versions_of
from claims.rendering.verdict_document import Links, grave_of, tombstone, verdict_document
from claims.workflow import VerdictState

_ANY_CLAIM = "-any-claim-"
"""Stands where a public id comes; none has a hyphen."""


@dataclass(frozen=True)
class Documents:
    """All public versions of some claims' verdicts, ready to be shown."""

    versions: dict[str, list[Verdict]]
    seqs: dict[tuple[str, str], int]
    links: Links

    @classmethod
    def of(cls, request: Request, claim_ids: Iterable[str]) -> "Documents":
        versions: dict[str, list[Verdict]] = defaultdict(list)
        for verdict in public_versions_of(set(claim_ids)):
            versions[verdict.claim.public_id].append(verdict)
        names = [verdict.public_id for rows in versions.values() for verdict in rows]
        events = Event.objects.filter(object_type="verdict", object_id__in=names, kind__in=VERDICT_FEED)
        told = events.values_list("object_id", "kind", "seq")
        seqs = {(name, _role(kind)): seq for name, kind, seq in told}
        return cls(dict(versions), seqs, links_of(request))

    def in_force(self, claim_id: str) -> Verdict | None:
        """The published version, else the one last withdrawn; None for what readers have never seen."""
        rows = self.versions.get(claim_id, [])
        published = [row for row in rows if row.state == VerdictState.PUBLISHED]
        return next(iter(published or sorted(rows, key=lambda row: -row.version)), None)

    def complete(self, verdict: Verdict) -> Verdict:
        """The same version with wording and evidence."""
        return next(row for row in self.versions[verdict.claim.public_id] if row.pk == verdict.pk)

    def document(self, verdict: Verdict) -> dict[str, Any]:
        seq = self.seqs.get((verdict.public_id, "published"))
        rows = self.versions[verdict.claim.public_id]
        return verdict_document(verdict, versions=rows, seq=seq, links=self.links)

    def grave(self, verdict: Verdict) -> Verdict | None:
        """The withdrawn version that took `verdict` with it: itself or a later one."""
        return grave_of(verdict, self.versions[verdict.claim.public_id])

    def tombstone(self, verdict: Verdict) -> dict[str, Any]:
        return tombstone(verdict, seq=self.seqs.get((verdict.public_id, "withdrawn")))


def links_of(request: Request) -> Links:
    """Each kind of address is made once for an answer, which may name it for 200 claims."""

    @cache
    def document(number: int | None) -> str:
        return request.build_absolute_uri(_path("api:verdict", number))

    @cache
    def page(number: int | None) -> str:
        return _page(request, _path("web:public_verdict", number))

    @cache
    def claim_review() -> str:
        return request.build_absolute_uri(_path("api:claim_review", None))

    return Links(
        document=lambda claim, number: document(number).replace(_ANY_CLAIM, claim),
        page=lambda claim, number: page(number).replace(_ANY_CLAIM, claim),
        claim_review=lambda claim: claim_review().replace(_ANY_CLAIM, claim),
    )


def _path(name: str, number: int | None) -> str:
    """Of a verdict, or of a version of it, with a stand-in for its claim."""
    return reverse(name, args=[_ANY_CLAIM]) if number is None else reverse(f"{name}_version", args=[_ANY_CLAIM, number])


def page_address(request: Request, claim_id: str) -> str:
    return links_of(request).page(claim_id, None)


def _page(request: Request, path: str) -> str:
    """Under the newsroom's own address where one is set."""
    base = settings.NEWSROOM_URL.rstrip("/")
    return f"{base}{path}" if base else request.build_absolute_uri(path)


def _role(kind: str) -> str:
    return "withdrawn" if kind == "verdict_withdrawn" else "published"
