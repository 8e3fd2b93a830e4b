"""Which texts share a query's rare terms: Okapi BM25 over terms in compact arrays.

The weights follow Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with the
inverse document frequency that is never negative (as in Lucene). A text that shares no term scores 0.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Numbers = NDArray[np.int32]

SATURATION = 1.5
"""k1 of BM25: how soon a repeated term stops counting; Lucene's and bm25s's usual range is 1.2 to 2."""
LENGTH_SHARE = 0.75
"""b of BM25: how far long texts are discounted; the paper's usual value."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Term number t occurs in texts `texts[starts[t]:starts[t + 1]]`, in each with the weight beside it."""

    starts: Numbers
    texts: Numbers
    weights: Scores


class LexicalIndex:
    """BM25 over a fixed list of texts, each given as its terms; texts are known by their place in the list."""

    def __init__(self, terms: Mapping[str, int], postings: Postings, rarity: Scores, totals: Scores) -> None:
        self._terms = terms
        self._postings = postings
        self._rarity = rarity
        self.totals = totals
        """The summed rarity of each text's terms: what a query that contains all of them would share."""
        self.rarest = math.log1p((len(totals) + 0.5) / 0.5)
        """The rarity of a term that no text has, the highest there is."""

    @classmethod
    def build(cls, documents: Iterable[Sequence[str]]) -> LexicalIndex:
        numbers: dict[str, int] = {}
        terms, texts, counts, lengths = array("i"), array("i"), array("i"), array("i")
        for text, document in enumerate(documents):
            counted = Counter(document)
            lengths.append(len(document))
            terms.extend(numbers.setdefault(term, len(numbers)) for term in counted)
            texts.extend([text] * len(counted))
            counts.extend(counted.values())
        return cls._of(numbers, *(np.frombuffer(column, dtype=np.int32) for column in (terms, texts, counts, lengths)))

    @classmethod
    def _of(
        cls, numbers: dict[str, int], terms: Numbers, texts: Numbers, counts: Numbers, lengths: Numbers
    ) -> LexicalIndex:
        frequencies = np.bincount(terms, minlength=len(numbers))
        rarity = np.log1p((len(lengths) - frequencies + 0.5) / (frequencies + 0.5)).astype(np.float32)
        # Single precision throughout: character runs of many claims are millions of postings.
        relative = (lengths / max(float(lengths.mean()) if len(lengths) else 1.0, 1.0)).astype(np.float32)
        damping = np.float32(SATURATION) * (np.float32(1 - LENGTH_SHARE) + np.float32(LENGTH_SHARE) * relative)[texts]
        order = np.argsort(terms, kind="stable")
        starts = np.concatenate(([0], np.cumsum(frequencies))).astype(np.int32)
        weights = np.divide(counts, counts + damping, dtype=np.float32)
        totals = np.bincount(texts, weights=rarity[terms], minlength=len(lengths)).astype(np.float32)
        return cls(numbers, Postings(starts, texts[order], weights[order]), rarity, totals)

    def __contains__(self, term: str) -> bool:
        return term in self._terms

    def __len__(self) -> int:
        return len(self.totals)

    def rarity(self, term: str) -> float:
        """The inverse document frequency of a term."""
        number = self._terms.get(term)
        return self.rarest if number is None else float(self._rarity[number])

    def scores(self, terms: Iterable[str]) -> Scores:
        """The BM25 score of every text for a query; a term given twice counts once."""
        return self._sums(terms, weighted=True)

    def shared(self, terms: Iterable[str]) -> Scores:
        """The summed rarity of the terms each text shares with a query, however often they occur."""
        return self._sums(terms, weighted=False)

    def _sums(self, terms: Iterable[str], *, weighted: bool) -> Scores:
        found = np.zeros(len(self.totals), dtype=np.float32)
        starts, texts, weights = self._postings.starts, self._postings.texts, self._postings.weights
        # In sorted order, so that rounding does not depend on the order of a set.
        for number in sorted({self._terms[term] for term in terms if term in self._terms}):
            run = slice(starts[number], starts[number + 1])
            found[texts[run]] += self._rarity[number] * weights[run] if weighted else self._rarity[number]
        return found


def best(scores: Scores, count: int) -> list[int]:
    """The texts with the highest scores above 0, best first; ties in the order of the texts."""
    if count < len(scores):
        reach = np.partition(scores, len(scores) - count)[len(scores) - count]
        chosen = np.flatnonzero((scores >= reach) & (scores > 0))
    else:
        chosen = np.flatnonzero(scores > 0)
    ordered = chosen[np.argsort(-scores[chosen], kind="stable")]
    return [int(text) for text in ordered[:count]]
