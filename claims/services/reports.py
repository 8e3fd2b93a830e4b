"""Receiving, removing and retrying reports."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from claims.errors import Conflict, Duplicate, InvalidInput, TooLarge
from claims.ingest.addresses import normalised
from claims.ingest.cleaning import clean, has_words, looks_binary
from claims.ingest.language import can_read, detect
from claims.models import MAX_REPORT_BYTES, MAX_TITLE_CHARACTERS, Kind, Report, User
from claims.queue import enqueue_matching
from claims.services.audit import Happening, record_event
from claims.services.claim_text import EARLIEST_YEAR, checked_address, checked_line
from claims.services.collisions import changed_meanwhile
from claims.services.permission import require
from claims.workflow import ReportState, Verb

_CLOCK_GRACE = timedelta(days=1)


@dataclass(frozen=True)
class Received:
    """`created` is False for a report that was there already; `differs` if its text was another."""

    report: Report
    created: bool
    differs: bool = False


@dataclass(frozen=True)
class _Content:
    title: str
    body: str
    notes: tuple[str, ...]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(f"{self.title}\n\n{self.body}".encode()).hexdigest()


def receive_report(
    *,
    title: str = "",
    body: str = "",
    outlet: str = "",
    url: str = "",
    published_at: datetime | None = None,
    language: str = "",
    external_id: str | None = None,
    by: User,
    now: datetime,
) -> Received:
    """Store a report and send it to matching. Makes no event.

    The same report (same normalised address, or without one the same outlet and text) is not stored twice.
    Raises InvalidInput, TooLarge, Duplicate (for an external id another report has), NotAllowed.
    """
    require(by, Verb.RECEIVE_REPORTS)
    content = _checked_content(title, body)
    _check_time(published_at, now=now)
    url = checked_address(url, field="url") if url.strip() else ""
    outlet = checked_line(outlet, field="outlet", limit=200)
    report = Report(
        external_id=external_id or None,
        outlet=outlet,
        url=url,
        normalised_url=normalised(url),
        title=content.title,
        body=content.body,
        published_at=published_at,
        language=_checked_language(language) or detect(f"{content.title}\n{content.body}"),
        content_hash=content.sha256,
        cleaned=list(content.notes),
        queued_at=now,
        received_at=now,
        received_by=by,
    )
    if not can_read(report.language):
        report.state = ReportState.NOT_READ
    return _store(report)


@transaction.atomic
def remove_report(*, report: Report, reason: str, by: User, now: datetime) -> Report:
    """A tombstone: the row stays, its findings leave every list. The same report may be received again."""
    require(by, Verb.MANAGE_REPORTS)
    reason = clean(reason).text.strip()
    if not reason:
        raise InvalidInput("Say why it is removed.", field="reason", code="required")
    if len(reason) > 500:
        raise InvalidInput("At most 500 characters.", field="reason", code="too_long")
    removed = Report.objects.present().filter(pk=report.pk)
    if not removed.update(removed_at=now, removed_by=by, removal_reason=reason):
        raise changed_meanwhile("report", report.public_id, now_is="removed")
    record_event(Happening(Kind.REPORT_REMOVED, "report", report.public_id), by=by, at=now)
    report.refresh_from_db()
    return report


@transaction.atomic
def retry_report(*, report: Report, by: User, now: datetime) -> Report:
    """Send a failed report to matching again, its attempts counted anew."""
    require(by, Verb.MANAGE_REPORTS)
    failed = Report.objects.present().filter(pk=report.pk, state=ReportState.FAILED)
    if not failed.update(state=ReportState.WAITING, attempts=0, queued_at=now, failure=""):
        report.refresh_from_db()
        raise changed_meanwhile("report", report.public_id, now_is=report.get_state_display().lower())
    enqueue_matching()
    record_event(Happening(Kind.REPORT_RETRIED, "report", report.public_id), by=by, at=now)
    report.refresh_from_db()
    return report


def _checked_content(title: str, body: str) -> _Content:
    size = len(title.encode(errors="surrogatepass")) + len(body.encode(errors="surrogatepass"))
    if size > MAX_REPORT_BYTES:
        raise TooLarge(f"This report has {size:,} bytes; at most {MAX_REPORT_BYTES:,} are accepted.", field="body")
    clean_title, clean_body = clean(title), clean(body)
    title, body = " ".join(clean_title.text.split()), clean_body.text.strip()
    if not has_words(title + body):
        raise InvalidInput("A report needs a text.", field="body", code="required")
    if len(title) > MAX_TITLE_CHARACTERS:
        raise InvalidInput(
            f"This title has {len(title):,} characters; at most {MAX_TITLE_CHARACTERS} are accepted.",
            field="title",
            code="too_long",
        )
    if looks_binary(title) or looks_binary(body):
        raise InvalidInput("This is not text: it looks like a binary file.", field="body", code="not_text")
    notes = [f"title: {note}" for note in clean_title.notes] + [f"body: {note}" for note in clean_body.notes]
    return _Content(title, body, tuple(notes))


def _check_time(published_at: datetime | None, *, now: datetime) -> None:
    if published_at is None:
        return
    if published_at > now + _CLOCK_GRACE:
        raise InvalidInput(
            f"{published_at:%Y-%m-%d %H:%M} is in the future.", field="published_at", code="in_the_future"
        )
    if published_at.year < EARLIEST_YEAR:
        raise InvalidInput(
            f"{published_at.year} is too early: {EARLIEST_YEAR} or later is accepted.",
            field="published_at",
            code="too_early",
        )


def _checked_language(language: str) -> str:
    language = language.strip()
    if language and not (language.replace("-", "").isalnum() and 2 <= len(language) <= 10):
        raise InvalidInput(
            f"{language!r} is not a language code such as en or pt-BR.", field="language", code="unknown_language"
        )
    return language


def _store(report: Report) -> Received:
    known = _same_report(report)
    if known:
        return Received(known, created=False, differs=known.content_hash != report.content_hash)
    try:
        with transaction.atomic():
            report.save()
            if report.state == ReportState.WAITING:
                enqueue_matching()
    except IntegrityError:
        known = _same_report(report)
        if known:
            return Received(known, created=False, differs=known.content_hash != report.content_hash)
        if report.external_id and Report.objects.present().filter(external_id=report.external_id).exists():
            raise Duplicate(
                f"Another report has the external id {report.external_id!r}.", field="external_id"
            ) from None
        raise Conflict("This report could not be stored; send it again.") from None
    return Received(report, created=True)


def _same_report(report: Report) -> Report | None:
    present = Report.objects.present()
    if report.normalised_url:
        return present.filter(normalised_url=report.normalised_url).first()
    return present.filter(normalised_url="", outlet=report.outlet, content_hash=report.content_hash).first()
