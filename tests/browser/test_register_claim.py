"""An editor registers a numeric claim and corrects what the engine reads in it."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter
from tests.browser.looks import assert_good_looks
from tests.browser.steps import last_part, register

NETS = "Iceland has exported 3,860,000 fishing nets since 1 March 2020"


def cells(page: Page) -> list[str]:
    """The first row of the reading shown."""
    row = page.get_by_role("table").first.get_by_role("row").nth(1)
    return [" ".join(text.split()) for text in row.get_by_role("cell").all_inner_texts()]


def test_a_preview_follows_the_typing_and_the_saved_claim_shows_the_same_slots(editor: Page) -> None:
    editor.goto("/claims/new/")
    editor.get_by_label("Said on").fill("2020-04-05")
    editor.get_by_label("The claim").press_sequentially(NETS, delay=5)
    preview = editor.get_by_role("complementary", name="Preview")
    expect(preview.get_by_role("cell", name="since 1 Mar 2020")).to_be_visible()
    shown = cells(editor)
    assert shown[0] == "Iceland"
    assert shown[2] == "exactly 3.86 million written to the nearest 10,000"
    assert shown[3] == "fishing net"
    assert "running total" in shown[4]
    assert editor.url.endswith("/claims/new/")
    editor.get_by_role("button", name="Save and open for reports").click()
    expect(editor.get_by_role("heading", level=1)).to_have_text(NETS)
    expect(editor.get_by_role("heading", level=1).locator("mark")).to_have_text("3,860,000")
    assert cells(editor) == shown


def test_an_editor_corrects_unit_and_scope_by_hand(editor: Page) -> None:
    register(editor, "Sweden has exported 712,000 pairs of skis since 1 March 2020")
    editor.get_by_role("link", name="Correct by hand").click()
    editor.get_by_label("Unit", exact=True).first.fill("ski pair")
    editor.get_by_label("What is counted or measured").first.fill("pair of skis")
    editor.get_by_label("Of what part").fill("to Finland")
    editor.get_by_role("button", name="Save the reading").click()
    expect(editor.get_by_text("reading corrected by hand", exact=True)).to_be_visible()
    expect(editor.get_by_role("cell", name="to Finland")).to_be_visible()
    editor.get_by_role("link", name="Correct by hand").click()
    expect(editor.get_by_label("Unit", exact=True).first).to_have_value("ski pair")
    expect(editor.get_by_label("Of what part")).to_have_value("to Finland")


def test_a_reading_that_cannot_be_is_refused_beside_its_field(editor: Page) -> None:
    register(editor, "Finland has exported 845,000 saunas since 1 March 2020")
    editor.get_by_role("link", name="Correct by hand").click()
    editor.get_by_label("Figure", exact=True).first.fill("a lot")
    editor.get_by_role("button", name="Save the reading").click()
    figure = editor.get_by_label("Figure", exact=True).first
    expect(figure).to_have_value("a lot")
    expect(figure).to_have_accessible_description(re.compile("Write digits alone"))


def test_an_empty_text_is_refused_beside_its_field(editor: Page) -> None:
    editor.goto("/claims/new/")
    editor.get_by_label("Said by").fill("Nobody")
    editor.get_by_role("button", name="Save as draft").click()
    text = editor.get_by_label("The claim")
    expect(text).to_have_accessible_description(re.compile("Write the claim"))
    expect(text).to_have_attribute("aria-invalid", "true")
    expect(editor.get_by_label("Said by")).to_have_value("Nobody")
    assert_good_looks(editor)


def test_a_duplicate_is_refused_with_a_link_to_the_claim_that_is_there(editor: Page) -> None:
    text = "Estonia has exported 96,000 saunas since 1 March 2020"
    existing = register(editor, text)
    editor.goto("/claims/new/")
    editor.get_by_label("The claim").fill(f"  {text.upper()}. ")
    editor.get_by_role("button", name="Save and open for reports").click()
    error = editor.locator(".field-error")
    expect(error).to_be_visible()
    expect(editor.get_by_label("The claim")).to_have_accessible_description(re.compile("See it"))
    error.get_by_role("link", name="See it.").click()
    expect(editor.get_by_role("heading", level=1)).to_have_text(text)
    assert last_part(editor.url) == existing


def test_a_claim_of_1001_characters_is_refused_and_kept_in_the_form(editor: Page) -> None:
    long = "Latvia has exported 5 million amber beads. ".ljust(1_001, "a")
    editor.goto("/claims/new/")
    editor.get_by_label("The claim").fill(long)
    editor.get_by_role("button", name="Save as draft").click()
    text = editor.get_by_label("The claim")
    expect(text).to_have_accessible_description(re.compile(r"1,001 characters.*at most 1,000"))
    expect(text).to_have_value(long)


def test_a_claim_like_another_is_asked_about_while_typing(editor: Page) -> None:
    text = "Lithuania has exported 1.21 million amber beads since 1 March 2020"
    register(editor, text)
    editor.goto("/claims/new/")
    editor.get_by_label("The claim").fill("Since 1 March 2020, Lithuania has exported 1.2 million amber beads")
    preview = editor.get_by_role("complementary", name="Preview")
    expect(preview.get_by_text("Did you mean this claim?")).to_be_visible()
    expect(preview.get_by_role("link", name=text)).to_be_visible()


def test_without_an_account_there_is_only_the_sign_in_page(enter: Enter) -> None:
    page = enter()
    page.goto("/claims/new/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
