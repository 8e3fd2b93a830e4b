"""The demonstration newsroom: what the engine finds in it, and that loading it again changes nothing."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker, Settings

from claims.management import demonstration
from claims.management.demonstration_accounts import ACCOUNTS
from claims.models import ApiToken, Claim, Event, Finding, Report, User, Verdict
from claims.services.audit import verify_chain
from claims.services.matching import match_report
from claims.services.reports import receive_report, remove_report
from claims.workflow import SYSTEM, LookBackState, ReportState, Stance, VerdictState
from tests.machine import requires

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
JUDGED_NEUTRAL = {"update", "revised_down", "different_scope"}

pytestmark = pytest.mark.django_db


def load(folder: Path) -> None:
    demonstration.load(token_file=folder / "demo_token", now=NOW, progress=lambda done, total: None)


@pytest.fixture(scope="module")
def loaded(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """The demonstration, loaded once for the tests that follow, in a transaction that is never committed."""
    folder = tmp_path_factory.mktemp("demonstration")
    with django_db_blocker.unblock(), transaction.atomic():
        load(folder)
        yield folder
        transaction.set_rollback(True)


@pytest.fixture
def folder(loaded: Path, db: None, tmp_path: Path) -> Path:
    """A copy of the folder with the token's file."""
    shutil.copytree(loaded, tmp_path, dirs_exist_ok=True)
    return tmp_path


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in (User, Claim, Report, Finding, Verdict, Event, ApiToken)}


def expected() -> set[tuple[str, ...]]:
    names = ("report", "claim", "quote", "stance", "relation")
    return {tuple(row[name] for name in names) for row in demonstration.rows("expected")}


def found() -> set[tuple[str, ...]]:
    """What the engine says, without what it leaves undetermined. A sentence may begin with a dateline."""
    fields = ("report__external_id", "claim__external_id", "sentence", "stance", "relation")
    quotes = {row["quote"] for row in demonstration.rows("expected")}
    judged = set()
    for report, claim, sentence, stance, relation in Finding.objects.current().values_list(*fields):
        if stance != Stance.NEUTRAL or relation in JUDGED_NEUTRAL:
            quote = next((quote for quote in quotes if sentence.endswith(quote)), sentence)
            judged.add((report, claim, quote, stance, relation))
    return judged


def test_the_command_says_what_it_loaded(settings: Settings, tmp_path: Path) -> None:
    settings.EMBEDDED, settings.DATA_DIR = True, tmp_path
    said = StringIO()
    call_command("load_demo", stdout=said)
    assert "Reports matched: 31." in said.getvalue()
    assert "The newsroom has 9 claims, 32 reports" in said.getvalue()


def test_the_command_refuses_outside_the_embedded_profile(settings: Settings) -> None:
    settings.EMBEDDED = False
    with pytest.raises(CommandError, match="embedded profile only"):
        call_command("load_demo")
    assert not User.objects.exists()


def test_the_engine_finds_what_a_reader_expects_and_nothing_else(folder: Path) -> None:
    assert {"missed": expected() - found(), "too much": found() - expected()} == {"missed": set(), "too much": set()}


def test_every_report_is_matched_or_said_to_be_unread(folder: Path) -> None:
    foreign = Report.objects.get(state=ReportState.NOT_READ)
    assert foreign.language == "fr"
    assert Report.objects.exclude(state=ReportState.MATCHED).get() == foreign
    assert not Claim.objects.filter(look_backs__state=LookBackState.WAITING).exists()


def test_the_verdicts_wait_where_they_should_and_rest_on_accepted_findings(folder: Path) -> None:
    states = dict(Verdict.objects.values_list("claim__external_id", "state"))
    assert states == {"demo-masks": VerdictState.PUBLISHED, "demo-countries": VerdictState.IN_REVIEW}
    published = Verdict.objects.published().get()
    stances = list(published.evidence.values_list("stance", flat=True))
    assert stances == [Stance.CONFIRMS, Stance.CONFIRMS, Stance.CONTRADICTS, Stance.CONTRADICTS]
    assert published.approved_by != published.created_by


def test_the_article_the_claims_come_from_confirms_them_all_and_contradicts_none(folder: Path) -> None:
    path = os.environ.get("SEED_ARTICLE")
    requires(path, "SEED_ARTICLE does not name the article that the demonstration takes its facts from")
    report = receive_report(
        title="China has sold nearly four billion masks",
        body=Path(str(path)).read_text(encoding="utf-8"),
        outlet="Agency",
        published_at=datetime(2020, 4, 5, 18, 0, tzinfo=UTC),
        by=User.objects.get(username="editor"),
        now=NOW,
    ).report
    match_report(report_id=report.pk, by=SYSTEM, now=NOW)
    findings = Finding.objects.filter(report=report)
    confirmed = set(findings.filter(stance=Stance.CONFIRMS).values_list("claim__external_id", flat=True))
    assert confirmed == {row["external_id"] for row in demonstration.rows("claims")}
    assert not findings.filter(stance=Stance.CONTRADICTS).exists()


def test_loading_again_changes_nothing(folder: Path) -> None:
    before, token = counts(), (folder / "demo_token").read_text()
    load(folder)
    assert counts() == before
    assert (folder / "demo_token").read_text() == token
    assert verify_chain() is None


def test_a_removed_report_stays_removed(folder: Path) -> None:
    report = Report.objects.get(external_id="demo-r08")
    remove_report(report=report, reason="not needed", by=User.objects.get(username="editor"), now=NOW)
    load(folder)
    assert list(Report.objects.filter(external_id="demo-r08")) == [report]


def test_the_accounts_have_their_roles_and_only_the_administrator_enters_the_admin(folder: Path) -> None:
    people = {person.username: person for person in User.objects.filter(username__in=[a.username for a in ACCOUNTS])}
    assert {name: set(person.roles) for name, person in people.items()} == {a.username: {a.role} for a in ACCOUNTS}
    assert all(people[account.username].check_password(account.password) for account in ACCOUNTS)
    assert [name for name, person in people.items() if person.is_staff] == ["admin"]


def test_a_lost_token_file_is_replaced_by_a_new_token(folder: Path) -> None:
    first = (folder / "demo_token").read_text()
    (folder / "demo_token").unlink()
    load(folder)
    assert (folder / "demo_token").read_text() != first
    assert (folder / "demo_token").stat().st_mode & 0o777 == 0o600
    assert ApiToken.objects.count() == 1
