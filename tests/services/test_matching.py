"""Forward and backward matching: the same findings in whatever order claims and reports arrive."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from itertools import permutations

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings

from claims import live_index
from claims.matching import DocumentReader, Match
from claims.models import Claim, Event, Finding, Kind, LookBack, Report, User, kept_terms
from claims.services import lookback, matching
from claims.services.claims import close_claim, edit_claim, open_claim, register_claim
from claims.services.findings import accept_finding, dismiss_finding, undo_triage
from claims.services.lookback import (
    end_look_backs,
    retry_look_back,
    run_look_back,
    start_look_back,
    stop_look_back,
)
from claims.services.matching import match_report, match_waiting
from claims.services.reports import remove_report
from claims.workflow import SYSTEM, ClaimStatus, LookBackState, ReportState, Triage
from tests.cast import CONFIRMING, CONTRADICTING, MASKS, NOW

pytestmark = pytest.mark.django_db


def look_back(claim: Claim) -> LookBack:
    found = LookBack.objects.filter(claim=claim).latest("pk")
    run_look_back(look_back_id=found.pk, by=SYSTEM, now=NOW)
    found.refresh_from_db()
    return found


def empty_the_desk(editor: User) -> None:
    """No claim and no report, as the process's index of claims hears too."""
    for claim in Claim.objects.open():
        close_claim(claim=claim, by=editor, now=NOW)
    live_index.current()
    for table in (LookBack, Finding, Report):
        table.objects.all().delete()
    Claim.objects.update(current_wording=None, status=ClaimStatus.DRAFT)
    Claim.objects.all().delete()


def reword(claim: Claim, text: str, editor: User, *, aliases: Sequence[str] = ()) -> Claim:
    return edit_claim(
        claim=claim,
        seen_wording=claim.wording.number,
        text=text,
        date=claim.wording.date,
        aliases=aliases,
        claimant="",
        note="",
        by=editor,
        now=NOW,
    )


def said(findings: Iterable[Finding] | None = None) -> set[tuple[str, str, str, str]]:
    rows = Finding.objects.current() if findings is None else findings
    return {(row.claim.text, row.report.outlet, row.stance, row.relation) for row in rows}


def test_a_report_meets_the_open_claims(masks: Claim, matched: Callable[..., Report]) -> None:
    report = matched(CONTRADICTING)
    assert (report.state, report.attempts) == (ReportState.MATCHED, 1)
    assert said() == {(MASKS, "Harbour Wire", "contradicts", "different_figure")}


def test_matching_twice_changes_nothing(finding: Finding) -> None:
    events = Event.objects.count()
    Report.objects.filter(pk=finding.report_id).update(state=ReportState.WAITING)
    match_report(report_id=finding.report_id, by=SYSTEM, now=NOW)
    assert (Finding.objects.count(), Event.objects.count()) == (1, events)


def test_a_matched_report_is_not_matched_again(finding: Finding) -> None:
    assert match_report(report_id=finding.report_id, by=SYSTEM, now=NOW) is None


def test_matching_without_findings_makes_no_event(masks: Claim, matched: Callable[..., Report]) -> None:
    before = Event.objects.count()
    matched("The tram to the harbour runs again from Monday, the operator said.")
    assert Event.objects.count() == before


def test_a_claim_opened_later_meets_stored_reports(
    matched: Callable[..., Report], open_claim_of: Callable[..., Claim]
) -> None:
    matched()
    ended = look_back(open_claim_of())
    assert (ended.state, ended.done, ended.total) == (LookBackState.DONE, 1, 1)
    assert said() == {(MASKS, "Harbour Wire", "confirms", "same_figure")}


def test_a_look_back_covers_reports_being_matched(report_of: Callable[..., Report], masks: Claim) -> None:
    """A matching under way may have read the claims before this one was opened."""
    report = report_of()
    Report.objects.filter(pk=report.pk).update(matched_seq=None, attempts=1)
    end_look_backs(claim=masks, now=NOW)
    start_look_back(claim=masks, seq=99, now=NOW)
    look_back(masks)
    assert Finding.objects.count() == 1


