"""`make test`: the suite on SQLite, and beside it on PostgreSQL what touches the database. Arguments go to pytest.

What the second run says is shown when the first has ended. It takes a third as long: real processes and browsers, which
come last in the first, have the machine for themselves.
"""

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from subprocess import STDOUT, Popen
from tempfile import TemporaryFile
from typing import Any

from tests.machine import postgres_programs
from tests.servers import postgres_answers, private_postgres

WITHOUT_DJANGO_DATABASE = ("matching", "system", "browser", "benchmarks")
NO_TESTS_COLLECTED = 5


def main(arguments: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))  # so that the private server is ended
    ignored = [f"--ignore=tests/{folder}" for folder in WITHOUT_DJANGO_DATABASE]
    with _postgres() as url, TemporaryFile() as said, ExitStack() as started:
        beside = None
        if url:
            given = [*ignored, *arguments]
            beside = started.enter_context(_pytest(given, {"TEST_DATABASE_URL": url}, stdout=said, stderr=STDOUT))
        print("\n=== The suite on SQLite ===", flush=True)
        outcomes = {"SQLite": _outcome(started.enter_context(_pytest(arguments, {})), arguments)}
        outcomes["PostgreSQL"] = _outcome(beside, arguments) if beside else _without_postgres()
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


@contextmanager
def _pytest(arguments: list[str], environment: dict[str, str], **output: Any) -> Iterator[Popen[bytes]]:
    """Running; ended if whoever started it has to end."""
    process = Popen([sys.executable, "-m", "pytest", *arguments], env=os.environ | environment, **output)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(30)


def _outcome(process: Popen[bytes], arguments: list[str]) -> str:
    status = process.wait()
    return "passed" if status == 0 or (status == NO_TESTS_COLLECTED and arguments) else "FAILED"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
