"""The change feed: a client that follows it ends with what is published, however it follows."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from claims.api.cursors import encode_seq
from claims.models import VERDICT_FEED, Event, Verdict
from tests.api.conftest import Caller, codes

Publish = Callable[..., Verdict]


@dataclass
class Mirror:
    """A client's copy, kept by nothing but the feed."""

    reader: Caller
    limit: int = 50
    after: str = ""
    verdicts: dict[str, dict[str, Any]] = field(default_factory=dict)
    seqs: list[int] = field(default_factory=list)

    def follow(self) -> None:
        more = True
        while more:
            more = self._page()

    def _page(self) -> bool:
        query = {"limit": self.limit, **({"after": self.after} if self.after else {})}
        answer = self.reader.get("verdicts/changes", query)
        assert answer.status_code == 200
        page = answer.json()
        for change in page["results"]:
            self._take(change)
        self.after = page["next"]
        return bool(page["has_more"])

    def _take(self, change: dict[str, Any]) -> None:
        self.seqs.append(change["seq"])
        assert (change["verdict"] is None) != (change["tombstone"] is None)
        if change["verdict"] is None:
            self.verdicts.pop(change["id"], None)
        else:
            self.verdicts[change["id"]] = change["verdict"]


def published_now(reader: Caller) -> dict[str, tuple[int, str]]:
    rows = reader.get("verdicts", {"limit": 200}).json()["results"]
    return {row["id"]: (row["version"], row["rating"]["label"]) for row in rows}


def copied(mirror: Mirror) -> dict[str, tuple[int, str]]:
    return {name: (row["version"], row["rating"]["label"]) for name, row in mirror.verdicts.items()}


def test_a_publication_arrives_whole(published: Verdict, reader: Caller) -> None:
    [change] = reader.get("verdicts/changes").json()["results"]
    assert change["kind"] == "verdict_published"
    assert change["id"] == published.claim.public_id
    assert change["verdict"] == reader.get(f"verdicts/{change['id']}").json()
    assert change["tombstone"] is None
    assert change["at"].startswith("2020-04-06T09:00:00")


def test_the_desk_at_work_is_not_heard_of(in_review: Verdict, reader: Caller) -> None:
    assert Event.objects.exists()
    assert reader.get("verdicts/changes").json()["results"] == []


def test_the_cursor_stays_where_it_is_while_nothing_is_new(published: Verdict, reader: Caller) -> None:
    after = reader.get("verdicts/changes").json()["next"]
    page = reader.get("verdicts/changes", {"after": after}).json()
    assert page == {"results": [], "next": after, "has_more": False}


def test_an_empty_newsroom_gives_a_cursor_to_go_on_with(reader: Caller, db: None) -> None:
    page = reader.get("verdicts/changes").json()
    assert page["results"] == []
    assert page["has_more"] is False
    assert reader.get("verdicts/changes", {"after": page["next"]}).json() == page


def test_a_correction_and_a_withdrawal_arrive_in_order(
    published: Verdict, correct: Publish, withdraw: Publish, reader: Caller
) -> None:
    mirror = Mirror(reader)
    mirror.follow()
    assert copied(mirror) == {published.claim.public_id: (1, "Mostly true")}
    second = correct(published, rating="Half true")
    mirror.follow()
    assert copied(mirror) == {published.claim.public_id: (2, "Half true")}
    withdraw(second, "The source was forged.")
    mirror.follow()
    assert copied(mirror) == {}
    assert mirror.seqs == sorted(set(mirror.seqs))


def test_a_tombstone_says_why(published: Verdict, withdraw: Publish, reader: Caller) -> None:
    after = reader.get("verdicts/changes").json()["next"]
    withdraw(published, "The source was forged.")
    [change] = reader.get("verdicts/changes", {"after": after}).json()["results"]
    assert change["kind"] == "verdict_withdrawn"
    assert change["verdict"] is None
    assert change["tombstone"]["reason"] == "The source was forged."
    assert change["tombstone"]["deleted"] is True


def test_a_late_client_is_not_given_what_was_withdrawn(
    published: Verdict, correct: Publish, withdraw: Publish, reader: Caller
) -> None:
    withdraw(correct(published))
    answer = reader.get("verdicts/changes")
    kinds = [change["kind"] for change in answer.json()["results"]]
    assert kinds == ["verdict_published", "verdict_corrected", "verdict_withdrawn"]
    assert all(change["tombstone"] for change in answer.json()["results"])
    assert published.explanation not in answer.content.decode()


def test_a_verdict_after_a_withdrawal_reaches_a_client_from_the_start(
    published: Verdict, correct: Publish, withdraw: Publish, reader: Caller
) -> None:
    withdraw(published)
    correct(published, rating="False")
    mirror = Mirror(reader)
    mirror.follow()
    assert copied(mirror) == {published.claim.public_id: (2, "False")}


@pytest.mark.parametrize("seed", range(4))
def test_whoever_follows_ends_with_what_is_published(
    seed: int, publish: Publish, correct: Publish, withdraw: Publish, reader: Caller
) -> None:
    """Any order of publications, corrections and withdrawals, read at any pace by three clients."""
    dice = random.Random(seed)
    mirrors = [Mirror(reader, limit=1), Mirror(reader, limit=3), Mirror(reader)]
    for number in range(12):
        _something_happens(dice, number, publish, correct, withdraw)
        for mirror in mirrors[:2]:
            if dice.random() < 0.4:
                mirror.follow()
    for mirror in mirrors:
        mirror.follow()
        assert copied(mirror) == published_now(reader)
        assert mirror.seqs == sorted(set(mirror.seqs))
        assert len(mirror.seqs) == Event.objects.filter(kind__in=VERDICT_FEED).count()


def _something_happens(dice: random.Random, number: int, publish: Publish, correct: Publish, withdraw: Publish) -> None:
    in_force = list(Verdict.objects.published())
    if not in_force or dice.random() < 0.4:
        publish(f"Town number {number} has {number + 3} bakeries")
    elif dice.random() < 0.6:
        correct(dice.choice(in_force), rating=dice.choice(["True", "False", "Half true"]))
    else:
        withdraw(dice.choice(in_force))


def test_a_cursor_ahead_of_the_record_is_refused(published: Verdict, reader: Caller) -> None:
    """After a restored backup the client must start over instead of waiting for numbers that mean something else."""
    answer = reader.get("verdicts/changes", {"after": encode_seq(Event.objects.count() + 1)})
    assert answer.status_code == 400
    assert codes(answer) == [("cursor_ahead", "after")]


def test_a_misspelt_parameter_is_refused(reader: Caller, db: None) -> None:
    answer = reader.get("verdicts/changes?since=abc")
    assert answer.status_code == 400
    assert codes(answer) == [("unknown_parameter", "since")]
