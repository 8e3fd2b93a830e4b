"""A thousand reports, and what can go wrong meanwhile: all are matched, each finding is made once."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from claims.matching import ClaimIndex, ReadingError
from tests.machine import postgres_programs, requires
from tests.processes import PROJECT, descendants, wait_until
from tests.production import Production, production
from tests.system.flood import TEXTS, Flood

REPORTS = 1_000
SETTINGS = {
    "SWEEP_AGE_SECONDS": "5",
    "SWEEP_INTERVAL_SECONDS": "2",
    "API_RATE": "600000/min",
    "INDEX_FILE_FROM": "2",
}
RECOVERY_SECONDS = 60
QUEUE = "matching"
STALE = """
import django; django.setup()
from claims.live_index import base_file
from claims.matching import ClaimIndex, ReadingError
from claims.models import Event
first = Event.objects.get(seq=1)
for old in base_file.all_files():
    base_file.discard(old)
base_file.write(ClaimIndex.build([]), seq=1, event_hash=first.hash)
"""

EACH_TWICE = """
import django; django.setup()
from claims.models import Report
from claims.queue import Job, send
for report_id in Report.objects.waiting().values_list("pk", flat=True):
    for job, ids in ((Job.MATCH_WAITING, {}), (Job.MATCH_AGAIN, {"report_id": report_id})):
        assert send(job, ids)
"""


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    programs = postgres_programs()
    requires(programs, "PostgreSQL is not installed: apt-get install postgresql")
    assert programs
    with production(programs, tmp_path_factory.mktemp("faults"), **SETTINGS) as running:
        yield running


@pytest.fixture(scope="module")
def calm(installation: Production) -> Counter[tuple[Any, ...]]:
    """What is found in each text when nothing goes wrong."""
    with Flood(installation, "calm", len(TEXTS)) as flood:
        pass
    flood.wait_for_matched(len(TEXTS))
    return flood.findings()


def assert_as_calm(installation: Production, flood: Flood, calm: Counter[tuple[Any, ...]]) -> None:
    flood.wait_for_matched(REPORTS, seconds=RECOVERY_SECONDS)
    times = [REPORTS // len(TEXTS) + (text < REPORTS % len(TEXTS)) for text in range(len(TEXTS))]
    assert flood.findings() == Counter({row: times[row[0]] for row in calm})
    made = "SELECT count(*), count(DISTINCT object_id) FROM claims_event WHERE kind = 'finding_made'"
    [(events, findings)] = installation.query(made)
    assert events == findings
    assert installation.query("SELECT count(*) FROM claims_event WHERE kind = 'finding_updated'") == [(0,)]


def worker_child(installation: Production) -> int:
    leader = installation.pid("worker")
    assert leader
    return max(pid for pid, command in descendants(leader).items() if "worker" in command)


def test_kills_of_processes(installation: Production, calm: Counter[tuple[Any, ...]]) -> None:
    with Flood(installation, "kills", REPORTS) as flood:
        flood.wait_for_matched(100)
        os.kill(worker_child(installation), signal.SIGKILL)
        for name, matched in (("worker", 250), ("beat", 450), ("web", 600)):
            flood.wait_for_matched(matched)
            installation.signal(name, signal.SIGKILL)
            installation.revive(name)
    assert_as_calm(installation, flood, calm)


def test_losses_of_servers(installation: Production, calm: Counter[tuple[Any, ...]]) -> None:
    with Flood(installation, "losses", REPORTS) as flood:
        flood.wait_for_matched(150)
        installation.signal("redis", signal.SIGKILL)
        time.sleep(10)
        installation.revive("redis")
        flood.wait_for_matched(400)
        with installation.redis_client() as client:
            client.flushall()
        flood.wait_for_matched(650)
        installation.postgres.restart()
    assert_as_calm(installation, flood, calm)


def run(installation: Production, program: str) -> None:
    subprocess.run(
        [sys.executable, "-c", program],
        env={**installation.environment, "DJANGO_SETTINGS_MODULE": "factcheck.settings"},
        cwd=PROJECT,
        check=True,
    )


def test_a_stale_and_a_truncated_index_file(installation: Production, calm: Counter[tuple[Any, ...]]) -> None:
    files = Path(installation.environment["DATA_DIR"]) / "index"
    with Flood(installation, "files", REPORTS) as flood:
        flood.wait_for_matched(150)
        run(installation, STALE)
        installation.signal("worker", signal.SIGKILL)
        installation.revive("worker")
        flood.wait_for_matched(450)
        installation.signal("worker", signal.SIGKILL)
        for path in files.glob("claims-*.index"):
            os.truncate(path, path.stat().st_size // 2)
            with pytest.raises(ReadingError):
                ClaimIndex.load(path)
        installation.revive("worker")
    assert_as_calm(installation, flood, calm)
    left = [ClaimIndex.load(path) for path in files.glob("claims-*.index")]
    assert left
    assert all(left)


def test_every_task_delivered_twice_at_once(installation: Production, calm: Counter[tuple[Any, ...]]) -> None:
    installation.signal("worker", signal.SIGSTOP)
    with Flood(installation, "twice", REPORTS) as flood:
        pass
    assert flood.states() == {"waiting": REPORTS}
    run(installation, EACH_TWICE)
    with installation.redis_client() as client:
        assert client.llen(QUEUE) > 2 * REPORTS
        for message in client.lrange(QUEUE, 0, -1):
            client.lpush(QUEUE, message)
    installation.signal("worker", signal.SIGCONT)
    wait_until(lambda: not flood.states()["waiting"], seconds=RECOVERY_SECONDS, what="nothing waits")
    assert_as_calm(installation, flood, calm)
