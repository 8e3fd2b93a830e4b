"""Claims, findings and unfinished verdicts, for signed-in staff."""

from typing import Any

from rest_framework import serializers

from claims.api.serializers.fields import DayField, RawTextField
from claims.models import Claim, DismissalReason, Finding, Verdict
from claims.workflow import RATINGS, Stance

_MAX_EVIDENCE = 100  # a list that a database can be asked for at once


class ClaimInput(serializers.Serializer[Any]):
    text = RawTextField()
    date = DayField(required=False, allow_null=True, default=None)
    claimant = serializers.CharField(required=False, default="", allow_blank=True)
    aliases = serializers.ListField(child=serializers.CharField(), required=False, default=list)
    note = serializers.CharField(required=False, default="", allow_blank=True)


class NewClaimInput(ClaimInput):
    external_id = serializers.CharField(required=False, allow_null=True, default=None, max_length=200)


class ClaimEditInput(serializers.Serializer[Any]):
    """What is left out stays as it is."""

    seen_wording = serializers.IntegerField(min_value=1, max_value=1_000_000)
    text = RawTextField(required=False)
    date = DayField(required=False, allow_null=True)
    claimant = serializers.CharField(required=False, allow_blank=True)
    aliases = serializers.ListField(child=serializers.CharField(), required=False)
    note = serializers.CharField(required=False, allow_blank=True)


class ClaimOutput(serializers.ModelSerializer[Claim]):
    id = serializers.CharField(source="public_id")
    text = serializers.CharField(source="wording.text")
    date = serializers.DateField(source="wording.date", allow_null=True)
    aliases = serializers.ListField(source="wording.aliases", child=serializers.CharField())
    wording = serializers.IntegerField(source="wording.number")
    reading = serializers.JSONField(source="wording.reading", help_text="The engine's Statement")
    corrected_by_hand = serializers.BooleanField(source="wording.corrected_by_hand")

    class Meta:
        model = Claim
        fields = [
            "id",
            "external_id",
            "status",
            "text",
            "date",
            "claimant",
            "aliases",
            "note",
            "wording",
            "reading",
            "corrected_by_hand",
            "created_at",
        ]


class ClaimPageOutput(serializers.Serializer[Any]):
    results = ClaimOutput(many=True)
    next = serializers.CharField(allow_null=True)


class FindingOutput(serializers.ModelSerializer[Finding]):
    id = serializers.CharField(source="public_id")
    claim = serializers.CharField(source="claim.public_id")
    report = serializers.CharField(source="report.public_id")
    wording = serializers.IntegerField(source="wording.number")
    on_earlier_wording = serializers.BooleanField()
    start = serializers.IntegerField(help_text="Code points into the report's field")
    end = serializers.IntegerField()

    class Meta:
        model = Finding
        fields = [
            "id",
            "claim",
            "report",
            "wording",
            "on_earlier_wording",
            "field",
            "start",
            "end",
            "sentence",
            "stance",
            "relation",
            "confidence",
            "comparison",
            "engine_now",
            "found_by",
            "found_at",
            "triage",
            "accepted_as",
            "dismissal_reason",
            "triage_note",
            "triaged_at",
        ]


class FindingPageOutput(serializers.Serializer[Any]):
    results = FindingOutput(many=True)
    next = serializers.CharField(allow_null=True)


class AcceptInput(serializers.Serializer[Any]):
    stance = serializers.ChoiceField(choices=Stance.choices, required=False, allow_blank=True, default="")
    note = serializers.CharField(required=False, default="", allow_blank=True)


class DismissInput(serializers.Serializer[Any]):
    reason = serializers.ChoiceField(choices=DismissalReason.choices)
    note = serializers.CharField(required=False, default="", allow_blank=True)


class ProposalInput(serializers.Serializer[Any]):
    rating = serializers.ChoiceField(choices=list(RATINGS))
    explanation = RawTextField()
    valid_as_of = DayField()
    findings = serializers.ListField(
        child=serializers.CharField(max_length=20), required=False, default=list, max_length=_MAX_EVIDENCE
    )
    sources = serializers.ListField(
        child=serializers.CharField(max_length=20), required=False, default=list, max_length=_MAX_EVIDENCE
    )
    correction_reason = serializers.CharField(
        required=False, default="", allow_blank=True, help_text="Public; needed for a correction"
    )


class SeenRevisionInput(serializers.Serializer[Any]):
    seen_revision = serializers.IntegerField(min_value=1, max_value=1_000_000)


class ProposalEditInput(ProposalInput, SeenRevisionInput):
    pass


class ChangesRequestInput(SeenRevisionInput):
    comment = RawTextField()


class WithdrawalInput(serializers.Serializer[Any]):
    reason = RawTextField(help_text="Public")


class NothingInput(serializers.Serializer[Any]):
    pass


class DraftOutput(serializers.ModelSerializer[Verdict]):
    """A version in whatever state; `claim` is the id of the verdict once it is published."""

    id = serializers.CharField(source="public_id")
    claim = serializers.CharField(source="claim.public_id")
    version = serializers.IntegerField()
    revision = serializers.IntegerField()
    rating_value = serializers.IntegerField(allow_null=True)
    corrects = serializers.IntegerField(source="corrects.version", allow_null=True, default=None)
    created_by = serializers.CharField(source="created_by.display_name")
    evidence = serializers.SerializerMethodField()

    class Meta:
        model = Verdict
        fields = [
            "id",
            "claim",
            "version",
            "revision",
            "state",
            "rating_label",
            "rating_value",
            "explanation",
            "valid_as_of",
            "corrects",
            "correction_reason",
            "review_comment",
            "withdrawal_reason",
            "created_by",
            "created_at",
            "submitted_at",
            "published_at",
            "withdrawn_at",
            "updated_at",
            "evidence",
        ]

    def get_evidence(self, verdict: Verdict) -> list[str]:
        """The quotes."""
        return [row.quote for row in verdict.evidence.all()]


class DraftPageOutput(serializers.Serializer[Any]):
    results = DraftOutput(many=True)
    next = serializers.CharField(allow_null=True)
