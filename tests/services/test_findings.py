"""Triage, its memory, and sentences marked by hand."""

from collections.abc import Callable

import pytest

from claims.errors import Conflict, Duplicate, InvalidInput, NotAllowed
from claims.models import Claim, Finding, Report, User
from claims.services.findings import accept_finding, dismiss_finding, mark_evidence, undo_triage
from claims.workflow import Stance, Triage
from tests.cast import CONFIRMING, NOW

pytestmark = pytest.mark.django_db


def test_a_finding_points_at_its_sentence(finding: Finding) -> None:
    assert finding.report.body[finding.start : finding.end] == finding.sentence == CONFIRMING
    assert (finding.stance, finding.triage) == (Stance.CONFIRMS, Triage.NEW)


def test_accepting_takes_the_engines_stance(finding: Finding, editor: User) -> None:
    accepted = accept_finding(finding=finding, by=editor, now=NOW)
    assert (accepted.triage, accepted.accepted_as, accepted.triaged_by) == (Triage.ACCEPTED, "confirms", editor)


def test_accepting_as_another_stance(finding: Finding, editor: User) -> None:
    accepted = accept_finding(finding=finding, stance="contradicts", by=editor, now=NOW)
    assert accepted.decided_stance == "contradicts"
    assert accepted.stance == "confirms"


def test_an_unknown_stance_is_refused(finding: Finding, editor: User) -> None:
    with pytest.raises(InvalidInput):
        accept_finding(finding=finding, stance="agrees", by=editor, now=NOW)


@pytest.mark.parametrize(("reason", "field"), [("", "reason"), ("because", "reason"), ("other", "note")])
def test_dismissing_needs_a_reason(finding: Finding, editor: User, reason: str, field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        dismiss_finding(finding=finding, reason=reason, by=editor, now=NOW)
    assert refusal.value.field == field


def test_two_editors_cannot_both_triage(finding: Finding, editor: User, colleague: User) -> None:
    seen_by_both = Finding.objects.get(pk=finding.pk)
    accept_finding(finding=finding, by=editor, now=NOW)
    with pytest.raises(Conflict, match=r"Changed by edith at 09:00 UTC; it is now accepted"):
        dismiss_finding(finding=seen_by_both, reason="misread", by=colleague, now=NOW)


def test_a_dismissal_covers_copies_that_wait(finding: Finding, matched: Callable[..., Report], editor: User) -> None:
    copy = matched(outlet="Daily Ledger").findings.get()
    dismiss_finding(finding=finding, reason="misread", by=editor, now=NOW)
    copy.refresh_from_db()
    assert (copy.triage, copy.remembered_from) == (Triage.DISMISSED, finding)


def test_a_dismissal_is_remembered_for_copies_to_come(
    finding: Finding, matched: Callable[..., Report], editor: User
) -> None:
    dismiss_finding(finding=finding, reason="misread", by=editor, now=NOW)
    copy = matched(CONFIRMING.replace(" ", "  ").replace("customs", "Customs"), outlet="Daily Ledger").findings.get()
    assert (copy.triage, copy.dismissal_reason, copy.remembered_from) == (Triage.DISMISSED, "misread", finding)


def test_undo_brings_a_dismissal_and_its_copies_back(
    finding: Finding, matched: Callable[..., Report], editor: User
) -> None:
    copy = matched(outlet="Daily Ledger").findings.get()
    undo_triage(finding=dismiss_finding(finding=finding, reason="misread", by=editor, now=NOW), by=editor, now=NOW)
    copy.refresh_from_db()
    assert (finding.triage, finding.dismissal_reason, copy.triage) == (Triage.NEW, "", Triage.NEW)


def test_undo_reaches_every_copy_whichever_came_first(
    finding: Finding, matched: Callable[..., Report], editor: User
) -> None:
    second = matched(outlet="Daily Ledger").findings.get()
    dismissed = dismiss_finding(finding=second, reason="misread", by=editor, now=NOW)
    third = matched(outlet="Kestrel News").findings.get()
    assert third.remembered_from == second
    undo_triage(finding=dismissed, by=editor, now=NOW)
    assert set(Finding.objects.values_list("triage", flat=True)) == {Triage.NEW}
    assert matched(outlet="Lakeside Echo").findings.get().triage == Triage.NEW


def test_there_is_nothing_to_undo_in_a_new_finding(finding: Finding, editor: User) -> None:
    with pytest.raises(Conflict):
        undo_triage(finding=finding, by=editor, now=NOW)


def test_an_outsider_triages_nothing(finding: Finding, outsider: User) -> None:
    with pytest.raises(NotAllowed):
        accept_finding(finding=finding, by=outsider, now=NOW)


def test_a_sentence_is_marked_by_hand(masks: Claim, matched: Callable[..., Report], editor: User) -> None:
    report = matched("Officials met on Monday. Nothing was said about exports.")
    marked = mark_evidence(
        claim=masks, report=report, field="body", start=0, end=24, stance="neutral", by=editor, now=NOW
    )
    assert (marked.sentence, marked.triage, marked.marked_by) == ("Officials met on Monday.", Triage.ACCEPTED, editor)
    with pytest.raises(Duplicate):
        mark_evidence(claim=masks, report=report, field="body", start=0, end=24, stance="confirms", by=editor, now=NOW)


@pytest.mark.parametrize(
    ("field", "start", "end"), [("body", 5, 5), ("body", 0, 9_999), ("url", 0, 3), ("body", -3, 4)]
)
def test_a_span_outside_the_text_is_refused(
    masks: Claim, matched: Callable[..., Report], editor: User, field: str, start: int, end: int
) -> None:
    with pytest.raises(InvalidInput):
        mark_evidence(
            claim=masks, report=matched(), field=field, start=start, end=end, stance="confirms", by=editor, now=NOW
        )
