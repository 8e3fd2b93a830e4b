"""The tables, one module a subject."""

from claims.models.claim import MAX_CLAIM_CHARACTERS, Appearance, Claim, ClaimWording
from claims.models.event import CLAIM_FEED, TRIAGE_KINDS, VERDICT_FEED, Event, Kind, chain_hash
from claims.models.finding import KEPT, DismissalReason, Finding, FoundBy
from claims.models.report import MAX_REPORT_BYTES, MAX_TITLE_CHARACTERS, LookBack, Report
from claims.models.report_terms import keep_terms, kept_terms, reports_to_look_at, stored_number
from claims.models.source import Source, SourceKind
from claims.models.user import ApiToken, User
from claims.models.verdict import Evidence, Verdict, VerdictEdit

__all__ = [
    "CLAIM_FEED",
    "KEPT",
    "MAX_CLAIM_CHARACTERS",
    "MAX_REPORT_BYTES",
    "MAX_TITLE_CHARACTERS",
    "TRIAGE_KINDS",
    "VERDICT_FEED",
    "ApiToken",
    "Appearance",
    "Claim",
    "ClaimWording",
    "DismissalReason",
    "Event",
    "Evidence",
    "Finding",
    "FoundBy",
    "Kind",
    "LookBack",
    "Report",
    "Source",
    "SourceKind",
    "User",
    "Verdict",
    "VerdictEdit",
    "chain_hash",
    "keep_terms",
    "kept_terms",
    "reports_to_look_at",
    "stored_number",
]
