"""The benchmarks produce their tables; how fast they are is for `make bench` to say."""

import json
from pathlib import Path

from tests.benchmarks import bench_compare, bench_quantities


def test_the_benchmark_of_figures_prints_and_writes_its_table(tmp_path: Path) -> None:
    result = bench_quantities.bench(rows=5)
    assert {one.system for one in result.rates} >= {"factcheck-workbench"}
    assert all(one.per_second > 0 for one in result.rates)
    assert "texts/s" in result.shown()
    result.write(tmp_path, "quantities")
    assert len(json.loads((tmp_path / "quantities.json").read_text())["rates"]) == len(result.rates)


def test_the_benchmark_of_comparing_prints_its_table() -> None:
    result = bench_compare.bench(rows=6)
    assert len(result.rates) == 3
    assert all(one.per_second > 0 for one in result.rates)
    assert "µs" in result.note
