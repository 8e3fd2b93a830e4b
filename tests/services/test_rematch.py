"""`manage.py rematch`: after a change of the engine's policy every stored report is matched anew."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from claims.errors import NotAllowed
from claims.matching import NEWSROOM, key_codes
from claims.models import Event, Finding, Kind, Report, User, keep_terms, reports_to_look_at
from claims.services.rematch import left_to_rematch, rematch_batch
from claims.services.reports import remove_report
from claims.workflow import SYSTEM, ReportState, Triage
from tests.cast import MASKS, NOW

pytestmark = pytest.mark.django_db
OLDER = "newsroom-1"
LATER_THAN_ALL = 1_000_000


def rematched() -> str:
    said = StringIO()
    call_command("rematch", stdout=said)
    return said.getvalue()


def test_a_report_says_by_which_policy_it_was_matched(finding: Finding) -> None:
    assert finding.report.matched_policy == NEWSROOM.version
    assert left_to_rematch() == 0


def test_a_report_of_an_older_policy_is_brought_up_to_date(finding: Finding) -> None:
    Report.objects.update(matched_policy=OLDER)
    Finding.objects.update(stance="neutral", relation="undetermined", comparison={})
    assert rematched() == "Reports matched anew: 1.\n"
    finding.refresh_from_db()
    assert (finding.stance, finding.relation, finding.triage) == ("confirms", "same_figure", Triage.NEW)
    assert finding.comparison["policy_version"] == NEWSROOM.version
    assert Event.objects.latest("seq").kind == Kind.FINDING_UPDATED


def test_a_report_whose_terms_were_found_otherwise_is_found_by_look_backs_again(finding: Finding) -> None:
    def found() -> list[int]:
        return reports_to_look_at(codes=key_codes(MASKS), seq=LATER_THAN_ALL, after=0)

    keep_terms({finding.report_id: [1]})
    Report.objects.update(matched_policy=OLDER)
    assert found() == []
    rematched()
    assert found() == [finding.report_id]


def test_it_goes_on_where_it_stopped(
    matched: Callable[..., Report], finding: Finding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "MATCH_BATCH", 1)
    matched(outlet="Daily Ledger")
    Report.objects.update(matched_policy=OLDER)
    first = rematch_batch(after=0, by=SYSTEM, now=NOW)
    assert first is not None
    assert (first.count, left_to_rematch()) == (1, 1)
    assert rematched() == "Reports matched anew: 1.\n"
    assert rematched() == "Reports matched anew: 0.\n"


def test_what_waits_or_was_removed_is_left_alone(
    report_of: Callable[..., Report], matched: Callable[..., Report], editor: User
) -> None:
    waiting, removed = report_of(), matched(outlet="Daily Ledger")
    remove_report(report=removed, reason="Pasted by mistake", by=editor, now=NOW)
    Report.objects.update(matched_policy=OLDER)
    assert left_to_rematch() == 0
    waiting.refresh_from_db()
    assert waiting.state == ReportState.WAITING


def test_only_the_system_rematches(editor: User) -> None:
    with pytest.raises(NotAllowed):
        rematch_batch(after=0, by=editor, now=NOW)
