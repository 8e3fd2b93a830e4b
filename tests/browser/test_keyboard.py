"""Without a mouse: Tab, Enter, Space and the arrow keys, and the focus always to be seen."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.client import Client
from tests.browser.conftest import PASSWORDS
from tests.browser.steps import Story, claim_with_evidence, finding, propose, register, send, submit
from tests.workbench import Workbench

_STOPS = 150
# A date field's own button for the calendar lies inside the field, out of the page's reach; the browser marks it.
_SEEN = """() => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  if (element.type === "date" && !element.matches(":focus")) return true;
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  return outlined || style.boxShadow !== "none";
}"""


def tab_to(page: Page, wanted: Locator) -> None:
    """Tab until it has the focus; at every stop on the way the focus must be visible."""
    expect(wanted).to_be_visible()
    for _ in range(_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            continue
        where = page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
        assert page.evaluate(_SEEN), f"the focus cannot be seen on {where}"
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"not reached by Tab: {wanted}")


def test_signing_in_and_triaging_a_finding(editor: Page, reader: Page, client: Client, bench: Workbench) -> None:
    story = Story("Jordan", "olive barrels", "4.66 million", "46.6 million")
    claim = register(editor, story.claim)
    send(client, bench, story.confirming, outlet="Amman Advocate")
    page = reader
    page.goto("/")
    tab_to(page, page.get_by_label("Username"))
    page.keyboard.type("editor")
    tab_to(page, page.get_by_label("Password"))
    page.keyboard.type(PASSWORDS["editor"])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What needs you")).to_be_visible()
    tab_to(page, page.get_by_role("navigation", name="Sections").get_by_role("link", name="Triage"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Triage", level=1)).to_be_visible()
    tab_to(page, page.get_by_label("Words in the claim"))
    page.keyboard.type("olive barrels")
    page.keyboard.press("Enter")
    card = finding(page, "Confirms")
    expect(card).to_have_count(1)
    tab_to(page, card.get_by_text("Dismiss…"))
    page.keyboard.press("Space")
    expect(card.get_by_label("Why")).to_be_visible()
    page.keyboard.press("Space")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    expect(card.get_by_role("button", name="Accept as")).to_be_focused()
    page.keyboard.press("Space")
    expect(card.get_by_text("Accepted as confirms")).to_be_visible()
    expect(card.get_by_role("button", name="Undo")).to_be_focused()
    page.goto(f"/triage/?claim={claim}")
    expect(page.get_by_text("Nothing fits these filters.")).to_be_visible()


def test_approving_a_verdict(editor: Page, reviewer: Page, client: Client, bench: Workbench) -> None:
    story = Story("Oman", "incense burners", "6.83 million", "68.3 million")
    claim = claim_with_evidence(editor, client, bench, story)
    propose(editor, claim, explanation="The customs office published the figure.")
    submit(editor)
    reviewer.goto("/")
    tab_to(reviewer, reviewer.get_by_role("navigation", name="Sections").get_by_role("link", name="Review"))
    reviewer.keyboard.press("Enter")
    tab_to(reviewer, reviewer.get_by_role("link", name=story.claim))
    reviewer.keyboard.press("Enter")
    tab_to(reviewer, reviewer.get_by_role("button", name="Approve and publish"))
    reviewer.keyboard.press("Enter")
    expect(reviewer.get_by_text("is approved, and public from now on")).to_be_visible()


def test_the_first_tab_leads_past_the_navigation(editor: Page) -> None:
    editor.goto("/claims/")
    editor.keyboard.press("Tab")
    skip = editor.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    editor.keyboard.press("Enter")
    expect(editor.get_by_role("main")).to_be_focused()


def test_a_refused_form_takes_the_focus_to_what_is_wrong(editor: Page) -> None:
    editor.goto("/claims/new/")
    tab_to(editor, editor.get_by_role("button", name="Save as draft"))
    editor.keyboard.press("Enter")
    told = editor.get_by_role("alert").filter(has_text="This was not saved.")
    expect(told).to_be_focused()
    tab_to(editor, told.get_by_role("link", name="The claim"))
    editor.keyboard.press("Enter")
    expect(editor.get_by_label("The claim")).to_be_focused()
