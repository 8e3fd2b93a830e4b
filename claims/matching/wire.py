"""Reading the engine's JSON forms: every refusal names the field, the value and what would be accepted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

Json = dict[str, Any]
E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")

_DECIMAL = re.compile(r"[+-]?\d{1,60}(?:\.\d{1,60})?", re.ASCII)
_SHOWN = 60


class ReadingError(ValueError):
    """A reading, a comparison or a line of input is malformed; the message names the field."""


def refuse(field: str, value: object, accepted: str) -> ReadingError:
    shown = repr(value)
    shown = shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"
    return ReadingError(f"{field}: {shown} is not accepted; expected {accepted}")


def as_object(value: object, field: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise refuse(field, value, "an object")
    return value


def as_list(value: object, field: str) -> Sequence[Any]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise refuse(field, value, "a list")
    return value


def required(data: Mapping[str, Any], key: str, field: str) -> Any:
    if key not in data:
        raise ReadingError(f"{field}.{key}: missing")
    return data[key]


def as_text(value: object, field: str) -> str:
    if not isinstance(value, str):
        raise refuse(field, value, "a string")
    return value


def as_flag(value: object, field: str) -> bool:
    if not isinstance(value, bool):
        raise refuse(field, value, "true or false")
    return value


def as_index(value: object, field: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise refuse(field, value, "a whole number from 0 up")
    return value


def as_decimal(value: object, field: str) -> Decimal:
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
        raise refuse(field, value, 'a decimal string such as "3860000000" or "12.5"')
    return Decimal(value)


def as_ratio(value: object, field: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise refuse(field, value, "a number from 0 to 1")
    return float(value)


def as_date(value: object, field: str) -> date:
    try:
        return date.fromisoformat(as_text(value, field))
    except ValueError as error:
        raise refuse(field, value, 'a date such as "2020-04-05"') from error


def as_choice(choices: type[E], value: object, field: str) -> E:
    try:
        return choices(as_text(value, field))
    except ValueError as error:
        raise refuse(field, value, "one of " + ", ".join(choices)) from error


def optional(reader: Callable[[object, str], T], value: object, field: str) -> T | None:
    return None if value is None else reader(value, field)


def texts(value: object, field: str) -> tuple[str, ...]:
    return tuple(as_text(item, f"{field}[{number}]") for number, item in enumerate(as_list(value, field)))


def listed(reader: Callable[[object, str], T], value: object, field: str) -> tuple[T, ...]:
    return tuple(reader(item, f"{field}[{number}]") for number, item in enumerate(as_list(value, field)))


def decimal_text(value: Decimal | None) -> str | None:
    """Plain notation without exponent or idle zeros, so that equal amounts have equal text."""
    if value is None:
        return None
    plain = format(value, "f")
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain in ("", "-0") else plain


def date_text(value: date | None) -> str | None:
    return None if value is None else value.isoformat()