def test_every_order_gives_the_same_findings(
    editor: User, open_claim_of: Callable[..., Claim], matched: Callable[..., Report]
) -> None:
    gloves = MASKS.replace("3.86", "9.2").replace("face masks", "surgical gloves")
    steps: list[Callable[[], object]] = [
        lambda: look_back(open_claim_of()),
        lambda: look_back(open_claim_of(gloves)),
        lambda: matched(CONFIRMING, outlet="A"),
        lambda: matched(CONTRADICTING, outlet="B"),
    ]
    results = []
    for order in permutations(range(4)):
        empty_the_desk(editor)
        for step in order:
            steps[step]()
        results.append(said())
    assert len(results[0]) == 2
    assert all(result == results[0] for result in results)


def test_a_reworded_claim_revives_what_it_still_finds(finding: Finding, editor: User) -> None:
    claim = reword(finding.claim, MASKS, editor, aliases=["respirators"])
    look_back(claim)
    finding.refresh_from_db()
    assert (finding.triage, finding.wording) == (Triage.NEW, claim.wording)


def test_a_triaged_finding_keeps_its_state_and_hears_what_the_engine_says_now(finding: Finding, editor: User) -> None:
    accept_finding(finding=finding, by=editor, now=NOW)
    claim = reword(finding.claim, MASKS.replace("3.86", "9.9"), editor)
    look_back(claim)
    finding.refresh_from_db()
    assert (finding.triage, finding.stance) == (Triage.ACCEPTED, "confirms")
    assert finding.engine_now["stance"] == "contradicts"
    undo_triage(finding=finding, by=editor, now=NOW)
    assert (finding.triage, finding.stance, finding.engine_now) == (Triage.NEW, "contradicts", None)


def test_a_dismissed_sentence_does_not_return(finding: Finding, editor: User) -> None:
    dismiss_finding(finding=finding, reason="misread", by=editor, now=NOW)
    Report.objects.filter(pk=finding.report_id).update(state=ReportState.WAITING)
    match_report(report_id=finding.report_id, by=SYSTEM, now=NOW)
    assert Finding.objects.get().triage == Triage.DISMISSED


def test_a_finding_no_longer_produced_is_superseded(finding: Finding, editor: User) -> None:
    Report.objects.filter(pk=finding.report_id).update(state=ReportState.WAITING, body="Nothing of the kind was said.")
    match_report(report_id=finding.report_id, by=SYSTEM, now=NOW)
    finding.refresh_from_db()
    assert finding.triage == Triage.SUPERSEDED
    assert Event.objects.latest("seq").kind == Kind.FINDING_SUPERSEDED


