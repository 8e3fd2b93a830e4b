"""Reads that span models: what pages and the API show, in a bounded number of queries."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from claims.models import (
    CLAIM_OF_EVENT,
    KEPT,
    TRIAGE_KINDS,
    VERDICT_FEED,
    Claim,
    Event,
    Evidence,
    Finding,
    LookBack,
    Report,
    User,
    Verdict,
    VerdictEdit,
)
from claims.paging import CappedCount, counted
from claims.workflow import EDITABLE_VERDICTS, LookBackState, ReportState, Stance, Triage, VerdictState

COUNTED_IN_ROW = 999
"""Findings of one claim in a list of claims; beyond it a list says "999+"."""


@dataclass(frozen=True)
class DeskCounts:
    """What waits for somebody, newsroom-wide."""

    findings_awaiting_triage: int
    contradictions_awaiting_triage: int
    verdicts_in_review: int
    changes_requested: int
    reports_waiting: int
    reports_failed: int
    reports_not_read: int
    look_backs_under_way: int
    look_backs_failed: int


def desk_counts() -> DeskCounts:
    """Nine queries, each of a small part of an index; more than `COUNTED_TO` of anything is `COUNTED_TO + 1`."""
    awaiting = Finding.objects.awaiting_triage()
    present, look_backs = Report.objects.present(), LookBack.objects.all()
    return DeskCounts(
        findings_awaiting_triage=counted(awaiting),
        contradictions_awaiting_triage=counted(awaiting.decided_as(Stance.CONTRADICTS)),
        verdicts_in_review=counted(Verdict.objects.in_review()),
        changes_requested=counted(Verdict.objects.filter(state=VerdictState.CHANGES_REQUESTED)),
        reports_waiting=counted(present.filter(state=ReportState.WAITING)),
        reports_failed=counted(present.filter(state=ReportState.FAILED)),
        reports_not_read=counted(present.filter(state=ReportState.NOT_READ)),
        look_backs_under_way=counted(look_backs.filter(state=LookBackState.WAITING)),
        look_backs_failed=counted(look_backs.filter(state=LookBackState.FAILED)),
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


def findings_of_claim(claim: Claim) -> QuerySet[Finding]:
    """All findings of present reports, the newest first, with what a card shows."""
    return (
        Finding.objects.filter(claim=claim)
        .of_present_reports()
        .with_outcome()
        .select_related("report", "triaged_by", "marked_by", "wording", "claim")
    )


def findings_of_report(report: Report) -> QuerySet[Finding]:
    return (
        Finding.objects.filter(report=report)
        .exclude(triage=Triage.SUPERSEDED)
        .with_outcome()
        .select_related("claim__current_wording", "triaged_by", "marked_by", "wording")
        .order_by("field", "start", "pk")
    )


def triage_queue() -> QuerySet[Finding]:
    """Findings with claim and report, for the triage page's filters to narrow."""
    return (
        Finding.objects.of_present_reports()
        .with_outcome()
        .select_related("claim__current_wording", "report", "triaged_by", "wording", "remembered_from__report")
    )


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
        "claim__current_wording", "wording", "created_by", "submitted_by", "approved_by", "withdrawn_by", "corrects"
    ).prefetch_related(
        Prefetch("evidence", queryset=Evidence.objects.order_by("position")),
        Prefetch("edits", queryset=VerdictEdit.objects.select_related("person").order_by("at")),
    )


def public_verdicts() -> QuerySet[Verdict]:
    """The published version of each claim that has one, with what the public page and the API show."""
    return (
        Verdict.objects.published()
        .select_related("claim", "wording", "corrects", "approved_by")
        .prefetch_related("evidence")
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


@dataclass(frozen=True)
class HistoryEntry:
    """An event with the person's name as of now."""

    event: Event
    person: str


def history(object_ids: list[str], *, limit: int = 200) -> list[HistoryEntry]:
    """Events of some objects (public ids), the newest first."""
    return _with_people(Event.objects.filter(object_id__in=object_ids), limit=limit)


def _with_people(found: QuerySet[Event], *, limit: int) -> list[HistoryEntry]:
    events = list(found.order_by("-seq")[:limit])
    people = User.objects.in_bulk([event.who for event in events if event.who])
    return [HistoryEntry(event, _name(people, event.who)) for event in events]


def claim_history(claim: Claim, *, limit: int = 200) -> list[HistoryEntry]:
    """Events of a claim, of its verdicts, and what people made of its findings."""
    names = [claim.public_id, *claim.verdicts.values_list("public_id", flat=True)]
    own = Event.objects.filter(object_type__in=("claim", "verdict"), object_id__in=names)
    decided = Event.objects.annotate(of=CLAIM_OF_EVENT).filter(kind__in=TRIAGE_KINDS, of=claim.public_id)
    newest = [seq for found in (own, decided) for seq in found.order_by("-seq").values_list("seq", flat=True)[:limit]]
    return _with_people(Event.objects.filter(seq__in=newest), limit=limit)


def has_written_on(verdict: Verdict, person: User) -> bool:
    return VerdictEdit.objects.filter(verdict=verdict, person=person).exists()


def has_written_on_any_version(claim: Claim, person: User) -> bool:
    return VerdictEdit.objects.filter(verdict__claim=claim, person=person).exists()


def with_open_contradictions(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Narrow to claims that a finding contradicts, unless it was dismissed or superseded."""
    contradicting = Finding.objects.filter(claim=OuterRef("pk")).kept().decided_as(Stance.CONTRADICTS)
    return claims.filter(Exists(contradicting))


def _name(people: dict[int, User], who: int | None) -> str:
    if who is None:
        return "The matching"
    person = people.get(who)
    return person.display_name if person else f"person {who}"


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
    found = list(awaiting.filter(outcome=Stance.CONTRADICTS)[:limit])
    return found + list(awaiting.exclude(outcome=Stance.CONTRADICTS)[: limit - len(found)])


def public_versions_of(claim_ids: set[str]) -> QuerySet[Verdict]:
    """All versions readers have seen of the verdicts on some claims (public ids), the newest first."""
    return (
        Verdict.objects.public()
        .filter(claim__public_id__in=claim_ids)
        .select_related("claim", "wording", "corrects", "approved_by")
        .prefetch_related("evidence")
        .order_by("claim", "-version")
    )


def last_seq() -> int:
    """The number of the newest event; 0 for an empty record."""
    return Event.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
