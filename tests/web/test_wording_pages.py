"""Registering and editing claims, with the preview of what the engine reads."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from claims.models import Claim, Verdict
from claims.workflow import ClaimStatus
from tests.cast import MASKS
from tests.web.conftest import HTMX

NEW = "/claims/new/"
PREVIEW = "/claims/preview/"


def test_a_claim_is_registered_and_opened(desk: Client) -> None:
    desk.post(
        NEW, {"text": MASKS, "date": "2020-04-05", "claimant": "Jin Hai", "aliases": "masks\nmask", "open": "yes"}
    )
    claim = Claim.objects.get()
    assert (claim.status, claim.claimant, claim.wording.aliases) == (ClaimStatus.OPEN, "Jin Hai", ["masks", "mask"])


def test_a_draft_stays_a_draft(desk: Client) -> None:
    response = desk.post(NEW, {"text": MASKS})
    assert Claim.objects.get().status == ClaimStatus.DRAFT
    assert response.headers["Location"] == reverse("web:claim", args=[Claim.objects.get().public_id])


def test_a_claim_without_figures_is_accepted(desk: Client) -> None:
    desk.post(NEW, {"text": "The minister met the ambassador"})
    assert Claim.objects.count() == 1


BAD: list[tuple[dict[str, Any], str]] = [
    ({"text": ""}, "Write the claim."),
    ({"text": "   \n\t "}, "Write the claim."),
    ({"text": "\0\0"}, "Write the claim."),
    ({"text": "…!?"}, "A claim needs words."),
    ({"text": "x" * 1_001}, "This has 1,001 characters; a claim has at most 1,000."),
    ({"text": "PK\x03\x04\x14\x00\x08 binary \x01"}, "This holds control characters: it is not text."),
    ({"text": MASKS, "date": "2999-01-01"}, "is in the future."),
    ({"text": MASKS, "date": "0001-01-01"}, "is too early"),
    ({"text": MASKS, "date": "yesterday"}, "This is not a day."),
    ({"text": MASKS, "date": "2020-02-30"}, "This is not a day."),
    ({"text": MASKS, "claimant": "x" * 301}, "At most 300 characters."),
    ({"text": MASKS, "aliases": "\n".join(f"name {n}" for n in range(21))}, "At most 20 aliases."),
    ({"text": MASKS, "note": "x" * 5_001}, "At most 5,000 characters."),
]


@pytest.mark.parametrize(("given", "said"), BAD)
def test_bad_input_is_told_beside_its_field_and_nothing_is_saved(
    given: dict[str, Any], said: str, desk: Client
) -> None:
    response = desk.post(NEW, given)
    assert response.status_code == 400
    assert said in response.content.decode()
    assert 'aria-invalid="true"' in response.content.decode()
    assert Claim.objects.count() == 0


def test_what_was_typed_is_still_there(desk: Client) -> None:
    page = desk.post(NEW, {"text": "", "claimant": "Jin <b>Hai</b>", "note": "for me"}).content.decode()
    assert "Jin &lt;b&gt;Hai&lt;/b&gt;" in page and "for me" in page


def test_a_duplicate_points_to_the_claim_there_is(masks: Claim, desk: Client) -> None:
    response = desk.post(NEW, {"text": f"  {MASKS.upper()}. "})
    assert response.status_code == 409
    assert f'<a href="/claims/{masks.public_id}/">See it.</a>' in response.content.decode()


@pytest.mark.parametrize(
    "text", ["\u202eمرحبا بالعالم 5 million", "<b>5 million masks</b>", "5 million 😷 masks", "x" * 1_000]
)
def test_unusual_text_is_registered_as_it_is(text: str, desk: Client) -> None:
    response = desk.post(NEW, {"text": text}, follow=True)
    assert response.status_code == 200
    assert Claim.objects.get().text == text


def test_the_preview_says_what_the_engine_reads(desk: Client) -> None:
    page = desk.post(PREVIEW, {"text": MASKS, "date": "2020-04-05"}, headers=HTMX).content.decode()
    assert "exactly 3.86 billion" in page and "since 1 Mar 2020" in page and "<html" not in page


def test_the_preview_works_without_javascript_and_keeps_the_form(desk: Client) -> None:
    page = desk.post(PREVIEW, {"text": MASKS, "claimant": "Jin Hai"}).content.decode()
    assert "<html" in page and "exactly 3.86 billion" in page and 'value="Jin Hai"' in page


def test_after_a_preview_without_javascript_the_form_is_saved_not_previewed_again(desk: Client) -> None:
    assert 'action="/claims/new/"' in desk.post(PREVIEW, {"text": MASKS}).content.decode()


def test_the_preview_saves_nothing(desk: Client) -> None:
    desk.post(PREVIEW, {"text": MASKS})
    assert Claim.objects.count() == 0


@pytest.mark.parametrize(("given", "said"), BAD)
def test_the_preview_of_bad_input_is_no_error_page(given: dict[str, Any], said: str, desk: Client) -> None:
    assert desk.post(PREVIEW, given, headers=HTMX).status_code == 200


def test_the_preview_asks_whether_a_similar_claim_was_meant(masks: Claim, desk: Client) -> None:
    page = desk.post(
        PREVIEW, {"text": "Since March 1, China exported 3.86 billion masks"}, headers=HTMX
    ).content.decode()
    assert "Did you mean this claim?" in page and masks.public_id in page


def test_a_draft_can_be_meant_too(editor: Any, desk: Client) -> None:
    desk.post(NEW, {"text": MASKS})
    page = desk.post(PREVIEW, {"text": "China exported 3.86 billion masks"}, headers=HTMX).content.decode()
    assert Claim.objects.get().public_id in page


def test_the_preview_of_an_edit_does_not_suggest_the_claim_itself(masks: Claim, desk: Client) -> None:
    address = reverse("web:preview_edit", args=[masks.public_id])
    page = desk.post(address, {"text": MASKS + " so far", "seen_wording": 1}, headers=HTMX).content.decode()
    assert "Did you mean" not in page


def edited(claim: Claim, **changes: Any) -> dict[str, Any]:
    return {"text": claim.text, "date": "2020-04-05", "seen_wording": claim.wording.number, **changes}


def test_an_edit_makes_a_new_wording(masks: Claim, desk: Client) -> None:
    desk.post(reverse("web:edit_claim", args=[masks.public_id]), edited(masks, text=MASKS.replace("3.86", "3.9")))
    masks.refresh_from_db()
    assert (masks.wording.number, "3.9 billion" in masks.text) == (2, True)


def test_a_note_alone_makes_none(masks: Claim, desk: Client) -> None:
    desk.post(reverse("web:edit_claim", args=[masks.public_id]), edited(masks, note="Call customs"))
    masks.refresh_from_db()
    assert (masks.wording.number, masks.note) == (1, "Call customs")


def test_an_edit_of_a_wording_that_has_changed_is_refused(masks: Claim, desk: Client) -> None:
    address = reverse("web:edit_claim", args=[masks.public_id])
    first = edited(masks, text=MASKS + " so far")
    desk.post(address, first)
    response = desk.post(address, {**first, "text": MASKS + " at least"})
    assert response.status_code == 409
    assert "Changed by edith" in response.content.decode()


def test_a_claim_in_review_is_frozen(in_review: Verdict, desk: Client) -> None:
    claim = in_review.claim
    response = desk.post(reverse("web:edit_claim", args=[claim.public_id]), edited(claim, text=MASKS + " so far"))
    assert response.status_code == 409
    assert "recall it before changing the claim" in response.content.decode()


@pytest.mark.parametrize("seen", ["", "x", "99999999999999999999"])
def test_a_forged_wording_number_is_refused(seen: str, masks: Claim, desk: Client) -> None:
    response = desk.post(
        reverse("web:edit_claim", args=[masks.public_id]), edited(masks, seen_wording=seen, text="New 5")
    )
    assert response.status_code in (400, 409)


def test_the_form_of_an_edit_shows_the_claim(open_claim_of: Callable[..., Claim], desk: Client) -> None:
    claim = open_claim_of(aliases=["facemasks", "respirators"])
    page = desk.get(reverse("web:edit_claim", args=[claim.public_id])).content.decode()
    assert "facemasks\nrespirators" in page and 'value="2020-04-05"' in page


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("Inflation is 5.2%.", True),
        ("Inflation was 5.2% in March 2024.", True),
        ("La Chine a exporté des masques vers l'Italie depuis le premier mars.", True),
        ("Inflation in Germany is 5.2%.", False),
        (MASKS, False),
    ],
)
def test_a_claim_that_no_report_can_meet_says_so_before_and_after_it_is_saved(
    text: str, is_told: bool, desk: Client
) -> None:
    preview = desk.post(PREVIEW, {"text": text}, headers=HTMX).content.decode()
    desk.post(NEW, {"text": text, "open": "yes"})
    page = desk.get(reverse("web:claim", args=[Claim.objects.get().public_id])).content.decode()
    told = "reads English alone" if text.startswith("La Chine") else "is too little to find reports by"
    assert (told in preview, told in page) == (is_told, is_told)
