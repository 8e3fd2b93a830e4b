"""Incoming documents and the look-backs of new wordings over the stored ones."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Left

from claims.models.claim import Claim
from claims.models.public_id import PublicIdModel
from claims.workflow import LookBackState, ReportState

MAX_TITLE_CHARACTERS = 500
MAX_REPORT_BYTES = 1_000_000  # title and body together, as UTF-8


class ReportQuerySet(models.QuerySet["Report"]):
    def present(self) -> "ReportQuerySet":
        """Without those removed as received by mistake."""
        return self.filter(removed_at=None)

    def removed(self) -> "ReportQuerySet":
        return self.filter(removed_at__isnull=False)

    def without_bodies(self) -> "ReportQuerySet":
        """For lists: a body may have a megabyte; `excerpt` names a report that has no title."""
        return self.defer("body").annotate(excerpt=Left("body", 80))

    def waiting(self) -> "ReportQuerySet":
        return self.present().filter(state=ReportState.WAITING)

    def matched_by_another_policy(self, version: str) -> "ReportQuerySet":
        return self.present().filter(state=ReportState.MATCHED).exclude(matched_policy=version)


class Report(PublicIdModel):
    external_id = models.CharField(max_length=200, null=True, blank=True)  # noqa: DJ001 - many have none
    outlet = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=2_000, blank=True)
    normalised_url = models.CharField(max_length=2_000, blank=True)
    title = models.CharField(max_length=MAX_TITLE_CHARACTERS, blank=True)
    body = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    language = models.CharField(max_length=10)
    content_hash = models.CharField(max_length=64, help_text="SHA-256 of title and body")
    cleaned = models.JSONField(default=list, help_text="What was removed on the way in, in words")
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.WAITING)
    matched_seq = models.BigIntegerField(null=True, blank=True, help_text="Claims as of this event have been met")
    queued_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0, help_text="How often matching was started")
    failure = models.CharField(max_length=500, blank=True)
    matched_policy = models.CharField(
        max_length=30, blank=True, default="", help_text="The version of the engine's policy it was matched by"
    )
    matched_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,  # `report_newest_of_sender` begins with it
    )
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    removal_reason = models.CharField(max_length=500, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(fields=["-received_at", "-id"]),
            models.Index(fields=["queued_at"], condition=Q(state=ReportState.WAITING), name="report_waiting"),
            models.Index(
                fields=["state", "-received_at", "-id"], condition=Q(removed_at=None), name="report_present_by_state"
            ),
            models.Index(fields=["-received_at", "id"], condition=Q(removed_at__isnull=False), name="report_removed"),
            models.Index(fields=["received_by", "-received_at", "-id"], name="report_newest_of_sender"),
            models.Index(fields=["language", "-received_at", "-id"], name="report_by_language"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["external_id"], condition=Q(removed_at=None), name="one_report_per_external_id"
            ),
            models.UniqueConstraint(
                fields=["normalised_url"],
                condition=~Q(normalised_url="") & Q(removed_at=None),
                name="one_report_per_url",
            ),
            models.UniqueConstraint(
                fields=["outlet", "content_hash"],
                condition=Q(normalised_url="", removed_at=None),
                name="one_report_per_outlet_and_text",
            ),
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="report_state_is_known"),
            models.CheckConstraint(condition=~Q(title="") | ~Q(body=""), name="a_report_has_text"),
        ]

    def __str__(self) -> str:
        return self.title or self.__dict__.get("excerpt") or self.body[:80]

    @property
    def is_removed(self) -> bool:
        return self.removed_at is not None

    def text_of(self, field: str) -> str:
        """The text that offsets of `field` ("title" or "body") point into."""
        return self.title if field == "title" else self.body


class LookBack(models.Model):
    """A newly opened or worded claim going through the stored reports it has not met."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="look_backs")
    seq = models.BigIntegerField(help_text="The event that opened the claim or gave it its wording")
    state = models.CharField(max_length=10, choices=LookBackState.choices, default=LookBackState.WAITING)
    cursor = models.BigIntegerField(default=0, help_text="Primary key of the last report looked at")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0, help_text="Starts since the last progress")
    failure = models.CharField(max_length=500, blank=True)
    queued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["state"], condition=~Q(state=LookBackState.DONE), name="look_back_not_done"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["claim"], condition=Q(state=LookBackState.WAITING), name="one_waiting_look_back_per_claim"
            ),
            models.CheckConstraint(condition=Q(state__in=LookBackState.values), name="look_back_state_is_known"),
        ]

    def __str__(self) -> str:
        return f"look-back of claim {self.claim_id}: {self.done} of {self.total}"
