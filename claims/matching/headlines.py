"""The features of a claim and a headline, by name, for the learned judge of the `headline` policy.

After Ferreira and Vlachos, "Emergent: a novel data-set for stance classification" (2016): refuting and hedging words,
question marks, negation parity, alignment of words by synonyms; and, added here, the newsroom's own slot comparison.
No feature reads the claim alone: what a claim is about never decides what a headline does to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from claims.matching.headline_alignment import aligned, alignment_features
from claims.matching.headline_cues import cue_features, headline_tokens
from claims.matching.outcomes import Comparison
from claims.matching.statements import Statement

LONGEST_HEADLINE_WORDS = 60
"""Words of a headline whose n-grams count; a longer one has its neighbours' headlines run into it."""


def features_of(claim: Statement, headline: Statement, newsroom: Comparison) -> dict[str, float]:
    """Finite numbers by name; `newsroom` is what the slot comparison says of the pair."""
    places = aligned(claim.text, headline.text).places
    return (
        cue_features(headline.text, claim.text, places)
        | alignment_features(claim.text, headline.text)
        | _of_newsroom(claim, headline, newsroom)
        | dict.fromkeys(word_names(claim.text, headline.text), 1.0)
    )


def _of_newsroom(claim: Statement, headline: Statement, newsroom: Comparison) -> dict[str, float]:
    features = {f"newsroom:{newsroom.stance}": 1.0, f"newsroom:{newsroom.relation}": 1.0}
    for slot in newsroom.slots:
        features[f"slot:{slot.name}:{slot.outcome}"] = 1.0
    ours = {row.modality for row in claim.slots}
    for row in headline.slots:
        if row.modality not in ours:
            features[f"modality:{row.modality}"] = 1.0
    features["attribution:new"] = float(headline.attribution is not None and claim.attribution is None)
    features["negation:parity"] = float(headline.negation != claim.negation)
    return features


def word_names(claim: str, headline: str) -> Iterator[str]:
    """Words and word pairs of the headline, the claim's own as a blank: "_ denies _" is one cue for any subject."""
    taken = headline_tokens(headline)[:LONGEST_HEADLINE_WORDS]
    restating = set(aligned(claim, headline).places)
    shown = ["_" if at in restating else "#" if token.low[0].isdigit() else token.low for at, token in enumerate(taken)]
    squeezed = ["^", *(word for at, word in enumerate(shown) if word != "_" or shown[at - 1 : at] != ["_"]), "$"]
    for word in sorted(set(squeezed[1:-1]) - {"_"}):
        yield f"word:{word}"
    for pair in sorted(set(pairwise(squeezed))):
        yield "pair:" + " ".join(pair)
