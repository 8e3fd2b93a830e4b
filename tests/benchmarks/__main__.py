"""`python -m tests.benchmarks [NAME ...] [--data FOLDER]`: run benchmarks, print tables, write var/bench/NAME.json.

`python -m tests.benchmarks newsroom --claims N --reports N --findings N [--data FOLDER]`: fill the empty, migrated
database that the environment names with a large newsroom.

`python -m tests.benchmarks plots`: draw docs/plots/*.svg from var/bench/*.json.
"""

import argparse
import os
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import django

FOLDER = Path(__file__).parent
RESULTS = FOLDER.parent.parent / "var" / "bench"
PLOTS = FOLDER.parent.parent / "docs" / "plots"
ROWS = 300
"""Sentences each system reads; more does not change the rates."""
ON_REQUEST = {"pages", "end_to_end", "look_back"}
"""Benchmarks that need a database filled beforehand, or servers of their own for minutes: run only when named."""


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["newsroom"]:
        _newsroom(arguments[1:])
        return
    if arguments == ["plots"]:
        for path in import_module("tests.benchmarks.plots").draw(RESULTS, PLOTS):
            print(path)
        return
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    modules = [found.name for found in iter_modules([str(FOLDER)])]
    known = sorted(name.removeprefix("bench_") for name in modules if name.startswith("bench_"))
    usual = [name for name in known if name not in ON_REQUEST]
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(known)}; else {', '.join(usual)}")
    parser.add_argument("--data", type=Path, help="folder of research data that texts are made of")
    parser.add_argument("--sizes", type=int, nargs="+", help="numbers of claims, for index, engine and end_to_end")
    chosen = parser.parse_args(arguments)
    sizes = {"sizes": tuple(chosen.sizes)} if chosen.sizes else {}
    if unknown := set(chosen.names) - set(known):
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    for short in chosen.names or usual:
        if short in {"pages", "look_back"}:
            _set_up_django()
        result = import_module(f"tests.benchmarks.bench_{short}").bench(rows=ROWS, data=chosen.data, **sizes)
        result.write(RESULTS, short)
        print(result.shown(), flush=True)


def _newsroom(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks newsroom")
    for name, count in (("claims", 100_000), ("reports", 1_000_000), ("findings", 1_000_000), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=count)
    parser.add_argument("--data", type=Path, help="a folder of research data whose sentences are recombined")
    asked = parser.parse_args(arguments)
    _set_up_django()
    large_newsroom = import_module("tests.benchmarks.large_newsroom")
    size = large_newsroom.Size(asked.claims, asked.reports, asked.findings)
    large_newsroom.fill(size, data=asked.data, seed=asked.seed, say=lambda text: print(text, flush=True))


def _set_up_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    django.setup()


if __name__ == "__main__":
    main(sys.argv[1:])
