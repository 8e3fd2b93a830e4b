"""A later total is an update, a part is another scope; a published verdict keeps its rating."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.client import Client
from tests.browser.steps import finding, last_part, send
from tests.workbench import Workbench

MASKS = "China has exported 3.86 billion face masks since 1 March 2020"


def public_verdict(reader: Page) -> str:
    """The claim's public id, from the readers' list."""
    reader.goto("/verdicts/?q=3.86+billion")
    reader.get_by_role("link", name=MASKS).click()
    expect(reader.get_by_role("heading", name="Mostly true")).to_be_visible()
    return last_part(reader.url)


@pytest.mark.parametrize(
    ("outlet", "published", "sentence", "kind", "reason"),
    [
        (
            "Later Ledger",
            "2020-05-01T09:00:00Z",
            "China exported 27.8 billion face masks between 1 March and 30 April, customs officials said.",
            "Update",
            "later, larger total",
        ),
        (
            "Transpacific Times",
            "2020-04-21T09:00:00Z",
            "China exported 2.46 billion masks to the United States between 1 March and 20 April, officials said.",
            "Other scope",
            "a part, or of another whole",
        ),
    ],
)
def test_it_is_labelled_and_the_verdict_keeps_its_rating(
    editor: Page,
    reader: Page,
    client: Client,
    bench: Workbench,
    outlet: str,
    published: str,
    sentence: str,
    kind: str,
    reason: str,
) -> None:
    claim = public_verdict(reader)
    before = client.get(f"verdicts/{claim}").json
    report = send(client, bench, sentence, outlet=outlet, published=published)
    editor.goto(f"/reports/{report}/")
    card = finding(editor, kind).filter(has_text=MASKS)
    expect(card.locator("mark")).to_have_text(sentence)
    expect(card.locator(".explanation")).to_contain_text(reason)
    expect(finding(editor, "Contradicts")).to_have_count(0)
    expect(finding(editor, "Confirms")).to_have_count(0)
    assert public_verdict(reader) == claim
    assert client.get(f"verdicts/{claim}").json == before
