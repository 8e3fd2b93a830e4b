"""`make test`: the suite on SQLite, then on PostgreSQL what touches the database. Arguments go to pytest."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.machine import postgres_programs
from tests.servers import postgres_answers, private_postgres

WITHOUT_DJANGO_DATABASE = ("matching", "system", "browser", "benchmarks")
NO_TESTS_COLLECTED = 5


def main(arguments: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))  # so that the private server is ended
    outcomes = {"SQLite": _pytest("SQLite", arguments, {})}
    with _postgres() as url:
        if url:
            ignored = [f"--ignore=tests/{folder}" for folder in WITHOUT_DJANGO_DATABASE]
            outcomes["PostgreSQL"] = _pytest("PostgreSQL", [*ignored, *arguments], {"TEST_DATABASE_URL": url})
        else:
            outcomes["PostgreSQL"] = _without_postgres()
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


def _pytest(name: str, arguments: list[str], environment: dict[str, str]) -> str:
    print(f"\n=== The suite on {name} ===", flush=True)
    started = time.monotonic()
    command = [sys.executable, "-m", "pytest", *arguments]
    status = subprocess.run(command, check=False, env=os.environ | environment).returncode
    passed = status == 0 or (status == NO_TESTS_COLLECTED and bool(arguments))
    return f"{'passed' if passed else 'FAILED'} in {time.monotonic() - started:.0f} s"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
