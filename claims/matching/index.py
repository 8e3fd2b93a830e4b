"""Which claims a sentence may bear on: shared terms find candidates, string similarity helps to order them.

Whether a claim is a candidate of a sentence, and its score, depend on the two alone, not on the other claims; `top` is
a safety cap (also on how many claims are looked at that share a single key with a sentence). An index is an immutable
base, which processes share by mapping one file, and what has been added and removed since.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np

from claims.matching import index_file
from claims.matching.index_base import AT_ONCE, Base, Flags, Found
from claims.matching.index_delta import Delta
from claims.matching.index_gate import LIKENESS_FROM, lexical, liftable, points_for, score
from claims.matching.index_gate import version as gate_version
from claims.matching.index_rows import Numbers, Row, place_of
from claims.matching.index_terms import codes
from claims.matching.index_terms import version as terms_version
from claims.matching.outcomes import Candidate, ClaimId
from claims.matching.similarity import masked

_EMPTY = Base.build(())


class _Proposal(NamedTuple):
    """A claim that may be among the best of a sentence; its text only where likeness counts."""

    claim_id: ClaimId
    points: int
    text: str = ""


class ClaimIndex:
    """The terms of the claims a newsroom follows; a claim's text here is its text, its aliases and its title."""

    def __init__(self, base: Base = _EMPTY) -> None:
        self.base = base
        self._gone: Flags | None = None
        self._delta = Delta()

    @classmethod
    def build(cls, pairs: Iterable[tuple[ClaimId, str]]) -> ClaimIndex:
        """An index of some claims; of two with one id the later counts."""
        return cls(Base.build(Row.of(claim_id, text) for claim_id, text in pairs))

    def copy(self) -> ClaimIndex:
        """Another index of the same claims, which shares the base: what is added to one is not in the other."""
        copied = ClaimIndex(self.base)
        copied._gone = None if self._gone is None else self._gone.copy()
        copied._delta = self._delta.copy()
        return copied

    def __len__(self) -> int:
        return len(self.base.rows) - self.removed + self.added

    def __contains__(self, claim_id: ClaimId) -> bool:
        return claim_id in self._delta.rows or self._in_base(claim_id) is not None

    @property
    def added(self) -> int:
        """Claims that are not in the base; with `removed`, what says that it is time to save and load anew."""
        return len(self._delta.rows)

    @property
    def removed(self) -> int:
        """Claims of the base that are gone or have another text now."""
        return 0 if self._gone is None else int(self._gone.sum())

    def _in_base(self, claim_id: ClaimId) -> int | None:
        number = self.base.rows.number_of(claim_id)
        return None if number is None or (self._gone is not None and self._gone[number]) else number

    def add(self, claim_id: ClaimId, text: str) -> None:
        """Adds a claim, or replaces its text."""
        self.remove(claim_id)
        self._delta.add(Row.of(claim_id, text))

    def remove(self, claim_id: ClaimId) -> None:
        """Removes a claim; one that is not there is no error."""
        if self._delta.remove(claim_id):
            return
        number = self._in_base(claim_id)
        if number is not None:
            if self._gone is None:
                self._gone = np.zeros(len(self.base.rows), np.bool_)
            self._gone[number] = True

    def save(self, path: str | Path) -> None:
        """Writes the index as one file, replacing what is there in one step; its delta becomes part of the base."""
        base = self.base
        if self.added or self.removed:
            base = Base.build(chain(self.base.listed(self._gone), self._delta.rows.values()))
        index_file.write(Path(path), _version(), base.arrays())

    @classmethod
    def load(cls, path: str | Path) -> ClaimIndex:
        """Maps a saved index; raises ReadingError for a file of another format or version, or one cut short."""
        return cls(Base.of_arrays(index_file.read(Path(path), _version())))

    def candidates(
        self,
        sentences: Sequence[str],
        *,
        top: int = 20,
        least: float = 0.0,
        most: int | None = None,
        said: Sequence[Sequence[int]] | None = None,
    ) -> list[Candidate]:
        """The best `top` claims of each sentence that share enough terms with it, best first; none under `least`.

        With `most`, those of all sentences that are surely behind so many others may be left out. `said` are the
        sentences' `index_terms.codes`, where they are known.
        """
        said = said or [codes(text) for text in sentences]
        stored = [
            found
            for first in range(0, len(said), AT_ONCE)
            for found in self._of_base(said[first : first + AT_ONCE], top, points_for(least))
        ]
        floor = _overall([found.points[:top] for found in stored], most)
        listed: list[Candidate] = []
        for number, found in enumerate(stored):
            added = list(self._delta.shared(said[number])) if self._delta.rows else []
            if added or (len(found.points) and found.points[0] >= LIKENESS_FROM):
                listed += _best(number, sentences[number], self._proposed(found, added), top, least)
            else:
                listed += self._in_order(number, found, floor, least)
        return listed

    def _in_order(self, number: int, found: Found, floor: int, least: float) -> list[Candidate]:
        """The claims of the base for a sentence, where likeness cannot change their order."""
        kept = int(np.count_nonzero(found.points >= floor))
        listed = zip(self.base.rows.ids_of(found.claims[:kept]), found.points[:kept].tolist(), strict=True)
        return [Candidate(claim_id, number, rank) for claim_id, points in listed if (rank := score(points)) >= least]

    def _proposed(self, found: Found, added: Iterable[tuple[Row, int, int]]) -> list[_Proposal]:
        rows = self.base.rows
        claims, points = found.claims.tolist(), found.points.tolist()
        likely = bisect_right(points, -LIKENESS_FROM, key=lambda one: -one)
        texts = [rows.text_of(claim) for claim in claims[:likely]] + [""] * (len(claims) - likely)
        listed = list(map(_Proposal, rows.ids_of(found.claims), points, texts))
        return listed + [_Proposal(row.id, lexical(shared, total), row.text) for row, shared, total in added]

    def _of_base(self, sentences: Sequence[Sequence[int]], top: int, floor: int) -> Iterator[Found]:
        """For each sentence the claims of the base that may be among its best, by falling lexical points."""
        for claims, points in self.base.found(sentences, top, self._gone):
            reach = np.flatnonzero(points >= _reach(points, top, floor))
            order = reach[np.argsort(-points[reach], kind="stable")]
            order = order if len(order) <= top or points[order[0]] >= LIKENESS_FROM else order[:top]
            yield Found(claims[order], points[order])


def _overall(best: Sequence[Numbers], most: int | None) -> int:
    """The lexical points that `most` pairs reach, given those of each sentence's best: no score is lower than them."""
    if most is None or sum(map(len, best)) <= most:
        return 0
    points = np.concatenate(best)
    return int(np.partition(points, len(points) - most)[len(points) - most])


def _reach(points: Numbers, top: int, floor: int) -> int:
    """The lexical points from which a claim may be among the best `top` of a sentence."""
    last = int(np.partition(points, len(points) - top)[len(points) - top]) if len(points) > top else 0
    return max(liftable(last), floor)


def _best(number: int, sentence: str, proposals: list[_Proposal], top: int, least: float) -> list[Candidate]:
    text = masked(sentence) if any(one.text for one in proposals) else ""
    scored = [(-score(points, text and claim, text), place_of(claim_id)) for claim_id, points, claim in proposals]
    scored.sort()
    return [Candidate(claim_id, number, -rank) for rank, (_, claim_id) in scored[:top] if -rank >= least]


def _version() -> dict[str, str]:
    return {"terms": terms_version(), "gate": gate_version()}
