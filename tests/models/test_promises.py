"""What the database refuses, whoever asks: the same on SQLite and PostgreSQL."""

from collections.abc import Callable

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.utils import DatabaseError, IntegrityError

from claims.models import Event, Finding, Report, User, Verdict, VerdictEdit, triggers
from claims.services.audit import verify_chain
from claims.workflow import Triage, VerdictState
from tests.cast import NOW

pytestmark = pytest.mark.django_db


def assert_refused(change: Callable[[], object]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        change()


def test_an_event_cannot_be_changed(masks: object) -> None:
    assert_refused(lambda: Event.objects.filter(seq=1).update(kind="claim_closed"))


def test_an_event_cannot_be_deleted(masks: object) -> None:
    assert_refused(lambda: Event.objects.filter(seq=1).delete())
    assert Event.objects.filter(seq=1).exists()


def test_events_cannot_be_truncated_on_postgresql(masks: object) -> None:
    if connection.vendor == "sqlite":
        assert "event_no_truncate" not in triggers.missing(connection)  # SQLite has no TRUNCATE
        return
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE claims_event")


def test_the_chain_breaks_where_an_event_was_forged(masks: object) -> None:
    assert verify_chain() is None
    triggers.drop(connection)
    Event.objects.filter(seq=2).update(object_id="forged")
    assert verify_chain() == 2


def test_a_wording_cannot_be_changed(masks: object) -> None:
    assert_refused(lambda: masks.wordings.update(text="Something else"))


def test_an_author_cannot_approve_in_the_database(in_review: Verdict, editor: User) -> None:
    assert_refused(
        lambda: Verdict.objects.filter(pk=in_review.pk).update(
            state=VerdictState.PUBLISHED, approved_by=editor, published_at=NOW
        )
    )


def test_whoever_edited_a_version_cannot_approve_it_in_the_database(in_review: Verdict, colleague: User) -> None:
    VerdictEdit.objects.create(verdict=in_review, person=colleague, at=NOW)
    assert_refused(
        lambda: Verdict.objects.filter(pk=in_review.pk).update(
            state=VerdictState.PUBLISHED, approved_by=colleague, published_at=NOW
        )
    )


def test_who_edited_a_version_cannot_be_forgotten(in_review: Verdict) -> None:
    assert_refused(lambda: VerdictEdit.objects.filter(verdict=in_review).delete())


def test_nobody_publishes_without_approval(in_review: Verdict) -> None:
    assert_refused(
        lambda: Verdict.objects.filter(pk=in_review.pk).update(state=VerdictState.PUBLISHED, published_at=NOW)
    )


def test_a_verdict_in_review_is_frozen(in_review: Verdict) -> None:
    assert_refused(lambda: Verdict.objects.filter(pk=in_review.pk).update(explanation="Another one"))


def test_evidence_in_review_is_frozen(in_review: Verdict) -> None:
    evidence = in_review.evidence.get()
    assert_refused(lambda: in_review.evidence.update(quote="Something else"))
    assert_refused(lambda: in_review.evidence.all().delete())
    evidence.pk, evidence.public_id, evidence.position = None, "another", 2
    assert_refused(lambda: evidence.save(force_insert=True))


def test_an_event_cannot_be_replaced(masks: object) -> None:
    """By SQLite's REPLACE, which deletes without DELETE, or by PostgreSQL's upsert."""
    columns = "seq, who, at, kind, object_type, object_id, data, prev_hash, hash"
    copy = f"({columns}) SELECT {columns} FROM claims_event WHERE seq = 1"
    statement = (
        f"INSERT OR REPLACE INTO claims_event {copy}"
        if connection.vendor == "sqlite"
        else f"INSERT INTO claims_event {copy} ON CONFLICT (seq) DO UPDATE SET kind = 'claim_closed'"
    )
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_published_verdict_is_frozen(published: Verdict) -> None:
    assert_refused(lambda: Verdict.objects.filter(pk=published.pk).update(rating_label="False", rating_value=1))


def test_an_editor_of_a_version_cannot_withdraw_in_the_database(published: Verdict, editor: User) -> None:
    assert_refused(
        lambda: Verdict.objects.filter(pk=published.pk).update(
            state=VerdictState.WITHDRAWN, withdrawn_by=editor, withdrawn_at=NOW, withdrawal_reason="Wrong"
        )
    )


def test_a_claim_has_one_unfinished_verdict(draft: Verdict) -> None:
    copy = Verdict.objects.get(pk=draft.pk)
    copy.pk, copy.public_id, copy.version = None, "another", 2
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)


def test_a_sentence_is_one_finding(finding: Finding) -> None:
    finding.pk, finding.public_id = None, "another"
    with pytest.raises(IntegrityError), transaction.atomic():
        finding.save(force_insert=True)


def test_a_dismissal_needs_a_reason(finding: Finding) -> None:
    assert_refused(lambda: Finding.objects.filter(pk=finding.pk).update(triage=Triage.DISMISSED))


def test_a_report_needs_a_text(report_of: Callable[..., Report]) -> None:
    report = report_of()
    assert_refused(lambda: Report.objects.filter(pk=report.pk).update(title="", body=""))


def test_a_check_notices_lost_triggers(masks: object) -> None:
    assert not [found for found in run_checks(databases=["default"]) if found.id == "claims.E001"]
    triggers.drop(connection)
    [found] = [found for found in run_checks(databases=["default"]) if found.id == "claims.E001"]
    assert "migrate" in str(found.hint)
    triggers.create(connection)
    assert triggers.missing(connection) == []


def test_a_command_verifies_the_record(masks: object, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_events")
    assert "All 2 events" in capsys.readouterr().out
    triggers.drop(connection)
    Event.objects.filter(seq=1).delete()
    with pytest.raises(CommandError, match="event 1"):
        call_command("verify_events")
