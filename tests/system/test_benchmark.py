"""The benchmark from POST to findings runs; how fast is for `make bench` to say."""

from tests.benchmarks import bench_end_to_end
from tests.machine import postgres_programs, requires


def test_it_prints_its_table() -> None:
    requires(postgres_programs(), "PostgreSQL is not installed: apt-get install postgresql")
    result = bench_end_to_end.bench(rows=0, sizes=(100,), seconds=2)
    measured = {one.text.partition(", ")[2]: one.value for one in result.measures}
    assert min(measured.values()) >= 0
    assert measured["processor time a report, worker"] > 0
    assert measured["20 a second, 95th percentile"] > 0
    assert any(text.startswith("reports matched a second") for text in measured)
