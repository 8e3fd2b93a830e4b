"""Signing in and out."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import PASSWORDS, Enter
from tests.browser.looks import assert_good_looks


def test_signing_in_leads_to_the_page_asked_for_and_signing_out_closes_it(enter: Enter) -> None:
    page = enter()
    page.goto("/reports/?state=not_read")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill("not-the-password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert").filter(has_text=re.compile("password"))).to_be_visible()
    assert_good_looks(page)
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill(PASSWORDS["editor"])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Reports", level=1)).to_be_visible()
    assert page.url.endswith("/reports/?state=not_read")

    page.get_by_text("Edith Torres").first.click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.go_back()
    page.goto("/claims/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_an_editor_does_not_reach_the_administrators_pages(enter: Enter) -> None:
    page = enter("editor")
    answer = page.goto("/tokens/")
    assert answer is not None
    assert answer.status == 403
    expect(page.get_by_role("heading", name="You may not do this")).to_be_visible()
    expect(page.get_by_role("link", name="Tokens")).to_have_count(0)
