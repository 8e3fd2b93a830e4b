"""The immutable part of a claim index: postings of the claims' keys in arrays that processes may share.

For each sentence the lists of its terms are walked from the shortest to the longest. A claim that stands in two of them
is looked at in full; of those that stand in a single list the lightest are, as the score for one shared word falls with
the weight of a claim. So the cost follows the rare words, and of the longest list nothing is written down.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from claims.matching.index_gate import COMMON, KEYS_HOLD, LEAST_KEYS, all_lexical, all_passing
from claims.matching.index_rows import Codes, Numbers, Row, Rows, in_columns, starts_of, stretches

Flags = NDArray[np.bool_]
Bytes = NDArray[np.uint8]
AT_ONCE = 250
"""Sentences looked at together: a byte tells which of them last met a claim."""
TELLING = 50
"""Weight from which a term alone may make a good candidate."""
LOOKED_AT = 150
"""Numbers looked at of each list of a telling term, of those that share no other key; of other lists `top`."""

SCORED_AT_ONCE = 8
"""Sentences whose claims are scored together: what is held of them stays in a core's cache."""
EARLY = 16
"""Terms of a claim that stand side by side, so that one look into memory finds them; few claims have more."""
_SHORT = np.iinfo(np.int16).max
_ONES = np.ones(EARLY, np.float32)


class Found(NamedTuple):
    """The claims of a sentence in rising order, with their lexical points."""

    claims: Numbers
    points: Numbers


@dataclass(frozen=True, slots=True)
class Base:
    """Term t has the code `terms[t]` and is a key of the claims `keyed[starts[t]:starts[t + 1]]`, lightest first; claim
    n has the terms `held[rows.starts[n]:rows.starts[n + 1]]`, which weigh `totals[n]` together; the first EARLY of them
    are also `early[n * EARLY:(n + 1) * EARLY]`, filled up with a number that no term has."""

    rows: Rows
    terms: Codes
    weights: Bytes
    starts: Numbers
    keyed: Numbers
    held: Numbers
    totals: Numbers
    early: NDArray[np.int32]

    @classmethod
    def build(cls, listed: Iterable[Row]) -> Base:
        rows, codes = in_columns(listed)
        terms, held = np.unique(codes, return_inverse=True)
        weights = (255 - (terms >> np.uint64(56))).astype(np.uint8)
        owners = np.repeat(np.arange(len(rows)), rows.starts[1:] - rows.starts[:-1])
        before = starts_of(weights[held])
        totals = before[rows.starts[1:]] - before[rows.starts[:-1]]
        remaining = totals[owners] - (before[:-1] - before[rows.starts[owners]])
        is_key = _are_keys(rows, owners, totals, remaining, weights[held])
        keys, claims = held[is_key], owners[is_key]
        order = np.argsort(keys << np.int64(32) | totals[claims], kind="stable")
        starts = starts_of(np.bincount(keys, minlength=len(terms)))
        return cls(rows, terms, weights, starts, claims[order], held, totals, _early(rows, held, owners, len(terms)))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """All of it by name, for a file."""
        return {one.name: getattr(self, one.name) for one in fields(Base)[1:]} | {
            f"rows.{one.name}": getattr(self.rows, one.name) for one in fields(Rows)
        }

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Base:
        rows = Rows(*(arrays[f"rows.{one.name}"] for one in fields(Rows)))
        return cls(rows, *(arrays[one.name] for one in fields(Base)[1:]))

    def listed(self, gone: Flags | None) -> Iterator[Row]:
        """The claims one by one, but for those that are gone."""
        for number in range(len(self.rows)):
            if gone is None or not gone[number]:
                held = self.held[self.rows.starts[number] : self.rows.starts[number + 1]]
                yield Row(self.rows.id_of(number), self.terms[held].tolist(), self.rows.text_of(number))

    def found(self, sentences: Sequence[Sequence[int]], top: int, gone: Flags | None) -> Iterator[Found]:
        """For each of at most AT_ONCE sentences, given as codes, the claims that share a key and enough weight."""
        seen = np.zeros(len(self.rows), np.uint8)
        terms = self._known(sentences)
        # First all of the one, then all of the other: the tables of both do not fit a core's cache together.
        touched = [self._touched(np.uint8(n), known, seen, top, gone) for n, known in enumerate(terms, start=1)]
        for first in range(0, len(terms), SCORED_AT_ONCE):
            some = slice(first, first + SCORED_AT_ONCE)
            yield from self._scored(touched[some], _Said.of(terms[some], self.weights))

    def _known(self, sentences: Sequence[Sequence[int]]) -> list[Numbers]:
        """The terms of each sentence that any claim has."""
        codes = np.fromiter((code for sentence in sentences for code in sentence), np.uint64)
        at = np.searchsorted(self.terms, codes)
        at[at == len(self.terms)] = 0
        is_known = self.terms[at] == codes if len(self.terms) else np.zeros(len(codes), np.bool_)
        starts = starts_of([len(sentence) for sentence in sentences])
        return [at[a:b][is_known[a:b]] for a, b in pairwise(starts.tolist())]

    def _touched(self, stamp: np.uint8, terms: Numbers, seen: Bytes, top: int, gone: Flags | None) -> Numbers:
        """The claims to look at for a sentence; `seen` holds the stamp of the sentence that last met a claim."""
        starts, ends = self.starts[terms].tolist(), self.starts[terms + 1].tolist()
        spans = zip(starts, ends, self.weights[terms].tolist(), strict=True)
        lists = sorted((end - start, start, end, weight) for start, end, weight in spans if end > start)
        touched: list[Numbers] = []
        for place, (_, start, end, weight) in enumerate(lists, start=1):
            claims = self.keyed[start:end]
            touched.append(_lightest(claims, max(top, LOOKED_AT) if weight >= TELLING else top, gone))
            twice = claims[seen[claims] == stamp]
            touched.append(twice if gone is None else twice[~gone[twice]])
            if place < len(lists):
                seen[claims] = stamp
        return _distinct(np.concatenate(touched)) if touched else np.zeros(0, np.int64)

    def _scored(self, touched: Sequence[Numbers], said: _Said) -> Iterator[Found]:
        """For each of some sentences those of its claims that share enough with it, worked out for all at once."""
        claims = np.concatenate(touched)
        sentences = np.repeat(np.arange(len(touched)), [len(listed) for listed in touched])
        shared, totals = self._shared(claims, sentences, said), self.totals[claims]
        kept = np.flatnonzero(all_passing(shared, totals))
        points = all_lexical(shared[kept], totals[kept])
        claims, ends = claims[kept], np.searchsorted(sentences[kept], np.arange(len(touched) + 1)).tolist()
        for begin, end in pairwise(ends):
            yield Found(claims[begin:end], points[begin:end])

    def _shared(self, claims: Numbers, sentences: Numbers, said: _Said) -> Numbers:
        """The weight that each claim shares with the sentence beside it."""
        early = self.early.reshape(-1, EARLY).take(claims, axis=0)
        weights = said.weights_of(early, sentences[:, None])
        shared: Numbers = (weights.astype(np.float32) @ _ONES).astype(np.int64)
        long = np.flatnonzero(early[:, -1] < len(self.terms))
        if len(long):
            shared[long] = self._shared_by_all(claims[long], sentences[long], said)
        return shared

    def _shared_by_all(self, claims: Numbers, sentences: Numbers, said: _Said) -> Numbers:
        starts = self.rows.starts
        counts = starts.take(claims + 1) - starts.take(claims)
        weights = said.weights_of(self.held.take(stretches(starts, claims)), np.repeat(sentences, counts))
        sums: Numbers = np.add.reduceat(weights, np.cumsum(counts) - counts, dtype=np.int64)
        return sums


