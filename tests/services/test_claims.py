"""Registering, wording, opening and closing claims."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from claims.errors import Conflict, Duplicate, InvalidInput, NotAllowed
from claims.models import Claim, Event, Finding, Kind, LookBack, Report, User, Verdict
from claims.services.claims import (
    add_appearance,
    close_claim,
    correct_reading,
    edit_claim,
    open_claim,
    read_claim,
    register_claim,
)
from claims.services.findings import accept_finding
from claims.services.sources import attach_source
from claims.workflow import ClaimStatus, Triage
from tests.cast import MASKS, NOW

pytestmark = pytest.mark.django_db


def edited(claim: Claim, by: User, **changes: object) -> Claim:
    wording = claim.wording
    values = {
        "seen_wording": wording.number,
        "text": wording.text,
        "date": wording.date,
        "aliases": wording.aliases,
        "claimant": claim.claimant,
        "note": claim.note,
    }
    return edit_claim(claim=claim, by=by, now=NOW, **(values | changes))


def test_a_claim_starts_as_a_draft_with_its_reading(editor: User) -> None:
    claim = register_claim(text=f"  {MASKS} \r\n", date=date(2020, 4, 5), by=editor, now=NOW)
    assert (claim.status, claim.text) == (ClaimStatus.DRAFT, MASKS)
    [quantity] = claim.wording.reading["quantities"]
    assert quantity["value"] == "3860000000"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "required"),
        (" \n\t", "required"),
        ("\0\0", "required"),
        ("x" * 1_001, "too_long"),
        ("PK\x03\x04\x14\x00\x08", "not_text"),
        ("?!…", "no_words"),
    ],
)
def test_a_text_that_is_no_claim_is_refused(editor: User, text: str, code: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        register_claim(text=text, by=editor, now=NOW)
    assert (refusal.value.field, refusal.value.code) == ("text", code)
    assert not Claim.objects.exists()


@pytest.mark.parametrize(("day", "code"), [(date(2031, 1, 1), "in_the_future"), (date(1066, 10, 14), "too_early")])
def test_a_date_that_cannot_be_is_refused(editor: User, day: date, code: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        register_claim(text=MASKS, date=day, by=editor, now=NOW)
    assert (refusal.value.field, refusal.value.code) == ("date", code)


def test_a_claim_without_figures_is_accepted(editor: User) -> None:
    claim = register_claim(text="The minister has resigned", by=editor, now=NOW)
    assert claim.wording.reading["quantities"] == []


@pytest.mark.parametrize("text", [MASKS, MASKS.upper(), f"{MASKS}.", MASKS.replace(" ", "  ")])
def test_a_duplicate_points_to_the_existing_claim(masks: Claim, editor: User, text: str) -> None:
    with pytest.raises(Duplicate) as refusal:
        register_claim(text=text, by=editor, now=NOW)
    assert refusal.value.extra == {"existing": masks.public_id}


def test_another_figure_is_another_claim(masks: Claim, editor: User) -> None:
    assert register_claim(text=MASKS.replace("3.86", "38.6"), by=editor, now=NOW).pk != masks.pk


def test_an_outsider_registers_nothing(outsider: User) -> None:
    with pytest.raises(NotAllowed):
        register_claim(text=MASKS, by=outsider, now=NOW)


def test_the_preview_stores_nothing(db: None) -> None:
    assert read_claim(text=MASKS, now=NOW).reading.quantities
    assert not Claim.objects.exists()


def test_a_claim_opens_closes_and_opens_again(masks: Claim, editor: User) -> None:
    assert close_claim(claim=masks, by=editor, now=NOW).status == ClaimStatus.CLOSED
    assert open_claim(claim=masks, by=editor, now=NOW).status == ClaimStatus.OPEN


def test_an_open_claim_cannot_be_opened_again(masks: Claim, editor: User) -> None:
    with pytest.raises(Conflict, match=r"Changed by edith at 09:00 UTC; it is now open"):
        open_claim(claim=masks, by=editor, now=NOW)


def test_editing_makes_another_wording_and_a_look_back(masks: Claim, editor: User) -> None:
    claim = edited(masks, editor, text=MASKS.replace("face masks", "masks"))
    assert claim.wording.number == 2
    assert claim.wordings.count() == 2
    assert LookBack.objects.filter(claim=claim, state="waiting").count() == 1


def test_a_change_of_claimant_alone_makes_no_wording(masks: Claim, editor: User) -> None:
    claim = edited(masks, editor, claimant="Jin Hai")
    assert (claim.wording.number, claim.claimant) == (1, "Jin Hai")


def test_the_second_editor_of_the_same_wording_is_told(masks: Claim, editor: User, colleague: User) -> None:
    edited(masks, colleague, text=MASKS.replace("face masks", "masks"), seen_wording=1)
    with pytest.raises(Conflict, match=r"Changed by colin at 09:00"):
        edited(masks, editor, text=MASKS.replace("face masks", "respirators"), seen_wording=1)
    assert "respirators" not in Claim.objects.get(pk=masks.pk).text


def test_editing_supersedes_untriaged_findings(finding: Finding, editor: User) -> None:
    edited(finding.claim, editor, text="India has exported 12 trains")
    finding.refresh_from_db()
    assert finding.triage == Triage.SUPERSEDED


def test_triaged_findings_stay_on_the_earlier_wording(finding: Finding, editor: User) -> None:
    accept_finding(finding=finding, by=editor, now=NOW)
    edited(finding.claim, editor, text="India has exported 12 trains")
    finding = Finding.objects.get(pk=finding.pk)
    assert finding.triage == Triage.ACCEPTED
    assert finding.on_earlier_wording


def test_a_claim_in_review_is_not_edited(in_review: Verdict, editor: User) -> None:
    with pytest.raises(Conflict, match="in review"):
        edited(in_review.claim, editor, aliases=["respirators"])


def test_a_published_claim_keeps_its_text(published: Verdict, editor: User) -> None:
    with pytest.raises(Conflict, match="new claim"):
        edited(published.claim, editor, text=MASKS.replace("3.86", "4"))
    assert edited(published.claim, editor, aliases=["respirators"]).wording.aliases == ["respirators"]


def test_a_corrected_reading_is_another_wording(masks: Claim, editor: User) -> None:
    reading = masks.wording.reading
    reading["quantities"][0]["item"] = "masks and respirators"
    wording = correct_reading(claim=masks, seen_wording=1, reading=reading, by=editor, now=NOW)
    assert (wording.number, wording.corrected_by_hand, wording.text) == (2, True, MASKS)
    assert wording.reading["quantities"][0]["item"] == "masks and respirators"


def test_other_aliases_keep_what_was_corrected_by_hand(masks: Claim, editor: User) -> None:
    reading = masks.wording.reading
    reading["quantities"][0]["item"] = "masks and respirators"
    correct_reading(claim=masks, seen_wording=1, reading=reading, by=editor, now=NOW)
    wording = edited(Claim.objects.get(pk=masks.pk), editor, aliases=["respirators"]).wording
    assert (wording.number, wording.corrected_by_hand, wording.aliases) == (3, True, ["respirators"])
    assert wording.reading["quantities"][0]["item"] == "masks and respirators"
    assert wording.reading["aliases"] == ["respirators"]


def test_a_broken_reading_is_refused(masks: Claim, editor: User) -> None:
    reading = masks.wording.reading
    reading["quantities"][0]["value"] = "many"
    with pytest.raises(InvalidInput) as refusal:
        correct_reading(claim=masks, seen_wording=1, reading=reading, by=editor, now=NOW)
    assert refusal.value.field == "reading"


def test_every_step_leaves_an_event(masks: Claim, editor: User) -> None:
    edited(masks, editor, aliases=["respirators"])
    close_claim(claim=masks, by=editor, now=NOW)
    kinds = list(Event.objects.filter(object_id=masks.public_id).values_list("kind", flat=True))
    assert kinds == [Kind.CLAIM_REGISTERED, Kind.CLAIM_OPENED, Kind.CLAIM_REWORDED, Kind.CLAIM_CLOSED]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "ftp://example.org/x",
        "http://127.0.0.1/",
        "http://127.0.0.1./",
        "http://127.1/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://2130706433/",
        "http://%31%32%37.1/",
        "http://\N{FULLWIDTH DIGIT ONE}27\N{IDEOGRAPHIC FULL STOP}1/",
        "http://10.0.256/",
        "http://example.1/",
        "http://1.2.3.4.5/",
        "http://169.254.169.254/latest/meta-data",
        "https://[::1]/",
        "http://localhost:8000/",
        "https://user:secret@example.org/",
        "https://exa mple.org/",
        "nonsense",
    ],
)
def test_an_address_that_is_no_public_page_is_refused(masks: Claim, editor: User, url: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        attach_source(claim=masks, url=url, kind="primary", by=editor, now=NOW)
    assert refusal.value.field == "url"


@pytest.mark.parametrize(
    "url",
    [
        "http://8.8.8.8/",
        "https://1.example/",
        "https://example.org:8443/2130706433",
        "https://m\N{LATIN SMALL LETTER U WITH DIAERESIS}ller.example/",
        "https://example.org./",
    ],
)
def test_a_public_address_is_taken_as_it_was_given(masks: Claim, editor: User, url: str) -> None:
    assert attach_source(claim=masks, url=url, kind="primary", by=editor, now=NOW).url == url


def test_a_source_is_attached_once(masks: Claim, editor: User) -> None:
    attach_source(claim=masks, url="https://customs.example/april", kind="primary", by=editor, now=NOW)
    with pytest.raises(Duplicate):
        attach_source(claim=masks, url="https://customs.example/april", kind="secondary", by=editor, now=NOW)


def test_an_appearance_needs_an_outlet(masks: Claim, editor: User) -> None:
    with pytest.raises(InvalidInput) as refusal:
        add_appearance(claim=masks, outlet=" ", by=editor, now=NOW)
    assert refusal.value.field == "outlet"
    add_appearance(claim=masks, outlet="Harbour Wire", date=NOW.date() - timedelta(days=1), by=editor, now=NOW)
    assert masks.appearances.count() == 1


def test_a_closed_claim_finds_nothing(masks: Claim, editor: User, matched: Callable[..., Report]) -> None:
    close_claim(claim=masks, by=editor, now=NOW)
    assert not matched().findings.exists()
