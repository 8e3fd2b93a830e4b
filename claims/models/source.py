"""Documents editors attach to a claim."""

from django.conf import settings
from django.db import models

from claims.models.claim import Claim
from claims.models.public_id import PublicIdModel


class SourceKind(models.TextChoices):
    PRIMARY = "primary", "Primary"
    SECONDARY = "secondary", "Secondary"


class Source(PublicIdModel):
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="sources")
    url = models.URLField(max_length=2_000)
    title = models.CharField(max_length=500, blank=True)
    publisher = models.CharField(max_length=200, blank=True)
    published_on = models.DateField(null=True, blank=True)
    accessed_on = models.DateField(null=True, blank=True)
    kind = models.CharField(max_length=10, choices=SourceKind.choices)
    quote = models.TextField(max_length=5_000, blank=True)
    quote_prefix = models.CharField(max_length=200, blank=True)
    quote_suffix = models.CharField(max_length=200, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["kind", "-added_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "url"], name="a_source_is_attached_once"),
            models.CheckConstraint(condition=models.Q(kind__in=SourceKind.values), name="source_kind_is_known"),
        ]

    def __str__(self) -> str:
        return self.title or self.url
