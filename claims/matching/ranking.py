"""Which stored claims a short text speaks of: lexical fields propose, a learned blend of likeness orders.

With an `Embedder` what the texts mean proposes and is weighed as well, by weights of its own.

Ranking says what a post is about, never whether it confirms or contradicts; that is `compare`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np

from claims.matching.claim_fields import LONGEST, ClaimText, Fields
from claims.matching.embedding import Embedder, Vectors
from claims.matching.learned import Model, model
from claims.matching.lexical_index import Scores
from claims.matching.outcomes import ClaimId
from claims.matching.ranking_features import Query, features, lexical_scores, nearest, proposed

ABOUT = "about"
"""The class of the model for "the post speaks of this claim"."""


class StoredClaim(NamedTuple):
    id: ClaimId
    text: str
    title: str = ""


class EmbeddedClaims(NamedTuple):
    """The claims as vectors, in their order, beside the embedder that made them."""

    embedder: Embedder
    vectors: Vectors

    @classmethod
    def of(cls, rows: Iterable[StoredClaim], embedder: Embedder) -> EmbeddedClaims:
        return cls(embedder, embedder.vectors([f"{row.title} {row.text}"[:LONGEST].strip() for row in rows]))

    def cosines(self, text: str) -> Scores:
        """The cosine of every claim with a text; all 0 for a text that says nothing."""
        if not text:
            return np.zeros(len(self.vectors), dtype=np.float32)
        return np.asarray(self.vectors @ self.embedder.vectors([text])[0])


class ClaimRanking:
    """Ranks a fixed collection of claims; the same collection and text always give the same answer."""

    def __init__(
        self,
        ids: list[ClaimId],
        claims: list[ClaimText],
        fields: Fields,
        judge: Model,
        embedded: EmbeddedClaims | None = None,
    ) -> None:
        self._ids, self._claims, self._fields, self._judge, self._embedded = ids, claims, fields, judge, embedded

    @classmethod
    def build(
        cls, rows: Iterable[StoredClaim], judge: Model | None = None, embedder: Embedder | None = None
    ) -> ClaimRanking:
        """Prepares the claims; `judge` replaces the committed model: `resources/ranking.json`, with an `embedder`
        `ranking_embedding.json`."""
        listed = {row.id: row for row in rows}
        claims = [ClaimText.of(row.text, row.title) for row in listed.values()]
        embedded = EmbeddedClaims.of(listed.values(), embedder) if embedder else None
        committed = "ranking_embedding" if embedder else "ranking"
        return cls(list(listed), claims, Fields.build(claims), judge or model(committed), embedded)

    def judged_by(self, judge: Model) -> ClaimRanking:
        """The same claims ranked by another model."""
        return ClaimRanking(self._ids, self._claims, self._fields, judge, self._embedded)

    def __len__(self) -> int:
        return len(self._ids)

    def rank(self, text: str, top: int = 20) -> list[tuple[ClaimId, float]]:
        """The `top` likeliest claims with their probability, best first.

        A claim that shares nothing with the text is not listed, unless an embedder puts it among the NEAREST.
        """
        scored = [(claim, self._judge.probabilities(found)[ABOUT]) for claim, found in self.examined(text, top)]
        return sorted(scored, key=lambda one: -one[1])[:top]

    def examined(self, text: str, top: int = 20) -> list[tuple[ClaimId, Mapping[str, float]]]:
        """The claims that are looked at for a text, with their features, in the order of the collection."""
        query = Query.of(text, self._fields.vocabulary)
        scores = lexical_scores(query, self._fields)
        cosines = self._embedded.cosines(query.said) if self._embedded else None
        chosen = proposed(scores, top) if cosines is None else nearest(cosines, proposed(scores, top))
        if not chosen:
            return []
        found = features(query, self._fields, self._claims, scores, chosen, cosines=cosines)
        return [(self._ids[number], one) for number, one in zip(chosen, found, strict=True)]
