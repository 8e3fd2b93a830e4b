"""WSGI entry point."""

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.wsgi import get_wsgi_application

from factcheck.charset import without_charset
from factcheck.startup import settle

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

_django = get_wsgi_application()
settle()


def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    environ["CONTENT_TYPE"] = without_charset(environ.get("CONTENT_TYPE", ""))
    return _django(environ, start_response)
