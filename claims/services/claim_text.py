"""What a claim's text, dates, names and addresses must be like, and what the engine reads in the text."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from claims import matching
from claims.errors import InvalidInput
from claims.ingest.addresses import AddressError, check
from claims.ingest.cleaning import clean, folded, has_control_characters, has_words
from claims.ingest.language import detect
from claims.models import MAX_CLAIM_CHARACTERS

EARLIEST_YEAR = 1900
MAX_ALIASES = 20
MAX_ALIAS_CHARACTERS = 100


@dataclass(frozen=True)
class ClaimText:
    """A claim's text as it will be stored, with what the engine reads in it."""

    text: str
    date: date | None
    language: str
    aliases: tuple[str, ...]
    reading: matching.Statement


def read_claim(*, text: str, date: date | None = None, aliases: Sequence[str] = (), now: datetime) -> ClaimText:
    """What would be stored: for the preview, and the first step of registering. Raises InvalidInput."""
    text = _checked_text(text)
    check_date(date, now=now, field="date")
    language = detect(text)
    names = _checked_aliases(aliases)
    reading = matching.read(text, date=date, language=language, aliases=names)
    return ClaimText(text=text, date=date, language=language, aliases=names, reading=reading)


def text_key(text: str) -> str:
    """Equal for texts an editor would call the same claim: case, white space and punctuation apart."""
    return hashlib.sha256(folded(text).encode()).hexdigest()


def check_date(value: date | None, *, now: datetime, field: str) -> None:
    """A day that can have been: raises InvalidInput for the future (a day's grace for time zones) and long ago."""
    if value is None:
        return
    if value > now.date() + timedelta(days=1):
        raise InvalidInput(f"{value:%Y-%m-%d} is in the future.", field=field, code="in_the_future")
    if value.year < EARLIEST_YEAR:
        raise InvalidInput(
            f"{value.year} is too early: {EARLIEST_YEAR} or later is accepted.", field=field, code="too_early"
        )


def checked_address(url: str, *, field: str) -> str:
    try:
        address = check(url)
    except AddressError as error:
        raise InvalidInput(str(error), field=field, code="bad_address") from error
    if len(address) > 2_000:
        raise InvalidInput("An address has at most 2,000 characters.", field=field, code="too_long")
    return address


def _checked_text(text: str) -> str:
    text = " ".join(clean(text).text.split())
    if not text:
        raise InvalidInput("Write the claim.", field="text", code="required")
    if len(text) > MAX_CLAIM_CHARACTERS:
        raise InvalidInput(
            f"This has {len(text):,} characters; a claim has at most {MAX_CLAIM_CHARACTERS:,}.",
            field="text",
            code="too_long",
        )
    if has_control_characters(text):
        raise InvalidInput("This holds control characters: it is not text.", field="text", code="not_text")
    if not has_words(text):
        raise InvalidInput("A claim needs words.", field="text", code="no_words")
    return text


def checked_line(value: str, *, field: str, limit: int) -> str:
    value = " ".join(clean(value).text.split())
    if len(value) > limit:
        raise InvalidInput(f"At most {limit:,} characters.", field=field, code="too_long")
    if has_control_characters(value):
        raise InvalidInput("This holds control characters: it is not text.", field=field, code="not_text")
    return value


def checked_note(note: str, *, field: str = "note", limit: int = 5_000) -> str:
    note = clean(note).text.strip()
    if len(note) > limit:
        raise InvalidInput(f"At most {limit:,} characters.", field=field, code="too_long")
    return note


def _checked_aliases(aliases: Sequence[str]) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(filter(None, (" ".join(clean(alias).text.split()) for alias in aliases))))
    if len(names) > MAX_ALIASES:
        raise InvalidInput(f"At most {MAX_ALIASES} aliases.", field="aliases", code="too_many")
    for name in names:
        if len(name) > MAX_ALIAS_CHARACTERS:
            raise InvalidInput(
                f"An alias has at most {MAX_ALIAS_CHARACTERS} characters.", field="aliases", code="too_long"
            )
    return names
