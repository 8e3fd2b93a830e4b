"""What this machine has, and what a test does when something is missing."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest


def requires(found: object, missing: str) -> None:
    """Skip the running test, saying what is missing; with CI=true, fail instead."""
    if found:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"{missing} (with CI=true nothing is skipped)")
    pytest.skip(missing)


def chromium() -> str | None:
    """CHROMIUM, or the first of Chromium's usual names on PATH."""
    names = (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if name and (path := shutil.which(name))), None)


def postgres_programs() -> Path | None:
    """The folder with initdb and postgres, which Debian keeps off PATH."""
    if initdb := shutil.which("initdb"):
        return Path(initdb).resolve().parent
    if pg_config := shutil.which("pg_config"):
        folder = Path(subprocess.check_output([pg_config, "--bindir"], text=True).strip())
        if (folder / "initdb").exists():
            return folder
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return versions[-1].parent if versions else None
