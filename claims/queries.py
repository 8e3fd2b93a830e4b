"""Reads that span models: what pages and the API show, in a bounded number of queries."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, When

from claims.models import (
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
from claims.workflow import EDITABLE_VERDICTS, LookBackState, ReportState, Stance, Triage, VerdictState


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
    """Four queries."""
    new = Q(triage=Triage.NEW)
    findings = Finding.objects.awaiting_triage().aggregate(
        all=Count("pk"), contradictions=Count("pk", filter=new & Q(stance=Stance.CONTRADICTS))
    )
    verdicts = dict(Verdict.objects.unfinished().values_list("state").annotate(Count("pk")).order_by())
    reports = dict(Report.objects.present().values_list("state").annotate(Count("pk")).order_by())
    look_backs = dict(LookBack.objects.values_list("state").annotate(Count("pk")).order_by())
    return DeskCounts(
        findings_awaiting_triage=findings["all"],
        contradictions_awaiting_triage=findings["contradictions"],
        verdicts_in_review=verdicts.get(VerdictState.IN_REVIEW, 0),
        changes_requested=verdicts.get(VerdictState.CHANGES_REQUESTED, 0),
        reports_waiting=reports.get(ReportState.WAITING, 0),
        reports_failed=reports.get(ReportState.FAILED, 0),
        reports_not_read=reports.get(ReportState.NOT_READ, 0),
        look_backs_under_way=look_backs.get(LookBackState.WAITING, 0),
        look_backs_failed=look_backs.get(LookBackState.FAILED, 0),
    )


def claims_with_counts() -> QuerySet[Claim]:
    """Each claim with `confirming`, `contradicting`, `neutral` and `untriaged` findings and its wording."""
    kept = ~Q(findings__triage__in=[Triage.SUPERSEDED, Triage.DISMISSED]) & Q(findings__report__removed_at=None)

    def of_stance(stance: str) -> Count:
        decided = Q(findings__accepted_as=stance) | Q(findings__accepted_as="", findings__stance=stance)
        return Count("findings", filter=kept & decided, distinct=True)

    return Claim.objects.with_wording().annotate(
        confirming=of_stance(Stance.CONFIRMS),
        contradicting=of_stance(Stance.CONTRADICTS),
        neutral=of_stance(Stance.NEUTRAL),
        untriaged=Count("findings", filter=kept & Q(findings__triage=Triage.NEW), distinct=True),
    )


def findings_of_claim(claim: Claim) -> QuerySet[Finding]:
    """All findings of present reports, the newest first, with what a card shows."""
    return (
        Finding.objects.filter(claim=claim, report__removed_at=None)
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
        Finding.objects.filter(report__removed_at=None)
        .with_outcome()
        .select_related("claim__current_wording", "report", "triaged_by", "wording", "remembered_from__report")
    )


def review_queue() -> QuerySet[Verdict]:
    """Verdicts in review, the oldest first, each with `new_findings` since it was submitted."""
    return (
        Verdict.objects.in_review()
        .select_related("claim__current_wording", "wording", "created_by", "submitted_by")
        .annotate(
            new_findings=Count(
                "claim__findings",
                filter=Q(claim__findings__found_at__gt=F("submitted_at"))
                & ~Q(claim__findings__triage=Triage.SUPERSEDED)
                & Q(claim__findings__report__removed_at=None),
                distinct=True,
            )
        )
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
    own = Q(object_id__in=[claim.public_id, *claim.verdicts.values_list("public_id", flat=True)])
    findings = Finding.objects.filter(claim=claim).values("public_id")
    decided = Q(object_type="finding", kind__in=TRIAGE_KINDS, object_id__in=findings)
    return _with_people(Event.objects.filter(own | decided), limit=limit)


def has_written_on(verdict: Verdict, person: User) -> bool:
    return VerdictEdit.objects.filter(verdict=verdict, person=person).exists()


def has_written_on_any_version(claim: Claim, person: User) -> bool:
    return VerdictEdit.objects.filter(verdict__claim=claim, person=person).exists()


def with_open_contradictions(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Narrow to claims that a finding contradicts, unless it was dismissed or superseded."""
    contradicting = (
        Finding.objects.filter(claim=OuterRef("pk"), report__removed_at=None)
        .filter(Q(accepted_as=Stance.CONTRADICTS) | Q(accepted_as="", stance=Stance.CONTRADICTS))
        .exclude(triage__in=[Triage.DISMISSED, Triage.SUPERSEDED])
    )
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


def pressing_findings() -> QuerySet[Finding]:
    """What awaits triage, contradictions first, then the newest."""
    contradictions_first = Case(When(stance=Stance.CONTRADICTS, then=0), default=1)
    return triage_queue().filter(triage=Triage.NEW).order_by(contradictions_first, "-found_at", "-pk")


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


def decided_as(findings: QuerySet[Finding], stance: str) -> QuerySet[Finding]:
    """Narrow to findings accepted as `stance`, or not accepted as another and found so by the engine."""
    return findings.filter(Q(accepted_as=stance) | Q(accepted_as="", stance=stance))
