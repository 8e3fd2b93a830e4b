"""Registering, wording, opening and closing claims."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from claims import matching
from claims.errors import Conflict, Duplicate, InvalidInput
from claims.models import Appearance, Claim, ClaimWording, Finding, Kind, User, Verdict
from claims.services.audit import Happening, record_events
from claims.services.claim_text import (
    ClaimText,
    check_date,
    checked_address,
    checked_line,
    checked_note,
    read_claim,
    text_key,
)
from claims.services.collisions import changed_meanwhile
from claims.services.lookback import end_look_backs, start_look_back
from claims.services.permission import require
from claims.workflow import NEXT_CLAIM, ClaimStatus, Triage, Verb


@transaction.atomic
def register_claim(
    *,
    text: str,
    date: date | None = None,
    claimant: str = "",
    aliases: Sequence[str] = (),
    note: str = "",
    external_id: str | None = None,
    by: User,
    now: datetime,
) -> Claim:
    """A draft claim with its first wording. Raises InvalidInput, Duplicate (`extra["existing"]`), NotAllowed."""
    require(by, Verb.EDIT_CLAIMS)
    content = read_claim(text=text, date=date, aliases=aliases, now=now)
    key = text_key(content.text)
    _refuse_duplicate(key)
    claim = Claim(
        external_id=external_id or None,
        claimant=checked_line(claimant, field="claimant", limit=300),
        note=checked_note(note),
        text_key=key,
        created_by=by,
        created_at=now,
    )
    try:
        with transaction.atomic():
            claim.save()
    except IntegrityError:
        _refuse_duplicate(key)
        raise Duplicate(f"The external id {external_id!r} is taken.", field="external_id") from None
    claim.current_wording = _add_wording(claim, content, by=by, now=now)
    claim.save(update_fields=["current_wording"])
    record_events([_happening(Kind.CLAIM_REGISTERED, claim)], by=by, at=now)
    return claim


@transaction.atomic
def open_claim(*, claim: Claim, by: User, now: datetime) -> Claim:
    """Reports are matched against it from now on, and the stored ones are looked through."""
    return _move(claim, ClaimStatus.OPEN, Kind.CLAIM_OPENED, by=by, now=now)


@transaction.atomic
def close_claim(*, claim: Claim, by: User, now: datetime) -> Claim:
    """No report is matched against it any more; its findings and verdicts stay."""
    return _move(claim, ClaimStatus.CLOSED, Kind.CLAIM_CLOSED, by=by, now=now)


@transaction.atomic
def edit_claim(
    *,
    claim: Claim,
    seen_wording: int,
    text: str,
    date: date | None,
    aliases: Sequence[str],
    claimant: str,
    note: str,
    by: User,
    now: datetime,
) -> Claim:
    """Another wording and a look-back, where text, date or aliases change; else only claimant and note.

    `seen_wording` is the number of the wording the editor started from. Raises Conflict when it is no longer the
    current one, while a verdict is in review, and for a change of text after publication.
    """
    require(by, Verb.EDIT_CLAIMS)
    content = read_claim(text=text, date=date, aliases=aliases, now=now)
    claim = _locked(claim, seen_wording=seen_wording)
    happenings = _change_details(claim, claimant=claimant, note=note)
    old = claim.wording
    if (content.text, content.date, list(content.aliases)) != (old.text, old.date, old.aliases):
        _refuse_frozen(claim, new_text=content.text)
        key = text_key(content.text)
        if key != claim.text_key:
            _refuse_duplicate(key)
            claim.text_key = key
        by_hand = old.corrected_by_hand and (content.text, content.date) == (old.text, old.date)
        if by_hand:
            content = _with_reading_of(old, content)
        happenings += _reword(claim, content, Kind.CLAIM_REWORDED, by=by, now=now, by_hand=by_hand)
    _record_and_look_back(claim, happenings, by=by, now=now)
    return claim


@transaction.atomic
def correct_reading(
    *, claim: Claim, seen_wording: int, reading: dict[str, Any], by: User, now: datetime
) -> ClaimWording:
    """The same text, read as the editor says: a new wording and a look-back. Raises InvalidInput, Conflict."""
    require(by, Verb.EDIT_CLAIMS)
    claim = _locked(claim, seen_wording=seen_wording)
    _refuse_frozen(claim, new_text=claim.text)
    old = claim.wording
    try:
        statement = matching.Statement.from_json(reading)
    except ValueError as error:
        raise InvalidInput(f"This reading cannot be used: {error}", field="reading") from error
    if statement.text != old.text:
        raise InvalidInput("A reading must be of the claim's own text.", field="reading")
    if statement.to_json() == old.reading:
        return old
    content = ClaimText(old.text, old.date, old.language, tuple(old.aliases), statement)
    happenings = _reword(claim, content, Kind.READING_CORRECTED, by=by, now=now, by_hand=True)
    _record_and_look_back(claim, happenings, by=by, now=now)
    return claim.wording


@transaction.atomic
def add_appearance(
    *, claim: Claim, outlet: str, url: str = "", date: date | None = None, quote: str = "", by: User, now: datetime
) -> Appearance:
    """Where the claim was said. Raises InvalidInput."""
    require(by, Verb.EDIT_CLAIMS)
    outlet = checked_line(outlet, field="outlet", limit=200)
    if not outlet:
        raise InvalidInput("Name the outlet or the place.", field="outlet", code="required")
    check_date(date, now=now, field="date")
    appearance = Appearance.objects.create(
        claim=claim,
        outlet=outlet,
        url=checked_address(url, field="url") if url else "",
        date=date,
        quote=checked_note(quote, field="quote", limit=2_000),
        added_by=by,
        added_at=now,
    )
    record_events([_happening(Kind.APPEARANCE_ADDED, claim, appearance=appearance.pk)], by=by, at=now)
    return appearance


def _refuse_duplicate(key: str) -> None:
    existing = Claim.objects.filter(text_key=key).first()
    if existing:
        raise Duplicate("This claim is registered already.", field="text", extra={"existing": existing.public_id})


def _refuse_frozen(claim: Claim, *, new_text: str) -> None:
    if Verdict.objects.in_review().filter(claim=claim).exists():
        raise Conflict("A verdict on this claim is in review: recall it before changing the claim.", code="in_review")
    if new_text != claim.text and Verdict.objects.published().filter(claim=claim).exists():
        raise Conflict(
            "A verdict on this claim is published: register a change of meaning as a new claim.",
            code="published",
            field="text",
        )


def _locked(claim: Claim, *, seen_wording: int) -> Claim:
    locked = Claim.objects.select_for_update(of=("self",), no_key=True).get(pk=claim.pk)
    if locked.wording.number != seen_wording:
        raise changed_meanwhile("claim", locked.public_id, now_is=f"wording {locked.wording.number}")
    return locked


def _move(claim: Claim, status: str, kind: Kind, *, by: User, now: datetime) -> Claim:
    require(by, Verb.EDIT_CLAIMS)
    allowed_from = [old for old, new in NEXT_CLAIM.items() if status in new]
    if not Claim.objects.filter(pk=claim.pk, status__in=allowed_from).update(status=status):
        current = Claim.objects.get(pk=claim.pk)
        raise changed_meanwhile("claim", claim.public_id, now_is=current.get_status_display().lower())
    claim.refresh_from_db()
    end_look_backs(claim=claim, now=now)
    _record_and_look_back(claim, [_happening(kind, claim)], by=by, now=now)
    return claim


def _change_details(claim: Claim, *, claimant: str, note: str) -> list[Happening]:
    claimant, note = checked_line(claimant, field="claimant", limit=300), checked_note(note)
    if (claimant, note) == (claim.claimant, claim.note):
        return []
    claim.claimant, claim.note = claimant, note
    claim.save(update_fields=["claimant", "note"])
    return [_happening(Kind.CLAIM_DETAILS_CHANGED, claim)]


def _with_reading_of(old: ClaimWording, content: ClaimText) -> ClaimText:
    """Other aliases do not undo what an editor corrected by hand."""
    reading = replace(matching.Statement.from_json(old.reading), aliases=content.aliases)
    return replace(content, reading=reading)


def _save_wording_of(claim: Claim) -> None:
    """Raises Duplicate if another claim has taken this text this moment."""
    try:
        with transaction.atomic():
            claim.save(update_fields=["current_wording", "text_key"])
    except IntegrityError:
        _refuse_duplicate(claim.text_key)
        raise


def _reword(
    claim: Claim, content: ClaimText, kind: Kind, *, by: User, now: datetime, by_hand: bool = False
) -> list[Happening]:
    end_look_backs(claim=claim, now=now)
    untriaged = Finding.objects.for_claim(claim).filter(triage=Triage.NEW).select_for_update(no_key=True)
    superseded = list(untriaged.order_by("pk").values_list("public_id", flat=True))
    Finding.objects.filter(public_id__in=superseded).update(triage=Triage.SUPERSEDED)
    claim.current_wording = _add_wording(claim, content, by=by, now=now, by_hand=by_hand)
    _save_wording_of(claim)
    happenings = [
        Happening(Kind.FINDING_SUPERSEDED, "finding", name, {"claim": claim.public_id}) for name in superseded
    ]
    return [*happenings, _happening(kind, claim, wording=claim.wording.number)]


def _add_wording(claim: Claim, content: ClaimText, *, by: User, now: datetime, by_hand: bool = False) -> ClaimWording:
    last = claim.wordings.order_by("-number").first()
    return ClaimWording.objects.create(
        claim=claim,
        number=last.number + 1 if last else 1,
        text=content.text,
        date=content.date,
        language=content.language,
        reading=content.reading.to_json(),
        corrected_by_hand=by_hand,
        aliases=list(content.aliases),
        created_by=by,
        created_at=now,
    )


def _happening(kind: Kind, claim: Claim, **data: Any) -> Happening:
    return Happening(kind, "claim", claim.public_id, data)


def _record_and_look_back(claim: Claim, happenings: list[Happening], *, by: User, now: datetime) -> None:
    """The last step of each change: an open claim whose meaning changed meets the stored reports again."""
    events = record_events(happenings, by=by, at=now)
    kinds = {Kind.CLAIM_OPENED, Kind.CLAIM_REWORDED, Kind.READING_CORRECTED}
    decisive = [event.seq for event in events if event.kind in kinds]
    if decisive and claim.status == ClaimStatus.OPEN:
        start_look_back(claim=claim, seq=decisive[-1], now=now)
