"""Reads that span models: what pages and the API show, in a bounded number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from claims.models import (
    KEPT,
    VERDICT_FEED,
    Claim,
    Event,
    Evidence,
    Finding,
    Report,
    User,
    Verdict,
    VerdictEdit,
)
from claims.models.finding import FindingQuerySet
from claims.paging import CappedCount, counted_at_once, one_after_another
from claims.workflow import EDITABLE_VERDICTS, ReportState, Stance, Triage

COUNTED_ON_DESK = 10_000
"""Beyond it the desk says "10,000+"."""
COUNTED_IN_ROW = 999
"""Findings of one claim in a list of claims; beyond it a list says "999+"."""


@dataclass(frozen=True)
class DeskCounts:
    """What waits for somebody, newsroom-wide."""

    findings_awaiting_triage: int
    contradictions_awaiting_triage: int
    verdicts_in_review: int
    reports_waiting: int
    reports_failed: int
    reports_not_read: int


def desk_counts() -> DeskCounts:
    """One query of small parts of indexes; more than `COUNTED_ON_DESK` of anything is one more."""
    awaiting, present = Finding.objects.awaiting_triage(), Report.objects.present()
    return DeskCounts(
        *counted_at_once(
            awaiting,
            awaiting.filter(stance=Stance.CONTRADICTS),
            Verdict.objects.in_review(),
            present.filter(state=ReportState.WAITING),
            present.filter(state=ReportState.FAILED),
            present.filter(state=ReportState.NOT_READ),
            to=COUNTED_ON_DESK,
        )
    )


def claims_with_counts() -> QuerySet[Claim]:
    """Each claim with `confirming`, `contradicting`, `neutral` and `untriaged` findings and its wording.

    More than `COUNTED_IN_ROW` of a kind is `COUNTED_IN_ROW + 1`.
    """
    of_claim = Finding.objects.filter(claim=OuterRef("pk")).order_by()
    kept = of_claim.kept()
    return Claim.objects.with_wording().annotate(
        confirming=_in_row(kept.decided_as(Stance.CONFIRMS)),
        contradicting=_in_row(kept.decided_as(Stance.CONTRADICTS)),
        neutral=_in_row(kept.decided_as(Stance.NEUTRAL)),
        untriaged=_in_row(of_claim.awaiting_triage()),
    )


def _in_row(rows: QuerySet[Finding]) -> CappedCount:
    return CappedCount(rows.values("pk")[: COUNTED_IN_ROW + 1])


def reports_with_counts() -> QuerySet[Report]:
    """Each report without its body, with `findings_kept`."""
    kept = Finding.objects.filter(report=OuterRef("pk"), triage__in=KEPT).order_by()
    return Report.objects.without_bodies().annotate(findings_kept=_in_row(kept))


def findings_of_claim(claim: Claim) -> FindingQuerySet:
    """All findings of present reports, the newest first, with what a card shows."""
    return (
        Finding.objects.filter(claim=claim)
        .of_present_reports()
        .with_outcome()
        .select_related("report", "triaged_by", "marked_by", "wording", "claim")
        .defer("wording__reading")
    )


def first_of_each(lists: Iterable[QuerySet[Finding]], limit: int) -> list[Finding]:
    """The first `limit` of each list of findings, list after list, with what a card shows. Three queries."""
    keys = [rows.values("id")[:limit] for rows in lists]
    order = [row.pk for row in Finding.objects.raw(*one_after_another(*keys))]
    cards = Finding.objects.filter(pk__in=order).with_outcome().prefetch_related(_remembered())
    found = cards.select_related("report", "triaged_by", "marked_by", "wording", "claim__current_wording").in_bulk()
    return [found[pk] for pk in order]


def findings_of_report(report: Report) -> QuerySet[Finding]:
    return (
        Finding.objects.filter(report=report)
        .exclude(triage=Triage.SUPERSEDED)
        .with_outcome()
        .select_related("claim__current_wording", "triaged_by", "marked_by", "wording")
        .prefetch_related(_remembered())
        .order_by("field", "start", "pk")
    )


def triage_queue() -> QuerySet[Finding]:
    """Findings with claim and report, for the triage page's filters to narrow."""
    return (
        Finding.objects.of_present_reports()
        .with_outcome()
        .select_related("claim__current_wording", "report", "triaged_by")
        .defer("claim__note", "claim__current_wording__reading", "claim__current_wording__terms")
        .prefetch_related(_remembered())
    )


def _remembered() -> Prefetch:
    """The finding that one was dismissed with, asked apart: few have one, and with two tables more the database takes
    five times as long to plan the query as to answer it.
    """
    earlier = Finding.objects.select_related("report").only("public_id", "report__outlet")
    return Prefetch("remembered_from", queryset=earlier)


