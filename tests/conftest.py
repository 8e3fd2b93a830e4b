"""What every test shares: databases that can be flushed, a queue that nobody reads, Chromium."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.db import connection

from claims import queue
from claims.models import triggers
from tests.machine import chromium, requires

FOLDER = Path(__file__).parent
pytest_plugins = ["tests.cast"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Real processes and browsers come last: Playwright's event loop would forbid Django's database calls."""
    for item in items:
        folder = item.path.relative_to(FOLDER).parts[0]
        if folder in ("system", "browser"):
            item.add_marker(folder)
    items.sort(key=lambda item: [item.get_closest_marker(name) is not None for name in ("browser", "system")])


@pytest.fixture(autouse=True)
def _postgres_only(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.skip("belongs to the PostgreSQL run of `make test` (TEST_DATABASE_URL)")


@pytest.fixture(autouse=True)
def _flush_is_allowed(request: pytest.FixtureRequest) -> Iterator[None]:
    """Lift the triggers before a transactional test's tables are emptied; post_migrate makes them again."""
    marker = request.node.get_closest_marker("django_db")
    asked = {"transactional_db", "live_server", "django_db_reset_sequences"} & set(request.fixturenames)
    transactional = asked or (marker and marker.kwargs.get("transaction"))
    if transactional:
        request.getfixturevalue("transactional_db")
    yield
    if transactional:
        triggers.drop(connection)


@pytest.fixture(autouse=True)
def _empty_queue(request: pytest.FixtureRequest) -> Iterator[None]:
    """The tests' broker is in memory: what a test has sent must not wait there for the next."""
    queue.hint_heard()
    yield
    if not {"db", "transactional_db", "live_server", "_django_db_helper"} & set(request.fixturenames):
        return
    with current_app.connection_for_write() as broker:
        broker.default_channel.queue_declare(current_app.conf.task_default_queue)
        broker.default_channel.queue_purge(current_app.conf.task_default_queue)


@pytest.fixture
def eager_tasks(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[Any]]
) -> Callable[[], AbstractContextManager[None]]:
    """`with eager_tasks(): ...` runs what was enqueued within, at its end, here and now; errors are raised."""

    @contextmanager
    def running() -> Iterator[None]:
        with monkeypatch.context() as patch, django_capture_on_commit_callbacks(execute=True):
            patch.setitem(current_app.conf, "task_always_eager", True)
            patch.setitem(current_app.conf, "task_eager_propagates", True)
            yield

    return running


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's own Chromium, not one that Playwright downloads."""
    path = chromium()
    requires(path, "Chromium was not found: apt-get install chromium, or set CHROMIUM")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": path, "args": [*sandbox, "--disable-dev-shm-usage"]}
