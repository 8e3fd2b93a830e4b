"""The whole workbench as `make run` starts it, on a data folder and a port of its own."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.processes import descendants, running, wait_until

READY = "The workbench is at"
START_SECONDS = 120
PROGRAMS = {"redis": "redis-server", "web": "gunicorn", "worker": "worker --concurrency", "beat": "factcheck beat"}


@dataclass(frozen=True)
class Workbench:
    process: subprocess.Popen[bytes]
    url: str
    data: Path
    output: Path

    @property
    def token(self) -> str:
        """The demonstration client's API token, as printed."""
        found = re.search(r"API token\s+(\S+)", self.output.read_text())
        assert found
        return found[1]

    @property
    def supervisor(self) -> int:
        return next(pid for pid, command in descendants(self.process.pid).items() if "supervisord" in command)

    def pid(self, name: str) -> int | None:
        return supervised(self.supervisor, name)

    def signal(self, name: str, number: signal.Signals) -> None:
        """Send a signal to a program and all its processes."""
        os.killpg(wait_until(lambda: self.pid(name), seconds=20, what=f"{name} runs"), number)

    def revive(self, name: str) -> None:
        """Nothing to do: the supervisor starts again what was killed."""
        wait_until(lambda: self.pid(name), seconds=20, what=f"{name} runs again")

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.data / "workbench.sqlite3", timeout=20)) as database:
            return database.execute(sql).fetchall()


def supervised(supervisor: int, name: str) -> int | None:
    """The leading process of one of PROGRAMS; None while it is down."""
    running_now = descendants(supervisor).items()
    return next((pid for pid, command in running_now if PROGRAMS[name] in command and _leads_a_group(pid)), None)


@contextmanager
def workbench(data: Path, *, port: int | None = None, **environment: str) -> Iterator[Workbench]:
    """Start it, wait until it says where it is, and stop it as Ctrl-C would."""
    port = port or free_port()
    data.mkdir(parents=True, exist_ok=True)
    output = data / "output.txt"
    output.write_text("")
    command = [sys.executable, "-m", "factcheck.embedded"]
    env = clean_environment(DATA_DIR=str(data), PORT=str(port), **environment)
    with running(command, log=output, env=env, stop_signal=signal.SIGINT, stop_seconds=90) as process:
        wait_until(lambda: _has_started(process, output), seconds=START_SECONDS, what=f"the workbench starts: {output}")
        yield Workbench(process, f"http://127.0.0.1:{port}", data, output)


def clean_environment(**more: str) -> Mapping[str, str]:
    """This process's environment without what the test settings have put into it."""
    of_tests = {"DATABASE_URL", "BROKER_URL", "DATA_DIR", "DJANGO_SETTINGS_MODULE", "HTTPS", "DEBUG"}
    return {name: value for name, value in os.environ.items() if name not in of_tests} | more


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _leads_a_group(pid: int) -> bool:
    try:
        return os.getpgid(pid) == pid
    except ProcessLookupError:
        return False


def _has_started(process: subprocess.Popen[bytes], output: Path) -> bool:
    assert process.poll() is None, f"the workbench has ended: {output.read_text()}"
    return READY in output.read_text()
