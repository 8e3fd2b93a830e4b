"""Chromium before the running workbench: `make run` with a real worker, and people who sign in to it."""

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect

from claims.management.demonstration_accounts import ACCOUNTS
from tests.browser.client import Client
from tests.browser.steps import add_person, sign_in
from tests.browser.watching import watch
from tests.machine import chromium, requires
from tests.workbench import Workbench, workbench

PATIENCE_MS = 30_000
# Low enough that one client reaches it; every token and every person is counted alone.
REQUESTS_A_MINUTE = 100
SECOND_REVIEWER = ("rosa", "Rosa Lindqvist", "a-second-pair-of-eyes")
PASSWORDS = {account.username: account.password for account in ACCOUNTS}

Enter: TypeAlias = Callable[..., Page]


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    requires(chromium(), "Chromium was not found: apt-get install chromium, or set CHROMIUM")
    expect.set_options(timeout=PATIENCE_MS)
    data = tmp_path_factory.mktemp("newsroom")
    with workbench(data, API_RATE=f"{REQUESTS_A_MINUTE}/min") as running:
        yield running


@pytest.fixture(scope="session")
def signed_in(bench: Workbench, browser: Browser) -> Callable[[str], StorageState]:
    """The cookies of somebody who signed in through the page, once for all tests."""
    known = PASSWORDS.copy()
    cookies: dict[str, StorageState] = {}

    def sitting(username: str) -> StorageState:
        if username == SECOND_REVIEWER[0] and username not in known:
            known[username] = _second_reviewer(bench, browser, sitting("admin"))
        if username not in cookies:
            context = _context(browser, bench)
            sign_in(context.new_page(), username, known[username])
            cookies[username] = context.storage_state()
            context.close()
        return cookies[username]

    return sitting


@pytest.fixture
def enter(
    bench: Workbench, browser: Browser, signed_in: Callable[[str], StorageState], new_context: Any
) -> Iterator[Enter]:
    """`enter("editor")` is a page of somebody signed in, `enter()` a reader's. Whatever a page complains of fails."""
    complaints: list[str] = []

    def opened(username: str = "", **options: Any) -> Page:
        if username:
            options["storage_state"] = signed_in(username)
        context = new_context(base_url=bench.url, **options)
        context.set_default_timeout(PATIENCE_MS)
        page: Page = context.new_page()
        watch(page, complaints)
        return page

    yield opened
    assert complaints == []


@pytest.fixture
def editor(enter: Enter) -> Page:
    return enter("editor")


@pytest.fixture
def reviewer(enter: Enter) -> Page:
    """Ravi Iyer."""
    return enter("reviewer")


@pytest.fixture
def second_reviewer(enter: Enter) -> Page:
    """Rosa Lindqvist."""
    return enter(SECOND_REVIEWER[0])


@pytest.fixture
def administrator(enter: Enter) -> Page:
    return enter("admin")


@pytest.fixture
def reader(enter: Enter) -> Page:
    """Somebody without an account."""
    return enter()


@pytest.fixture
def client(bench: Workbench) -> Client:
    """The demonstration's API client: it sends reports and reads verdicts."""
    return Client(bench.url, bench.token)


def _second_reviewer(bench: Workbench, browser: Browser, administrator: StorageState) -> str:
    """Made on the admin page, as an administrator would. Returns the password."""
    username, name, password = SECOND_REVIEWER
    context = _context(browser, bench, storage_state=administrator)
    add_person(context.new_page(), username=username, name=name, password=password, role="reviewer")
    context.close()
    return password


def _context(browser: Browser, bench: Workbench, **options: Any) -> BrowserContext:
    context = browser.new_context(base_url=bench.url, **options)
    context.set_default_timeout(PATIENCE_MS)
    return context
