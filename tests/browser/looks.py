"""What holds for every page whatever it shows: it fits a telephone, and axe finds nothing serious, in both themes."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

TELEPHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 900}
THEMES = ("light", "dark")
_WIDER = """() => {
  const width = document.documentElement.clientWidth;
  const wider = [...document.body.querySelectorAll("*")].filter((each) => each.getBoundingClientRect().right > width);
  return document.documentElement.scrollWidth > width ? wider.map((each) => each.outerHTML.slice(0, 120)) : [];
}"""
_AXE = Axe()


def assert_good_looks(page: Page) -> None:
    for theme in THEMES:
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        page.set_viewport_size(TELEPHONE)
        wider = page.evaluate(_WIDER)
        assert wider == [], f"wider than a telephone, {theme}: {wider}"
        page.set_viewport_size(DESK)
        found = violations(page)
        assert found == [], f"{theme}: " + "\n".join(found)


def violations(page: Page) -> list[str]:
    """What axe calls serious or critical, each with where it is."""
    found = _AXE.run(page).response["violations"]
    grave = [each for each in found if each["impact"] in ("serious", "critical")]
    return [f"{each['id']}: {node['target']} {node['html'][:160]}" for each in grave for node in each["nodes"]]
