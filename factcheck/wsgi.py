"""WSGI entry point."""

import os
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.wsgi import get_wsgi_application

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

_CHARSET = re.compile(r";\s*charset=[^;]*", re.IGNORECASE)
_django = get_wsgi_application()


def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """What comes in is UTF-8, whatever charset it names.

    Django would read addresses with any codec of Python's, also those that are not for text, and fail before a view
    or middleware could answer.
    """
    environ["CONTENT_TYPE"] = _CHARSET.sub("", environ.get("CONTENT_TYPE", ""))
    return _django(environ, start_response)
