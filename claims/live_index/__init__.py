"""The process's view of the open claims.

`current()` is at least as new as the database was when it was called, so that a claim opened before a report
arrived is always met by it. `seq` says up to which event that holds.
"""

import logging
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from django.conf import settings
from django.db import connections

from claims.live_index import base_file
from claims.live_index.follower import Follower, NotReady, indexed_text
from claims.live_index.readings import Reading, Readings
from claims.matching import Brief, ClaimIndex, Statement
from claims.models import Claim

__all__ = [
    "LiveIndex",
    "NotReady",
    "Version",
    "current",
    "current_if_ready",
    "indexed_text",
    "of_one_claim",
    "prepare",
    "version",
    "write_newer_file",
]

logger = logging.getLogger(__name__)
ClaimId = int | str  # the engine takes either; here always the primary key
_LOOK_FOR_FILE_SECONDS = 10.0
_LOOK_AGAIN_SECONDS = 0.2
WAIT_SECONDS = 20.0
"""How long a task waits for a file that is being written; the reports it would have taken wait for the sweep then."""


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


@dataclass(frozen=True)
class Version:
    """What the process's index holds: claims as of event `seq`, `followed` of them changed since its file's event."""

    seq: int
    claims: int
    followed: int
    file_seq: int | None


class _Process:
    """The one follower of a process, and the thread that writes a new file when the old one has fallen behind."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._follower: Follower | None = None
        self._looked = -_LOOK_FOR_FILE_SECONDS
        self._writer: threading.Thread | None = None

    def current(self, wait_seconds: float) -> LiveIndex:
        until = time.monotonic() + wait_seconds
        while True:
            try:
                with self._lock:
                    return self._followed()
            except NotReady:
                if time.monotonic() >= until:
                    raise
            time.sleep(_LOOK_AGAIN_SECONDS)

    def _followed(self) -> LiveIndex:
        try:
            if self._follower is None or not self._follower.is_of_this_database():
                self._follower = _opened()
            else:
                self._follower.follow()
                self._renew(self._follower)
        except NotReady:
            self._follower = None
            if self._is_time_to_look():
                self._write()
            raise
        return LiveIndex(self._follower.seq, self._follower.index, self._follower.readings)

    def version(self) -> Version | None:
        followed = self._follower
        if followed is None:
            return None
        file_seq = followed.base.seq if followed.base else None
        return Version(followed.seq, len(followed.index), followed.followed, file_seq)

    def _renew(self, follower: Follower) -> None:
        """Once much is not in the file: take a newer file if there is one, else have one written."""
        if follower.followed < settings.INDEX_FILE_FROM or not self._is_time_to_look():
            return
        newest = base_file.newest()
        if newest is not None and (follower.base is None or newest.seq > follower.base.seq):
            with suppress(NotReady):
                self._follower = _opened()
        else:
            self._write()

    def _is_time_to_look(self) -> bool:
        now = time.monotonic()
        if now - self._looked < _LOOK_FOR_FILE_SECONDS:
            return False
        self._looked = now
        return True

    def _write(self) -> None:
        """Have a newer file written in a thread, which goes on when the task that needs it has run out of time."""
        if self._writer is None or not self._writer.is_alive():
            self._writer = threading.Thread(target=_write_in_thread, name="index file", daemon=True)
            self._writer.start()


def _opened() -> Follower:
    follower = Follower()
    follower.open()
    return follower


def write_newer_file() -> bool:
    """Write a file with what has changed since the last one; False while another process does."""
    with base_file.lock(wait=False) as mine:
        if mine:
            Follower().write_file()
        return mine


def prepare() -> None:
    """Have a file written where a large newsroom's machine needs one, and wait for it: before any work is taken."""
    with _told_of_failure(), base_file.lock(wait=True):
        try:
            Follower().open()
        except NotReady:
            logger.info("writing the index file")
            Follower().write_file()


def _write_in_thread() -> None:
    try:
        with _told_of_failure():
            write_newer_file()
    finally:
        connections.close_all()


@contextmanager
def _told_of_failure() -> Iterator[None]:
    """Whoever needs the file tries again."""
    try:
        yield
    except OSError as error:
        logger.warning("the index file was not written: %s", error)


_process = _Process()


def current() -> LiveIndex:
    """The open claims as of now. Two queries when nothing has changed.

    Waits a while for a file that is being written; then raises NotReady.
    """
    return _process.current(WAIT_SECONDS)


def current_if_ready() -> LiveIndex | None:
    """The open claims as of now; None while the file they are to be read from is being written."""
    try:
        return _process.current(0)
    except NotReady:
        return None


def version() -> Version | None:
    """What this process's index holds; None before it is first asked for."""
    return _process.version()


def of_one_claim(claim: Claim) -> LiveIndex:
    """An index that holds a single claim, for its look-back."""
    index = ClaimIndex.build([(claim.pk, indexed_text(claim.wording))])
    return LiveIndex(0, index, Readings({claim.pk: Reading.of(claim.wording)}))