def review_queue() -> QuerySet[Verdict]:
    """Verdicts in review, the oldest first, each with `new_findings` since it was submitted."""
    since = Finding.objects.filter(claim=OuterRef("claim"), found_at__gt=OuterRef("submitted_at")).order_by()
    return (
        Verdict.objects.in_review()
        .select_related("claim__current_wording", "wording", "created_by", "submitted_by")
        .annotate(new_findings=_in_row(since.current()))
        .order_by("submitted_at", "pk")
    )


def findings_since(claim: Claim, moment: datetime | None) -> QuerySet[Finding]:
    """What a reviewer should look at before approving: findings made after the verdict was submitted."""
    found = Finding.objects.current().for_claim(claim)
    return found.filter(found_at__gt=moment) if moment else found.none()


def verdict_with_evidence() -> QuerySet[Verdict]:
    return Verdict.objects.select_related(
        "claim__current_wording",
        "wording",
        "created_by",
        "submitted_by",
        "approved_by",
        "withdrawn_by",
        "corrects__wording",
    ).prefetch_related(
        Prefetch("evidence", queryset=Evidence.objects.order_by("position")),
        Prefetch("edits", queryset=VerdictEdit.objects.select_related("person").order_by("at")),
    )


def public_verdicts() -> QuerySet[Verdict]:
    """The published version of each claim that has one, with what the readers' list shows."""
    return (
        Verdict.objects.published()
        .select_related("claim", "wording")
        .defer("explanation", "claim__note", "wording__reading", "wording__terms", "wording__aliases")
    )


def public_versions(claim_id: str) -> QuerySet[Verdict]:
    """All versions readers have seen of the verdict on a claim (public id), the newest first."""
    return (
        Verdict.objects.public()
        .filter(claim__public_id=claim_id)
        .select_related("claim", "wording", "corrects", "approved_by")
        .prefetch_related("evidence")
        .order_by("-version")
    )


def verdict_events_after(seq: int, limit: int) -> list[Event]:
    """What an API client must hear of, in commit order."""
    return list(Event.objects.filter(kind__in=VERDICT_FEED, seq__gt=seq).order_by("seq")[:limit])


def has_written_on(verdict: Verdict, person: User) -> bool:
    return VerdictEdit.objects.filter(verdict=verdict, person=person).exists()


def has_written_on_any_version(claim: Claim, person: User) -> bool:
    return VerdictEdit.objects.filter(verdict__claim=claim, person=person).exists()


def with_open_contradictions(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Narrow to claims that a finding contradicts, unless it was dismissed or superseded."""
    contradicting = Finding.objects.filter(claim=OuterRef("pk")).kept().decided_as(Stance.CONTRADICTS)
    return claims.filter(Exists(contradicting))


def verdicts_to_review(person: User) -> QuerySet[Verdict]:
    """Those in review that this reviewer wrote nothing of."""
    return review_queue().exclude(edits__person=person)


def verdicts_to_revise(person: User) -> QuerySet[Verdict]:
    """Drafts this person wrote on, and those that came back with changes requested."""
    return (
        Verdict.objects.filter(state__in=EDITABLE_VERDICTS, edits__person=person)
        .select_related("claim__current_wording", "wording")
        .order_by("state", "-updated_at")
    )


def pressing_findings(limit: int) -> list[Finding]:
    """The first of what awaits triage: contradictions, then the rest, each the newest first."""
    awaiting = triage_queue().filter(triage=Triage.NEW).order_by("-found_at", "-pk")
    found = list(awaiting.filter(stance=Stance.CONTRADICTS)[:limit])
    return found + list(awaiting.exclude(stance=Stance.CONTRADICTS)[: limit - len(found)])


_OF_DOCUMENT = (
    *("public_id", "version", "state", "claimant", "appearances", "rating_label", "rating_value", "explanation"),
    *("valid_as_of", "corrects", "correction_reason", "published_at", "updated_at", "withdrawn_at"),
    *("withdrawal_reason", "claim__public_id", "claim__external_id"),
    *("wording__text", "wording__date", "wording__language", "wording__reading"),
)


def public_versions_of(claim_ids: set[str]) -> QuerySet[Verdict]:
    """All versions readers have seen of the verdicts on some claims (public ids), the newest first, for documents."""
    return (
        Verdict.objects.public()
        .filter(claim__public_id__in=claim_ids)
        .select_related("claim", "wording")
        .only(*_OF_DOCUMENT)
        .prefetch_related("evidence")
        .order_by("claim", "-version")
    )


def last_seq() -> int:
    """The number of the newest event; 0 for an empty record."""
    return Event.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
