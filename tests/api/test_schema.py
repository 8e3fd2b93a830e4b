"""What the API says of itself: the schema, and the page that shows it."""

import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.urls import URLPattern
from playwright.sync_api import Page, expect

from claims.api.urls import v1
from tests.api.conftest import Caller

COMMITTED = Path(settings.BASE_DIR) / "docs" / "openapi.yaml"
SHOWN_ELSEWHERE = {"schema", "docs"}


def operations() -> dict[str, dict[str, Any]]:
    paths = yaml.safe_load(COMMITTED.read_text())["paths"]
    return {f"{method} {path}": found for path, methods in paths.items() for method, found in methods.items()}


def test_the_committed_schema_is_what_the_code_says(tmp_path: Any) -> None:
    fresh = tmp_path / "openapi.yaml"
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(fresh))
    assert fresh.read_text() == COMMITTED.read_text(), "run `make schema`"


def test_the_schema_is_served_to_everybody(anonymous: Caller) -> None:
    answer = anonymous.get("schema")
    assert answer.status_code == 200
    assert yaml.safe_load(answer.content) == yaml.safe_load(COMMITTED.read_text())


def test_every_address_stands_in_the_schema() -> None:
    described = {re.sub(r"\{[^}]*\}", "*", path) for path in yaml.safe_load(COMMITTED.read_text())["paths"]}
    served = {
        "/api/v1/" + re.sub(r"<[^>]*>", "*", str(pattern.pattern))
        for pattern in v1
        if isinstance(pattern, URLPattern) and pattern.name not in SHOWN_ELSEWHERE
    }
    assert described == served


@pytest.mark.parametrize("operation", sorted(operations()))
def test_an_operation_names_its_refusals_and_what_it_is_for(operation: str) -> None:
    found = operations()[operation]
    assert {"401", "403", "429"} <= set(found["responses"])
    assert found["operationId"]
    for status, response in found["responses"].items():
        if int(status) >= 400 and status != "410":
            assert list(response["content"]) == ["application/problem+json"]


@pytest.mark.parametrize("path", ["docs", "docs?lang=%3C/script%3E%22%3Cb%3E"])
def test_the_page_needs_no_script_or_style_of_its_own_and_nothing_from_elsewhere(path: str, anonymous: Caller) -> None:
    answer = anonymous.client.get(f"/api/v1/{path}")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "<style" not in page and " style=" not in page and " onclick=" not in page
    assert page.count("<script") == page.count("<script src=")
    for address in re.findall(r'(?:src|href)="([^"]*)"', page):
        assert not urlsplit(address).netloc, address
        assert "<" not in address


def test_what_starts_the_page_quotes_what_came_in_the_address(anonymous: Caller) -> None:
    answer = anonymous.client.get("/api/v1/docs?script=&lang=%22%3Balert(1)%2F%2F</script>")
    assert answer.headers["Content-Type"] == "application/javascript"
    assert '";alert(1)' not in answer.content.decode()
    assert "</script>" not in answer.content.decode()


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # the parent's name
        return


@pytest.fixture
def site() -> Iterator[str]:
    """The project on a port of its own; the schema's pages ask the database nothing."""
    with make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=_Quiet) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.browser
def test_a_browser_shows_every_operation_under_the_sites_policy(site: str, page: Page) -> None:
    complaints: list[str] = []
    asked: set[str] = set()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    page.goto(f"{site}/api/v1/docs")
    expect(page.locator(".opblock")).to_have_count(len(operations()))
    page.locator("#operations-verdicts-verdicts_list .opblock-summary").click()
    expect(page.get_by_text("The rating's label")).to_be_visible()
    assert complaints == []
    assert asked - {""} == {urlsplit(site).netloc}
