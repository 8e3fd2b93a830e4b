"""The operations page, and the answer to load balancers."""

from collections.abc import Callable
from pathlib import Path
from socket import gethostname

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse
from django.utils.html import strip_tags

from claims import live_index
from claims.live_index import base_file, trouble
from claims.models import Claim, Event, LookBack, Report, User
from claims.workflow import ReportState

pytestmark = pytest.mark.django_db


def shown(browser: Client) -> str:
    """The page's words."""
    return " ".join(strip_tags(browser.get(reverse("web:operations")).content.decode()).split())


def test_it_opens_for_administrators_too(administrator: User, as_: Callable[..., Client]) -> None:
    assert as_(administrator).get(reverse("web:operations")).status_code == 200


def test_it_is_closed_to_whoever_has_no_role(outsider: User, as_: Callable[..., Client]) -> None:
    assert as_(outsider).get(reverse("web:operations")).status_code == 403


def test_it_counts_what_waits_and_what_failed(desk: Client, report_of: Callable[..., Report]) -> None:
    report_of()
    failed = report_of(outlet="Odd Wire")
    Report.objects.filter(pk=failed.pk).update(state=ReportState.FAILED)
    page = shown(desk)
    assert "Reports waiting 1 " in page
    assert "Reports that failed 1 " in page


def test_it_shows_the_index_of_open_claims(desk: Client, masks: Claim) -> None:
    live_index.current()
    seq = Event.objects.latest("seq").seq
    assert f"Claims 1 As of event {seq} of {seq} Shared file none" in shown(desk)


def test_it_shows_look_backs_under_way(desk: Client, masks: Claim) -> None:
    LookBack.objects.update(done=3, total=40)
    assert "Stored reports looked at: 3 of 40" in shown(desk)


def test_it_says_when_reports_are_to_be_matched_anew(desk: Client, matched: Callable[..., Report]) -> None:
    matched()
    assert "manage.py rematch" not in shown(desk)
    Report.objects.update(matched_policy="newsroom-1")
    assert "manage.py rematch" in shown(desk)


def test_a_ready_process_says_what_its_index_holds(client: Client, masks: Claim) -> None:
    live_index.current()
    answer = client.get("/readyz")
    assert answer.status_code == 200
    seq = Event.objects.latest("seq").seq
    assert answer.json() == {
        "ready": True,
        "database": "reached",
        "broker": "reached",
        "index": {"seq": seq, "claims": 1, "file_seq": None},
        "index_trouble": False,
    }
    assert "no-store" in answer.headers["Cache-Control"]


def test_without_a_broker_it_is_ready_still(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("CELERY_BROKER_URL", "redis://127.0.0.1:1/0")
        answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["broker"]) == (200, "cannot be reached")


def test_a_machine_that_cannot_write_its_index_file_is_named_until_it_can(
    client: Client, desk: Client, masks: Claim, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "index"
    folder.write_text("in the way")
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    monkeypatch.setattr(settings, "INDEX_FILE_FROM", 1)
    live_index.prepare()
    assert client.get("/readyz").json()["index_trouble"] is True
    assert f"{gethostname()} could not write its index file lately: File exists." in shown(desk)
    folder.unlink()
    with base_file.lock(wait=False):
        assert not live_index.write_newer_file()  # another process writes: nobody knows yet how that ends
    assert client.get("/readyz").json()["index_trouble"] is True
    live_index.prepare()
    assert client.get("/readyz").json()["index_trouble"] is False
    assert "could not write" not in shown(desk)


def test_without_a_cache_nothing_is_told_of_index_files(client: Client) -> None:
    dead = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}}
    with override_settings(CACHES=dead):
        trouble.keep(OSError(28, "No space left on device"))
        assert client.get("/readyz").json()["index_trouble"] is False
        trouble.over()


def test_machines_that_cannot_write_are_told_apart(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for machine in ("north", "south"):
        monkeypatch.setattr(trouble.socket, "gethostname", lambda name=machine: name)
        trouble.keep(OSError(28, "No space left on device"))
    trouble.over()
    page = shown(desk)
    assert "north could not write its index file lately: No space left on device." in page
    assert "south could not" not in page


def test_ready_answers_to_reading_alone(client: Client) -> None:
    assert client.post("/readyz").status_code == 405
