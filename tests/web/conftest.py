"""Browsers without a browser: Django's test client, signed in as somebody of the cast."""

from collections.abc import Callable

import pytest
from django.test import Client

from claims.models import User


@pytest.fixture
def as_(db: None) -> Callable[..., Client]:
    """`as_(editor).get("/")`; `csrf=True` checks tokens as a browser's requests are checked."""

    def sign_in(person: User, *, csrf: bool = False) -> Client:
        client = Client(enforce_csrf_checks=csrf)
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def desk(as_: Callable[..., Client], editor: User) -> Client:
    """The editor's browser."""
    return as_(editor)


HTMX = {"HX-Request": "true"}