def test_a_hint_takes_a_batch_of_what_waits(
    masks: Claim, report_of: Callable[..., Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "MATCH_BATCH", 2)
    for number in range(3):
        report_of(outlet=f"Outlet {number}")
    assert [match_waiting(by=SYSTEM, now=NOW) for _ in range(3)] == [2, 1, 0]
    assert set(Report.objects.values_list("state", "attempts")) == {(ReportState.MATCHED, 1)}
    assert Finding.objects.count() == 3


def test_a_report_in_another_workers_hands_is_left_to_it(masks: Claim, report_of: Callable[..., Report]) -> None:
    report = report_of()
    Report.objects.update(attempts=1)
    assert match_waiting(by=SYSTEM, now=NOW) == 0
    assert match_report(report_id=report.pk, by=SYSTEM, now=NOW) == report


@pytest.mark.parametrize("look_back_first", [True, False])
def test_a_claim_reworded_while_a_report_is_matched_is_left_to_its_look_back(
    masks: Claim,
    report_of: Callable[..., Report],
    editor: User,
    monkeypatch: pytest.MonkeyPatch,
    look_back_first: bool,
) -> None:
    report = report_of(CONTRADICTING)
    read, times_read = matching.reader_of, []

    def reword_meanwhile(report: Report) -> DocumentReader:
        times_read.append(report.pk)
        if len(times_read) == 1:
            reword(masks, CONTRADICTING, editor)
            if look_back_first:
                look_back(masks)
        return read(report)

    with monkeypatch.context() as patch:
        patch.setattr(matching, "reader_of", reword_meanwhile)
        assert match_waiting(by=SYSTEM, now=NOW) == 1
    if not look_back_first:
        assert not Finding.objects.exists()
        look_back(masks)
    report.refresh_from_db()
    assert (report.state, report.attempts, times_read) == (ReportState.MATCHED, 1, [report.pk])
    assert {(row.stance, row.wording.number) for row in Finding.objects.current()} == {("confirms", 2)}


def test_a_finding_for_an_earlier_wording_is_found_by_the_look_back(finding: Finding, editor: User) -> None:
    """Of a matching that was kept between the rewording and its commit; the report holds no word of the new text."""
    masks = Claim.objects.get(pk=finding.claim_id)
    reword(masks, "Ships carried 16,000 respirators to Rome", editor)
    Finding.objects.update(triage=Triage.NEW)
    assert look_back(masks).done == 1
    finding.refresh_from_db()
    assert finding.triage == Triage.SUPERSEDED


def test_what_the_engine_fails_on_does_not_hold_up_the_batch(
    masks: Claim, report_of: Callable[..., Report], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    bad, _ = report_of(outlet="Odd Wire"), report_of(outlet="Harbour Wire")
    read = matching.reader_of

    def fail_on_bad(report: Report) -> DocumentReader:
        if report.pk == bad.pk:
            raise ValueError("odd")
        return read(report)

    monkeypatch.setattr(matching, "reader_of", fail_on_bad)
    assert match_waiting(by=SYSTEM, now=NOW) == 2
    assert "ValueError: odd" in caplog.text
    states = Report.objects.order_by("pk").values_list("state", "failure")
    assert list(states) == [(ReportState.WAITING, "ValueError: odd"), (ReportState.MATCHED, "")]


def test_when_time_is_over_what_was_looked_at_is_kept_with_its_terms(
    masks: Claim, report_of: Callable[..., Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, slow, third = (report_of(outlet=f"Outlet {number}") for number in range(3))
    read = matching.reader_of

    def late(report: Report) -> DocumentReader:
        if report.pk == slow.pk:
            raise SoftTimeLimitExceeded
        return read(report)

    monkeypatch.setattr(matching, "reader_of", late)
    assert match_waiting(by=SYSTEM, now=NOW) == 3
    states = dict(Report.objects.values_list("pk", "state"))
    assert states == {first.pk: ReportState.MATCHED, slow.pk: ReportState.WAITING, third.pk: ReportState.WAITING}
    assert set(kept_terms(list(states))) == {first.pk}
    slow.refresh_from_db()
    assert slow.failure == "matching took longer than 60 seconds"


def test_matching_again_meets_a_claim_that_changed_meanwhile(
    masks: Claim, matched: Callable[..., Report], editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its look-back may have asked for terms that the report was not stored with yet."""
    report = matched(CONTRADICTING)
    read, reworded = matching.reader_of, list[Claim]()

    def reword_meanwhile(report: Report) -> DocumentReader:
        if not reworded:
            reworded.append(masks)
            reword(masks, CONTRADICTING, editor)
        return read(report)

    monkeypatch.setattr(matching, "reader_of", reword_meanwhile)
    assert matching.match_again(reports=[report], by=SYSTEM, now=NOW) == {}
    assert {(row.stance, row.wording.number) for row in Finding.objects.current()} == {("confirms", 2)}


def test_removed_and_unread_reports_are_not_matched(
    report_of: Callable[..., Report], masks: Claim, editor: User
) -> None:
    removed, unread = report_of(), report_of(outlet="Le Port", language="fr")
    remove_report(report=removed, reason="Pasted by mistake", by=editor, now=NOW)
    assert match_report(report_id=removed.pk, by=SYSTEM, now=NOW) is None
    assert match_report(report_id=unread.pk, by=SYSTEM, now=NOW) is None


def test_a_reopened_claim_meets_what_came_while_it_was_closed(
    masks: Claim, matched: Callable[..., Report], editor: User
) -> None:
    close_claim(claim=masks, by=editor, now=NOW)
    matched()
    look_back(open_claim(claim=masks, by=editor, now=NOW))
    assert Finding.objects.count() == 1


def test_a_look_back_is_stopped_and_goes_on(matched: Callable[..., Report], editor: User) -> None:
    matched()
    claim = open_claim(claim=register_claim(text=MASKS, by=editor, now=NOW), by=editor, now=NOW)
    under_way = LookBack.objects.get(claim=claim)
    stop_look_back(look_back=under_way, by=editor, now=NOW)
    assert look_back(claim).done == 0
    retry_look_back(look_back=under_way, by=editor, now=NOW)
    assert look_back(claim).state == LookBackState.DONE


def test_an_overtaken_look_back_writes_nothing(finding: Finding, editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """The claim is reworded while a chunk of its look-back is being read."""
    claim = Claim.objects.get(pk=finding.claim_id)
    Report.objects.update(matched_seq=0)
    end_look_backs(claim=claim, now=NOW)
    under_way = LookBack.objects.create(claim=claim, seq=99, queued_at=NOW)
    read = lookback.find

    def reword_meanwhile(reader: DocumentReader, claims: live_index.LiveIndex) -> list[Match]:
        found = read(reader, claims)
        reword(claim, MASKS.replace("3.86", "9.9"), editor)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(lookback, "find", reword_meanwhile)
        run_look_back(look_back_id=under_way.pk, by=SYSTEM, now=NOW)
    under_way.refresh_from_db()
    finding.refresh_from_db()
    assert (under_way.state, under_way.done) == (LookBackState.STOPPED, 0)
    assert (finding.triage, finding.wording.number) == (Triage.SUPERSEDED, 1)


def test_a_report_the_engine_fails_on_is_passed_over_and_named(
    matched: Callable[..., Report], open_claim_of: Callable[..., Claim], monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = matched("This one on masks is odd."), matched(outlet="Daily Ledger")
    read = lookback.reader_of

    def fail_on_bad(report: Report) -> DocumentReader:
        if report.pk == bad.pk:
            raise ValueError("odd")
        return read(report)

    with monkeypatch.context() as patch:
        patch.setattr(lookback, "reader_of", fail_on_bad)
        ended = look_back(open_claim_of())
    assert (ended.state, ended.done, Finding.objects.get().report) == (LookBackState.DONE, 2, good)
    assert ended.failure == f"report {bad.public_id} was passed over: ValueError: odd"


def test_a_look_back_looks_at_every_report_once(
    report_of: Callable[..., Report], open_claim_of: Callable[..., Claim]
) -> None:
    for number in range(120):
        report_of(f"{CONFIRMING} Edition {number}.", outlet=f"Outlet {number}", now=NOW + timedelta(seconds=number))
    while match_waiting(by=SYSTEM, now=NOW):
        pass
    ended = look_back(open_claim_of())
    assert (ended.done, ended.total, Finding.objects.count()) == (120, 120, 120)


def test_a_look_back_reads_only_what_holds_enough_of_the_claim(
    matched: Callable[..., Report], open_claim_of: Callable[..., Claim], monkeypatch: pytest.MonkeyPatch
) -> None:
    matched("Masks were worn at the carnival, the mayor of the harbour town said.", title="", outlet="Odd Wire")
    enough = matched()
    reader_of, read = lookback.reader_of, list[Report]()

    def noted(report: Report) -> DocumentReader:
        read.append(report)
        return reader_of(report)

    with monkeypatch.context() as patch:
        patch.setattr(lookback, "reader_of", noted)
        ended = look_back(open_claim_of())
    assert (ended.done, read) == (2, [enough])
    assert Finding.objects.get().report == enough
