"""Claims, their immutable wordings and where they were said."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KeyTransform

from claims.models.public_id import PublicIdModel
from claims.workflow import ClaimStatus

MAX_CLAIM_CHARACTERS = 1_000


class ClaimQuerySet(models.QuerySet["Claim"]):
    def open(self) -> "ClaimQuerySet":
        return self.filter(status=ClaimStatus.OPEN)

    def with_wording(self) -> "ClaimQuerySet":
        return self.select_related("current_wording")


class Claim(PublicIdModel):
    external_id = models.CharField(max_length=200, null=True, blank=True, unique=True)
    status = models.CharField(max_length=10, choices=ClaimStatus.choices, default=ClaimStatus.DRAFT)
    claimant = models.CharField(max_length=300, blank=True)
    note = models.TextField(max_length=5_000, blank=True)
    text_key = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the folded current text")
    current_wording = models.OneToOneField(
        "claims.ClaimWording", null=True, on_delete=models.PROTECT, related_name="current_of"
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["status", "-created_at"]),
            models.Index(fields=["-created_at", "-id"], name="claim_newest"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=ClaimStatus.values), name="claim_status_is_known"),
            models.CheckConstraint(
                condition=Q(current_wording__isnull=False) | Q(status=ClaimStatus.DRAFT),
                name="an_open_claim_has_a_wording",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def wording(self) -> "ClaimWording":
        if self.current_wording is None:
            raise ClaimWording.DoesNotExist(f"claim {self.public_id} has no wording")
        return self.current_wording

    @property
    def text(self) -> str:
        return self.wording.text


class ClaimWording(PublicIdModel):
    """A version of a claim's text with what the engine, or an editor's hand, reads in it. Never changed."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="wordings")
    number = models.PositiveIntegerField()
    text = models.CharField(max_length=MAX_CLAIM_CHARACTERS)
    date = models.DateField(null=True, blank=True, help_text="When the claim was made")
    language = models.CharField(max_length=10, default="en")
    reading = models.JSONField(help_text="claims.matching Statement")
    terms = models.GeneratedField(
        expression=KeyTransform("terms", "reading"),
        output_field=models.JSONField(),
        db_persist=True,
        help_text="Those of the reading: by them most sentences are passed over without it",
    )
    corrected_by_hand = models.BooleanField(default=False)
    aliases = models.JSONField(default=list, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["claim", "number"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "number"], name="one_wording_per_number"),
            models.CheckConstraint(condition=~Q(text=""), name="a_wording_has_text"),
        ]

    def __str__(self) -> str:
        return self.text


class Appearance(models.Model):
    """Where a claim was said."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="appearances")
    outlet = models.CharField(max_length=200)
    url = models.URLField(max_length=2_000, blank=True)
    date = models.DateField(null=True, blank=True)
    quote = models.TextField(max_length=2_000, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["date", "pk"]

    def __str__(self) -> str:
        return f"{self.outlet} {self.date or ''}".strip()
