"""The benchmarks produce their tables; how fast they are is for `make bench` to say."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks import __main__ as command
from tests.benchmarks import bench_compare, bench_engine, bench_index, bench_quantities, bench_recall, plots
from tests.benchmarks.tables import Measure, Result
from tests.benchmarks.texts import Texts


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


def test_the_benchmark_of_the_claim_index_prints_its_table() -> None:
    result = bench_index.bench(rows=60, sizes=(200, 500))
    measured = {(one.system, one.text): one.value for one in result.measures}
    assert measured["claim index", "500 claims, recall@20 of all that pass the gate and share a key"] >= 0.98
    assert measured["claim index", "500 claims, recall@20 of all that pass the gate, key or not"] >= 0.9
    assert {"claim index", "rapidfuzz cdist"} <= {one.system for one in result.measures}
    assert "rapidfuzz cdist takes" in result.note


def test_plots_are_drawn_from_what_was_measured(tmp_path: Path) -> None:
    def measured(name: str, *listed: tuple[str, str, float]) -> None:
        Result(name, [], measures=[Measure(*one, "ms") for one in listed]).write(tmp_path, name)

    measured("index", *(("claim index", f"{count} claims, a report", 4.0) for count in ("10,000", "100,000")))
    measured("end_to_end", ("workbench", "100,000 claims, processor time a report, Redis", 0.3))
    first, second = plots.draw(tmp_path, tmp_path / "plots")
    assert "<svg" in first.read_text() and "<svg" in second.read_text()
    assert plots.draw(tmp_path, tmp_path / "again")[0].read_bytes() == first.read_bytes()
    result = json.loads((tmp_path / "index.json").read_text())
    assert plots.curves(result, "a report") == {"claim index": {10_000: 4.0, 100_000: 4.0}}


def test_the_benchmark_of_the_whole_engine_prints_its_table() -> None:
    result = bench_engine.bench(rows=3, sizes=(300,))
    measured = {one.text: one.value for one in result.measures}
    assert measured["300 claims, news prose, together, median"] > 0
    assert 0 < measured["300 claims, recombined, pairs left a report"] <= 60


def test_the_benchmark_of_recall_finds_what_was_planted() -> None:
    (own, *_) = bench_recall.bench(rows=30).measures
    assert (own.system, own.unit) == ("claim index", "")
    assert own.value >= 0.95


def test_the_command_runs_the_benchmark_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "RESULTS", tmp_path)
    monkeypatch.setattr(command, "ROWS", 6)
    command.main(["compare"])
    assert capsys.readouterr().out.startswith("## Comparing statements")
    assert [path.name for path in tmp_path.iterdir()] == ["compare.json"]


def test_the_command_refuses_what_is_no_benchmark() -> None:
    command = [sys.executable, "-m", "tests.benchmarks", "nosuch"]
    done = subprocess.run(command, capture_output=True, cwd=Path(__file__).parents[2], check=False)
    assert (done.returncode, b"no such benchmark: nosuch" in done.stderr) == (2, True)


def test_generated_texts_are_the_same_for_the_same_seed_and_differ_within() -> None:
    first, second = (list(Texts(seed=7).claims(50)) for _ in range(2))
    assert first == second
    assert len({text for _, text in first}) > 45
    assert Texts(seed=8).report(5, ["China sold 12 boats to Peru in 2019."]) != Texts(seed=7).report(5)
