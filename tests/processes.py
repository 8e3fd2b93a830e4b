"""Real processes for tests: started in a session of their own, and always ended."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

PROJECT = Path(__file__).resolve().parent.parent
_PR_SET_PDEATHSIG = 1
Answer = TypeVar("Answer")


@contextmanager
def running(
    command: Sequence[str | Path],
    *,
    log: Path,
    env: Mapping[str, str] | None = None,
    user: str | None = None,
    folder: Path = PROJECT,
    stop_signal: signal.Signals = signal.SIGTERM,
    stop_seconds: float = 30,
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command with its output in `log`; at the end stop it, by force if it does not listen.

    `env` replaces the environment, `user` the user (only root may). Should the tests die, the process is stopped too.
    """
    libc = ctypes.CDLL(None)
    with log.open("ab") as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=dict(os.environ if env is None else env),
            cwd=folder,
            user=user,
            extra_groups=[] if user else None,
            start_new_session=True,
            preexec_fn=lambda: libc.prctl(_PR_SET_PDEATHSIG, stop_signal),  # noqa: PLW1509
        )
    try:
        yield process
    finally:
        stop(process, stop_signal=stop_signal, seconds=stop_seconds)


def stop(process: subprocess.Popen[bytes], *, stop_signal: signal.Signals, seconds: float) -> None:
    """Ask the process to stop, wait, then kill what is left of its group."""
    if process.poll() is None:
        process.send_signal(stop_signal)
        with suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
    kill_group(process)


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """kill -9 of the process and all that share its group."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)


def descendants(pid: int) -> dict[int, str]:
    """Command lines by process id of all that a process has started, directly or not. Zombies are left out."""
    children: dict[int, list[int]] = {}
    commands: dict[int, str] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(FileNotFoundError, ProcessLookupError):
            state, parent = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()[:2]
            if state != "Z":
                children.setdefault(int(parent), []).append(int(folder.name))
                commands[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    found: dict[int, str] = {}
    queue = [pid]
    while queue:
        for child in children.get(queue.pop(), []):
            found[child] = commands[child]
            queue.append(child)
    return found


def is_alive(pid: int) -> bool:
    try:
        return (Path("/proc") / str(pid) / "stat").read_text(errors="replace").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_until(ask: Callable[[], Answer], *, seconds: float, what: str, pause: float = 0.1) -> Answer:
    """Ask until the answer is true, and return it. Raises AssertionError, naming `what`, when the time is over."""
    deadline = time.monotonic() + seconds
    while not (answer := ask()):
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} seconds: {what}; last answer: {answer!r}")
        time.sleep(pause)
    return answer
