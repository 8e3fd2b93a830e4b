"""What people do in several journeys, as they do it: by labels, buttons and links."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.browser.client import Client
from tests.processes import wait_until
from tests.workbench import Workbench


@dataclass(frozen=True)
class Story:
    """Each test has a claim of its own, so that no report bears on another test's."""

    country: str
    items: str
    figure: str
    tenfold: str

    @property
    def claim(self) -> str:
        return f"{self.country} has exported {self.figure} {self.items} since 1 March 2020"

    @property
    def confirming(self) -> str:
        return self.sentence(self.figure)

    @property
    def contradicting(self) -> str:
        return self.sentence(self.tenfold)

    def sentence(self, figure: str) -> str:
        return f"{self.country} exported {figure} {self.items} between 1 March and 4 April, the customs office said."


def sign_in(page: Page, username: str, password: str) -> None:
    page.goto("/sign-in/")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("navigation", name="Sections")).to_be_visible()


def add_person(page: Page, *, username: str, name: str, password: str, role: str) -> None:
    """On the admin page, as an administrator."""
    first, last = name.split()
    page.goto("/admin/claims/user/add/")
    page.get_by_label("Username").fill(username)
    page.get_by_label("First name").fill(first)
    page.get_by_label("Last name").fill(last)
    page.get_by_label("Password:", exact=True).fill(password)
    page.get_by_label("Password confirmation").fill(password)
    page.get_by_role("checkbox", name=role, exact=True).check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was added successfully")).to_be_visible()


def register(page: Page, text: str) -> str:
    """A claim of 5 April 2020, open for reports. Returns its public id."""
    page.goto("/claims/new/")
    page.get_by_label("The claim").fill(text)
    page.get_by_label("Said on").fill("2020-04-05")
    page.get_by_role("button", name="Save and open for reports").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(text)
    return last_part(page.url)


def paste(page: Page, body: str, *, outlet: str, published: str = "2020-04-06T09:00") -> None:
    page.goto("/reports/new/")
    page.get_by_label("Text").fill(body)
    page.get_by_label("Outlet").fill(outlet)
    page.get_by_label("Published").fill(published)
    page.get_by_role("button", name="Store and match").click()


def send(client: Client, bench: Workbench, body: str, *, outlet: str, published: str = "2020-04-06T09:00:00Z") -> str:
    """A report by the API, once it is matched. Returns its public id."""
    answer = client.post("reports", body=body, outlet=outlet, published_at=published)
    assert answer.status == 201, answer.text
    report = str(answer.json["id"])
    state = f"SELECT state FROM claims_report WHERE public_id = '{report}'"
    wait_until(lambda: bench.query(state) == [("matched",)], seconds=90, what=f"the report of {outlet} is matched")
    return report


def finding(page: Page, kind: str) -> Locator:
    """The cards of this kind: Confirms, Contradicts, Update, Other scope, Undetermined."""
    return page.get_by_role("article", name=f"Finding: {kind}")


def slot(card: Locator, name: str) -> Locator:
    """A row of a finding's slot table."""
    return card.get_by_role("row").filter(has=card.page.get_by_role("rowheader", name=name, exact=True))


def unfold(card: Locator) -> None:
    if not card.get_by_role("table").is_visible():
        card.get_by_text("What was compared").click()


def accept(page: Page, claim: str) -> None:
    """The claim's only new finding, as the engine proposes it."""
    page.goto(f"/triage/?claim={claim}")
    page.get_by_role("button", name="Accept as").click()
    expect(page.get_by_role("article", name="Finding").get_by_text("Accepted as")).to_be_visible()


def claim_with_evidence(page: Page, client: Client, bench: Workbench, story: Story) -> str:
    """A claim with one accepted finding that confirms it."""
    claim = register(page, story.claim)
    send(client, bench, story.confirming, outlet=f"{story.country} Gazette")
    accept(page, claim)
    return claim


def fill_in_verdict(page: Page, *, rating: str, explanation: str) -> None:
    page.get_by_role("radio", name=re.compile(f"^{rating}")).check()
    page.get_by_label("Explanation").fill(explanation)
    page.get_by_role("group", name="Evidence").get_by_role("checkbox").first.check()


def propose(page: Page, claim: str, *, rating: str = "True", explanation: str) -> None:
    page.goto(f"/claims/{claim}/")
    page.get_by_role("link", name="Propose a verdict").click()
    fill_in_verdict(page, rating=rating, explanation=explanation)
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_text("The draft is saved.")).to_be_visible()


def submit(page: Page) -> str:
    """The verdict shown. Returns its address."""
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_text("Submitted.", exact=False)).to_be_visible()
    return page.url


def approve(page: Page, verdict: str) -> None:
    page.goto(verdict)
    page.get_by_role("button", name="Approve and publish").click()
    expect(page.get_by_text("is approved, and public from now on")).to_be_visible()


def publish(
    author: Page, approver: Page, client: Client, bench: Workbench, story: Story, *, rating: str = "True"
) -> str:
    """A published verdict. Returns the claim's public id."""
    claim = claim_with_evidence(author, client, bench, story)
    propose(author, claim, rating=rating, explanation=f"The customs office of {story.country} published the figure.")
    approve(approver, submit(author))
    return claim


def last_part(url: str) -> str:
    return url.rstrip("/").rpartition("/")[2]
