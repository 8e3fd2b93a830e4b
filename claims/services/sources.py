"""Attaching sources to a claim."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from claims.errors import Duplicate, InvalidInput
from claims.ingest.cleaning import clean
from claims.models import Claim, Kind, Source, SourceKind, User
from claims.services.audit import Happening, record_event
from claims.services.claim_text import check_date, checked_address
from claims.services.permission import require
from claims.workflow import Verb

_LIMITS = {"title": 500, "publisher": 200, "quote": 5_000, "quote_prefix": 200, "quote_suffix": 200}


@transaction.atomic
def attach_source(
    *,
    claim: Claim,
    url: str,
    kind: str,
    title: str = "",
    publisher: str = "",
    published_on: date | None = None,
    accessed_on: date | None = None,
    quote: str = "",
    quote_prefix: str = "",
    quote_suffix: str = "",
    by: User,
    now: datetime,
) -> Source:
    """Raises InvalidInput for an address or kind that is not accepted, Duplicate for one attached already."""
    require(by, Verb.ATTACH_SOURCES)
    url = checked_address(url, field="url")
    if kind not in SourceKind.values:
        raise InvalidInput(f"A source is one of: {', '.join(SourceKind.values)}.", field="kind", code="unknown_kind")
    check_date(published_on, now=now, field="published_on")
    check_date(accessed_on, now=now, field="accessed_on")
    texts = _checked_texts(
        title=title, publisher=publisher, quote=quote, quote_prefix=quote_prefix, quote_suffix=quote_suffix
    )
    try:
        with transaction.atomic():
            source = Source.objects.create(
                claim=claim,
                url=url,
                kind=kind,
                published_on=published_on,
                accessed_on=accessed_on or timezone.localdate(now),
                added_by=by,
                added_at=now,
                **texts,
            )
    except IntegrityError:
        raise Duplicate("This address is attached to the claim already.", field="url") from None
    record_event(Happening(Kind.SOURCE_ATTACHED, "claim", claim.public_id, {"source": source.public_id}), by=by, at=now)
    return source


@transaction.atomic
def remove_source(*, source: Source, by: User, now: datetime) -> None:
    """Evidence of verdicts keeps its own copy of the quote."""
    require(by, Verb.ATTACH_SOURCES)
    claim, name = source.claim, source.public_id
    if Source.objects.filter(pk=source.pk).delete()[0]:
        record_event(Happening(Kind.SOURCE_REMOVED, "claim", claim.public_id, {"source": name}), by=by, at=now)


def _checked_texts(**texts: str) -> dict[str, Any]:
    cleaned = {name: clean(text).text.strip() for name, text in texts.items()}
    for name, text in cleaned.items():
        if len(text) > _LIMITS[name]:
            raise InvalidInput(f"At most {_LIMITS[name]:,} characters.", field=name, code="too_long")
    return cleaned
