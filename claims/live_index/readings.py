"""What the engine asks of claims, kept for those asked for last: a process never holds that of all claims.

A brief is small and tells of most claims offered that they are not meant; of the rest the reading is fetched.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from claims.matching import Brief, Statement
from claims.models import Claim, ClaimWording

READINGS_KEPT = 2_000
"""About 10 KB each."""
BRIEFS_KEPT = 20_000
"""About 1 KB each."""
Value = TypeVar("Value")


@dataclass(frozen=True)
class Reading:
    """What a claim's current wording says, and which wording that is."""

    statement: Statement
    wording_id: int

    @classmethod
    def of(cls, wording: ClaimWording) -> "Reading":
        return cls(Statement.from_json(wording.reading), wording.pk)


def fetched_readings(claim_ids: Collection[int]) -> dict[int, Reading]:
    """One query; claims that are gone are left out."""
    worded = Claim.objects.with_wording().filter(pk__in=claim_ids).exclude(current_wording=None)
    return {claim.pk: Reading.of(claim.wording) for claim in worded}


def fetched_briefs(claim_ids: Collection[int]) -> dict[int, Brief]:
    """One query; claims that are gone are left out. Figures that the text does not write are from an editor's hand."""
    current = ClaimWording.objects.filter(current_of__in=claim_ids).order_by()
    rows = current.values_list("current_of", "text", "terms", "aliases", "corrected_by_hand")
    return {
        claim_id: Brief.of_text(text, tuple(terms or ()), tuple(aliases), unwritten_figures=by_hand)
        for claim_id, text, terms, aliases, by_hand in rows
    }


class Kept(Generic[Value]):
    """Values by primary key of the claim, the last `most` asked for; what is not kept is fetched."""

    def __init__(
        self,
        fetch: Callable[[Collection[int]], Mapping[int, Value]],
        most: int,
        known: Mapping[int, Value] | None = None,
    ) -> None:
        self._fetch, self._most = fetch, most
        self._kept: OrderedDict[int, Value] = OrderedDict(known or {})
        self._lock = threading.Lock()
        self._changes = 0

    def of(self, claim_ids: Collection[int]) -> dict[int, Value]:
        """Those of some claims; what cannot be fetched is left out."""
        with self._lock:
            changes = self._changes
            found = {claim_id: self._kept[claim_id] for claim_id in claim_ids if claim_id in self._kept}
        lacking = [claim_id for claim_id in claim_ids if claim_id not in found]
        if lacking:
            found |= self._fetch(lacking)
        self._keep(found, changes)
        return found

    def forget(self, claim_ids: Iterable[int]) -> None:
        """What is being fetched meanwhile is not kept either."""
        with self._lock:
            self._changes += 1
            for claim_id in claim_ids:
                self._kept.pop(claim_id, None)

    def _keep(self, found: Mapping[int, Value], changes: int) -> None:
        with self._lock:
            if changes != self._changes:
                return
            for claim_id, value in found.items():
                self._kept[claim_id] = value
                self._kept.move_to_end(claim_id)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


class Readings:
    """The briefs and the readings of the claims; `known` are readings at hand."""

    def __init__(self, known: Mapping[int, Reading] | None = None) -> None:
        known = known or {}
        briefs = {claim_id: Brief.of(reading.statement) for claim_id, reading in known.items()}
        self._briefs = Kept(fetched_briefs, BRIEFS_KEPT, briefs)
        self._readings = Kept(fetched_readings, READINGS_KEPT, known)

    def of(self, claim_ids: Collection[int]) -> dict[int, Reading]:
        return self._readings.of(claim_ids)

    def briefs_of(self, claim_ids: Collection[int]) -> dict[int, Brief]:
        return self._briefs.of(claim_ids)

    def forget(self, claim_ids: Collection[int]) -> None:
        self._briefs.forget(claim_ids)
        self._readings.forget(claim_ids)
