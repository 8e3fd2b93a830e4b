"""Every page: it fits a telephone, axe finds nothing serious, and the console is quiet, in light and dark."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Enter
from tests.browser.looks import DESK, TELEPHONE, assert_good_looks
from tests.workbench import Workbench

MASKS = "external_id = 'demo-masks'"
IDS = {
    "claim": f"SELECT public_id FROM claims_claim WHERE {MASKS}",
    "source": f"SELECT public_id FROM claims_source WHERE claim_id IN (SELECT id FROM claims_claim WHERE {MASKS})",
    "report": "SELECT public_id FROM claims_report WHERE outlet = 'Harbour Wire' ORDER BY published_at",
    "unread": "SELECT public_id FROM claims_report WHERE state = 'not_read'",
    "finding": "SELECT public_id FROM claims_finding WHERE stance = 'contradicts'",
    "published": "SELECT public_id FROM claims_verdict WHERE state = 'published'",
    "in_review": "SELECT public_id FROM claims_verdict WHERE state = 'in_review'",
    "unjudged": "SELECT public_id FROM claims_claim WHERE external_id = 'demo-suits'",
}
OF_EDITORS = [
    "/",
    "/?next=/claims/",
    "/claims/",
    "/claims/?q=nothing+like+it",
    "/claims/new/",
    "/claims/{claim}/",
    "/claims/{claim}/edit/",
    "/claims/{claim}/reading/",
    "/claims/{claim}/sources/new/",
    "/claims/{claim}/appearances/new/",
    "/claims/{unjudged}/verdict/new/",
    "/claims/{claim}/verdict/correct/",
    "/sources/{source}/remove/",
    "/reports/",
    "/reports/new/",
    "/reports/{report}/",
    "/reports/{unread}/",
    "/reports/{report}/remove/",
    "/reports/{report}/mark/",
    "/triage/",
    "/triage/?state=all&stance=neutral",
    "/findings/{finding}/",
    "/compare/",
    "/operations/",
    "/compare/?claim={claim}&report={report}",
    "/review/",
    "/review/{in_review}/",
    "/nothing/here/",
    "/tokens/",
]
OF_REVIEWERS = ["/", "/review/{in_review}/", "/review/{published}/", "/review/{published}/withdraw/"]
OF_ADMINISTRATORS = ["/tokens/", "/tokens/new/"]
OF_READERS = ["/sign-in/", "/verdicts/", "/verdicts/?q=nothing+like+it", "/verdicts/{claim}/", "/nothing/here/"]
PAGES = [
    *(("editor", path) for path in OF_EDITORS),
    *(("reviewer", path) for path in OF_REVIEWERS),
    *(("admin", path) for path in OF_ADMINISTRATORS),
    *(("", path) for path in OF_READERS),
]


@pytest.fixture(scope="session")
def address(bench: Workbench) -> Callable[[str], str]:
    ids = {name: bench.query(sql)[0][0] for name, sql in IDS.items()}
    return lambda path: path.format_map(ids)


@pytest.mark.parametrize(("person", "path"), PAGES)
def test_it_looks_right(enter: Enter, address: Callable[[str], str], person: str, path: str) -> None:
    page = enter(person)
    answer = page.goto(address(path))
    assert answer is not None
    assert answer.status < 500
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert_good_looks(page)


def test_the_theme_chosen_wins_over_the_systems_and_is_kept(enter: Enter) -> None:
    page = enter("editor", color_scheme="light")
    page.goto("/")
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    page.get_by_text("Edith Torres").first.click()
    page.get_by_role("radio", name="Dark").check()
    dark = page.evaluate(background)
    assert dark != light
    page.goto("/claims/")
    assert page.evaluate(background) == dark


def test_on_a_telephone_the_menu_opens_the_sections(enter: Enter) -> None:
    page = enter("editor", viewport=TELEPHONE)
    page.goto("/claims/")
    triage = page.get_by_role("navigation", name="Sections").get_by_role("link", name="Triage")
    expect(triage).to_be_hidden()
    page.get_by_text("Menu", exact=True).click()
    triage.click()
    expect(page.get_by_role("heading", name="Triage", level=1)).to_be_visible()
    page.set_viewport_size(DESK)
    expect(triage).to_be_visible()
