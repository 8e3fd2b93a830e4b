"""ASGI entry point."""

import os
from typing import Any

from django.core.asgi import get_asgi_application

from factcheck.charset import without_charset
from factcheck.startup import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

_django = get_asgi_application()
settle()


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    headers = [(name, _checked(name, value)) for name, value in scope.get("headers", ())]
    await _django({**scope, "headers": headers}, receive, send)


def _checked(name: bytes, value: bytes) -> bytes:
    if name.lower() != b"content-type":
        return value
    return without_charset(value.decode("latin-1")).encode("latin-1")
