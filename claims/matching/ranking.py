"""Which stored claims a short text speaks of: lexical fields propose, a learned blend of likeness orders.

Ranking says what a post is about, never whether it confirms or contradicts; that is `compare`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from claims.matching.claim_fields import ClaimText, Fields
from claims.matching.learned import Model, model
from claims.matching.outcomes import ClaimId
from claims.matching.ranking_features import Query, features, lexical_scores, proposed

ABOUT = "about"
"""The class of the model for "the post speaks of this claim"."""


class StoredClaim(NamedTuple):
    id: ClaimId
    text: str
    title: str = ""


class ClaimRanking:
    """Ranks a fixed collection of claims; the same collection and text always give the same answer."""

    def __init__(self, ids: list[ClaimId], claims: list[ClaimText], fields: Fields, judge: Model) -> None:
        self._ids, self._claims, self._fields, self._judge = ids, claims, fields, judge

    @classmethod
    def build(cls, rows: Iterable[StoredClaim], judge: Model | None = None) -> ClaimRanking:
        """Prepares the claims; `judge` replaces the committed model `resources/ranking.json`."""
        listed = {row.id: row for row in rows}
        claims = [ClaimText.of(row.text, row.title) for row in listed.values()]
        return cls(list(listed), claims, Fields.build(claims), judge or model("ranking"))

    def judged_by(self, judge: Model) -> ClaimRanking:
        """The same claims ranked by another model."""
        return ClaimRanking(self._ids, self._claims, self._fields, judge)

    def __len__(self) -> int:
        return len(self._ids)

    def rank(self, text: str, top: int = 20) -> list[tuple[ClaimId, float]]:
        """The `top` likeliest claims with their probability, best first; a claim that shares nothing is not listed."""
        scored = [(claim, self._judge.probabilities(found)[ABOUT]) for claim, found in self.examined(text, top)]
        return sorted(scored, key=lambda one: -one[1])[:top]

    def examined(self, text: str, top: int = 20) -> list[tuple[ClaimId, Mapping[str, float]]]:
        """The claims that are looked at for a text, with their features, in the order of the collection."""
        query = Query.of(text, self._fields.vocabulary)
        scores = lexical_scores(query, self._fields)
        chosen = proposed(scores, top)
        if not chosen:
            return []
        found = features(query, self._fields, self._claims, scores, chosen)
        return [(self._ids[number], one) for number, one in zip(chosen, found, strict=True)]
