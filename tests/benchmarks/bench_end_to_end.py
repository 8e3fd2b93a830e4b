"""Reports by HTTP in, findings committed: real gunicorn, Celery, PostgreSQL and Redis, and the client beside them.

Reports are about 150 words of news prose with other names, figures and words, so that hardly a sentence comes twice;
one in twenty holds a claim, each time another one. First as many a second as go through, then a
steady stream, in which a report's time runs from its accepted POST to when its findings can be read.
"""

from __future__ import annotations

import http.client
import json
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import psycopg

from tests.benchmarks.tables import Measure, Result
from tests.benchmarks.texts import Texts
from tests.machine import postgres_programs
from tests.processes import PROJECT, descendants
from tests.production import Production, production

CLAIMS = (100_000,)
SECONDS = 120
STEADY_PER_SECOND, STEADY_SECONDS = 20, 60
SENDERS = 4
WARM_UP = 40
MOST_PER_SECOND = 300
"""So many texts are made beforehand for each second of the flood."""
BACKLOG = 150
"""Reports that may wait while as many as possible are sent: more would measure the queue."""
BODY_WORDS = 150
ABOUT = 20
_TICKS = os.sysconf("SC_CLK_TCK")
SETTINGS = {"API_RATE": "1000000/min", "SWEEP_AGE_SECONDS": "30"}


def bench(*, rows: int, data: Path | None = None, sizes: tuple[int, ...] = CLAIMS, seconds: float = SECONDS) -> Result:
    del rows
    programs = postgres_programs()
    if programs is None:
        raise RuntimeError("PostgreSQL is not installed: apt-get install postgresql")
    measures = [measure for size in sizes for measure in _measures(programs, size, data, seconds)]
    return Result("From POST to findings", [], f"{os.cpu_count()} cores for all, the client too", measures)


def _measures(programs: Path, claims: int, data: Path | None, seconds: float) -> Iterator[Measure]:
    filled_by = ("-m", "tests.benchmarks.end_to_end_newsroom", str(claims), *([str(data)] if data else []))
    with TemporaryDirectory() as folder, production(programs, Path(folder), newsroom=filled_by, **SETTINGS) as running:
        size = f"{claims:,} claims"
        texts = _Texts(running, data, WARM_UP + int(seconds * (MOST_PER_SECOND + STEADY_PER_SECOND)))
        _warm_up(running, texts)
        yield from _sustained(running, texts, size, seconds)
        yield from _steady(running, texts, size, min(seconds, STEADY_SECONDS))
        yield Measure("workbench", f"{size}, findings of a hundred reports", _findings_of_a_hundred(running), "")
        yield Measure("workbench", f"{size}, index file written from the database", _indexed(running), "s")


def _indexed(running: Production) -> float:
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tests.benchmarks.index_of_database"]
        env = {**running.environment, "DATA_DIR": folder}
        done = subprocess.run(command, env=env, cwd=PROJECT, check=True, capture_output=True, text=True)
        return float(done.stdout)


def _warm_up(running: Production, texts: _Texts) -> None:
    """Until every worker process has opened its index."""
    with _Stream(running, texts, "warm") as stream:
        stream.send(WARM_UP)
    while _matched(running) < stream.sent:
        _raise_failure(running)
        time.sleep(0.5)


def _sustained(running: Production, texts: _Texts, size: str, seconds: float) -> Iterator[Measure]:
    before, spent = _matched(running), _cpu(running)
    begun = time.monotonic()
    with _Stream(running, texts, "flood") as stream:
        while time.monotonic() - begun < seconds:
            waiting = stream.sent - (_matched(running) - before)
            stream.send(max(0, BACKLOG - waiting))
            time.sleep(0.1)
    _raise_failure(running)
    took = time.monotonic() - begun
    done = _matched(running) - before
    yield Measure("workbench", f"{size}, reports matched a second, {took:.0f} s", done / took, "reports/s")
    for name, ticks in _cpu(running).items():
        yield Measure(
            "workbench", f"{size}, processor time a report, {name}", (ticks - spent[name]) / done * 1000, "ms"
        )


def _steady(running: Production, texts: _Texts, size: str, seconds: float) -> Iterator[Measure]:
    with _Stream(running, texts, "steady") as stream:
        seen = _Seen(running, "steady")
        for number in range(int(seconds * STEADY_PER_SECOND)):
            due = number / STEADY_PER_SECOND - (time.monotonic() - stream.begun)
            if due > 0:
                time.sleep(due)
            stream.send(1)
        waits = seen.waits(stream)
    yield Measure("workbench", f"{size}, {STEADY_PER_SECOND} a second, median wait", statistics.median(waits), "s")
    late = sorted(waits)[int(0.95 * len(waits))]
    yield Measure("workbench", f"{size}, {STEADY_PER_SECOND} a second, 95th percentile", late, "s")


class _Texts:
    """Bodies of reports, none twice; every twentieth holds one of the newsroom's claims too."""

    def __init__(self, running: Production, data: Path | None, count: int) -> None:
        found = running.query(
            "SELECT w.text FROM claims_claim c JOIN claims_claimwording w ON c.current_wording_id = w.id"
            f" WHERE c.status = 'open' ORDER BY md5(w.text) LIMIT {count // ABOUT + 1}"
        )
        claims, source = cycle(text for (text,) in found), Texts(data)
        self._made = iter([_body(source, [next(claims)] if number % ABOUT == 0 else []) for number in range(count)])

    def body(self) -> str:
        """The next one, for whichever thread asks."""
        text = next(self._made, None)
        if text is None:
            raise RuntimeError("more reports were sent than texts were made: raise MOST_PER_SECOND")
        return text


