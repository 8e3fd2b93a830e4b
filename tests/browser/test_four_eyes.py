"""A verdict is approved by a second person, whichever door the first one tries."""

import re

from playwright.sync_api import APIResponse, Page, expect

from tests.browser.client import Client
from tests.browser.looks import assert_good_looks
from tests.browser.steps import Story, claim_with_evidence, fill_in_verdict, last_part, propose, submit
from tests.workbench import Workbench


def forged(page: Page, path: str, **fields: str) -> APIResponse:
    """A form that the page does not show, with the person's own cookies and a valid CSRF token."""
    token = page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    return page.request.post(
        path, form={"csrfmiddlewaretoken": token, **fields}, headers={"Referer": page.url}, max_redirects=0
    )


def forged_call(page: Page, path: str, **body: int | str) -> APIResponse:
    """A call of the API in the person's own session."""
    token = next(each["value"] for each in page.context.cookies() if each["name"] == "csrftoken")
    return page.request.post(f"/api/v1/{path}", data=body, headers={"X-CSRFToken": token, "Referer": page.url})


def test_a_verdict_needs_rating_explanation_and_evidence(editor: Page, client: Client, bench: Workbench) -> None:
    claim = claim_with_evidence(
        editor, client, bench, Story("Chile", "bicycle helmets", "3.27 million", "32.7 million")
    )
    editor.goto(f"/claims/{claim}/verdict/new/")
    editor.get_by_role("button", name="Save the draft").click()
    told = editor.get_by_role("alert").filter(has_text="This was not saved.")
    expect(told).to_be_visible()
    editor.get_by_role("radio", name=re.compile("^True")).check()
    editor.get_by_label("Explanation").fill("The customs office published the figure.")
    editor.get_by_role("button", name="Save the draft").click()
    expect(told).to_contain_text("Evidence")
    assert_good_looks(editor)


def test_the_author_cannot_approve_through_any_door(
    second_reviewer: Page, reader: Page, client: Client, bench: Workbench
) -> None:
    """The author is a reviewer, who may approve the verdicts of others."""
    author = second_reviewer
    claim = claim_with_evidence(author, client, bench, Story("Peru", "water filters", "9.41 million", "94.1 million"))
    propose(author, claim, explanation="The customs office published the figure.")
    address = submit(author)
    verdict = last_part(address)
    expect(author.get_by_role("button", name="Approve and publish")).to_have_count(0)
    expect(author.get_by_role("button", name="Request changes")).to_have_count(0)
    expect(author.get_by_text("You wrote on this version, so you may not review it")).to_be_visible()
    refused = forged(author, f"{address}approve/", seen_revision="1")
    assert refused.status == 403
    assert "may not review it" in refused.text()
    refused = forged_call(author, f"drafts/{verdict}/approve", seen_revision=1)
    assert refused.status == 403
    assert refused.headers["content-type"].startswith("application/problem+json")
    assert forged_call(author, f"drafts/{verdict}/request-changes", seen_revision=1, comment="Mine").status == 403
    author.reload()
    expect(author.get_by_text("In review", exact=True)).to_be_visible()
    answer = reader.goto(f"/verdicts/{claim}/")
    assert answer is not None
    assert answer.status == 404


def test_an_editor_has_no_say_in_review_and_a_call_without_csrf_token_none_at_all(
    editor: Page, reviewer: Page, client: Client, bench: Workbench
) -> None:
    claim = claim_with_evidence(
        editor, client, bench, Story("Brazil", "coffee grinders", "6.31 million", "63.1 million")
    )
    propose(editor, claim, explanation="The customs office published the figure.")
    address = submit(editor)
    expect(editor.get_by_role("button", name="Approve and publish")).to_have_count(0)
    assert forged(editor, f"{address}approve/", seen_revision="1").status == 403
    reviewer.goto(address)
    call = reviewer.request.post(f"/api/v1/drafts/{last_part(address)}/approve", data={"seen_revision": 1})
    assert call.status == 403
    assert reviewer.request.post(f"{address}approve/", form={"seen_revision": "1"}).status == 403
    reviewer.reload()
    expect(reviewer.get_by_role("button", name="Approve and publish")).to_be_visible()


