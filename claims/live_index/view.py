"""The open claims as the engine is given them: which there are, and of those it asks for what they say."""

from collections.abc import Iterable, Mapping

from claims.live_index.follower import indexed_text
from claims.live_index.readings import Reading, Readings
from claims.matching import Brief, ClaimIndex, Statement
from claims.models import Claim

ClaimId = int | str  # the engine takes either; here always the primary key


class LiveIndex:
    """The open claims by primary key, as of event `seq`; but for those left `out` as they have changed since."""

    def __init__(self, seq: int, index: ClaimIndex, readings: Readings, out: frozenset[ClaimId] = frozenset()) -> None:
        self.seq = seq
        self.index = index
        self._readings = readings
        self._out = out

    def __contains__(self, claim_id: ClaimId) -> bool:
        return claim_id in self.index and claim_id not in self._out

    def without(self, claim_ids: Iterable[ClaimId]) -> "LiveIndex":
        """The same, but that some claims are not among these any more; what the engine is asked is as before."""
        return LiveIndex(self.seq, self.index, self._readings, self._out.union(claim_ids))

    def briefs(self, claim_ids: Iterable[ClaimId]) -> Mapping[ClaimId, Brief]:
        """What tells of some claims whether a sentence is worth reading for them; one query, as for statements."""
        wanted = {int(claim_id) for claim_id in claim_ids}
        found = self._readings.briefs_of(wanted)
        return {claim_id: found[claim_id] for claim_id in wanted if claim_id in found}

    def statements(self, claim_ids: Iterable[ClaimId]) -> Mapping[ClaimId, Statement]:
        """The statements of some claims; one query for those not asked for lately."""
        found = self._readings.of({int(claim_id) for claim_id in claim_ids})
        return {claim_id: reading.statement for claim_id, reading in found.items()}

    def wording_of(self, claim_id: ClaimId) -> int:
        """The primary key of the wording that a claim's statement comes from."""
        return self._readings.of({int(claim_id)})[int(claim_id)].wording_id


def of_one_claim(claim: Claim) -> LiveIndex:
    """An index that holds a single claim, for its look-back."""
    index = ClaimIndex.build([(claim.pk, indexed_text(claim.wording))])
    return LiveIndex(0, index, Readings({claim.pk: Reading.of(claim.wording)}))
