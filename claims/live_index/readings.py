"""The readings of the claims asked for last: a process never holds those of all claims."""

import threading
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from claims.matching import Statement
from claims.models import Claim, ClaimWording

READINGS_KEPT = 5_000
"""About 10 KB each."""


@dataclass(frozen=True)
class Reading:
    """What a claim's current wording says, and which wording that is."""

    statement: Statement
    wording_id: int

    @classmethod
    def of(cls, wording: ClaimWording) -> "Reading":
        return cls(Statement.from_json(wording.reading), wording.pk)


class Readings:
    """By primary key of the claim; what is not kept is fetched."""

    def __init__(self, kept: Mapping[int, Reading] | None = None) -> None:
        self._kept: OrderedDict[int, Reading] = OrderedDict(kept or {})
        self._lock = threading.Lock()
        self._changes = 0

    def of(self, claim_ids: Collection[int]) -> dict[int, Reading]:
        """The readings of some claims, one query for those not kept; claims that are gone are left out."""
        with self._lock:
            changes = self._changes
            found = {claim_id: self._kept[claim_id] for claim_id in claim_ids if claim_id in self._kept}
        lacking = [claim_id for claim_id in claim_ids if claim_id not in found]
        if lacking:
            worded = Claim.objects.with_wording().filter(pk__in=lacking).exclude(current_wording=None)
            found |= {claim.pk: Reading.of(claim.wording) for claim in worded}
        self._keep(found, changes)
        return found

    def forget(self, claim_ids: Iterable[int]) -> None:
        """What is being fetched meanwhile is not kept either."""
        with self._lock:
            self._changes += 1
            for claim_id in claim_ids:
                self._kept.pop(claim_id, None)

    def _keep(self, found: Mapping[int, Reading], changes: int) -> None:
        with self._lock:
            if changes != self._changes:
                return
            for claim_id, reading in found.items():
                self._kept[claim_id] = reading
                self._kept.move_to_end(claim_id)
            while len(self._kept) > READINGS_KEPT:
                self._kept.popitem(last=False)
