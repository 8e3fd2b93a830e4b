"""The production profile: PostgreSQL and Redis as servers; web, worker and beat under a service manager."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import psycopg
import redis

from claims.management.demonstration_accounts import TOKEN_FILE
from factcheck.programs import programs, supervisor_configuration
from tests.processes import PROJECT, running, wait_until
from tests.servers import Postgres, private_postgres, private_redis, short_folder
from tests.workbench import clean_environment, free_port, supervised


@dataclass
class Production:
    url: str
    token: str
    database: str
    supervisor: subprocess.Popen[bytes]
    private: Path
    folder: Path
    redis: subprocess.Popen[bytes]
    ending: ExitStack
    postgres: Postgres
    environment: Mapping[str, str]

    def pid(self, name: str) -> int | None:
        if name == "redis":
            return self.redis.pid if self.redis.poll() is None else None
        return supervised(self.supervisor.pid, name)

    def signal(self, name: str, number: signal.Signals) -> None:
        """Send a signal to a program and all its processes."""
        os.killpg(wait_until(lambda: self.pid(name), seconds=20, what=f"{name} runs"), number)
        if name == "redis" and number == signal.SIGKILL:
            self.redis.wait(10)

    def revive(self, name: str) -> None:
        """Redis is started again here, the others by the supervisor."""
        if name == "redis":
            self.redis = self.ending.enter_context(_redis(self.private, self.folder))
        wait_until(lambda: self.pid(name), seconds=20, what=f"{name} runs again")

    def redis_client(self) -> redis.Redis:
        return redis.Redis(unix_socket_path=str(self.private / "redis.sock"))

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.database) as connection:
            return connection.execute(sql).fetchall()


@contextmanager
def production(
    postgres_programs: Path, folder: Path, *, newsroom: Sequence[str] = ("-m", "tests.newsroom"), **environment: str
) -> Iterator[Production]:
    """A migrated installation with what `newsroom` fills it with: the demonstration's claims and reports."""
    with short_folder() as private, private_postgres(postgres_programs) as postgres, ExitStack() as ending:
        redis = ending.enter_context(_redis(private, folder))
        port = free_port()
        env = clean_environment(
            DATABASE_URL=postgres.url,
            REDIS_URL=f"unix://{private / 'redis.sock'}",
            DATA_DIR=str(folder),
            STATIC_ROOT=str(folder / "static"),
            SECRET_KEY="of-a-test" * 8,
            HTTPS="false",
            **environment,
        )
        for words in (["manage.py", "migrate"], ["manage.py", "collectstatic", "--no-input"], newsroom):
            subprocess.run([sys.executable, *words], env=env, cwd=PROJECT, check=True, capture_output=True)
        supervisor = ending.enter_context(_web_worker_and_beat(private, folder, port, env))
        url = f"http://127.0.0.1:{port}"
        wait_until(lambda: _answers(url), seconds=60, what=f"the web process answers: {folder / 'web.log'}")
        token = (folder / TOKEN_FILE).read_text().strip()
        yield Production(url, token, postgres.url, supervisor, private, folder, redis, ending, postgres, env)


@contextmanager
def _web_worker_and_beat(
    private: Path, folder: Path, port: int, env: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """As the embedded profile runs them, without its Redis."""
    every = programs(redis_server=Path("redis-server"), private=private, data=folder, port=port)
    wanted = tuple(program for program in every if program.name != "redis")
    configuration = private / "supervisord.conf"
    configuration.write_text(supervisor_configuration(wanted, private=private, logs=folder, folder=PROJECT))
    command = [sys.executable, "-m", "supervisor.supervisord", "--nodaemon", "--configuration", configuration]
    with running(command, log=folder / "supervisor.log", env=env, stop_seconds=60) as process:
        yield process


def _redis(private: Path, folder: Path) -> AbstractContextManager[subprocess.Popen[bytes]]:
    return private_redis(private / "redis.sock", log=folder / "redis.log")


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=5) as response:
            return bool(response.status == 200)
    except (OSError, HTTPException):
        return False
