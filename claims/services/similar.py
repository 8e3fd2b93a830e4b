"""Claims that an editor may have meant: fuzzy, to be looked at by a person, never a decision."""

from dataclasses import dataclass

from rapidfuzz import fuzz, process

from claims import live_index
from claims.models import Claim
from claims.workflow import ClaimStatus

_SHOWN = 3
# token_set_ratio, on the demonstration's claims: rewordings of one reach 74 to 92, its siblings (the same figure's
# series, another item) 77 to 83, claims on anything else at most 67.
_LIKE_ENOUGH = 70
_CANDIDATES = 20
_MOST_NOT_OPEN = 2_000  # drafts and closed claims are not in the index: the newest are compared one by one


@dataclass(frozen=True)
class Similar:
    claim: Claim
    likeness: int


def similar_claims(*, text: str, other_than: Claim | None = None) -> list[Similar]:
    """The most similar claims, the best first; while the index file is being written, of those not open."""
    ready = live_index.current_if_ready()
    found = ready.index.candidates([text], top=_CANDIDATES) if ready else []
    candidates = {candidate.claim_id for candidate in found}
    claims = Claim.objects.with_wording()
    if other_than:
        claims = claims.exclude(pk=other_than.pk)
    not_open = claims.exclude(status=ClaimStatus.OPEN).exclude(current_wording=None)[:_MOST_NOT_OPEN]
    texts = {claim: claim.text.casefold() for claim in (*claims.filter(pk__in=candidates), *not_open)}
    liked = process.extract(
        text.casefold(), texts, scorer=fuzz.token_set_ratio, score_cutoff=_LIKE_ENOUGH, limit=_SHOWN
    )
    return [Similar(claim, round(score)) for _, score, claim in liked]
