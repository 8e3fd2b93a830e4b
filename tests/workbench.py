"""The whole workbench as `make run` starts it, on a data folder and a port of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.processes import descendants, running, wait_until

READY = "The workbench is at"
START_SECONDS = 120


@dataclass(frozen=True)
class Workbench:
    process: subprocess.Popen[bytes]
    url: str
    data: Path
    output: Path

    @property
    def supervisor(self) -> int:
        return next(pid for pid, command in descendants(self.process.pid).items() if "supervisord" in command)

    def program(self, mark: str) -> int | None:
        """The process that the supervisor runs and whose command line contains `mark`; None while it is down."""
        running_now = descendants(self.supervisor).items()
        return next((pid for pid, command in running_now if mark in command and os.getpgid(pid) == pid), None)

    @property
    def token(self) -> str:
        """The demonstration client's API token, as printed."""
        found = re.search(r"API token\s+(\S+)", self.output.read_text())
        assert found
        return found[1]


@contextmanager
def workbench(data: Path, *, port: int | None = None, **environment: str) -> Iterator[Workbench]:
    """Start it, wait until it says where it is, and stop it as Ctrl-C would."""
    port = port or free_port()
    data.mkdir(parents=True, exist_ok=True)
    output = data / "output.txt"
    output.write_text("")
    command = [sys.executable, "-m", "factcheck.embedded"]
    env = embedded_environment(data, PORT=str(port), **environment)
    with running(command, log=output, env=env, stop_signal=signal.SIGINT, stop_seconds=90) as process:
        wait_until(lambda: _has_started(process, output), seconds=START_SECONDS, what=f"the workbench starts: {output}")
        yield Workbench(process, f"http://127.0.0.1:{port}", data, output)


def embedded_environment(data: Path, **more: str) -> Mapping[str, str]:
    """This process's environment without what the test settings have put into it."""
    of_tests = {"DATABASE_URL", "BROKER_URL", "DJANGO_SETTINGS_MODULE", "HTTPS", "DEBUG"}
    kept = {name: value for name, value in os.environ.items() if name not in of_tests}
    return kept | {"DATA_DIR": str(data)} | more


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _has_started(process: subprocess.Popen[bytes], output: Path) -> bool:
    assert process.poll() is None, f"the workbench has ended: {output.read_text()}"
    return READY in output.read_text()
