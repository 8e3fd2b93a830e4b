"""A published verdict is corrected or withdrawn: in public, with a reason, by a second person."""

import json
import re
from datetime import UTC, datetime

from playwright.sync_api import Page, expect

from tests.browser.client import Client
from tests.browser.looks import assert_good_looks
from tests.browser.steps import Story, approve, publish, submit
from tests.workbench import Workbench

REASON = "The customs office has published its declarations, which bear out half of the figure."


def today() -> str:
    """As public pages write it; the workbench's time zone is UTC."""
    return f"{datetime.now(UTC):%d %B %Y}".lstrip("0")


def structured(page: Page) -> dict[str, object]:
    text = page.locator('script[type="application/ld+json"]').text_content()
    assert text
    found: dict[str, object] = json.loads(text)
    return found


def test_a_correction_is_approved_by_a_second_person_and_told_to_readers_and_clients(
    editor: Page, reviewer: Page, second_reviewer: Page, reader: Page, client: Client, bench: Workbench
) -> None:
    story = Story("Denmark", "hearing aids", "7.16 million", "71.6 million")
    claim = publish(editor, reviewer, client, bench, story, rating="False")

    reviewer.get_by_role("link", name="Correct").click()
    reviewer.get_by_role("radio", name=re.compile("^Half true")).check()
    reviewer.get_by_label("Explanation").fill("The customs office of Denmark has published half of the figure.")
    reviewer.get_by_role("button", name="Save the draft").click()
    reason = reviewer.get_by_label("Reason for the correction")
    expect(reason).to_have_attribute("aria-invalid", "true")
    reason.fill(REASON)
    reviewer.get_by_role("button", name="Save the draft").click()
    expect(reviewer.get_by_text("The draft is saved.")).to_be_visible()
    address = submit(reviewer)
    expect(reviewer.get_by_role("button", name="Approve and publish")).to_have_count(0)

    reader.goto(f"/verdicts/{claim}/")
    expect(reader.get_by_role("heading", name="False", exact=True)).to_be_visible()
    expect(reader.get_by_role("heading", name=re.compile("^Corrected on"))).to_have_count(0)

    approve(second_reviewer, address)
    reader.reload()
    expect(reader.get_by_role("heading", name="Half true", exact=True)).to_be_visible()
    corrections = reader.get_by_role("region", name="Corrections")
    days = {today()}
    expect(corrections.get_by_role("heading", name=re.compile("^Corrected on"))).to_have_text(
        re.compile(f"Corrected on ({'|'.join(days | {today()})}), version 2")
    )
    expect(corrections).to_contain_text(REASON)
    expect(corrections).to_contain_text("The rating was false and became half true.")
    corrections.get_by_text("What changed").click()
    expect(corrections.get_by_role("deletion").filter(has_text="False")).to_be_visible()
    expect(corrections.get_by_role("insertion").filter(has_text="Half true")).to_be_visible()
    expect(corrections.get_by_role("insertion").filter(has_text="half of")).to_be_visible()
    assert_good_looks(reader)

    markup = structured(reader)
    assert markup["version"] == 2
    assert markup["reviewRating"] == {
        "@type": "Rating", "alternateName": "Half true", "ratingValue": 3, "worstRating": 1, "bestRating": 5,
    }  # fmt: skip
    document = client.get(f"verdicts/{claim}").json
    assert (document["version"], document["rating"]["label"], document["status"]) == (2, "Half true", "corrected")
    assert document["corrections"][0]["reason"] == REASON
    assert client.get(f"verdicts/{claim}/claim-review").json == markup

    corrections.get_by_role("link", name="The version before").click()
    expect(reader.get_by_text("This is version 1, kept for the record.")).to_be_visible()
    expect(reader.get_by_role("heading", name="False", exact=True)).to_be_visible()
    assert_good_looks(reader)
    assert client.get(f"verdicts/{claim}/versions/1").json["rating"]["label"] == "False"


def test_a_withdrawn_verdict_answers_410_with_the_reason(
    editor: Page, reviewer: Page, reader: Page, client: Client, bench: Workbench
) -> None:
    claim = publish(editor, reviewer, client, bench, Story("Morocco", "school desks", "8.23 million", "82.3 million"))
    reason = "The report we relied on was a forgery."
    editor.goto(reviewer.url)
    expect(editor.get_by_role("link", name="Withdraw")).to_have_count(0)
    reviewer.get_by_role("link", name="Withdraw").click()
    reviewer.get_by_role("button", name="Withdraw").click()
    expect(reviewer.get_by_label("Reason")).to_have_attribute("aria-invalid", "true")
    reviewer.get_by_label("Reason").fill(reason)
    reviewer.get_by_role("button", name="Withdraw").click()
    expect(reviewer.get_by_text("Withdrawn. Its public page now says so, with your reason.")).to_be_visible()

    answer = reader.goto(f"/verdicts/{claim}/")
    assert answer is not None
    assert answer.status == 410
    expect(reader.get_by_role("heading", name="We have withdrawn our verdict on this claim")).to_be_visible()
    expect(reader.get_by_text(reason)).to_be_visible()
    assert_good_looks(reader)
    gone = client.get(f"verdicts/{claim}")
    assert (gone.status, gone.json["deleted"], gone.json["reason"]) == (410, True, reason)
    reader.goto("/verdicts/?q=Morocco")
    expect(reader.get_by_text("No fact check fits.")).to_be_visible()


def test_whoever_wrote_a_version_does_not_withdraw_it(
    second_reviewer: Page, reviewer: Page, client: Client, bench: Workbench
) -> None:
    publish(second_reviewer, reviewer, client, bench, Story("Vietnam", "rice cookers", "2.75 million", "27.5 million"))
    second_reviewer.goto(reviewer.url)
    expect(second_reviewer.get_by_role("link", name="Withdraw")).to_have_count(0)
    expect(second_reviewer.get_by_text("so you may not withdraw it")).to_be_visible()
