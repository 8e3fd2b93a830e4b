"""The queue: filters in the address, a dismissal that is remembered, and undone."""

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from tests.browser.client import Client
from tests.browser.steps import Story, finding, register, send
from tests.workbench import Workbench

WRONG_ENTITY = "Another country, company or person"
NOTE = "Not the country meant."


def query_of(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def dismiss(page: Page) -> None:
    """The only finding on the page."""
    card = page.get_by_role("article", name="Finding")
    card.get_by_text("Dismiss…").click()
    card.get_by_label("Why").select_option(label=WRONG_ENTITY)
    card.get_by_label("Note").fill(NOTE)
    card.get_by_role("button", name="Dismiss", exact=True).click()
    expect(card.get_by_text("by Edith Torres")).to_be_visible()


def test_the_address_keeps_the_filters(editor: Page, client: Client, bench: Workbench) -> None:
    story = Story("Portugal", "cork stoppers", "4.12 million", "41.2 million")
    register(editor, story.claim)
    send(client, bench, story.confirming, outlet="Lisbon Lantern")
    send(client, bench, story.contradicting, outlet="Porto Post")
    editor.goto("/triage/")
    editor.get_by_label("Stance").select_option(label="Contradicts")
    editor.get_by_label("Words in the claim").fill("cork stoppers")
    editor.get_by_label("Found", exact=True).select_option(label="Since yesterday")
    editor.get_by_role("button", name="Show", exact=True).click()
    expect(finding(editor, "Contradicts")).to_have_count(1)
    expect(finding(editor, "Confirms")).to_have_count(0)
    query = query_of(editor)
    assert (query["stance"], query["claim_words"], query["age"]) == (["contradicts"], ["cork stoppers"], ["1"])
    address = editor.url
    editor.goto("/")
    editor.goto(address)
    expect(editor.get_by_label("Words in the claim")).to_have_value("cork stoppers")
    expect(editor.get_by_label("Stance")).to_have_value("contradicts")
    expect(finding(editor, "Contradicts")).to_contain_text("Porto Post")
    editor.get_by_label("Outlet").fill("Lisbon")
    editor.get_by_label("Stance").select_option(label="Any")
    editor.get_by_role("button", name="Show", exact=True).click()
    expect(finding(editor, "Confirms")).to_contain_text("Lisbon Lantern")
    expect(finding(editor, "Contradicts")).to_have_count(0)


def test_a_dismissed_finding_and_its_copies_stay_away_until_it_is_undone(
    editor: Page, reviewer: Page, client: Client, bench: Workbench
) -> None:
    story = Story("Ghana", "cocoa presses", "3.58 million", "35.8 million")
    claim = register(editor, story.claim)
    send(client, bench, story.contradicting, outlet="Accra Argus")
    queue = f"/triage/?claim={claim}"
    editor.goto(queue)
    dismiss(editor)
    assert editor.url.endswith(queue)
    editor.reload()
    expect(editor.get_by_text("Nothing fits these filters.")).to_be_visible()

    send(client, bench, f"{story.contradicting}\n\nFrom our wire services.", outlet="Kumasi Chronicle")
    editor.reload()
    expect(editor.get_by_text("Nothing fits these filters.")).to_be_visible()

    editor.goto(f"/claims/{claim}/edit/")
    editor.get_by_label("Other names").fill("cocoa mills")
    editor.get_by_role("button", name="Save", exact=True).click()
    expect(editor.get_by_text("wording 2", exact=True)).to_be_visible()
    look_back = editor.locator("#look-back .notice").filter(has_not_text="All stored reports were looked at.")
    expect(look_back).to_have_count(0)
    editor.goto(queue)
    expect(editor.get_by_text("Nothing fits these filters.")).to_be_visible()

    editor.get_by_label("Triage", exact=True).select_option(label="Dismissed")
    editor.get_by_role("button", name="Show", exact=True).click()
    assert query_of(editor)["claim"] == [claim]
    cards = editor.get_by_role("article", name="Finding")
    expect(cards).to_have_count(2)
    first = cards.filter(has_text="Accra Argus").filter(has_not_text="with the same sentence")
    copy = cards.filter(has_text="with the same sentence in Accra Argus")
    for card in (first, copy):
        expect(card).to_contain_text(f"Dismissed: {WRONG_ENTITY.lower()}")
        expect(card).to_contain_text(re.compile(r"by Edith Torres, \d+ \w+ \d{4}, \d\d:\d\d"))
        expect(card).to_contain_text(NOTE)

    reviewer.goto(editor.url)
    undone = reviewer.get_by_role("article", name="Finding").filter(has_not_text="with the same sentence")
    undone.get_by_role("button", name="Undo").click()
    expect(reviewer.get_by_role("button", name="Accept as")).to_have_count(1)
    editor.goto(queue)
    expect(finding(editor, "Contradicts")).to_have_count(2)


def test_a_finding_closed_and_opened_again_does_not_return(editor: Page, client: Client, bench: Workbench) -> None:
    story = Story("Senegal", "fishing boats", "14,300", "143,000")
    claim = register(editor, story.claim)
    send(client, bench, story.contradicting, outlet="Dakar Dispatch")
    editor.goto(f"/triage/?claim={claim}")
    dismiss(editor)
    editor.goto(f"/claims/{claim}/")
    editor.get_by_role("button", name="Close").click()
    editor.get_by_role("dialog").get_by_role("button", name="Close").click()
    expect(editor.get_by_text("Closed: no report is read")).to_be_visible()
    editor.get_by_role("button", name="Open for reports").click()
    expect(editor.get_by_text("Open: every report is read")).to_be_visible()
    expect(editor.locator("#look-back .notice").filter(has_text="looked at:")).to_have_count(0)
    editor.goto(f"/triage/?claim={claim}")
    expect(editor.get_by_text("Nothing fits these filters.")).to_be_visible()


def test_a_dismissal_without_a_reason_is_refused_in_its_place(editor: Page, client: Client, bench: Workbench) -> None:
    story = Story("Tunisia", "olive presses", "2.19 million", "21.9 million")
    claim = register(editor, story.claim)
    send(client, bench, story.confirming, outlet="Tunis Telegraph")
    editor.goto(f"/triage/?claim={claim}")
    card = editor.get_by_role("article", name="Finding")
    card.get_by_text("Dismiss…").click()
    card.get_by_role("button", name="Dismiss", exact=True).click()
    expect(card.get_by_text("Choose why it is dismissed.")).to_be_visible()
    expect(card.get_by_label("Why")).to_have_accessible_description(re.compile("Choose why it is dismissed"))


def test_an_editor_accepts_as_another_stance_and_marks_a_sentence_by_hand(
    editor: Page, client: Client, bench: Workbench
) -> None:
    story = Story("Malta", "diving masks", "5.22 million", "52.2 million")
    claim = register(editor, story.claim)
    unseen = "A harbour master in Valletta called the official figure a fairy tale."
    report = send(client, bench, f"{story.contradicting} {unseen}", outlet="Valletta Voice")
    editor.goto(f"/triage/?claim={claim}")
    card = editor.get_by_role("article", name="Finding")
    card.get_by_label("Accept as").select_option(label="Neutral")
    card.get_by_role("button", name="Accept as").click()
    expect(card.get_by_text("Accepted as neutral")).to_be_visible()
    expect(card.get_by_text("the engine said contradicts")).to_be_visible()

    editor.goto(f"/reports/{report}/")
    editor.get_by_role("link", name="Mark a sentence").click()
    editor.get_by_role("radio", name=unseen).check()
    editor.get_by_role("radio", name="Contradicts").check()
    editor.get_by_label("Claim").select_option(label=story.claim)
    editor.get_by_role("button", name="Mark", exact=True).click()
    marked = finding(editor, "Contradicts").filter(has_text="Marked by hand")
    expect(marked.locator("mark")).to_have_text(unseen)
