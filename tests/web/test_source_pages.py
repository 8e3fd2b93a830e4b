"""Sources and appearances of a claim."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from claims.models import Appearance, Claim, Source

GOOD = {"url": "https://customs.example/briefing", "kind": "primary", "quote": "3.86 billion <masks>"}


def attach(claim: Claim, client: Client, **changes: str) -> Any:
    return client.post(reverse("web:attach_source", args=[claim.public_id]), {**GOOD, **changes})


def test_a_source_is_attached_and_shown(masks: Claim, desk: Client) -> None:
    attach(masks, desk)
    page = desk.get(reverse("web:claim", args=[masks.public_id])).content.decode()
    assert 'href="https://customs.example/briefing"' in page and "3.86 billion &lt;masks&gt;" in page


@pytest.mark.parametrize(
    ("changes", "said", "status"),
    [
        ({"url": ""}, "Only http and https addresses are accepted.", 400),
        ({"url": "javascript:alert(1)"}, "Only http and https addresses are accepted.", 400),
        ({"url": "http://192.168.1.1/"}, "is an address of a private network", 400),
        ({"url": "http://localhost:8000/"}, "is an address of a private network", 400),
        ({"url": "https://user:secret@example.org/"}, "with a user name or password", 400),
        ({"url": "https://[broken"}, "is not a web address", 400),
        ({"url": f"https://example.org/{'x' * 2_001}"}, "at most 2,000 characters", 400),
        ({"kind": ""}, "A source is one of", 400),
        ({"kind": "tertiary"}, "Select a valid choice.", 400),
        ({"published_on": "2999-01-01"}, "is in the future.", 400),
        ({"quote": "x" * 5_001}, "At most 5,000 characters.", 400),
    ],
)
def test_bad_input_is_told_beside_its_field(
    changes: dict[str, str], said: str, status: int, masks: Claim, desk: Client
) -> None:
    response = attach(masks, desk, **changes)
    assert response.status_code == status
    assert said in response.content.decode()
    assert Source.objects.count() == 0


def test_a_source_is_attached_once(masks: Claim, desk: Client) -> None:
    attach(masks, desk)
    assert attach(masks, desk).status_code == 409


def test_a_source_is_removed_after_a_question(masks: Claim, desk: Client) -> None:
    attach(masks, desk)
    address = reverse("web:remove_source", args=[Source.objects.get().public_id])
    assert "Remove this source?" in desk.get(address).content.decode()
    desk.post(address)
    assert Source.objects.count() == 0


def test_an_appearance_is_added_and_shown(masks: Claim, desk: Client) -> None:
    given = {"outlet": "Portside Radio", "date": "2020-04-05", "quote": "billions", "url": "https://radio.example/"}
    desk.post(reverse("web:add_appearance", args=[masks.public_id]), given)
    assert "Portside Radio" in desk.get(reverse("web:claim", args=[masks.public_id])).content.decode()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"outlet": ""}, "Name the outlet or the place."),
        ({"outlet": "Radio", "url": "ftp://radio.example"}, "Only http and https addresses are accepted."),
        ({"outlet": "Radio", "date": "1800-01-01"}, "is too early"),
        ({"outlet": "x" * 201}, "At most 200 characters."),
    ],
)
def test_a_bad_appearance_is_told_beside_its_field(
    given: dict[str, str], said: str, masks: Claim, desk: Client
) -> None:
    response = desk.post(reverse("web:add_appearance", args=[masks.public_id]), given)
    assert response.status_code == 400 and said in response.content.decode()
    assert Appearance.objects.count() == 0
