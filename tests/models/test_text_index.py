"""Words of texts are found by how they begin, as of every change of the text."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.db.models import Q

from claims.models import Claim, Finding, Report, search, text_index
from claims.models.search import all_met, with_words
from claims.models.text_index import OF_FINDINGS, OF_OUTLETS, OF_REPORTS, OF_WORDINGS, SEARCHED_CHARACTERS, TextIndex
from claims.workflow import Stance
from tests.cast import CONFIRMING, CONTRADICTING


def found(text: str, index: TextIndex = OF_REPORTS) -> int:
    return with_words(Report.objects.all(), text, index=index).rows.count()


@pytest.fixture
def report(report_of: Callable[..., Report]) -> Report:
    return report_of(
        "China's clerks shipped 3.86bn masks (up 12%) to Côte d'Ivoire.",
        title="Mask exports",
        outlet="Harbour Wire",
        url="https://customs.example/masks",
    )


@pytest.mark.parametrize(
    "words",
    [
        "masks",
        "MASK",
        "mas",
        "exp ship",
        "3.86",
        "3.86bn",
        "12%",
        "12",
        "côte d'ivoire",
        "china's",
        "customs.example",
        "' | 'masks",
    ],
)
def test_a_report_is_found_by_words_and_their_beginnings(words: str, report: Report) -> None:
    assert found(words) == 1


@pytest.mark.parametrize(
    "words", ["asks", "masks gloves", "%", '"', "masks NOT masksx", "harbour", "text:x", "\\", "'", "*"]
)
def test_what_is_not_there_is_not_found(words: str, report: Report) -> None:
    assert found(words) == 0


def test_the_outlet_is_searched_apart(report: Report) -> None:
    assert (found("harb wire", OF_OUTLETS), found("masks", OF_OUTLETS)) == (1, 0)


def test_a_changed_sentence_is_found_by_its_new_words(finding: Finding) -> None:
    def hits(text: str) -> int:
        return with_words(Finding.objects.all(), text, index=OF_FINDINGS).rows.count()

    assert (hits("customs"), hits("gloves")) == (1, 0)
    Finding.objects.update(sentence="Gloves were exported.")
    assert (hits("customs"), hits("gloves")) == (0, 1)
    Finding.objects.all().delete()
    assert OF_FINDINGS.hits(OF_FINDINGS.query_of("gloves"), limit=5) == []


def test_words_that_many_rows_have_are_found_row_by_row(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "NARROW", 0)
    wide = with_words(Report.objects.all(), "masks", index=OF_REPORTS)
    assert wide.is_wide and list(wide.rows) == [report]
    assert list(wide.rows.filter(outlet="Another")) == []


@pytest.mark.parametrize("most", [0, 1, 2])
def test_findings_are_found_by_the_words_of_their_report_however_many(
    most: int, masks: Claim, matched: Callable[..., Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Row by row, by their report, or by their own keys."""
    here, there = matched(f"{CONFIRMING} {CONTRADICTING}", outlet="Wire"), matched(outlet="Post")
    monkeypatch.setattr(search, "NARROW", most)
    rows = with_words(Finding.objects.with_outcome(), "wire", index=OF_OUTLETS, key="report").rows
    assert set(rows) == set(here.findings.all()) and len(rows) == 2
    assert set(rows.filter(outcome=Stance.CONTRADICTS)) == set(here.findings.filter(stance=Stance.CONTRADICTS))
    assert there.findings.exists()


def test_claims_of_many_findings_are_found_by_the_words_of_their_wording(finding: Finding) -> None:
    rows = with_words(Finding.objects.all(), "masks", index=OF_WORDINGS, key="claim__current_wording").rows
    assert list(rows) == [finding]
    assert list(with_words(Claim.objects.all(), "masks", index=OF_WORDINGS, key="current_wording").rows) == [
        finding.claim
    ]


@pytest.mark.parametrize(
    ("words", "fits"),
    [([], True), (["wire"], True), (["post"], False), (["wire", "CLERKS"], True), (["wire", "gloves"], False)],
)
def test_all_words_must_be_there(words: list[str], fits: bool, report: Report) -> None:
    conditions = [Q(outlet__icontains=word) | Q(body__icontains=word) for word in words]
    assert Report.objects.filter(all_met(conditions)).exists() == fits


def test_a_text_of_any_length_is_taken(report_of: Callable[..., Report]) -> None:
    words = " ".join(f"word{number}" for number in range(80_000))
    assert len(words) > 3 * SEARCHED_CHARACTERS
    report_of(words)
    assert (found("word79"), found("word79999")) == (1, 0)


def test_texts_from_before_the_index_are_entered(report: Report) -> None:
    text_index.drop_tables(connection)
    text_index.create_tables(connection)
    text_index.create_triggers(connection)
    assert found("masks") == 1
