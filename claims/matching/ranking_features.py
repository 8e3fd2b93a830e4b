"""How a post and a stored claim look alike: the numbers by which the ranking's learned model judges a pair.

Each field's BM25 score is given as a share of the best claim's, as it is, and by rank; the rest is what BM25 cannot
see: how much of the post and of the claim is shared, word order, spelling (rapidfuzz, figures masked), figures, time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from claims.matching.claim_fields import LONGEST, ClaimText, Fields, Terms, figures_of, grams, pairs
from claims.matching.lexical_index import LexicalIndex, Scores, best
from claims.matching.posts import read_post, terms
from claims.matching.similarity import masked
from claims.matching.stated_dates import StatedDates, time_features
from claims.matching.tags import Vocabulary
from claims.matching.text import sentence_spans

POOL = {"words": 30, "body": 20, "title": 15, "text": 15, "pairs": 10, "grams": 15}
"""How many claims each field proposes: about 42 together, the right one among them for 96 to 97 % of labelled posts."""
NEAREST = 15
"""How many claims their cosine proposes, where there is an embedding."""
RANKED = ("words", "body", "pairs", "grams", "sentence")
USUAL_SCORE = 30.0
"""The BM25 score of a good candidate: brings raw scores to the size of the other features."""
SENTENCES = 12
"""Sentences of a post that are scored on their own; posts have fewer."""
Columns = dict[str, Scores]


@dataclass(frozen=True, slots=True)
class Query:
    """A post prepared for ranking."""

    body: Terms
    signature: Terms
    sentences: tuple[Terms, ...]
    grams: tuple[str, ...]
    said: str
    """In plain words, without addresses and signature."""
    masked: str
    figures: frozenset[str]
    dates: StatedDates

    @classmethod
    def of(cls, text: str, known: Vocabulary) -> Query:
        post = read_post(text[:LONGEST], known)
        spans = sentence_spans(post.body)[:SENTENCES]
        return cls(
            tuple(terms(post.body)),
            tuple(terms(post.signature)),
            tuple(tuple(terms(post.body[span.start : span.end])) for span in spans),
            tuple(grams(post.whole)),
            post.body,
            masked(post.whole),
            figures_of(post.body),
            StatedDates.of(post.signed_on),
        )

    @property
    def terms(self) -> Terms:
        return self.body + self.signature


def lexical_scores(query: Query, fields: Fields) -> Columns:
    """The BM25 scores of every claim, by field."""
    nothing = np.zeros(len(fields.words), dtype=np.float32)
    return {
        "words": fields.words.scores(query.terms),
        "body": fields.words.scores(query.body),
        "signature": fields.words.scores(query.signature),
        "title": fields.title.scores(query.terms),
        "text": fields.text.scores(query.terms),
        "pairs": fields.pairs.scores(pairs(query.body) + pairs(query.signature)),
        "grams": fields.grams.scores(query.grams),
        "sentence": np.maximum.reduce([nothing, *map(fields.words.scores, query.sentences)]),
    }


def proposed(scores: Mapping[str, Scores], least: int) -> list[int]:
    """The claims that some field puts among its best, in the order of the claims; `least` from all words together."""
    chosen = {number for name, count in POOL.items() for number in best(scores[name], count)}
    return sorted(chosen.union(best(scores["words"], least)))


def nearest(cosines: Scores, others: Iterable[int]) -> list[int]:
    """The claims nearest in meaning and the `others`, in the order of the claims."""
    return sorted({*others, *best(cosines, NEAREST)})


def features(
    query: Query,
    fields: Fields,
    claims: Sequence[ClaimText],
    scores: Mapping[str, Scores],
    chosen: Sequence[int],
    *,
    cosines: Scores | None = None,
) -> list[dict[str, float]]:
    """The features of each chosen claim; its cosine is one of them where there is an embedding."""
    columns = _score_columns(scores, chosen) | _share_columns(query, fields, chosen)
    if cosines is not None:
        columns["cosine"] = cosines[chosen]
    listed = {name: values.tolist() for name, values in columns.items()}
    return [
        {name: values[at] for name, values in listed.items()} | dict(pair_features(query, claims[number], fields.words))
        for at, number in enumerate(chosen)
    ]


def _score_columns(scores: Mapping[str, Scores], chosen: Sequence[int]) -> Columns:
    columns: Columns = {}
    for name, of_all in scores.items():
        values = of_all[chosen]
        columns[name] = values / max(float(values.max()), 1e-6)
        columns[f"{name}_score"] = values / USUAL_SCORE
    return columns | {f"{name}_rank": _reciprocal_ranks(scores[name][chosen]) for name in RANKED}


def _reciprocal_ranks(values: Scores) -> Scores:
    """1 for the best, 1/2 for the second; ties in the order given."""
    found = np.empty(len(values), dtype=np.float32)
    found[np.argsort(-values, kind="stable")] = 1 / np.arange(1, len(values) + 1)
    return found


def _share_columns(query: Query, fields: Fields, chosen: Sequence[int]) -> Columns:
    """How much of the post's and of the claim's terms, weighed by rarity, the two share."""
    columns: Columns = {}
    for name, index, asked in (
        ("words", fields.words, query.terms),
        ("title", fields.title, query.terms),
        ("text", fields.text, query.terms),
        ("grams", fields.grams, query.grams),
    ):
        shared = index.shared(asked)[chosen]
        whole = max(sum(map(index.rarity, sorted(set(asked)))), 1e-6)
        columns[f"{name}_of_claim"] = np.divide(shared, np.maximum(index.totals[chosen], 1e-6), dtype=np.float32)
        columns[f"{name}_of_post"] = np.divide(shared, whole, dtype=np.float32)
    return columns


def pair_features(query: Query, claim: ClaimText, words: LexicalIndex) -> Iterator[tuple[str, float]]:
    """What takes the two texts themselves."""
    rarities = sorted((words.rarity(term) for term in {*query.terms}.intersection(claim.terms)), reverse=True)
    for name, rarity in zip(("rarest", "second_rarest", "third_rarest"), [*rarities, 0.0, 0.0, 0.0], strict=False):
        yield name, rarity / words.rarest
    yield "figures_shared", float(len(claim.figures & query.figures))
    yield "figures_missing", float(len(claim.figures - query.figures))
    yield from time_features(query.dates, claim.dates).items()
    for part, text, listed in (("title", claim.title, claim.title_terms), ("text", claim.text, claim.text_terms)):
        yield f"{part}_in_order", LCSseq.similarity(query.body, listed) / max(1, len(listed))
        yield f"{part}_token_set", fuzz.token_set_ratio(query.masked, text) / 100
        yield f"{part}_token_sort", fuzz.token_sort_ratio(query.masked, text) / 100
