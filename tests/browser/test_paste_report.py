"""A pasted report: its confirmation appears while the editor looks on, with the sentence and the reasons."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, expect

from tests.browser.looks import assert_good_looks
from tests.browser.steps import finding, paste, slot, unfold
from tests.workbench import Workbench

SENTENCE = "China has shipped nearly 3.9bn face masks abroad since the start of March, the customs administration said."
REPORT = f"Planes queue at Pudong.\n\n{SENTENCE} Demand has not peaked.\n\nThe weather in Shanghai was mild."


@contextmanager
def worker_asleep(bench: Workbench) -> Iterator[None]:
    bench.signal("worker", signal.SIGSTOP)
    try:
        yield
    finally:
        bench.signal("worker", signal.SIGCONT)


def test_the_confirmation_appears_without_reloading(editor: Page, bench: Workbench) -> None:
    with worker_asleep(bench):
        paste(editor, REPORT, outlet="Wharfside Weekly")
        expect(editor.get_by_text("Being read against the open claims.")).to_be_visible()
        expect(editor.get_by_text("Not known yet.")).to_be_visible()
        editor.evaluate("window.neverReloaded = true")
    card = finding(editor, "Confirms").filter(has_text="3.86 billion face masks")
    expect(card).to_be_visible()
    expect(editor.get_by_text("Being read against the open claims.")).to_have_count(0)
    assert editor.evaluate("window.neverReloaded") is True

    expect(card.locator("mark")).to_have_text(SENTENCE)
    text = editor.get_by_role("article", name="Text of the report")
    expect(text.locator("mark")).to_contain_text(SENTENCE)
    expect(text.locator("mark")).not_to_contain_text("Demand")

    unfold(card)
    expect(slot(card, "Who")).to_contain_text("agrees")
    expect(slot(card, "To what")).to_contain_text("face mask")
    expect(slot(card, "How many")).to_contain_text("3.86 billion")
    expect(slot(card, "How many")).to_contain_text("nearly 3.9 billion")
    expect(slot(card, "How many")).to_contain_text("agrees")
    expect(slot(card, "When")).to_contain_text("agrees")
    expect(card).to_contain_text("% sure")
    assert_good_looks(editor)


def test_the_claims_page_has_the_finding_under_confirms(editor: Page) -> None:
    paste(editor, f"{SENTENCE} Ships will follow.", outlet="Quayside Courier")
    card = finding(editor, "Confirms").filter(has_text="3.86 billion face masks")
    card.get_by_role("link", name="China has exported 3.86 billion face masks").click()
    mine = finding(editor, "Confirms").filter(has_text="Quayside Courier")
    expect(mine.locator("mark")).to_have_text(SENTENCE)
    expect(editor.get_by_role("heading", name="Confirms", level=3)).to_be_visible()


def test_a_report_without_text_is_refused_beside_its_field(editor: Page) -> None:
    paste(editor, "   ", outlet="The Empty Page")
    expect(editor.get_by_role("alert").filter(has_text="This was not saved.")).to_be_visible()
    expect(editor.get_by_label("Text")).to_have_attribute("aria-invalid", "true")
    expect(editor.get_by_label("Outlet")).to_have_value("The Empty Page")


def test_markup_in_a_report_is_shown_as_text(editor: Page) -> None:
    script = "<script>window.takenOver = true</script>"
    paste(editor, f"{script} A quiet day at the port of Odense.", outlet="The Injector")
    expect(editor.get_by_role("article", name="Text of the report")).to_contain_text(script)
    assert editor.evaluate("window.takenOver") is None


def test_a_report_in_another_language_is_stored_as_not_read(editor: Page) -> None:
    text = "Depuis le début du mois de mars, les ports du nord ont vu passer bien plus de navires que prévu."
    paste(editor, text, outlet="La Vigie du Nord")
    expect(editor.get_by_text("Not read (fr).")).to_be_visible()


def test_a_report_pasted_by_mistake_is_removed_with_a_reason(editor: Page) -> None:
    paste(editor, f"{SENTENCE} Twice told.", outlet="Doubled Dispatch")
    expect(finding(editor, "Confirms").first).to_be_visible()
    address = editor.url
    editor.get_by_role("link", name="Remove", exact=True).click()
    editor.get_by_role("button", name="Remove").click()
    expect(editor.get_by_label("Why")).to_have_attribute("aria-invalid", "true")
    editor.get_by_label("Why").fill("Pasted twice.")
    editor.get_by_role("button", name="Remove").click()
    expect(editor.get_by_text("The report was removed.")).to_be_visible()
    editor.goto(address)
    expect(editor.get_by_text("Removed by Edith Torres,")).to_contain_text("Pasted twice.")
