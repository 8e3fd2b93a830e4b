"""The claims of an index as columns: ids, terms and texts one after another, in the order of their ids."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from claims.matching.index_terms import codes
from claims.matching.outcomes import ClaimId
from claims.matching.similarity import masked
from claims.matching.wire import refuse

Numbers = NDArray[np.int64]
Codes = NDArray[np.uint64]
Bytes = NDArray[np.uint8]


_LARGEST = 2**63


class Row(NamedTuple):
    """A claim as the index knows it: its terms from the rarest to the commonest, its masked text."""

    id: ClaimId
    codes: Sequence[int]
    text: str

    @classmethod
    def of(cls, claim_id: ClaimId, text: str) -> Row:
        """Raises ReadingError for a number that has no place in 64 bits."""
        if not isinstance(claim_id, str) and abs(claim_id) >= _LARGEST:
            raise refuse("id", claim_id, "a string or a whole number below 2 ** 63")
        return cls(claim_id, codes(text), masked(text))


def place_of(claim_id: ClaimId) -> tuple[bool, ClaimId]:
    """Sorts ids: numbers first, then names."""
    return isinstance(claim_id, str), claim_id


def starts_of(counts: Iterable[int] | NDArray[Any]) -> Numbers:
    """Where each of some stretches begins, and where the last ends."""
    listed = np.asarray(counts if isinstance(counts, np.ndarray) else list(counts), dtype=np.int64)
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(listed)))


def stretches(starts: Numbers, chosen: Numbers) -> Numbers:
    """The positions of some stretches, one after another."""
    begins = starts.take(chosen)
    counts = starts.take(chosen + 1) - begins
    ends = np.cumsum(counts)
    places: Numbers = np.arange(ends[-1] if len(ends) else 0)
    places += np.repeat(begins - ends + counts, counts)
    return places


@dataclass(frozen=True, slots=True)
class Rows:
    """Claim number n has the id `numbers[n]` or, behind the last of these, a name; its terms stand from `starts[n]` to
    `starts[n + 1]` in a column that is kept elsewhere."""

    numbers: Numbers
    name_starts: Numbers
    names: Bytes
    starts: Numbers
    text_starts: Numbers
    texts: Bytes

    def __len__(self) -> int:
        return len(self.starts) - 1

    def id_of(self, number: int) -> ClaimId:
        if number < len(self.numbers):
            return int(self.numbers[number])
        place = number - len(self.numbers)
        return _text(self.names[self.name_starts[place] : self.name_starts[place + 1]].tobytes())

    def ids_of(self, claims: Numbers) -> list[ClaimId]:
        if len(self.numbers) == len(self):
            return list(self.numbers[claims].tolist())
        return [self.id_of(claim) for claim in claims.tolist()]

    def number_of(self, claim_id: ClaimId) -> int | None:
        """Where a claim is; None if it is not there."""
        first, after = (len(self.numbers), len(self)) if isinstance(claim_id, str) else (0, len(self.numbers))
        at = bisect_left(range(len(self)), place_of(claim_id), first, after, key=lambda n: place_of(self.id_of(n)))
        return at if at < after and self.id_of(at) == claim_id else None

    def text_of(self, number: int) -> str:
        return _text(self.texts[self.text_starts[number] : self.text_starts[number + 1]].tobytes())


def in_columns(listed: Iterable[Row]) -> tuple[Rows, Codes]:
    """Some claims in the order of their ids, and their terms; of two claims with one id the later counts."""
    ids: list[ClaimId] = []
    texts: list[bytes] = []
    found, counts = array("Q"), array("q")
    for row in listed:
        ids.append(row.id)
        found.extend(row.codes)
        counts.append(len(row.codes))
        texts.append(_bytes(row.text))
    order = _order(ids)
    numbers = [ids[number] for number in order if not isinstance(ids[number], str)]
    names = [_bytes(str(ids[number])) for number in order[len(numbers) :]]
    starts = starts_of(np.frombuffer(counts, np.int64))
    ordered = [texts[number] for number in order]
    rows = Rows(
        np.array(numbers, dtype=np.int64),
        starts_of([len(name) for name in names]),
        np.frombuffer(b"".join(names), np.uint8),
        starts_of((starts[1:] - starts[:-1])[order]),
        starts_of([len(text) for text in ordered]),
        np.frombuffer(b"".join(ordered), np.uint8),
    )
    return rows, np.frombuffer(found, np.uint64)[stretches(starts, order)]


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(written: bytes) -> str:
    return written.decode("utf-8", "surrogatepass")


def _order(ids: list[ClaimId]) -> Numbers:
    last = {claim_id: number for number, claim_id in enumerate(ids)}
    return np.array([last[claim_id] for claim_id in sorted(last, key=place_of)], dtype=np.int64)
