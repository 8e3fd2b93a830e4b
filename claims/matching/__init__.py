"""The matching engine: text in, frozen values out. No Django, clock, settings or log.

`read` takes a text apart, `compare` judges a passage against a claim, `ClaimIndex` finds the claims a sentence may
bear on, `match` does all of it for a document.
"""

from claims.matching.index import ClaimIndex
from claims.matching.index_gate import key_codes, key_terms, may_reach, weighed_terms
from claims.matching.index_terms import codes as term_codes
from claims.matching.index_terms import report_terms
from claims.matching.nearness import can_be_met
from claims.matching.outcomes import (
    Agreement,
    Candidate,
    ClaimId,
    Comparison,
    Document,
    Explanation,
    Match,
    Relation,
    SlotOutcome,
    Stance,
)
from claims.matching.pipeline import DocumentReader, is_finding, match
from claims.matching.policy import NEWSROOM, POLICIES, Policy
from claims.matching.prospects import Brief
from claims.matching.quantities import extract_quantities
from claims.matching.slots import read, reads
from claims.matching.stance import compare
from claims.matching.statements import Attribution, Modality, Polarity, Slots, Statement
from claims.matching.text import fingerprint, sentence_spans
from claims.matching.types import Bound, Change, Kind, Period, Quantity, Span
from claims.matching.wire import ReadingError

__all__ = [
    "NEWSROOM",
    "POLICIES",
    "Agreement",
    "Attribution",
    "Bound",
    "Brief",
    "Candidate",
    "Change",
    "ClaimId",
    "ClaimIndex",
    "Comparison",
    "Document",
    "DocumentReader",
    "Explanation",
    "Kind",
    "Match",
    "Modality",
    "Period",
    "Polarity",
    "Policy",
    "Quantity",
    "ReadingError",
    "Relation",
    "SlotOutcome",
    "Slots",
    "Span",
    "Stance",
    "Statement",
    "can_be_met",
    "compare",
    "extract_quantities",
    "fingerprint",
    "is_finding",
    "key_codes",
    "key_terms",
    "match",
    "may_reach",
    "read",
    "reads",
    "report_terms",
    "sentence_spans",
    "term_codes",
    "weighed_terms",
]
