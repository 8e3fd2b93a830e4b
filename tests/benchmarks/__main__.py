"""`python -m tests.benchmarks [NAME ...] [--data FOLDER]`: run benchmarks, print tables, write var/bench/NAME.json."""

from argparse import ArgumentParser
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

FOLDER = Path(__file__).parent
RESULTS = FOLDER.parent.parent / "var" / "bench"
ROWS = 300
"""Sentences each system reads; more does not change the rates."""


def main() -> None:
    parser = ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("names", nargs="*", help="all, if none is named")
    parser.add_argument("--data", type=Path, help="folder of research data that texts are made of")
    chosen = parser.parse_args()
    for name in sorted(found.name for found in iter_modules([str(FOLDER)]) if found.name.startswith("bench_")):
        short = name.removeprefix("bench_")
        if not chosen.names or short in chosen.names:
            result = import_module(f"tests.benchmarks.{name}").bench(rows=ROWS, data=chosen.data)
            result.write(RESULTS, short)
            print(result.shown(), flush=True)


if __name__ == "__main__":
    main()
