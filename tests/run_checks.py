"""`make check`: every check that needs no test to run; all are run, then the ones that failed are named."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BIN = Path(sys.executable).parent
PYTHON = sys.executable
PRODUCTION = {
    "DATABASE_URL": "postgres://factcheck@db.example/factcheck",
    "REDIS_URL": "redis://redis.example:6379/0",
    "SECRET_KEY": "only-for-the-deployment-check-" + "0123456789" * 4,
    "ALLOWED_HOSTS": "factcheck.example",
}


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="factcheck-check-") as folder:
        data = {"DATA_DIR": folder}
        schema = Path(folder) / "openapi.yaml"
        spectacular = [PYTHON, "manage.py", "spectacular", "--validate", "--fail-on-warn", "--file", schema]
        deploy = [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
        outcomes = {
            "lint (ruff)": _passes([BIN / "ruff", "check", "."], data),
            "format (ruff; make format mends it)": _passes([BIN / "ruff", "format", "--check", "."], data),
            "types (mypy)": _passes([BIN / "mypy"], data),
            "layers (import-linter)": _passes([BIN / "lint-imports"], data),
            "templates (djlint)": _passes([BIN / "djlint", "templates", "--lint", "--quiet"], data),
            "migrations": _passes([PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"], data),
            "deployment": _passes(deploy, data | PRODUCTION),
            "API schema (make schema renews it)": _passes(spectacular, data)
            and _passes(["diff", "-u", "docs/openapi.yaml", schema], data),
        }
    failed = [name for name, passed in outcomes.items() if not passed]
    print(f"\nFAILED: {', '.join(failed)}" if failed else f"\nAll {len(outcomes)} checks passed.", flush=True)
    return int(bool(failed))


def _passes(command: list[str | Path], environment: dict[str, str]) -> bool:
    """Run a command; its output is shown only when it fails."""
    started = time.monotonic()
    words = [str(part) for part in command]
    done = subprocess.run(words, check=False, env=os.environ | environment, capture_output=True, text=True)
    shown = " ".join([Path(words[0]).name, *words[1:]])
    print(f"{'ok    ' if done.returncode == 0 else 'FAILED'} {time.monotonic() - started:5.1f} s  {shown}", flush=True)
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
