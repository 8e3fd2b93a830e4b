"""What a report's sentence does to a claim, and what an editor made of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import Value
from django.db.models.functions import Coalesce, NullIf

from claims.models.claim import Claim, ClaimWording
from claims.models.public_id import PublicIdModel
from claims.models.report import Report
from claims.workflow import Stance, Triage


class DismissalReason(models.TextChoices):
    DIFFERENT_ENTITY = "different_entity", "Another country, company or person"
    DIFFERENT_MEASURE = "different_measure", "Something else is measured"
    DIFFERENT_SCOPE = "different_scope", "A part, or another whole"
    DIFFERENT_PERIOD = "different_period", "Another period"
    MISREAD = "misread", "The sentence was misread"
    NOT_A_STATEMENT = "not_a_statement", "A quote, question, plan or forecast"
    NOT_NEWS = "not_news", "Nothing the desk needs"
    OTHER = "other", "Another reason (say which)"


class FoundBy(models.TextChoices):
    ENGINE = "engine", "Engine"
    EDITOR = "editor", "Marked by hand"


KEPT = (Triage.NEW, Triage.ACCEPTED)
_OUTCOME = Coalesce(NullIf(F("accepted_as"), Value("")), F("stance"))


class FindingQuerySet(models.QuerySet["Finding"]):
    def of_present_reports(self) -> "FindingQuerySet":
        """Without those of removed reports: these are few, so their ids are looked up once and no report is read."""
        return self.exclude(report__in=Report.objects.removed().order_by().values("pk"))

    def current(self) -> "FindingQuerySet":
        """Of reports that were not removed, and not superseded."""
        return self.exclude(triage=Triage.SUPERSEDED).of_present_reports()

    def kept(self) -> "FindingQuerySet":
        """Neither dismissed nor superseded."""
        return self.filter(triage__in=KEPT).of_present_reports()

    def awaiting_triage(self) -> "FindingQuerySet":
        return self.filter(triage=Triage.NEW).of_present_reports()

    def for_claim(self, claim: Claim) -> "FindingQuerySet":
        return self.filter(claim=claim)

    def accepted(self) -> "FindingQuerySet":
        return self.filter(triage=Triage.ACCEPTED).of_present_reports()

    def with_outcome(self) -> "FindingQuerySet":
        """Adds `outcome`: the stance an editor accepted, else the engine's."""
        return self.annotate(outcome=_OUTCOME)

    def decided_as(self, stance: str) -> "FindingQuerySet":
        """Accepted as `stance`, or not accepted as another and found so by the engine."""
        return self.with_outcome().filter(outcome=stance)  # type: ignore[misc]


class Finding(PublicIdModel):
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="findings")
    wording = models.ForeignKey(ClaimWording, on_delete=models.CASCADE, related_name="findings")
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="findings")
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the folded sentence")
    field = models.CharField(max_length=5, choices=[("title", "Title"), ("body", "Body")])
    start = models.PositiveIntegerField(help_text="Code points into the field")
    end = models.PositiveIntegerField()
    sentence = models.TextField()
    stance = models.CharField(max_length=12, choices=Stance.choices)
    relation = models.CharField(max_length=40)
    confidence = models.FloatField(null=True, blank=True)
    comparison = models.JSONField(default=dict, help_text="claims.matching Comparison")
    engine_now = models.JSONField(null=True, blank=True, help_text="A later comparison that differs from a triaged one")
    found_by = models.CharField(max_length=6, choices=FoundBy.choices, default=FoundBy.ENGINE)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    triage = models.CharField(max_length=10, choices=Triage.choices, default=Triage.NEW)
    accepted_as = models.CharField(max_length=12, choices=Stance.choices, blank=True)
    dismissal_reason = models.CharField(max_length=20, choices=DismissalReason.choices, blank=True)
    triage_note = models.CharField(max_length=500, blank=True)
    triaged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    triaged_at = models.DateTimeField(null=True, blank=True)
    remembered_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    found_at = models.DateTimeField()

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["-found_at", "-pk"]
        indexes = [
            models.Index(fields=["claim", "triage", "-found_at"]),
            models.Index(fields=["triage", "-found_at"]),
            models.Index(fields=["-found_at", "-id"], name="finding_newest"),
            models.Index(fields=["claim", "-found_at", "-id"], name="finding_newest_of_claim"),
            models.Index(fields=["relation", "-found_at"], name="finding_by_relation"),
            models.Index(F("claim"), _OUTCOME, F("found_at").desc(), condition=Q(triage__in=KEPT), name="finding_kept"),
            models.Index(fields=["stance", "-found_at", "report"], condition=Q(triage=Triage.NEW), name="finding_new"),
            models.Index(_OUTCOME, F("found_at").desc(), name="finding_by_outcome"),
            models.Index(fields=["-found_at"], condition=Q(found_by=FoundBy.EDITOR), name="finding_marked"),
            models.Index(
                fields=["claim", "fingerprint"], condition=Q(triage=Triage.DISMISSED), name="finding_dismissed"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["claim", "report", "fingerprint"], name="one_finding_per_sentence"),
            models.CheckConstraint(condition=Q(stance__in=Stance.values), name="finding_stance_is_known"),
            models.CheckConstraint(condition=Q(triage__in=Triage.values), name="finding_triage_is_known"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="finding_span_is_not_empty"),
            models.CheckConstraint(
                condition=~Q(triage=Triage.DISMISSED) | ~Q(dismissal_reason=""), name="a_dismissal_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(triage=Triage.ACCEPTED) | ~Q(accepted_as=""), name="an_acceptance_has_a_stance"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stance_display()}: {self.sentence[:80]}"

    @property
    def decided_stance(self) -> str:
        return self.accepted_as or self.stance

    @property
    def on_earlier_wording(self) -> bool:
        return self.wording_id != self.claim.current_wording_id
