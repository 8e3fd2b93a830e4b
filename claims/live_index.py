"""The process's view of the open claims: built once, then following the claims' events.

`current()` is at least as new as the database was when it was called, so that a claim opened before a report
arrived is always met by it. `seq` says up to which event that holds.
"""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from claims.matching import ClaimIndex, Statement
from claims.models import CLAIM_FEED, Claim, ClaimWording, Event

ClaimId = int | str  # the engine takes either; here always the primary key


@dataclass(frozen=True)
class LiveIndex:
    """Open claims by primary key: the engine's index, their readings and which wording each comes from."""

    seq: int
    index: ClaimIndex
    statements: Mapping[ClaimId, Statement]
    wordings: Mapping[ClaimId, int]


class _Follower:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.seq = 0
        self.hash = ""
        self.index: ClaimIndex | None = None
        self.statements: dict[ClaimId, Statement] = {}
        self.wordings: dict[ClaimId, int] = {}

    def current(self) -> LiveIndex:
        with self.lock:
            if self.index is None or not self._is_of_this_database():
                self._build()
            else:
                self._follow()
            assert self.index is not None
            return LiveIndex(self.seq, self.index, dict(self.statements), dict(self.wordings))

    def _is_of_this_database(self) -> bool:
        """False after a restored backup or an emptied test database: then the events followed are not these."""
        return self.seq == 0 or Event.objects.filter(seq=self.seq, hash=self.hash).exists()

    def _build(self) -> None:
        self._remember(Event.objects.filter(kind__in=CLAIM_FEED).order_by("-seq").first())
        claims = list(Claim.objects.open().with_wording())
        self.index = ClaimIndex.build((claim.pk, indexed_text(claim.wording)) for claim in claims)
        self.statements = {claim.pk: Statement.from_json(claim.wording.reading) for claim in claims}
        self.wordings = {claim.pk: claim.wording.pk for claim in claims}

    def _follow(self) -> None:
        events = list(Event.objects.filter(kind__in=CLAIM_FEED, seq__gt=self.seq).order_by("seq"))
        if events:
            self._reload({event.object_id for event in events})
            self._remember(events[-1])

    def _remember(self, event: Event | None) -> None:
        self.seq, self.hash = (event.seq, event.hash) if event else (0, "")

    def _reload(self, public_ids: Iterable[str]) -> None:
        assert self.index is not None
        for claim in Claim.objects.with_wording().filter(public_id__in=list(public_ids)):
            if self.statements.pop(claim.pk, None) is not None:
                self.index.remove(claim.pk)
            if claim.status == "open":
                self.index.add(claim.pk, indexed_text(claim.wording))
                self.statements[claim.pk] = Statement.from_json(claim.wording.reading)
                self.wordings[claim.pk] = claim.wording.pk


_follower = _Follower()


def current() -> LiveIndex:
    """The open claims as of now. Two queries when nothing has changed."""
    return _follower.current()


def of_one_claim(claim: Claim) -> LiveIndex:
    """An index that holds a single claim, for its look-back."""
    wording = claim.wording
    index = ClaimIndex.build([(claim.pk, indexed_text(wording))])
    return LiveIndex(0, index, {claim.pk: Statement.from_json(wording.reading)}, {claim.pk: wording.pk})


def indexed_text(wording: ClaimWording) -> str:
    return "\n".join([wording.text, *wording.aliases])
