"""`python -m factcheck.embedded` (`make run`): the whole workbench on one machine, with nothing installed.

A supervisor runs a private Redis, the web process, the worker and beat, and starts again what dies. This process
prepares the database, says where the workbench is, waits for Ctrl-C or SIGTERM, and leaves no process and no socket.
"""

import ctypes
import fcntl
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import django
from django.core.management import call_command
from django.db import connections

from claims.management.demonstration_accounts import ACCOUNTS, TOKEN_FILE
from factcheck.programs import REDIS_SOCKET, NoRedis, find_redis_server, programs, supervisor_configuration

PROJECT = Path(__file__).resolve().parent.parent
DEFAULT_PORT = 8000
READY_SECONDS = 60
STOP_SECONDS = 75  # more than the programs' own stop times together
PRIVATE_PREFIX = "factcheck-"
MAX_SOCKET_PATH_BYTES = 100  # Linux cuts it at 107
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36


class WorkbenchError(Exception):
    """Its text tells the reader what to do."""


class StopRequested(Exception):
    """Ctrl-C or SIGTERM."""


def main() -> int:
    for number in SIGNALS:
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup
            signal.signal(number, _request_stop)
    try:
        run()
    except StopRequested:
        print("Stopped.", flush=True)
    except (WorkbenchError, NoRedis) as error:
        print(error, file=sys.stderr, flush=True)
        return 1
    return 0


def run() -> None:
    """Prepare, start, announce, and wait until a signal asks to stop. Raises StopRequested or WorkbenchError."""
    if os.environ.get("DATABASE_URL"):
        raise WorkbenchError(
            "DATABASE_URL is set: that is the production profile, whose processes you start yourself (see README). "
            "Unset it to run the embedded profile."
        )
    port = _free_port(os.environ.get("PORT") or str(DEFAULT_PORT))
    redis_server = find_redis_server()
    data = Path(os.environ.get("DATA_DIR") or PROJECT / "var").resolve()
    logs = data / "log"
    logs.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _only_instance(data), _private_folder(data) as private:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "factcheck.settings",
            "DATA_DIR": str(data),
            "REDIS_URL": f"unix://{private / REDIS_SOCKET}",
        }
        _prepare_database()
        configuration = private / "supervisord.conf"
        running = programs(redis_server=redis_server, private=private, data=data, port=port)
        configuration.write_text(supervisor_configuration(running, private=private, logs=logs, folder=PROJECT))
        with _supervisor(configuration) as supervisor:
            _wait_until_ready(port, supervisor, logs)
            _announce(port, data)
            _wait_for(supervisor)
            raise WorkbenchError(f"The supervisor has ended by itself; see {logs / 'supervisord.log'}.")


def _request_stop(number: int, frame: FrameType | None) -> None:
    """Only the first signal counts: an impatient second Ctrl-C must not leave processes behind."""
    for each in SIGNALS:
        signal.signal(each, signal.SIG_IGN)
    raise StopRequested


def _free_port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise WorkbenchError(f"PORT must be a number from 1 to 65535, not {text!r}.")
    port = int(text)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise WorkbenchError(f"Port {port} needs root. Choose one above 1023: make run PORT=8001") from None
        except OSError:
            raise WorkbenchError(f"Port {port} is in use. Choose another: make run PORT={port % 65535 + 1}") from None
    return port


@contextmanager
def _only_instance(data: Path) -> Iterator[None]:
    """Hold the data folder: two workbenches on one database would have two queues."""
    with (data / "embedded.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise WorkbenchError(
                f"Another workbench is running on {data}. Stop it, or choose another folder with DATA_DIR."
            ) from None
        yield


