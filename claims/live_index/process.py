"""The one follower of a process, and the machine's index file: who writes it, when, and who waits for it."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from django.conf import settings
from django.db import connections

from claims.live_index import base_file, trouble
from claims.live_index.follower import Follower, NotReady
from claims.live_index.view import LiveIndex

logger = logging.getLogger(__name__)
_LOOK_FOR_FILE_SECONDS = 10.0
_LOOK_AGAIN_SECONDS = 0.2


@dataclass(frozen=True)
class Version:
    """What the process's index holds: claims as of event `seq`, `followed` of them changed since its file's event."""

    seq: int
    claims: int
    followed: int
    file_seq: int | None


class Process:
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
            _write_file()
        return mine


def _write_file() -> None:
    Follower().write_file()
    trouble.over()


def prepare() -> None:
    """Have a file written where a large newsroom's machine needs one, and wait for it: before any work is taken."""
    with _told_of_failure(), base_file.lock(wait=True):
        try:
            Follower().open()
        except NotReady:
            logger.info("writing the index file")
            _write_file()


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
        trouble.keep(error)