def _body(source: Texts, taken: list[str]) -> str:
    while sum(len(text.split()) for text in taken) < BODY_WORDS:
        taken.append(source.other_news())
    return " ".join(taken)


def _findings_of_a_hundred(running: Production) -> float:
    [(findings, reports)] = running.query("SELECT (SELECT count(*) FROM claims_finding), count(*) FROM claims_report")
    return 100 * float(findings) / float(reports)


class _Stream:
    """Sends reports over a few kept connections; `accepted` is when each was answered."""

    def __init__(self, running: Production, texts: _Texts, name: str) -> None:
        self._running, self._texts, self._name = running, texts, name
        self.sent, self.begun = 0, time.monotonic()
        self.accepted: dict[str, float] = {}
        self._wanted = threading.Semaphore(0)
        self._lock, self._over = threading.Lock(), False
        self._refused: BaseException | None = None
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(SENDERS)]

    def __enter__(self) -> _Stream:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over = True
        for _ in self._threads:
            self._wanted.release()
        for thread in self._threads:
            thread.join()
        self._raise_refusal()

    def send(self, count: int) -> None:
        self._raise_refusal()
        self.sent += count
        for _ in range(count):
            self._wanted.release()

    def _raise_refusal(self) -> None:
        if self._refused:
            raise RuntimeError("a report was not accepted") from self._refused

    def _work(self) -> None:
        try:
            self._send_wanted()
        except (OSError, RuntimeError, http.client.HTTPException) as refusal:
            self._refused = refusal

    def _send_wanted(self) -> None:
        address = urlsplit(self._running.url)
        with closing(http.client.HTTPConnection(str(address.hostname), address.port, timeout=30)) as connection:
            while True:
                self._wanted.acquire()
                with self._lock:
                    if self._over and len(self.accepted) >= self.sent:
                        return
                    number = len(self.accepted)
                    key = f"{self._name}-{number:06}"
                    self.accepted[key] = 0.0
                self._post(connection, key, number)

    def _post(self, connection: http.client.HTTPConnection, key: str, number: int) -> None:
        report = {
            "external_id": key,
            "outlet": f"Outlet {number % 300}",
            "url": f"https://{key}.example/story",
            "title": f"Story {number}",
            "body": self._texts.body(),
        }
        headers = {"Authorization": f"Token {self._running.token}", "Content-Type": "application/json"}
        try:
            connection.request("POST", "/api/v1/reports", body=json.dumps(report), headers=headers)
            answer = connection.getresponse()
        except OSError:  # the server ended a connection that was idle: the report is sent again, as a client would
            connection.close()
            connection.request("POST", "/api/v1/reports", body=json.dumps(report), headers=headers)
            answer = connection.getresponse()
        answer.read()
        if answer.status not in (200, 201):
            raise RuntimeError(f"{key} was answered with {answer.status}")
        self.accepted[key] = time.monotonic()


class _Seen:
    """When each report was first read as matched; asked every 50 ms."""

    def __init__(self, running: Production, name: str) -> None:
        self._running, self._name = running, name
        self._matched: dict[str, float] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def waits(self, stream: _Stream) -> list[float]:
        while len(self._matched) < stream.sent:
            _raise_failure(self._running)
            time.sleep(0.1)
        self._over.set()
        self._thread.join()
        return [self._matched[key] - accepted for key, accepted in stream.accepted.items()]

    def _watch(self) -> None:
        asked = (
            "SELECT external_id FROM claims_report WHERE state = 'matched' AND external_id > %s AND external_id LIKE %s"
            " ORDER BY 1"
        )
        with psycopg.connect(self._running.database, autocommit=True) as connection:
            while not self._over.wait(0.05):
                known = self._name
                for (key,) in connection.execute(asked, [known, f"{self._name}-%"]):
                    self._matched.setdefault(key, time.monotonic())


def _raise_failure(running: Production) -> None:
    for (failure,) in running.query("SELECT failure FROM claims_report WHERE failure <> '' LIMIT 1"):
        raise RuntimeError(f"a report could not be matched: {failure}")


def _matched(running: Production) -> int:
    [(count,)] = running.query("SELECT count(*) FROM claims_report WHERE state = 'matched'")
    return int(count)


def _cpu(running: Production) -> Mapping[str, float]:
    """Seconds of processor time so far, by kind of process."""
    found = {"gunicorn": 0.0, "worker": 0.0, "PostgreSQL": 0.0, "Redis": 0.0, "client": sum(os.times()[:2])}
    for pid, command in descendants(running.supervisor.pid).items():
        kind = "gunicorn" if "gunicorn" in command else "worker" if " worker " in command else ""
        if kind:
            found[kind] += _ticks(pid)
    for pid in (running.postgres.process.pid, *descendants(running.postgres.process.pid)):
        found["PostgreSQL"] += _ticks(pid, ended=True)
    found["Redis"] = _ticks(running.redis.pid)
    return found


def _ticks(pid: int, *, ended: bool = False) -> float:
    """Of a process; with those of its children that have ended."""
    with suppress(FileNotFoundError, ProcessLookupError):
        fields = (Path("/proc") / str(pid) / "stat").read_text(errors="replace").rpartition(")")[2].split()
        return sum(map(int, fields[11 : 15 if ended else 13])) / _TICKS
    return 0.0


if __name__ == "__main__":
    print(bench(rows=0, data=Path(sys.argv[1]) if len(sys.argv) > 1 else None).shown())
