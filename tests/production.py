"""The production profile: PostgreSQL, Redis, gunicorn, a worker and beat, each a process of its own."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import psycopg

from claims.management.demonstration_accounts import TOKEN_FILE
from tests.processes import PROJECT, running, wait_until
from tests.servers import private_postgres, private_redis, short_folder
from tests.workbench import clean_environment, free_port

Starter = Callable[[], AbstractContextManager[subprocess.Popen[bytes]]]


@dataclass
class Production:
    url: str
    token: str
    database: str
    starters: Mapping[str, Starter]
    ending: ExitStack
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def revive(self, name: str) -> None:
        """Start a program, or start it again."""
        self.processes[name] = self.ending.enter_context(self.starters[name]())

    def signal(self, name: str, number: signal.Signals) -> None:
        """Send a signal to a program and all its processes."""
        os.killpg(self.processes[name].pid, number)
        if number == signal.SIGKILL:
            self.processes[name].wait(10)

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.database) as connection:
            return connection.execute(sql).fetchall()


@contextmanager
def production(postgres_programs: Path, folder: Path, **environment: str) -> Iterator[Production]:
    """A migrated installation with the demonstration's claims and reports. Its processes stop worker first."""
    with short_folder() as private, private_postgres(postgres_programs) as database, ExitStack() as ending:
        port = free_port()
        env = clean_environment(
            DATABASE_URL=database,
            REDIS_URL=f"unix://{private / 'redis.sock'}",
            DATA_DIR=str(folder),
            STATIC_ROOT=str(folder / "static"),
            SECRET_KEY="of-a-test" * 8,
            HTTPS="false",
            **environment,
        )
        for words in (["manage.py", "migrate"], ["manage.py", "collectstatic", "--no-input"], ["-m", "tests.newsroom"]):
            subprocess.run([sys.executable, *words], env=env, cwd=PROJECT, check=True, capture_output=True)
        started = Production(
            url=f"http://127.0.0.1:{port}",
            token=(folder / TOKEN_FILE).read_text().strip(),
            database=database,
            starters=_starters(private, folder, port, env),
            ending=ending,
        )
        for name in started.starters:
            started.revive(name)
        wait_until(lambda: _answers(started.url), seconds=60, what=f"the web process answers: {folder / 'web.log'}")
        yield started


def _starters(private: Path, folder: Path, port: int, env: Mapping[str, str]) -> dict[str, Starter]:
    def program(name: str, *words: str) -> Starter:
        return lambda: running([sys.executable, "-m", *words], log=folder / f"{name}.log", env=env)

    return {
        "redis": lambda: private_redis(private / "redis.sock", log=folder / "redis.log"),
        "web": program("web", "gunicorn", "factcheck.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4"),
        "beat": program(
            "beat", "celery", "-A", "factcheck", "beat", "-l", "INFO", "-s", str(folder / "celerybeat-schedule")
        ),
        "worker": program("worker", "celery", "-A", "factcheck", "worker", "-c", "2", "-l", "INFO"),
    }


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=5) as response:
            return bool(response.status == 200)
    except (OSError, HTTPException):
        return False
