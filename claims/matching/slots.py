"""Reading a text: its quantities, periods and, for each thing it says, one row of slots.

Rows come from word order and closed word classes, not from a parser: what is not found stays empty, never guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Date
from datetime import datetime

from claims.matching.hearing import Hearing
from claims.matching.names import canonical
from claims.matching.statements import Statement


def read(text: str, *, date: Date | None = None, language: str | None = None, aliases: Sequence[str] = ()) -> Statement:
    """The reading of a text; `date` is the day it was said or published, `language` a BCP 47 tag (None: English).

    A text in a language the engine does not read gives a statement without slots.
    """
    spoken = language or "en"
    if reads(spoken):
        return Hearing(text, date, aliases, spoken).reading
    day = date.date() if isinstance(date, datetime) else date
    return Statement(text, spoken, day, aliases=tuple(aliases))


def reads(language: str) -> bool:
    """Whether the engine reads texts in a language, given as a BCP 47 tag."""
    return language.split("-", maxsplit=1)[0].lower() == "en"


def accepted_names(aliases: Sequence[str]) -> list[frozenset[str]]:
    """Each alias as the set of names it makes equal; a plain alias is a set of one: another name of its claim."""
    return [
        frozenset(canonical(part.strip()) for part in alias.split("=") if part.strip())
        for alias in aliases
        if alias.strip()
    ]
