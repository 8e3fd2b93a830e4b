"""The queues against a real Redis: how long they are, who hears which, and what happens when Redis is gone."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import redis

from factcheck.programs import programs
from tests.processes import PROJECT, running, wait_until
from tests.servers import private_redis, short_folder
from tests.workbench import clean_environment

SEND_ONE = """
import time
from claims.queue import Job, length, send
started = time.monotonic()
print(length(), send(Job.MATCH_WAITING, {}), length(), time.monotonic() - started < 1)
"""
SEND_BOTH = """
from claims.queue import Job, send
send(Job.MATCH_WAITING, {}), send(Job.LOOK_BACK, {"look_back_id": 0})
"""
HINT = """
from claims.queue import hint
hint()
hint()
"""
PAUSES = """
from celery import current_app
pauses = []
def after(error, pause):
    pauses.append(pause)
    if len(pauses) > 2:
        raise SystemExit
try:
    current_app.connection_for_read().ensure_connection(after)
finally:
    print(pauses)
"""


def environment(socket: Path, data: Path, **more: str) -> Mapping[str, str]:
    return clean_environment(DATA_DIR=str(data), REDIS_URL=f"unix://{socket}", **more)


def say(socket: Path, data: Path, program: str = SEND_ONE, **more: str) -> str:
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", program]
    env = environment(socket, data, **more)
    done = subprocess.run(command, env=env, cwd=PROJECT, capture_output=True, text=True, timeout=60, check=True)
    return done.stdout.strip()


def test_an_empty_queue_has_length_zero_and_grows_by_what_is_sent(tmp_path: Path) -> None:
    with short_folder() as folder, private_redis(folder / "redis.sock", log=tmp_path / "redis.log"):
        assert say(folder / "redis.sock", tmp_path) == "0 True 1 True"


def test_without_redis_nothing_is_sent_nothing_is_known_and_nobody_waits(tmp_path: Path) -> None:
    assert say(tmp_path / "nobody.sock", tmp_path) == "None False None True"


def test_a_message_that_could_not_be_sent_keeps_no_other_back(tmp_path: Path) -> None:
    """The cache is there and the broker is not: the key that says that a message is on its way is taken back."""
    with short_folder() as folder, private_redis(folder / "redis.sock", log=tmp_path / "redis.log"):
        socket, client = folder / "redis.sock", redis.Redis(unix_socket_path=str(folder / "redis.sock"))
        say(socket, tmp_path, HINT, BROKER_URL=f"redis+socket://{tmp_path / 'nobody.sock'}")
        assert client.keys() == []
        say(socket, tmp_path, HINT)
        assert client.llen("matching") == 1
        assert any(b"reports-wait" in key for key in client.scan_iter())


def test_a_redis_that_is_down_is_asked_for_at_a_steady_pace(tmp_path: Path) -> None:
    assert say(tmp_path / "nobody.sock", tmp_path, PAUSES) == "[2.0, 2.0, 2.0]"


def worker_as_supervised(
    socket: Path, data: Path, *arguments: str, **more: str
) -> AbstractContextManager[subprocess.Popen[bytes]]:
    every = programs(redis_server=Path("redis-server"), private=socket.parent, data=data, port=0)
    command: Sequence[str] = next(program.command for program in every if program.name == "worker")
    return running([*command, *arguments], env=environment(socket, data, **more), log=data / "worker.log")


def test_look_backs_have_a_queue_of_their_own_where_one_is_named(tmp_path: Path) -> None:
    named = {"LOOK_BACK_QUEUE": "look-backs"}
    with short_folder() as folder, private_redis(folder / "redis.sock", log=tmp_path / "redis.log"):
        socket, client = folder / "redis.sock", redis.Redis(unix_socket_path=str(folder / "redis.sock"))

        def waiting() -> tuple[int, int]:
            return client.llen("matching"), client.llen("look-backs")

        migrate = [sys.executable, "manage.py", "migrate", "-v0"]
        subprocess.run(migrate, env=environment(socket, tmp_path), cwd=PROJECT, check=True)
        say(socket, tmp_path, SEND_BOTH)
        assert waiting() == (2, 0)
        say(socket, tmp_path, SEND_BOTH, **named)
        assert waiting() == (3, 1)
        with worker_as_supervised(socket, tmp_path, "-Q", "matching", **named):
            wait_until(lambda: waiting() == (0, 1), seconds=40, what="reports are heard, look-backs are not")
        with worker_as_supervised(socket, tmp_path, **named):
            wait_until(lambda: waiting() == (0, 0), seconds=40, what="a worker without -Q hears both")
