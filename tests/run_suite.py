"""`make test`: the suite on SQLite, and beside it on PostgreSQL what touches the database. Arguments go to pytest.

What the second run says is shown when the first has ended. It takes a third as long: real processes and browsers, which
come last in the first, have the machine for themselves.
"""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import IO

from tests.machine import postgres_programs
from tests.servers import postgres_answers, private_postgres

WITHOUT_DJANGO_DATABASE = ("matching", "system", "browser", "benchmarks")
NO_TESTS_COLLECTED = 5


def main(arguments: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))  # so that the private server is ended
    ignored = [f"--ignore=tests/{folder}" for folder in WITHOUT_DJANGO_DATABASE]
    with _postgres() as url, TemporaryFile() as said:
        beside = _Run([*ignored, *arguments], {"TEST_DATABASE_URL": url}, output=said) if url else None
        try:
            print("\n=== The suite on SQLite ===", flush=True)
            outcomes = {"SQLite": _Run(arguments, {}).outcome()}
            outcomes["PostgreSQL"] = beside.outcome() if beside else _without_postgres()
        finally:
            if beside:
                beside.end()
        print("\n=== The suite on PostgreSQL ===", flush=True)
        said.seek(0)
        shutil.copyfileobj(said, sys.stdout.buffer)
    print("\n" + "\n".join(f"{name}: {outcome}" for name, outcome in outcomes.items()), flush=True)
    return int(any(outcome.startswith("FAILED") for outcome in outcomes.values()))


@contextmanager
def _postgres() -> Iterator[str | None]:
    """TEST_POSTGRES_URL, else a server of our own in a temporary folder, else None."""
    url = os.environ.get("TEST_POSTGRES_URL")
    programs = postgres_programs()
    if url:
        yield url if postgres_answers(url) else None
    elif programs:
        with private_postgres(programs) as own:
            yield own.url
    else:
        yield None


def _without_postgres() -> str:
    if url := os.environ.get("TEST_POSTGRES_URL"):
        return f"FAILED: no server answers at TEST_POSTGRES_URL={url}"
    missing = "PostgreSQL is not installed: apt-get install postgresql, or set TEST_POSTGRES_URL"
    return f"FAILED: {missing}" if os.environ.get("CI") == "true" else f"skipped: {missing}"


class _Run:
    """One pytest process."""

    def __init__(self, arguments: list[str], environment: dict[str, str], output: IO[bytes] | None = None) -> None:
        self._started, self._may_be_empty = time.monotonic(), bool(arguments)
        command = [sys.executable, "-m", "pytest", *arguments]
        both = subprocess.STDOUT if output else None
        self._process = subprocess.Popen(command, env=os.environ | environment, stdout=output, stderr=both)
        self._took: float | None = None
        threading.Thread(target=self._time, daemon=True).start()

    def outcome(self) -> str:
        status = self._process.wait()
        took = self._took or time.monotonic() - self._started
        passed = status == 0 or (status == NO_TESTS_COLLECTED and self._may_be_empty)
        return f"{'passed' if passed else 'FAILED'} in {took:.0f} s"

    def end(self) -> None:
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait(30)

    def _time(self) -> None:
        self._process.wait()
        self._took = time.monotonic() - self._started


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
