"""Reports in and out."""

from typing import Any

from rest_framework import serializers

from claims.api.serializers.fields import MomentField, RawTextField
from claims.models import Report
from claims.workflow import ReportState


class ReportInput(serializers.Serializer[Any]):
    title = RawTextField(required=False, default="", allow_blank=True)
    body = RawTextField(
        required=False, default="", allow_blank=True, help_text="At most 1,000,000 bytes with the title"
    )
    outlet = serializers.CharField(required=False, default="", allow_blank=True, max_length=200)
    url = serializers.CharField(required=False, default="", allow_blank=True, max_length=2_000)
    published_at = MomentField(required=False, allow_null=True, default=None)
    language = serializers.CharField(
        required=False, default="", allow_blank=True, max_length=10, help_text="ISO 639-1; detected if left out"
    )
    external_id = serializers.CharField(required=False, allow_null=True, default=None, max_length=200)


class ReportBatchInput(serializers.Serializer[Any]):
    reports = serializers.ListField(child=serializers.JSONField(allow_null=True), min_length=1, max_length=1_000)


class ReportOutput(serializers.ModelSerializer[Report]):
    id = serializers.CharField(source="public_id")
    state = serializers.ChoiceField(choices=ReportState.choices)
    cleaned = serializers.ListField(child=serializers.CharField(), help_text="What was removed on the way in")

    class Meta:
        model = Report
        fields = [
            "id",
            "external_id",
            "url",
            "outlet",
            "title",
            "published_at",
            "language",
            "state",
            "failure",
            "cleaned",
            "received_at",
            "matched_at",
            "removed_at",
        ]


class ReportPageOutput(serializers.Serializer[Any]):
    results = ReportOutput(many=True)
    next = serializers.CharField(allow_null=True)


class ReceivedOutput(ReportOutput):
    """`created` is false for a report that was there; `differs` is true if its text was another."""

    created = serializers.BooleanField()
    differs = serializers.BooleanField()

    class Meta(ReportOutput.Meta):
        fields = [*ReportOutput.Meta.fields, "created", "differs"]


class BatchEntryOutput(serializers.Serializer[Any]):
    """One of the two is there."""

    report = ReceivedOutput(required=False)
    problem = serializers.JSONField(required=False)


class BatchOutput(serializers.Serializer[Any]):
    results = BatchEntryOutput(many=True)
