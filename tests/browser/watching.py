"""What a page complains of: errors in the console (the content security policy's among them), broken files, 500s."""

from collections.abc import Callable

from playwright.sync_api import ConsoleMessage, Page, Response

# Chromium logs every answer above 399; a refusal is part of many journeys, and a broken file is told of below.
_ANSWERED = "Failed to load resource"
# htmx logs a refusal before the page shows it, and a poll that leaving the page cuts off.
_OF_HTMX = ("Response Status Error Code 4", "htmx:sendAbort")
_FILES = ("stylesheet", "script", "image", "font")


def watch(page: Page, complaints: list[str]) -> None:
    """Note every complaint of the page from now on."""
    page.on("console", _noting_console(complaints))
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("response", _noting_responses(complaints))


def _noting_console(complaints: list[str]) -> Callable[[ConsoleMessage], None]:
    def note(message: ConsoleMessage) -> None:
        expected = message.text.startswith((_ANSWERED, *_OF_HTMX))
        if message.type in ("error", "warning") and not expected:
            complaints.append(f"{message.location.get('url')}: {message.text}")

    return note


def _noting_responses(complaints: list[str]) -> Callable[[Response], None]:
    def note(response: Response) -> None:
        is_file = response.request.resource_type in _FILES
        if response.status >= 500 or (is_file and response.status >= 400):
            complaints.append(f"{response.url}: {response.status}")

    return note
