"""The queue's door against a real Redis: how long the queue is, and what happens when Redis is gone."""

import subprocess
import sys
from pathlib import Path

from tests.processes import PROJECT
from tests.servers import private_redis, short_folder
from tests.workbench import clean_environment

SEND_ONE = """
import time
from claims.queue import Job, length, send
started = time.monotonic()
print(length(), send(Job.MATCH_WAITING, {}), length(), time.monotonic() - started < 1)
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


def say(socket: Path, data: Path, program: str = SEND_ONE) -> str:
    env = clean_environment(DATA_DIR=str(data), REDIS_URL=f"unix://{socket}")
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", program]
    done = subprocess.run(command, env=env, cwd=PROJECT, capture_output=True, text=True, timeout=60, check=True)
    return done.stdout.strip()


def test_an_empty_queue_has_length_zero_and_grows_by_what_is_sent(tmp_path: Path) -> None:
    with short_folder() as folder, private_redis(folder / "redis.sock", log=tmp_path / "redis.log"):
        assert say(folder / "redis.sock", tmp_path) == "0 True 1 True"


def test_without_redis_nothing_is_sent_nothing_is_known_and_nobody_waits(tmp_path: Path) -> None:
    assert say(tmp_path / "nobody.sock", tmp_path) == "None False None True"


def test_a_redis_that_is_down_is_asked_for_at_a_steady_pace(tmp_path: Path) -> None:
    assert say(tmp_path / "nobody.sock", tmp_path, PAUSES) == "[2.0, 2.0, 2.0]"
