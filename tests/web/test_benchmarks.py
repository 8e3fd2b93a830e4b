"""The large newsroom and the benchmark of pages work; how fast they are is for `make bench` to say."""

import json
from pathlib import Path

import pytest

from claims.models import Claim, Event, Evidence, Finding, Report, Verdict
from claims.services.audit import verify_chain
from claims.workflow import Triage
from tests.benchmarks import bench_look_back, bench_pages, newsroom_texts
from tests.benchmarks.large_newsroom import Size, fill
from tests.benchmarks.report_terms import fill_lacking

SIZE = Size(claims=60, reports=90, findings=120)


@pytest.fixture
def newsroom(db: None) -> None:
    fill(SIZE)


@pytest.mark.usefixtures("newsroom")
def test_a_large_newsroom_keeps_every_promise() -> None:
    assert (Claim.objects.count(), Report.objects.count()) == (SIZE.claims, SIZE.reports)
    assert abs(Finding.objects.count() - SIZE.findings) <= 5
    assert Verdict.objects.exists() and Evidence.objects.exists() and Event.objects.exists()
    assert {*Finding.objects.values_list("triage", flat=True)} <= {*Triage.values}
    assert verify_chain() is None
    for finding in Finding.objects.select_related("report", "wording"):
        assert finding.report.text_of(finding.field)[finding.start : finding.end] == finding.sentence
    for claim in Claim.objects.with_wording():
        for quantity in claim.wording.reading["quantities"]:
            assert claim.text[quantity["start"] : quantity["end"]] == quantity["surface"]


@pytest.mark.usefixtures("newsroom")
def test_it_is_not_mixed_with_other_claims() -> None:
    with pytest.raises(RuntimeError, match="has claims already"):
        fill(SIZE)


@pytest.mark.usefixtures("newsroom")
def test_the_benchmark_of_pages_prints_and_writes_its_table(tmp_path: Path) -> None:
    result = bench_pages.bench(rows=1, only="verdict")
    assert {page.status for page in result.pages if page.variant != "with its ETag"} == {200}
    assert {page.status for page in result.pages if page.variant == "with its ETag"} == {304}
    assert "queries" in result.shown()
    result.write(tmp_path, "pages")
    assert len(json.loads((tmp_path / "pages.json").read_text())["pages"]) == len(result.pages)


@pytest.mark.postgres
@pytest.mark.usefixtures("newsroom")
def test_the_benchmark_of_look_backs_gives_reports_their_terms_and_finds_them() -> None:
    measured = {one.text.rpartition("candidates, ")[2]: one.value for one in bench_look_back.bench(rows=1).measures}
    assert 0 < measured["median"] <= measured["95th percentile"]
    assert 0 < measured["how many, 95th percentile"] <= SIZE.reports
    assert fill_lacking(1) == 0


def test_texts_are_the_same_for_the_same_seed() -> None:
    source = newsroom_texts.stock()
    bodies = [list(newsroom_texts.report_bodies(source, seed=3, count=4)) for _ in range(2)]
    assert bodies[0] == bodies[1]
    assert 100 < sum(len(" ".join(body).split()) for body in bodies[0]) / 4 < 200
    assert len(set(newsroom_texts.claim_sentences(source, seed=3, count=50))) == 50
