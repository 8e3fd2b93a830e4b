"""Running totals since something that has no date: "since the outbreak began", "since the start of the war"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.matching.types import Period, Span

_SINCE = re.compile(
    r"\b(?:ever\s+)?since\s+(?:(?:the|its|their|his|her)\s+)?"
    r"(?:(?:[^\W\d][\w'’-]*\s+){1,5}?(?:began|begun|started|broke\s+out|erupted|emerged)\b"
    r"(?!\s+(?:in|on|at)\b)"
    r"|(?:start|beginning|onset|outbreak|outset|launch)\s+of\s+(?:the\s+|its\s+|their\s+)?[^\W\d][\w'’-]*)",
    re.IGNORECASE,
)


def since_events(text: str, start: int, end: int, dated: Sequence[Span]) -> list[Period]:
    """The running totals between two offsets whose first day is not known; `dated`: what is read as a date there."""
    return [
        Period(None, None, cumulative=True, surface=found[0], offset=found.start())
        for found in _SINCE.finditer(text, start, end)
        if not any(span.start < found.end() and span.end > found.start() for span in dated)
    ]
