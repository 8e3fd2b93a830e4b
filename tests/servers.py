"""A PostgreSQL and a Redis of the tests' own, on sockets in temporary folders."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import quote

import psycopg
import redis

from factcheck.programs import find_redis_server
from tests.processes import running, wait_until

START_SECONDS = 60


@dataclass
class Postgres:
    """A server of the tests' own; `restart` as after a crash of the machine: at once, without goodbye."""

    url: str
    start: Callable[[], AbstractContextManager[subprocess.Popen[bytes]]]
    ending: ExitStack
    process: subprocess.Popen[bytes]

    def restart(self) -> None:
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(30)
        self.process = self.ending.enter_context(self.start())
        wait_until(lambda: postgres_answers(self.url), seconds=START_SECONDS, what="PostgreSQL starts again")


@contextmanager
def private_postgres(programs: Path) -> Iterator[Postgres]:
    """A new, empty server for tests (it does not sync to disk). Run as root, it runs as another user."""
    user = _server_user() if os.geteuid() == 0 else None
    with short_folder() as folder:
        if user:
            shutil.chown(folder, user)
        data, log = folder / "data", folder / "server.log"
        initdb = [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
        subprocess.run(initdb, user=user, cwd=folder, check=True, capture_output=True)
        fast = [f"-c{name}=off" for name in ("fsync", "full_page_writes")]
        server = [programs / "postgres", "-D", data, "-k", folder, "-clisten_addresses=", "-cmax_connections=60", *fast]
        start = partial(running, server, log=log, user=user, folder=folder, stop_signal=signal.SIGINT)
        url = f"postgres://postgres@{quote(str(folder), safe='')}/postgres"
        with ExitStack() as ending:
            process = ending.enter_context(start())
            wait_until(lambda: postgres_answers(url), seconds=START_SECONDS, what=f"PostgreSQL starts: {log}")
            yield Postgres(url, start, ending, process)


def postgres_answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def private_redis(socket: Path, *, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A Redis that keeps nothing on disk, answering on `socket`."""
    command = [find_redis_server(), "--port", "0", "--unixsocket", socket, "--save", "", "--dir", socket.parent]
    with running(command, log=log) as process:
        wait_until(lambda: _redis_answers(socket), seconds=START_SECONDS, what=f"Redis starts: {log}")
        yield process


def _redis_answers(socket: Path) -> bool:
    try:
        with redis.Redis(unix_socket_path=str(socket)) as client:
            return bool(client.ping())
    except redis.ConnectionError:
        return False


def _server_user() -> str:
    """PostgreSQL refuses to run as root."""
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)


@contextmanager
def short_folder() -> Iterator[Path]:
    """A temporary folder in /tmp, whatever TMPDIR says: a socket's path must be short."""
    folder = Path(tempfile.mkdtemp(prefix="factcheck-", dir="/tmp"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
