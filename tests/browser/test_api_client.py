"""An API client keeps in step: it misses no publication and no withdrawal, and is told when it goes wrong."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.client import Answer, Client
from tests.browser.conftest import REQUESTS_A_MINUTE
from tests.browser.looks import assert_good_looks
from tests.browser.steps import Story, publish
from tests.workbench import Workbench


def make_token(page: Page, name: str) -> str:
    page.goto("/tokens/")
    page.get_by_role("link", name="Make a token").first.click()
    page.get_by_label("Name").fill(name)
    page.get_by_role("checkbox", name=re.compile("Read published verdicts")).check()
    page.get_by_role("button", name="Make the token").click()
    expect(page.get_by_role("heading", name=f"The token for {name}")).to_be_visible()
    return page.locator("#plain-token").inner_text().strip()


@pytest.fixture
def own(bench: Workbench, administrator: Page, request: pytest.FixtureRequest) -> Client:
    """A client with a token made on the Tokens page."""
    return Client(bench.url, make_token(administrator, request.node.name))


def test_a_token_is_shown_once_and_works_until_it_is_revoked(administrator: Page, bench: Workbench) -> None:
    token = make_token(administrator, "Archive of record")
    assert_good_looks(administrator)
    own = Client(bench.url, token)
    assert own.get("verdicts").status == 200
    assert own.post("reports", body="A report it may not send.").status == 403
    administrator.get_by_role("link", name="I have copied it").click()
    row = administrator.get_by_role("row", name="Archive of record")
    expect(row).to_be_visible()
    assert token not in administrator.content()
    assert token[:8] in row.inner_text()
    row.get_by_role("link", name="Revoke").click()
    assert token not in administrator.content()
    administrator.get_by_role("button", name="Revoke").click()
    expect(administrator.get_by_text("is revoked")).to_be_visible()
    assert own.get("verdicts").status == 401


def test_the_feed_has_no_gap_while_a_verdict_is_published_and_ends_with_its_tombstone(
    own: Client, editor: Page, reviewer: Page, client: Client, bench: Workbench
) -> None:
    seen = [next(own.changes(limit=1))]
    story = Story("Cyprus", "halloumi presses", "1.37 million", "13.7 million")
    claim = publish(editor, reviewer, client, bench, story)
    seen += own.changes(seen[0][1], limit=1)
    entries, cursor = [entry for entry, _ in seen], seen[-1][1]
    assert entries == [entry for entry, _ in own.changes()]
    assert [entry["seq"] for entry in entries] == sorted({entry["seq"] for entry in entries})
    assert (entries[-1]["id"], entries[-1]["kind"]) == (claim, "verdict_published")
    assert entries[-1]["verdict"]["rating"]["label"] == "True"
    assert list(own.changes(cursor)) == []

    reviewer.get_by_role("link", name="Withdraw").click()
    reviewer.get_by_label("Reason").fill("The presses were counted twice.")
    reviewer.get_by_role("button", name="Withdraw").click()
    expect(reviewer.get_by_text("Withdrawn. Its public page now says so")).to_be_visible()
    [(entry, _)] = own.changes(cursor)
    assert (entry["id"], entry["kind"], entry["verdict"]) == (claim, "verdict_withdrawn", None)
    assert entry["tombstone"]["deleted"] is True
    assert entry["tombstone"]["reason"] == "The presses were counted twice."


@pytest.mark.parametrize("path", ["verdicts?limit=50", "verdicts?rating=Mostly+true", "verdicts/changes?limit=1"])
def test_what_has_not_changed_is_answered_with_304(own: Client, path: str) -> None:
    first = own.get(path)
    assert first.status == 200
    again = own.get(path, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status, again.text) == (304, "")


def test_a_client_that_is_too_fast_is_told_when_to_come_back(own: Client) -> None:
    answers: list[Answer] = []
    while len(answers) < 3 * REQUESTS_A_MINUTE and (not answers or answers[-1].status == 200):
        answers.append(own.get("verdicts?limit=1"))
    assert answers[-1].status == 429
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    assert answers[-1].headers["Content-Type"].startswith("application/problem+json")


@pytest.mark.parametrize("token", ["not-a-token", "0" * 64, ""])
def test_a_bad_token_is_refused_in_json(bench: Workbench, token: str) -> None:
    answer = Client(bench.url, token).get("verdicts")
    assert answer.status == 401
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert answer.json["status"] == 401


def test_the_api_says_how_it_is_used(reader: Page) -> None:
    reader.goto("/api/v1/docs")
    expect(reader.get_by_role("heading", name=re.compile("Fact-checking workbench API"))).to_be_visible()
    expect(reader.get_by_text("/api/v1/verdicts/changes")).to_be_visible()
