"""The newsroom's verdicts: versioned, frozen in review, approved by somebody who wrote none of it."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from claims.models.claim import Claim, ClaimWording
from claims.models.finding import Finding
from claims.models.public_id import PublicIdModel
from claims.models.source import Source
from claims.workflow import UNFINISHED_VERDICTS, Stance, VerdictState

_SIGNED = Q(state__in=[VerdictState.PUBLISHED, VerdictState.SUPERSEDED, VerdictState.WITHDRAWN])


class VerdictQuerySet(models.QuerySet["Verdict"]):
    def published(self) -> "VerdictQuerySet":
        return self.filter(state=VerdictState.PUBLISHED)

    def public(self) -> "VerdictQuerySet":
        """Versions that readers have seen."""
        return self.filter(_SIGNED)

    def in_review(self) -> "VerdictQuerySet":
        return self.filter(state=VerdictState.IN_REVIEW)

    def unfinished(self) -> "VerdictQuerySet":
        return self.filter(state__in=UNFINISHED_VERDICTS)


class Verdict(PublicIdModel):
    """One version. `public_id` names the version; the claim's public id names the verdict through its versions."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="verdicts")
    wording = models.ForeignKey(ClaimWording, on_delete=models.PROTECT, related_name="verdicts")
    version = models.PositiveIntegerField()
    revision = models.PositiveIntegerField(default=1, help_text="Grows with every edit: an approval names the one seen")
    state = models.CharField(max_length=20, choices=VerdictState.choices, default=VerdictState.DRAFT)
    claimant = models.CharField(max_length=300, blank=True, help_text="Copied from the claim until review")
    appearances = models.JSONField(default=list, help_text="Copied from the claim until review: outlet, url, date")
    rating_label = models.CharField(max_length=60)
    rating_value = models.PositiveSmallIntegerField(null=True, blank=True)
    explanation = models.TextField(max_length=20_000)
    valid_as_of = models.DateField()
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections")
    correction_reason = models.TextField(max_length=2_000, blank=True, help_text="Public")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    review_comment = models.TextField(max_length=5_000, blank=True, help_text="Of the latest request for changes")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.TextField(max_length=2_000, blank=True, help_text="Public")
    updated_at = models.DateTimeField()

    objects = VerdictQuerySet.as_manager()

    class Meta:
        ordering = ["claim", "-version"]
        indexes = [
            models.Index(fields=["state", "-published_at"]),
            models.Index(fields=["-updated_at", "-id"], name="verdict_last_changed"),
            models.Index(fields=["state", "-updated_at"], name="verdict_changed_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["claim", "version"], name="one_verdict_per_version"),
            models.UniqueConstraint(
                fields=["claim"], condition=Q(state__in=UNFINISHED_VERDICTS), name="one_unfinished_verdict_per_claim"
            ),
            models.UniqueConstraint(
                fields=["claim"], condition=Q(state=VerdictState.PUBLISHED), name="one_published_verdict_per_claim"
            ),
            models.CheckConstraint(condition=Q(state__in=VerdictState.values), name="verdict_state_is_known"),
            models.CheckConstraint(
                condition=Q(rating_value=None) | Q(rating_value__range=(1, 5)), name="rating_is_on_the_scale"
            ),
            models.CheckConstraint(
                condition=~_SIGNED | Q(approved_by__isnull=False, published_at__isnull=False),
                name="a_published_verdict_is_approved",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("created_by")),
                name="nobody_approves_their_own_verdict",
            ),
            models.CheckConstraint(
                condition=~Q(state=VerdictState.WITHDRAWN)
                | (Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")),
                name="a_withdrawal_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(corrects=None) | ~Q(correction_reason=""), name="a_correction_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rating_label} (version {self.version})"

    @property
    def seen_in(self) -> list[dict[str, Any]]:
        """`appearances` with their dates as dates."""
        return [{**row, "date": date.fromisoformat(row["date"]) if row["date"] else None} for row in self.appearances]

    @property
    def is_editable(self) -> bool:
        return self.state in (VerdictState.DRAFT, VerdictState.CHANGES_REQUESTED)


class VerdictEdit(models.Model):
    """Who wrote on which version: these people may not approve it. Rows are never changed or deleted."""

    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="edits")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["verdict", "person"], name="one_edit_row_per_person")]

    def __str__(self) -> str:
        return f"{self.person} on {self.verdict}"


class Evidence(PublicIdModel):
    """What a verdict rests on, copied at the time, so that later changes of report or source do not reach it."""

    verdict = models.ForeignKey(Verdict, on_delete=models.CASCADE, related_name="evidence")
    position = models.PositiveSmallIntegerField()
    finding = models.ForeignKey(Finding, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    stance = models.CharField(max_length=12, choices=Stance.choices, blank=True)
    relation = models.CharField(max_length=40, blank=True)
    quote = models.TextField()
    publisher = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=500, blank=True)
    url = models.CharField(max_length=2_000, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, help_text="Of the quote as UTF-8")

    class Meta:
        ordering = ["verdict", "position"]
        verbose_name_plural = "evidence"
        constraints = [
            models.UniqueConstraint(fields=["verdict", "position"], name="one_evidence_per_position"),
        ]

    def __str__(self) -> str:
        return self.quote[:80]
