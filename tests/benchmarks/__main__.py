"""`python -m tests.benchmarks [NAME ...]`: run the benchmarks, print their tables, write var/bench/NAME.json."""

import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

FOLDER = Path(__file__).parent
RESULTS = FOLDER.parent.parent / "var" / "bench"
ROWS = 300
"""Sentences each system reads; more does not change the rates."""


def main(chosen: list[str]) -> None:
    names = sorted(found.name for found in iter_modules([str(FOLDER)]) if found.name.startswith("bench_"))
    for name in names:
        short = name.removeprefix("bench_")
        if chosen and short not in chosen:
            continue
        result = import_module(f"tests.benchmarks.{name}").bench(rows=ROWS)
        result.write(RESULTS, short)
        print(result.shown())


if __name__ == "__main__":
    main(sys.argv[1:])
