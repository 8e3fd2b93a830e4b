"""The main job by plain forms and links."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORDS, Enter
from tests.browser.steps import Story, approve, finding, paste, propose, register, sign_in, submit, unfold

STORY = Story("Croatia", "sailing boats", "18,200", "182,000")
PATIENCE = 60


@pytest.fixture
def editor(enter: Enter) -> Page:
    """Signs in by the form, too."""
    page = enter(java_script_enabled=False)
    sign_in(page, "editor", PASSWORDS["editor"])
    return page


@pytest.fixture
def reviewer(enter: Enter) -> Page:
    return enter("reviewer", java_script_enabled=False)


def reload_until_matched(page: Page) -> None:
    for _ in range(PATIENCE):
        if not page.get_by_text("Being read against the open claims.").is_visible():
            return
        page.wait_for_timeout(1_000)
        page.get_by_role("link", name="Reload to see the result").click()


def test_the_main_flow(editor: Page, reviewer: Page, reader: Page) -> None:
    editor.goto("/claims/new/")
    editor.get_by_label("The claim").fill(STORY.claim)
    editor.get_by_role("button", name="Preview").click()
    expect(editor.get_by_role("cell", name="sailing boat")).to_be_visible()
    expect(editor.get_by_label("The claim")).to_have_value(STORY.claim)
    claim = register(editor, STORY.claim)

    paste(editor, STORY.contradicting, outlet="Split Star")
    reload_until_matched(editor)
    expect(finding(editor, "Contradicts")).to_contain_text("Split Star")
    paste(editor, STORY.confirming, outlet="Zagreb Zeitung")
    reload_until_matched(editor)
    card = finding(editor, "Confirms")
    unfold(card)
    expect(card.get_by_role("table")).to_be_visible()
    card.get_by_role("button", name="Accept as").click()
    expect(editor.get_by_text("Accepted as: confirms.")).to_be_visible()

    editor.goto(f"/triage/?claim={claim}")
    card = finding(editor, "Contradicts")
    card.get_by_text("Dismiss…").click()
    card.get_by_label("Why").select_option(label="The sentence was misread")
    card.get_by_role("button", name="Dismiss", exact=True).click()
    expect(editor.get_by_text("Dismissed.", exact=True)).to_be_visible()
    editor.goto(f"/triage/?claim={claim}&state=dismissed")
    editor.get_by_role("button", name="Undo").click()
    expect(editor.get_by_text("Undone: this awaits triage again.")).to_be_visible()

    propose(editor, claim, explanation="The customs office published the figure.")
    approve(reviewer, submit(editor))
    reader.goto(f"/verdicts/{claim}/")
    expect(reader.get_by_role("heading", name="True", exact=True)).to_be_visible()

    editor.get_by_text("Edith Torres").first.click()
    editor.get_by_role("button", name="Sign out").click()
    expect(editor.get_by_role("heading", name="Sign in")).to_be_visible()


def test_nothing_is_offered_that_needs_javascript(editor: Page) -> None:
    editor.goto("/")
    editor.get_by_text("Edith Torres").first.click()
    expect(editor.get_by_role("group", name="Theme")).to_be_hidden()