@contextmanager
def _private_folder(data: Path) -> Iterator[Path]:
    """A folder that only its owner may enter, with a path short enough for a socket.

    Its path is noted in the data folder, so that the next run removes what a killed run has left.
    """
    note = data / "private_folder"
    if note.exists() and (left := Path(note.read_text())).name.startswith(PRIVATE_PREFIX):
        shutil.rmtree(left, ignore_errors=True)
    private = Path(tempfile.mkdtemp(prefix=PRIVATE_PREFIX))
    if len(str(private / REDIS_SOCKET).encode()) > MAX_SOCKET_PATH_BYTES:
        private.rmdir()
        private = Path(tempfile.mkdtemp(prefix=PRIVATE_PREFIX, dir="/tmp"))
    note.write_text(str(private))
    try:
        yield private
    finally:
        shutil.rmtree(private, ignore_errors=True)
        note.unlink(missing_ok=True)


def _prepare_database() -> None:
    print("Preparing the database and the demonstration newsroom", flush=True)
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_demo")
    connections.close_all()


@contextmanager
def _supervisor(configuration: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run supervisord in a session of its own, so that the terminal's Ctrl-C does not reach it out of order."""
    libc = ctypes.CDLL(None)
    libc.prctl(_PR_SET_CHILD_SUBREAPER, 1)

    def stop_with_this_process() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)

    command = [sys.executable, "-m", "supervisor.supervisord", "--nodaemon", "--configuration", str(configuration)]
    process = subprocess.Popen(  # noqa: S603
        command,
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        preexec_fn=stop_with_this_process,  # noqa: PLW1509
    )
    try:
        yield process
    finally:
        _stop(process)


def _wait_for(supervisor: subprocess.Popen[bytes]) -> None:
    """Until the supervisor ends; meanwhile bury the processes that a killed program has left to this one."""
    while True:
        ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
        if ended is None or ended.si_pid == supervisor.pid:
            supervisor.wait()
            return
        os.waitpid(ended.si_pid, 0)


def _stop(supervisor: subprocess.Popen[bytes]) -> None:
    """Ask the supervisor to stop its programs in order; end what is left of a supervisor or program that was killed."""
    if supervisor.poll() is None:
        print("Stopping worker, beat, web and Redis", flush=True)
        supervisor.terminate()
        try:
            supervisor.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            supervisor.kill()
            supervisor.wait()
    _end_orphans()


def _end_orphans() -> None:
    """As subreaper this process inherits every descendant whose parent has died."""
    deadline = time.monotonic() + 10
    number = signal.SIGTERM
    while orphans := _children():
        for pid in orphans:
            _signal_and_reap(pid, number)
        time.sleep(0.1)
        if time.monotonic() > deadline:
            number = signal.SIGKILL


def _children() -> list[int]:
    return [int(process.name) for process in Path("/proc").glob("[0-9]*") if _parent(process) == os.getpid()]


def _parent(process: Path) -> int | None:
    """The fourth field of /proc/PID/stat; the second, the command's name in brackets, may hold anything."""
    try:
        return int((process / "stat").read_text(errors="replace").rpartition(")")[2].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return None


def _signal_and_reap(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
        os.waitpid(pid, os.WNOHANG)
    except (ProcessLookupError, ChildProcessError):
        return


def _wait_until_ready(port: int, supervisor: subprocess.Popen[bytes], logs: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not _answers(port):
        if supervisor.poll() is not None:
            raise WorkbenchError(f"The supervisor could not start; see {logs / 'supervisord.log'}.")
        if time.monotonic() > deadline:
            tail = "\n".join((logs / "web.log").read_text(errors="replace").splitlines()[-15:])
            raise WorkbenchError(
                f"The web process has not answered within {READY_SECONDS} seconds. "
                f"The end of {logs / 'web.log'}:\n{tail}"
            )
        time.sleep(0.1)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _announce(port: int, data: Path) -> None:
    accounts = "\n".join(f"  {account.username:<10} {account.password}" for account in ACCOUNTS)
    print(
        f"""
The workbench is at  http://127.0.0.1:{port}/

Demonstration accounts (this machine only)
{accounts}
  API token  {(data / TOKEN_FILE).read_text().strip()}

Logs: {data / "log"}    Stop: Ctrl-C
""",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
