"""A ten-fold error contradicts; look-alikes do not."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.client import Client
from tests.browser.steps import finding, send, slot, unfold
from tests.workbench import Workbench


def test_a_ten_fold_error_contradicts_with_both_figures_side_by_side(
    editor: Page, client: Client, bench: Workbench
) -> None:
    sentence = "China has exported 38.6 billion face masks since March 1, officials said on Monday."
    report = send(client, bench, sentence, outlet="Tenfold Tribune")
    editor.goto(f"/reports/{report}/")
    card = finding(editor, "Contradicts")
    expect(card).to_have_count(1)
    expect(card).to_contain_text("China has exported 3.86 billion face masks since 1 March 2020")
    expect(card.locator("mark")).to_have_text(sentence)
    expect(card.locator(".explanation")).to_contain_text(re.compile(r"\b10(\.0)? times"))
    unfold(card)
    figures = slot(card, "How many").get_by_role("cell")
    expect(figures.nth(0)).to_contain_text("3.86 billion")
    expect(figures.nth(1)).to_contain_text("38.6 billion")
    expect(figures.nth(2)).to_contain_text("differs")
    expect(slot(card, "Unit")).to_contain_text("agrees")
    expect(slot(card, "When")).to_contain_text("agrees")
    expect(card.get_by_role("row").filter(has_text="differs")).to_have_count(1)


@pytest.mark.parametrize(
    ("outlet", "sentence"),
    [
        ("Malabar Mail", "India has exported 38.6 billion face masks since March 1, officials said."),
        ("Konkan Herald", "India has exported 3.86 billion face masks since March 1, officials said."),
        ("Glovers Gazette", "China has exported 38.6 billion rubber gloves since March 1, officials said."),
        ("Import Inquirer", "China has imported 38.6 billion face masks since March 1, officials said."),
    ],
)
def test_a_look_alike_neither_contradicts_nor_confirms(
    editor: Page, client: Client, bench: Workbench, outlet: str, sentence: str
) -> None:
    report = send(client, bench, sentence, outlet=outlet)
    editor.goto(f"/reports/{report}/")
    expect(editor.get_by_text("Matched", exact=True)).to_be_visible()
    expect(finding(editor, "Contradicts")).to_have_count(0)
    expect(finding(editor, "Confirms")).to_have_count(0)
