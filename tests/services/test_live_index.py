"""The index of open claims: whatever file a machine has, a process sees the claims as they are in the database."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from claims import live_index
from claims.live_index import base_file, follower
from claims.live_index.follower import Follower
from claims.matching import Brief
from claims.models import Claim, Event, Finding, Report, User
from claims.services.claims import close_claim, correct_reading, edit_claim
from claims.services.claims import open_claim as reopen_claim
from claims.services.matching import match_report, match_waiting
from claims.services.similar import similar_claims
from claims.workflow import SYSTEM, ReportState
from tests.cast import CONFIRMING, MASKS, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def index_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without an index file, on which two open claims are worth one."""
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    monkeypatch.setattr(settings, "INDEX_FILE_FROM", 2)
    return tmp_path / "index"


@pytest.fixture
def two_claims(open_claim_of: Callable[..., Claim]) -> tuple[Claim, Claim]:
    return open_claim_of(), open_claim_of("Since March 1, China has exported 37.5 million protective suits")


def opened() -> Follower:
    opening = Follower()
    opening.open()
    return opening


def prepared() -> Follower:
    live_index.prepare()
    return opened()


def candidates(opened: Follower, text: str = MASKS) -> set[int | str]:
    return {candidate.claim_id for candidate in opened.index.candidates([text])}


def reword(claim: Claim, text: str, editor: User) -> None:
    edit_claim(
        claim=claim,
        seen_wording=claim.wording.number,
        text=text,
        date=None,
        aliases=[],
        claimant="",
        note="",
        by=editor,
        now=NOW,
    )


def test_a_small_newsroom_needs_no_file(index_folder: Path, masks: Claim) -> None:
    assert candidates(opened()) == {masks.pk}
    assert base_file.all_files() == []


def test_a_large_newsroom_writes_its_file_once(index_folder: Path, two_claims: tuple[Claim, Claim]) -> None:
    first = prepared()
    [written] = base_file.all_files()
    assert written.seq == Event.objects.latest("seq").seq
    stamp = written.path.stat().st_mtime_ns
    second = opened()
    assert written.path.stat().st_mtime_ns == stamp
    assert candidates(first) == candidates(second)
    assert two_claims[0].pk in candidates(second)


def test_what_happens_after_the_file_is_followed(
    index_folder: Path, two_claims: tuple[Claim, Claim], open_claim_of: Callable[..., Claim], editor: User
) -> None:
    prepared()
    masks, suits = two_claims
    close_claim(claim=masks, by=editor, now=NOW)
    reword(suits, "Ships carried 16,000 respirators to Rome", editor)
    news = open_claim_of("The museum sold 7,300 tickets on Sunday")
    late = opened()
    assert late.followed == 3
    assert candidates(late) == set()
    assert candidates(late, "Ships carried 16,000 respirators to Rome, officials said.") == {suits.pk}
    assert candidates(late, "On Sunday the museum sold 7,300 tickets.") == {news.pk}


def test_a_newer_file_holds_what_was_followed(
    index_folder: Path, two_claims: tuple[Claim, Claim], editor: User
) -> None:
    prepared()
    close_claim(claim=two_claims[0], by=editor, now=NOW)
    assert live_index.write_newer_file()
    late = opened()
    assert late.followed == 0
    assert two_claims[0].pk not in late.index
    assert two_claims[1].pk in late.index


def test_a_newsroom_that_has_grown_gets_its_first_file(index_folder: Path, two_claims: tuple[Claim, Claim]) -> None:
    """Whoever writes it holds the lock already, and must not wait for it."""
    assert live_index.write_newer_file()
    assert opened().base is not None
    assert two_claims[0].pk in candidates(opened())


def test_only_two_files_are_kept(index_folder: Path, two_claims: tuple[Claim, Claim], editor: User) -> None:
    prepared()
    for number in range(3):
        reword(two_claims[0], f"Since March 1, China has exported {number + 4} billion masks", editor)
        two_claims[0].refresh_from_db()
        live_index.write_newer_file()
    assert len(base_file.all_files()) == 2


@pytest.mark.parametrize("size", [0, 10, 200])
def test_a_truncated_file_is_replaced(index_folder: Path, two_claims: tuple[Claim, Claim], size: int) -> None:
    expected = candidates(prepared())
    [written] = base_file.all_files()
    written.path.write_bytes(written.path.read_bytes()[:size])
    assert candidates(prepared()) == expected
    assert written.path.stat().st_size > size


def test_a_file_of_another_database_is_not_taken(index_folder: Path, two_claims: tuple[Claim, Claim]) -> None:
    prepared()
    [written] = base_file.all_files()
    foreign = written.path.with_name(f"claims-{written.seq:012}-{'0' * 16}.index")
    written.path.rename(foreign)
    assert prepared().base != base_file.BaseFile.named(foreign)
    assert two_claims[0].pk in candidates(opened())


def test_a_process_that_may_not_write_waits_for_the_one_that_does(index_folder: Path, masks: Claim) -> None:
    with base_file.lock(wait=False) as mine:
        assert mine
        assert not live_index.write_newer_file()


