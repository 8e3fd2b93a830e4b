"""Sending reports and following their matching."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import override_settings
from django.utils import timezone

from claims.models import Claim, Report, User
from claims.services.tokens import create_token
from claims.workflow import Scope
from tests.api.conftest import Caller, codes, with_token
from tests.cast import CONFIRMING, NOW

WORDS = "Two ships arrived in the harbour on Sunday."


def test_a_report_is_stored_and_answered_whole(sender: Caller) -> None:
    sent = {
        "external_id": "wire-1",
        "url": "https://news.example.org/ships?utm_source=feed",
        "outlet": "Harbour Wire",
        "title": "Arrivals",
        "body": WORDS,
        "published_at": "2020-04-05T14:30:00+02:00",
    }
    answer = sender.post("reports", sent)
    assert answer.status_code == 201
    row = answer.json()
    assert {name: row[name] for name in ("external_id", "url", "outlet", "title")} == {
        name: sent[name] for name in ("external_id", "url", "outlet", "title")
    }
    assert (row["state"], row["language"], row["created"], row["differs"]) == ("waiting", "en", True, False)
    assert datetime.fromisoformat(row["published_at"]) == datetime.fromisoformat(sent["published_at"])
    assert row["matched_at"] is None
    assert sender.get(f"reports/{row['id']}").json()["id"] == row["id"]


def test_the_state_moves_on_when_it_is_matched(
    sender: Caller, masks: Claim, eager_tasks: Callable[[], AbstractContextManager[None]]
) -> None:
    with eager_tasks():
        name = sender.post("reports", {"body": CONFIRMING, "published_at": "2020-04-05"}).json()["id"]
    report = sender.get(f"reports/{name}").json()
    assert report["state"] == "matched"
    assert report["matched_at"] is not None
    assert masks.findings.filter(report__public_id=name).exists()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2020-04-05", "2020-04-05T00:00:00+02:00"),
        ("2020-04-05T12:30:00", "2020-04-05T12:30:00+02:00"),
        ("2020-04-05 12:30", "2020-04-05T12:30:00+02:00"),
        ("2020-04-05T12:30:00Z", "2020-04-05T12:30:00+00:00"),
        ("2020-04-05T12:30:00-05:00", "2020-04-05T12:30:00-05:00"),
    ],
)
def test_a_time_without_offset_is_the_newsrooms(written: str, meant: str, sender: Caller) -> None:
    with override_settings(TIME_ZONE="Europe/Berlin"), timezone.override(ZoneInfo("Europe/Berlin")):
        assert sender.post("reports", {"body": WORDS, "published_at": written}).status_code == 201
    assert Report.objects.get().published_at == datetime.fromisoformat(meant)


def test_the_same_address_is_the_same_report(sender: Caller) -> None:
    first = sender.post("reports", {"body": WORDS, "url": "https://news.example.org/ships"})
    again = sender.post("reports", {"body": WORDS, "url": "http://NEWS.example.org/ships/?utm_medium=x#top"})
    other = sender.post("reports", {"body": "Three ships arrived.", "url": "https://news.example.org/ships"})
    assert (first.status_code, again.status_code, other.status_code) == (201, 200, 200)
    assert {first.json()["id"]} == {again.json()["id"], other.json()["id"]}
    assert (again.json()["created"], again.json()["differs"], other.json()["differs"]) == (False, False, True)
    assert Report.objects.get().body == WORDS


def test_the_same_text_of_another_outlet_is_another_report(sender: Caller) -> None:
    one, two = (sender.post("reports", {"body": WORDS, "outlet": name}) for name in ("Harbour Wire", "Dock Post"))
    assert (one.status_code, two.status_code) == (201, 201)


def test_an_external_id_is_given_once(sender: Caller) -> None:
    sender.post("reports", {"body": WORDS, "external_id": "wire-1"})
    answer = sender.post("reports", {"body": "Three ships arrived on Monday.", "external_id": "wire-1"})
    assert answer.status_code == 409
    assert codes(answer) == [("duplicate", "external_id")]


def test_what_another_client_had_sent_is_not_told(sender: Caller, administrator: User) -> None:
    made = create_token(name="Another", scopes=[Scope.WRITE_REPORTS], by=administrator, now=NOW)
    address = "https://news.example.org/ships"
    with_token(made.plain).post("reports", {"title": "A scoop", "body": WORDS, "url": address, "external_id": "x-7"})
    answer = sender.post("reports", {"body": "A guess at the text.", "url": address})
    assert answer.status_code == 200
    assert answer.json()["created"] is False
    assert "scoop" not in answer.content.decode()
    assert "x-7" not in answer.content.decode()
    assert sender.get(f"reports/{answer.json()['id']}").status_code == 404


def test_a_batch_answers_for_each_in_its_place(sender: Caller) -> None:
    reports: list[Any] = [
        {"body": WORDS},
        {"body": ""},
        {"body": WORDS},
        5,
        None,
        ["a"],
        {"body": "Three ships arrived on Monday.", "published_at": "soon"},
        {"body": "x" * 1_000_001},
        {"body": "Four ships\0 arrived on Tuesday."},
    ]
    answer = sender.post("reports/batch", {"reports": reports})
    assert answer.status_code == 200
    results = answer.json()["results"]
    assert [row["report"]["created"] if row.get("report") else row["problem"]["status"] for row in results] == [
        True,
        400,
        False,
        400,
        400,
        400,
        400,
        413,
        True,
    ]
    assert results[6]["problem"]["errors"][0]["field"] == "published_at"
    assert results[8]["report"]["cleaned"] == ["body: 1 NUL character removed"]
    assert Report.objects.count() == 2


@pytest.mark.parametrize("reports", [[], [{"body": WORDS}] * 1_001, "text", {"body": WORDS}, None])
def test_a_batch_of_none_or_too_many_is_refused(reports: Any, sender: Caller) -> None:
    answer = sender.post("reports/batch", {"reports": reports})
    assert answer.status_code == 400
    assert codes(answer)[0][1] == "reports"
    assert not Report.objects.exists()


def test_a_batch_of_a_thousand_is_taken(sender: Caller) -> None:
    reports = [{"body": f"{number} ships arrived in the harbour on Sunday."} for number in range(1_000)]
    answer = sender.post("reports/batch", {"reports": reports})
    assert all(row["report"]["created"] for row in answer.json()["results"])
    assert Report.objects.count() == 1_000


def test_the_list_goes_on_where_it_stopped(sender: Caller) -> None:
    wanted = [sender.post("reports", {"body": f"{n} ships arrived on Sunday."}).json()["id"] for n in range(5)]
    first = sender.get("reports", {"limit": 3}).json()
    second = sender.get("reports", {"limit": 3, "cursor": first["next"]}).json()
    assert [row["id"] for row in first["results"] + second["results"]] == wanted[::-1]
    assert second["next"] is None


def test_the_desk_may_send_reports_too(desk: Caller) -> None:
    assert desk.post("reports", {"body": WORDS}).status_code == 201
