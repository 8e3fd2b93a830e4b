"""The part of a claim index that changes: the few claims added since its base was written, in plain dictionaries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.matching.index_gate import key_count, passes
from claims.matching.index_rows import Row
from claims.matching.index_terms import weight_in
from claims.matching.outcomes import ClaimId

_NO_CLAIMS: frozenset[ClaimId] = frozenset()


class Delta:
    """Claims by id, and by each of their keys. What the dictionaries hold is never changed: copies share it."""

    def __init__(self) -> None:
        self.rows: dict[ClaimId, Row] = {}
        self._held: dict[ClaimId, tuple[frozenset[int], int]] = {}
        """The terms of each claim, and what they weigh together."""
        self._keyed: dict[int, frozenset[ClaimId]] = {}

    def copy(self) -> Delta:
        """Another delta of the same claims."""
        copied = Delta()
        copied.rows, copied._held, copied._keyed = dict(self.rows), dict(self._held), dict(self._keyed)
        return copied

    def add(self, row: Row) -> None:
        """Adds a claim whose id is not there."""
        self.rows[row.id] = row
        self._held[row.id] = frozenset(row.codes), sum(map(weight_in, row.codes))
        for code in _keys(row):
            self._keyed[code] = self._keyed.get(code, _NO_CLAIMS) | {row.id}

    def remove(self, claim_id: ClaimId) -> bool:
        """Removes a claim; False if it is not there."""
        row = self.rows.pop(claim_id, None)
        if row is None:
            return False
        del self._held[claim_id]
        for code in _keys(row):
            others = self._keyed.pop(code) - {claim_id}
            if others:
                self._keyed[code] = others
        return True

    def shared(self, sentence: Sequence[int]) -> Iterator[tuple[Row, int, int]]:
        """The claims that share a key and enough weight with a sentence; with that weight, and the weight they hold."""
        said = frozenset(sentence)
        for claim_id in {claim_id for code in sentence for claim_id in self._keyed.get(code, _NO_CLAIMS)}:
            held, total = self._held[claim_id]
            shared = sum(map(weight_in, said & held))
            if passes(shared, total):
                yield self.rows[claim_id], shared, total


def _keys(row: Row) -> Sequence[int]:
    return row.codes[: key_count([weight_in(code) for code in row.codes])]