def test_readings_are_those_of_the_wording_now(masks: Claim, editor: User) -> None:
    before = live_index.current()
    assert before.wording_of(masks.pk) == masks.wording.pk
    reword(masks, "Since March 1, China has exported 4.2 billion masks", editor)
    masks.refresh_from_db()
    after = live_index.current()
    assert after.wording_of(masks.pk) == masks.wording.pk
    assert after.statements([masks.pk])[masks.pk].text == masks.text


def test_a_brief_has_the_terms_of_the_reading_now(masks: Claim, editor: User) -> None:
    claims = live_index.current()
    assert claims.briefs([masks.pk, masks.pk + 1]) == {masks.pk: Brief.of(claims.statements([masks.pk])[masks.pk])}
    reword(masks, "Since March 1, China has exported 4.2 billion respirators", editor)
    brief = live_index.current().briefs([masks.pk])[masks.pk]
    assert "respir" in " ".join(brief.terms)
    assert brief == Brief.of(live_index.current().statements([masks.pk])[masks.pk])


@pytest.fixture
def masks_in_words(masks: Claim, open_claim_of: Callable[..., Claim], editor: User) -> Claim:
    """The figure stands in the reading, by an editor's hand, and not in the text."""
    claim = open_claim_of("China has exported face masks enough for hospitals and households throughout our continent")
    written = masks.wording.reading
    by_hand = {name: written[name] for name in ("quantities", "slots", "periods")}
    reading = claim.wording.reading | by_hand
    correct_reading(claim=claim, seen_wording=1, reading=reading, by=editor, now=NOW)
    return Claim.objects.get(pk=claim.pk)


def test_a_brief_knows_of_figures_that_an_editor_added(masks: Claim, masks_in_words: Claim) -> None:
    briefs = live_index.current().briefs([masks.pk, masks_in_words.pk])
    assert [brief.may_have_figures for brief in briefs.values()] == [True, True]


def test_a_claim_whose_figure_an_editor_added_is_found(masks_in_words: Claim, matched: Callable[..., Report]) -> None:
    report = matched(CONFIRMING)
    assert Finding.objects.get(report=report, claim=masks_in_words).stance == "confirms"


def test_the_version_says_what_the_index_holds(masks: Claim) -> None:
    live_index.current()
    version = live_index.version()
    assert version is not None
    assert (version.seq, version.claims) == (Event.objects.latest("seq").seq, 1)


def test_a_reader_keeps_the_claims_it_was_given(masks: Claim, editor: User) -> None:
    """Another thread of the process follows the events meanwhile."""
    before = live_index.current()
    reword(masks, "Ships carried 16,000 respirators to Rome", editor)
    after = live_index.current()
    assert [one.claim_id for one in before.index.candidates([MASKS])] == [masks.pk]
    assert [one.claim_id for one in after.index.candidates([MASKS])] == []


@pytest.fixture
def new_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_index, "_process", live_index.Process())
    monkeypatch.setattr(live_index, "WAIT_SECONDS", 0.3)


@pytest.mark.usefixtures("new_process")
def test_no_report_is_taken_while_the_file_is_being_written(
    index_folder: Path, two_claims: tuple[Claim, Claim], report_of: Callable[..., Report]
) -> None:
    report = report_of()
    with base_file.lock(wait=False):
        with pytest.raises(live_index.NotReady):
            match_waiting(by=SYSTEM, now=NOW)
        with pytest.raises(live_index.NotReady):
            match_report(report_id=report.pk, by=SYSTEM, now=NOW)
        assert similar_claims(text=MASKS) == []
        assert live_index.version() is None
    report.refresh_from_db()
    assert (report.state, report.attempts) == (ReportState.WAITING, 0)
    live_index.prepare()
    assert match_waiting(by=SYSTEM, now=NOW) == 1
    assert Finding.objects.count() == 1


@pytest.mark.usefixtures("new_process")
@pytest.mark.django_db(transaction=True)
def test_a_process_that_lacks_the_file_has_it_written_and_waits_for_it(
    index_folder: Path, two_claims: tuple[Claim, Claim], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert live_index.current_if_ready() is None
    monkeypatch.setattr(live_index, "WAIT_SECONDS", 20)
    assert two_claims[0].pk in live_index.current()
    assert len(base_file.all_files()) == 1


@pytest.mark.usefixtures("new_process")
def test_a_file_that_cannot_be_written_is_told_of(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, two_claims: tuple[Claim, Claim], caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "index").write_text("in the way")
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    monkeypatch.setattr(settings, "INDEX_FILE_FROM", 2)
    live_index.prepare()
    assert "the index file was not written" in caplog.text
    with pytest.raises(live_index.NotReady):
        live_index.current()


def test_a_file_that_is_far_behind_is_replaced(
    index_folder: Path, two_claims: tuple[Claim, Claim], editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    live_index.prepare()
    monkeypatch.setattr(follower, "MOST_FOLLOWED", 1)
    for claim in two_claims:
        close_claim(claim=claim, by=editor, now=NOW)
        reopen_claim(claim=claim, by=editor, now=NOW)
    with pytest.raises(live_index.NotReady):
        opened()
    live_index.prepare()
    late = opened()
    assert (late.followed, late.seq) == (0, Event.objects.latest("seq").seq)
    assert two_claims[0].pk in candidates(late)
