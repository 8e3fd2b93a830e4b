"""The process's view of the open claims.

`current()` is at least as new as the database was when it was called, so that a claim opened before a report
arrived is always met by it. `seq` says up to which event that holds.
"""

from claims.live_index.follower import NotReady, indexed_text
from claims.live_index.process import Process, Version, prepare, write_newer_file
from claims.live_index.trouble import of_lately as last_troubles
from claims.live_index.view import LiveIndex, of_one_claim

__all__ = [
    "LiveIndex",
    "NotReady",
    "Version",
    "current",
    "current_if_ready",
    "indexed_text",
    "last_troubles",
    "of_one_claim",
    "prepare",
    "version",
    "write_newer_file",
]

WAIT_SECONDS = 20.0
"""How long a task waits for a file that is being written; the reports it would have taken wait for the sweep then."""

_process = Process()


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
