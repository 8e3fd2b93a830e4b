"""Rows of the API's lists: what their serializers show and nothing else, since a list may have 200."""

from django.db.models import Prefetch, QuerySet

from claims.models import Claim, Evidence, Finding, Report, Verdict
from claims.models.finding import FindingQuerySet

_OF_FINDING = (
    *("public_id", "field", "start", "end", "sentence", "stance", "relation", "confidence", "comparison", "engine_now"),
    *("found_by", "found_at", "triage", "accepted_as", "dismissal_reason", "triage_note", "triaged_at"),
    *("claim__public_id", "claim__current_wording", "report__public_id", "wording__number"),
)
_OF_DRAFT = (
    *("public_id", "version", "revision", "state", "rating_label", "rating_value", "explanation", "valid_as_of"),
    *("correction_reason", "review_comment", "withdrawal_reason", "created_at", "submitted_at", "published_at"),
    *("withdrawn_at", "updated_at", "claim__public_id", "corrects__version"),
    *("created_by__username", "created_by__first_name", "created_by__last_name"),
)


def claims() -> QuerySet[Claim]:
    return Claim.objects.with_wording().exclude(current_wording=None).defer("current_wording__terms")


def findings() -> FindingQuerySet:
    """Of present reports."""
    rows = Finding.objects.of_present_reports().select_related("claim", "report", "wording")
    return rows.only(*_OF_FINDING)


def reports() -> QuerySet[Report]:
    return Report.objects.defer("body")


def drafts() -> QuerySet[Verdict]:
    """Verdicts in whatever state."""
    quotes = Evidence.objects.only("verdict", "quote").order_by("position")
    rows = Verdict.objects.select_related("claim", "corrects", "created_by").only(*_OF_DRAFT)
    return rows.prefetch_related(Prefetch("evidence", queryset=quotes))


def verdicts() -> QuerySet[Verdict]:
    """In force, to be told apart and put in order; their documents are read at once for all of a page."""
    return Verdict.objects.published().select_related("claim").only("claim__public_id", "published_at")
