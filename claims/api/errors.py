"""Every refusal as RFC 9457 `application/problem+json` with an `errors` array."""

import logging
import math
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import IntegrityError
from django.http import Http404, QueryDict
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from claims.errors import ClaimsError, Conflict, InvalidInput, TooLarge

logger = logging.getLogger(__name__)
PROBLEM = "application/problem+json"
_LONGEST_SEARCH = 1_000
_TOO_LARGE = TooLarge(
    "This request is too large: a report has at most 1,000,000 bytes, a request at most 8 MiB.", field="body"
)


def problem_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """rest_framework's EXCEPTION_HANDLER; None lets an unforeseen error become a 500."""
    request = context.get("request")
    if request is not None:  # also at addresses that otherwise answer with a page or YAML
        request.accepted_renderer, request.accepted_media_type = JSONRenderer(), "application/json"
    if isinstance(error, RequestDataTooBig):
        error = _TOO_LARGE
    if isinstance(error, IntegrityError):  # the database kept a promise that a service lost a race for
        logger.error("refused by the database", exc_info=error)
        error = Conflict("This was changed meanwhile: look at it again, then repeat your request.")
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    if isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if isinstance(error, ClaimsError):
        return _respond(problem_of(error), error.status)
    if isinstance(error, exceptions.APIException):
        return _respond(_problem_of_framework(error), error.status_code, headers=_headers(error))
    return None


def problem_of(error: ClaimsError) -> dict[str, Any]:
    """A refusal as a problem document; what the refusal adds (`existing`, ...) becomes extension members."""
    entry = {"code": error.code, "field": error.field or None, "message": error.message}
    return {**_problem(error.status, error.message, [entry]), **error.extra}


def field_errors(detail: Any, field: str = "") -> list[dict[str, Any]]:
    """rest_framework's nested error details as a flat list, fields dotted."""
    if isinstance(detail, dict):
        return [entry for name, inner in detail.items() for entry in field_errors(inner, _dotted(field, str(name)))]
    if isinstance(detail, list):
        if all(isinstance(inner, exceptions.ErrorDetail) for inner in detail):
            return [entry for inner in detail for entry in field_errors(inner, field)]
        return [
            entry for number, inner in enumerate(detail) for entry in field_errors(inner, _dotted(field, str(number)))
        ]
    name = None if field in ("", "non_field_errors") else field
    return [{"code": getattr(detail, "code", "invalid"), "field": name, "message": _sendable(str(detail))}]


def refuse_unknown(data: Any, known: set[str]) -> None:
    """A misspelt filter must not silently return everything."""
    unknown = sorted(set(data) - known)
    if unknown:
        raise InvalidInput(
            f"Unknown parameter {unknown[0]!r}; accepted: {', '.join(sorted(known))}.",
            field=unknown[0],
            code="unknown_parameter",
        )


def searched_text(data: QueryDict, name: str) -> str:
    """What a list is searched for; no database takes a pattern of any length, and none a NUL."""
    value = data.get(name, "")
    if "\0" in value:
        raise InvalidInput("A NUL character cannot be searched for.", field=name)
    if len(value) > _LONGEST_SEARCH:
        raise InvalidInput(f"At most {_LONGEST_SEARCH:,} characters are searched for.", field=name, code="too_long")
    return value


def _problem_of_framework(error: exceptions.APIException) -> dict[str, Any]:
    entries = field_errors(error.detail)
    detail = entries[0]["message"] if len(entries) == 1 else "Several values cannot be accepted."
    return _problem(error.status_code, detail, entries)


def _problem(status: int, detail: str, errors: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "errors": errors,
    }


def _headers(error: exceptions.APIException) -> dict[str, str]:
    headers = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if (wait := getattr(error, "wait", None)) is not None:
        headers["Retry-After"] = str(max(1, math.ceil(wait)))
    return headers


def _respond(problem: dict[str, Any], status: int, headers: dict[str, str] | None = None) -> Response:
    return Response(problem, status=status, headers=headers, content_type=PROBLEM)


def _sendable(message: str) -> str:
    """A message that quotes a broken character must still be UTF-8."""
    return message.encode(errors="replace").decode()


def _dotted(field: str, name: str) -> str:
    return f"{field}.{name}" if field else name
