"""The machine's index file: written by one process, mapped by all into the same memory.

Its name says up to which event the claims are in it, and that event's hash: a file of another database, or of one
restored from an older backup, is not taken. A file is written under another name and renamed in one step; one lock
file lets a single process write while those that need the file wait.
"""

import fcntl
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from claims.matching import ClaimIndex
from claims.models import Event

_NAME = re.compile(r"claims-(\d{12})-([0-9a-f]{16})\.index")
_KEPT = 2  # the newest, and the one that processes may still be opening


@dataclass(frozen=True)
class BaseFile:
    """An index file with the claims as of event `seq`."""

    path: Path
    seq: int
    hash_start: str

    @classmethod
    def named(cls, path: Path) -> "BaseFile | None":
        found = _NAME.fullmatch(path.name)
        return cls(path, int(found[1]), found[2]) if found else None

    @property
    def is_of_this_database(self) -> bool:
        return Event.objects.filter(seq=self.seq, hash__startswith=self.hash_start).exists()


def folder() -> Path:
    return Path(settings.DATA_DIR) / "index"


def all_files() -> list[BaseFile]:
    """Newest first."""
    found = [base for path in folder().glob("claims-*.index") if (base := BaseFile.named(path))]
    return sorted(found, key=lambda base: base.seq, reverse=True)


def newest() -> BaseFile | None:
    """The newest file that belongs to this database."""
    return next((base for base in all_files() if base.is_of_this_database), None)


def write(index: ClaimIndex, *, seq: int, event_hash: str) -> BaseFile:
    """Write the claims as of an event, and remove files that nobody opens any more. The caller holds the lock."""
    path = folder() / f"claims-{seq:012}-{event_hash[:16]}.index"
    index.save(path)
    for old in all_files()[_KEPT:]:
        discard(old)
    return BaseFile(path, seq, event_hash[:16])


def discard(base: BaseFile) -> None:
    """Remove a file; processes that have it mapped keep what they have."""
    with suppress(FileNotFoundError):
        base.path.unlink()


@contextmanager
def lock(*, wait: bool) -> Iterator[bool]:
    """Whether this process may write; another one's turn is waited for, or not."""
    folder().mkdir(parents=True, exist_ok=True)
    with (folder() / "lock").open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