def test_changes_are_requested_with_a_comment_made_and_approved(
    editor: Page, reviewer: Page, reader: Page, client: Client, bench: Workbench
) -> None:
    story = Story("Kenya", "mosquito nets", "5.48 million", "54.8 million")
    claim = claim_with_evidence(editor, client, bench, story)
    propose(editor, claim, explanation="It is so.")
    address = submit(editor)

    reviewer.goto("/review/")
    reviewer.get_by_role("link", name=story.claim).click()
    reviewer.get_by_role("button", name="Request changes").click()
    comment = reviewer.get_by_label("What should change")
    expect(comment).to_have_accessible_description(re.compile("Say what should change"))
    comment.fill("Say who published the figure.")
    reviewer.get_by_role("button", name="Request changes").click()
    expect(reviewer.get_by_text("Sent back with your comment.")).to_be_visible()

    editor.goto("/")
    editor.get_by_role("region", name="Your unfinished verdicts").get_by_role("link", name=story.claim).click()
    expect(editor.get_by_text("Say who published the figure.")).to_be_visible()
    editor.get_by_role("link", name="Edit", exact=True).click()
    fill_in_verdict(editor, rating="Mostly true", explanation="Kenya's customs office published the figure.")
    editor.get_by_role("button", name="Save", exact=True).click()
    expect(editor.get_by_text("Saved. Read it once more")).to_be_visible()
    submit(editor)

    reviewer.goto(address)
    expect(reviewer.get_by_text("Kenya's customs office published the figure.")).to_be_visible()
    assert_good_looks(reviewer)
    reviewer.get_by_role("button", name="Approve and publish").click()
    expect(reviewer.get_by_text("is approved, and public from now on")).to_be_visible()

    history = reviewer.get_by_role("region", name="History")
    steps = [
        "Verdict approved and published by Ravi Iyer",
        "Verdict submitted for review by Edith Torres",
        "Verdict edited by Edith Torres",
        "Changes requested by Ravi Iyer",
        "Verdict submitted for review by Edith Torres",
        "Verdict drafted by Edith Torres",
    ]
    expect(history.get_by_role("listitem")).to_contain_text(steps)
    expect(history.get_by_role("button")).to_have_count(0)
    expect(reviewer.get_by_role("button", name=re.compile("delete", re.IGNORECASE))).to_have_count(0)
    expect(reviewer.get_by_role("link", name=re.compile("delete", re.IGNORECASE))).to_have_count(0)
    reader.goto(f"/verdicts/{claim}/")
    expect(reader.get_by_role("heading", name="Mostly true")).to_be_visible()
    expect(reader.get_by_text("Ravi Iyer")).to_have_count(0)


def test_of_two_reviewers_at_once_the_second_sees_who_was_faster(
    editor: Page, reviewer: Page, second_reviewer: Page, client: Client, bench: Workbench
) -> None:
    claim = claim_with_evidence(editor, client, bench, Story("Norway", "life jackets", "1.94 million", "19.4 million"))
    propose(editor, claim, explanation="The customs office published the figure.")
    address = submit(editor)
    reviewer.goto(address)
    second_reviewer.goto(address)
    reviewer.get_by_role("button", name="Approve and publish").click()
    expect(reviewer.get_by_text("is approved, and public from now on")).to_be_visible()
    second_reviewer.get_by_label("What should change").fill("A longer explanation, please.")
    second_reviewer.get_by_role("button", name="Request changes").click()
    told = second_reviewer.get_by_text(re.compile(r"Changed by Ravi Iyer at \d\d:\d\d"))
    expect(told).to_be_visible()
    expect(second_reviewer.get_by_label("What you wrote, to copy")).to_have_value("A longer explanation, please.")
    expect(second_reviewer.get_by_text("Published", exact=True)).to_be_visible()
    assert_good_looks(second_reviewer)
    second_reviewer.reload()
    reviewer.reload()
    expect(reviewer.get_by_text("Published", exact=True)).to_be_visible()
    expect(reviewer.get_by_role("region", name="History")).not_to_contain_text("Changes requested")


def test_the_record_can_be_looked_at_and_not_deleted_on_the_admin_page(administrator: Page) -> None:
    administrator.goto("/admin/claims/event/")
    expect(administrator.get_by_role("heading", level=1)).to_be_visible()
    administrator.get_by_role("rowheader").first.get_by_role("link").click()
    expect(administrator.get_by_role("link", name="Delete")).to_have_count(0)
    expect(administrator.get_by_role("button", name="Save")).to_have_count(0)
