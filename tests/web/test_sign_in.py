"""Signing in and out."""

import pytest
from django.test import Client
from django.urls import reverse

from claims.models import User
from tests.cast import PASSWORD

SIGN_IN = "/sign-in/"


def test_an_editor_comes_to_the_desk(editor: User, client: Client) -> None:
    response = client.post(SIGN_IN, {"username": "edith", "password": PASSWORD})
    assert response.headers["Location"] == reverse("web:desk")


def test_an_administrator_comes_to_the_first_page_they_may_use(administrator: User, client: Client) -> None:
    response = client.post(SIGN_IN, {"username": "ada", "password": PASSWORD})
    assert response.headers["Location"] == reverse("web:tokens")


def test_somebody_sent_to_sign_in_comes_back_to_their_page(editor: User, client: Client) -> None:
    response = client.post(SIGN_IN, {"username": "edith", "password": PASSWORD, "next": "/claims/?q=masks"})
    assert response.headers["Location"] == "/claims/?q=masks"


def test_no_address_elsewhere_is_followed_after_signing_in(editor: User, client: Client) -> None:
    response = client.post(SIGN_IN, {"username": "edith", "password": PASSWORD, "next": "https://evil.example/"})
    assert response.headers["Location"] == reverse("web:desk")


@pytest.mark.parametrize("password", ["wrong", "", "\0", "x" * 5_000])
def test_a_wrong_password_is_told_beside_the_form(password: str, editor: User, client: Client) -> None:
    response = client.post(SIGN_IN, {"username": "edith", "password": password})
    assert response.status_code == 200
    assert 'role="alert"' in response.content.decode() or "field-error" in response.content.decode()


def test_ten_wrong_passwords_close_the_door_for_a_while(editor: User, client: Client) -> None:
    for _ in range(10):
        response = client.post(SIGN_IN, {"username": "edith", "password": "wrong"})
    assert response.status_code == 429
    assert "Too many attempts" in response.content.decode()


def test_signing_out_needs_a_form(editor: User, client: Client) -> None:
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/sign-out/").status_code == 405


def test_signing_out_ends_the_session(editor: User, client: Client) -> None:
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    client.post("/sign-out/")
    assert client.get("/").status_code == 302