class _Said(NamedTuple):
    """The terms of some sentences: `places[t]` is that of term t among those that any of them says, 0 of the others;
    `weights[s * width + places[t]]` is what t weighs if sentence s says it, else 0."""

    places: NDArray[Any]
    weights: Bytes
    width: int

    @classmethod
    def of(cls, terms: Sequence[Numbers], weights: Bytes) -> _Said:
        listed = np.concatenate(terms)
        distinct = _distinct(listed.copy())
        width = len(distinct) + 1
        places: NDArray[Any] = np.zeros(len(weights) + 1, np.int16 if width <= _SHORT else np.int32)
        places[distinct] = np.arange(1, width)
        sentences = np.repeat(np.arange(len(terms)), [len(known) for known in terms])
        table = np.zeros(len(terms) * width, np.uint8)
        table[sentences * width + places[listed]] = weights[listed]
        return cls(places, table, width)

    def weights_of(self, terms: NDArray[Any], sentences: Numbers) -> Bytes:
        """What each of some terms weighs in the sentence beside it."""
        found: Bytes = self.weights.take(self.places.take(terms) + sentences * self.width)
        return found


def _early(rows: Rows, held: Numbers, owners: Numbers, none: int) -> NDArray[np.int32]:
    early = np.full(len(rows) * EARLY, none, np.int32)
    places = np.arange(len(owners)) - rows.starts[owners]
    early[(owners * EARLY + places)[places < EARLY]] = held[places < EARLY]
    return early


def _distinct(claims: Numbers) -> Numbers:
    """In rising order, each once: in a third of the time of `np.unique`, which hashes."""
    claims.sort()
    is_new = np.ones(len(claims), np.bool_)
    np.not_equal(claims[1:], claims[:-1], out=is_new[1:])
    return claims[is_new]


def _are_keys(rows: Rows, owners: Numbers, totals: Numbers, remaining: Numbers, weights: Bytes) -> Flags:
    """`index_gate.key_count` for every claim at once: which of the terms held are keys."""
    is_early = np.arange(len(owners)) - rows.starts[owners] < LEAST_KEYS
    heaviest = weights[rows.starts[owners]]
    return is_early | (100 * remaining > (100 - KEYS_HOLD) * totals[owners]) | (heaviest < COMMON)


def _lightest(claims: Numbers, top: int, gone: Flags | None) -> Numbers:
    if gone is None:
        return claims[:top]
    looked = top
    while True:
        kept = claims[:looked][~gone[claims[:looked]]]
        if len(kept) >= top or looked >= len(claims):
            return kept[:top]
        looked *= 4
