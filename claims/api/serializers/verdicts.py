"""The shapes of published verdicts, for the schema; `claims.rendering.verdict_document` makes them."""

from typing import Any

from rest_framework import serializers

from claims.workflow import Stance


class RatingOutput(serializers.Serializer[Any]):
    label = serializers.CharField()  # type: ignore[assignment]
    value = serializers.IntegerField(allow_null=True)
    worst = serializers.IntegerField()
    best = serializers.IntegerField()


class QuantityOutput(serializers.Serializer[Any]):
    surface = serializers.CharField()
    value = serializers.CharField(allow_null=True, help_text="A decimal number")
    low = serializers.CharField(allow_null=True)
    high = serializers.CharField(allow_null=True)
    bound = serializers.CharField()
    unit = serializers.CharField(allow_null=True)
    kind = serializers.CharField()
    item = serializers.CharField(allow_null=True)
    change = serializers.CharField()
    start = serializers.IntegerField(help_text="Code points into the claim's text")
    end = serializers.IntegerField()


class AppearanceOutput(serializers.Serializer[Any]):
    outlet = serializers.CharField()
    url = serializers.CharField()
    date = serializers.DateField(allow_null=True)


class VerdictClaimOutput(serializers.Serializer[Any]):
    id = serializers.CharField()
    external_id = serializers.CharField(allow_null=True)
    text = serializers.CharField()
    claimant = serializers.CharField()
    date = serializers.DateField(allow_null=True)
    language = serializers.CharField()
    quantities = QuantityOutput(many=True)
    periods = serializers.ListField(child=serializers.JSONField())
    appearances = AppearanceOutput(many=True)


class CorrectionOutput(serializers.Serializer[Any]):
    version = serializers.IntegerField()
    at = serializers.DateTimeField()
    reason = serializers.CharField()
    to = serializers.CharField()

    def get_fields(self) -> dict[str, Any]:
        return {**super().get_fields(), "from": serializers.CharField()}


class EvidenceOutput(serializers.Serializer[Any]):
    id = serializers.CharField()
    stance = serializers.ChoiceField(choices=Stance.choices, allow_null=True)
    relation = serializers.CharField(allow_null=True)
    quote = serializers.CharField()
    sha256 = serializers.CharField(help_text="Of the quote as UTF-8")
    publisher = serializers.CharField()
    title = serializers.CharField()
    url = serializers.CharField()
    published_at = serializers.DateTimeField(allow_null=True)


class LinksOutput(serializers.Serializer[Any]):
    page = serializers.URLField()
    claim_review = serializers.URLField()

    def get_fields(self) -> dict[str, Any]:
        return {"self": serializers.URLField(), **super().get_fields()}


class VerdictOutput(serializers.Serializer[Any]):
    id = serializers.CharField(help_text="The claim's id: stable over all versions")
    version = serializers.IntegerField()
    seq = serializers.IntegerField(help_text="The event that published this version", allow_null=True)
    status = serializers.ChoiceField(choices=["published", "corrected", "superseded", "withdrawn"])
    rating = RatingOutput()
    explanation = serializers.CharField()
    valid_as_of = serializers.DateField()
    published_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    claim = VerdictClaimOutput()
    corrections = CorrectionOutput(many=True)
    evidence = EvidenceOutput(many=True)
    counts = serializers.DictField(child=serializers.IntegerField())
    links = LinksOutput()


class VerdictPageOutput(serializers.Serializer[Any]):
    results = VerdictOutput(many=True)
    next = serializers.CharField(allow_null=True)


class TombstoneOutput(serializers.Serializer[Any]):
    id = serializers.CharField()
    version = serializers.IntegerField()
    seq = serializers.IntegerField(allow_null=True)
    status = serializers.CharField()
    deleted = serializers.BooleanField()
    reason = serializers.CharField()
    withdrawn_at = serializers.DateTimeField()


class ChangeOutput(serializers.Serializer[Any]):
    """`verdict` or, where it was withdrawn then or later, `tombstone`; the other is null."""

    seq = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=["verdict_published", "verdict_corrected", "verdict_withdrawn"])
    at = serializers.DateTimeField()
    id = serializers.CharField(help_text="The verdict")
    verdict = VerdictOutput(allow_null=True)
    tombstone = TombstoneOutput(allow_null=True)


class ChangesOutput(serializers.Serializer[Any]):
    results = ChangeOutput(many=True)
    next = serializers.CharField(help_text="Pass it as `after` the next time, also when nothing is new")
    has_more = serializers.BooleanField()
