"""JSON that cannot exhaust the process."""

from collections.abc import Iterable
from itertools import chain
from typing import Any

from rest_framework import parsers
from rest_framework.exceptions import ParseError

_TOO_DEEP = "This JSON is nested too deeply."
_DEEPEST = 32  # what we accept nests three levels; whoever shows or stores a value recurses through it


class JSONParser(parsers.JSONParser):
    """Nesting too deep for Python's parser, or for those who handle the value, is the caller's error, not ours."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        try:
            value = super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError(_TOO_DEEP) from error
        if _is_deeper(value, _DEEPEST):
            raise ParseError(_TOO_DEEP)
        return value


def _is_deeper(value: Any, levels: int) -> bool:
    """Level by level, without recursion."""
    level = [value]
    for _ in range(levels):
        level = list(chain.from_iterable(_inner(each) for each in level if isinstance(each, dict | list)))
        if not level:
            return False
    return any(isinstance(each, dict | list) for each in level)


def _inner(value: dict[str, Any] | list[Any]) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value
