"""The append-only record: audit trail, sync cursor and index feed in one."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.fields.json import KeyTransform


class Kind(models.TextChoices):
    CLAIM_REGISTERED = "claim_registered", "Claim registered"
    CLAIM_OPENED = "claim_opened", "Claim opened"
    CLAIM_CLOSED = "claim_closed", "Claim closed"
    CLAIM_REWORDED = "claim_reworded", "Claim reworded"
    READING_CORRECTED = "reading_corrected", "Reading corrected by hand"
    CLAIM_DETAILS_CHANGED = "claim_details_changed", "Claimant or note changed"
    APPEARANCE_ADDED = "appearance_added", "Appearance added"
    SOURCE_ATTACHED = "source_attached", "Source attached"
    SOURCE_REMOVED = "source_removed", "Source removed"
    LOOK_BACK_STOPPED = "look_back_stopped", "Look-back stopped"
    LOOK_BACK_RETRIED = "look_back_retried", "Look-back sent again"
    REPORT_REMOVED = "report_removed", "Report removed"
    REPORT_RETRIED = "report_retried", "Report sent to matching again"
    FINDING_MADE = "finding_made", "Finding made"
    FINDING_UPDATED = "finding_updated", "Finding updated"
    FINDING_SUPERSEDED = "finding_superseded", "Finding superseded"
    FINDING_MARKED = "finding_marked", "Sentence marked by hand"
    FINDING_ACCEPTED = "finding_accepted", "Finding accepted"
    FINDING_DISMISSED = "finding_dismissed", "Finding dismissed"
    TRIAGE_UNDONE = "triage_undone", "Triage undone"
    VERDICT_DRAFTED = "verdict_drafted", "Verdict drafted"
    VERDICT_EDITED = "verdict_edited", "Verdict edited"
    VERDICT_SUBMITTED = "verdict_submitted", "Verdict submitted for review"
    VERDICT_RECALLED = "verdict_recalled", "Verdict recalled by its author"
    VERDICT_DISCARDED = "verdict_discarded", "Verdict discarded"
    CHANGES_REQUESTED = "changes_requested", "Changes requested"
    VERDICT_PUBLISHED = "verdict_published", "Verdict approved and published"
    VERDICT_CORRECTED = "verdict_corrected", "Correction approved and published"
    VERDICT_WITHDRAWN = "verdict_withdrawn", "Verdict withdrawn"
    ROLES_CHANGED = "roles_changed", "Roles changed"
    TOKEN_CREATED = "token_created", "API token created"
    TOKEN_REVOKED = "token_revoked", "API token revoked"


# What makes the index of open claims change, and what an API client must hear of.
CLAIM_FEED = (Kind.CLAIM_OPENED, Kind.CLAIM_CLOSED, Kind.CLAIM_REWORDED, Kind.READING_CORRECTED)
TRIAGE_KINDS = (Kind.FINDING_ACCEPTED, Kind.FINDING_DISMISSED, Kind.TRIAGE_UNDONE, Kind.FINDING_MARKED)
VERDICT_FEED = (Kind.VERDICT_PUBLISHED, Kind.VERDICT_CORRECTED, Kind.VERDICT_WITHDRAWN)


class Event(models.Model):
    """`seq` has no gaps and grows in commit order: a reader that follows it misses nothing. No foreign keys."""

    seq = models.BigIntegerField(primary_key=True)
    who = models.BigIntegerField(null=True, blank=True, help_text="Id of the person; null for the tasks")
    at = models.DateTimeField()
    kind = models.CharField(max_length=40, choices=Kind.choices)
    object_type = models.CharField(max_length=20)
    object_id = models.CharField(max_length=40)
    data = models.JSONField(default=dict, help_text="Ids and codes; never names or free text")
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["seq"]
        indexes = [
            models.Index(fields=["object_type", "object_id", "seq"]),
            models.Index(fields=["kind", "seq"]),
            models.Index(fields=["seq"], condition=Q(kind__in=VERDICT_FEED), name="event_verdict_feed"),
            models.Index(fields=["seq"], condition=Q(kind__in=CLAIM_FEED), name="event_claim_feed"),
            models.Index(
                KeyTransform("claim", "data"),
                F("seq").desc(),
                condition=Q(kind__in=TRIAGE_KINDS),
                name="event_triage_of_claim",
            ),
        ]
        constraints = [models.UniqueConstraint(fields=["prev_hash"], name="the_chain_does_not_fork")]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"


def chain_hash(
    *,
    prev_hash: str,
    seq: int,
    who: int | None,
    at: datetime,
    kind: str,
    object_type: str,
    object_id: str,
    data: dict[str, Any],
) -> str:
    """SHA-256 over the previous hash and the event's canonical JSON, in hexadecimal."""
    fields = [prev_hash, seq, who, at.astimezone(UTC).isoformat(), kind, object_type, object_id, data]
    canonical = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()
