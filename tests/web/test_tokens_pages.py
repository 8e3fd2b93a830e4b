"""The Tokens page: made by administrators alone, shown once, revoked for good."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims.models import ApiToken, Event, User

NEW = "/tokens/new/"


@pytest.fixture
def admin_client(as_: Callable[..., Client], administrator: User) -> Client:
    return as_(administrator)


def filled(**changes: Any) -> dict[str, Any]:
    return {"name": "Archive", "scopes": ["read:verdicts"], "expires": "", **changes}


def revoke_address(token: ApiToken) -> str:
    return reverse("web:token_revoke", args=[token.user.username])


def test_a_token_is_shown_once_and_works(admin_client: Client, client: Client) -> None:
    answer = admin_client.post(NEW, filled())
    plain = answer.context["plain"]
    assert answer.status_code == 200
    assert plain in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert client.get("/api/v1/verdicts", headers={"Authorization": f"Token {plain}"}).status_code == 200
    assert plain not in admin_client.get("/tokens/").content.decode()


def test_the_plain_token_is_kept_nowhere(admin_client: Client) -> None:
    plain = admin_client.post(NEW, filled()).context["plain"]
    assert plain not in admin_client.get(NEW).content.decode()
    assert all(plain not in str(session.get_decoded()) for session in Session.objects.all())
    assert all(plain not in cookie.value for cookie in admin_client.cookies.values())
    assert all(plain not in str(event.data) + event.object_id for event in Event.objects.all())
    [token] = ApiToken.objects.values()
    assert plain not in str(token)


def test_sending_the_form_again_makes_no_second_token(admin_client: Client) -> None:
    plain = admin_client.post(NEW, filled()).context["plain"]
    answer = admin_client.post(NEW, filled())
    assert answer.status_code == 409
    assert plain not in answer.content.decode()
    assert "It was shown once" in answer.content.decode()
    assert ApiToken.objects.count() == 1


def test_the_last_day_is_whole(admin_client: Client) -> None:
    day = timezone.localdate() + timedelta(days=30)
    admin_client.post(NEW, filled(expires=day.isoformat()))
    expiry = timezone.localtime(ApiToken.objects.get().expiry)
    assert (expiry + timedelta(seconds=2)).date() == day + timedelta(days=1)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "\0"}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["delete:everything"]}, "scopes"),
        ({"expires": "nonsense"}, "expires"),
        ({"expires": "2020-01-01"}, "expires"),
        ({"expires": date.max.isoformat()}, "expires"),
        ({"expires": "0001-01-01"}, "expires"),
    ],
)
def test_bad_input_is_refused_beside_its_field(admin_client: Client, changes: dict[str, Any], field: str) -> None:
    answer = admin_client.post(NEW, filled(**changes))
    assert answer.status_code == 400
    assert set(answer.context["form"].errors) == {field}
    assert not ApiToken.objects.exists()


def test_nul_characters_in_a_name_are_removed(admin_client: Client) -> None:
    admin_client.post(NEW, filled(name="Ar\0chive"))
    assert ApiToken.objects.get().name == "Archive"


def test_the_list_shows_what_each_may_and_by_whom(
    admin_client: Client, reading_client: tuple[ApiToken, str], sending_client: tuple[ApiToken, str]
) -> None:
    page = admin_client.get("/tokens/").content.decode()
    for words in ("Reader", "Sender", "Read published verdicts", "Send reports", "by ada", "never", "when revoked"):
        assert words in page


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Reader", "Sender"]),
        ("q=read", ["Reader"]),
        ("scope=write:reports", ["Sender"]),
        ("scope=nonsense", ["Reader", "Sender"]),
        ("q=%00", ["Reader", "Sender"]),
    ],
)
def test_the_list_is_filtered_by_its_address(
    admin_client: Client,
    reading_client: tuple[ApiToken, str],
    sending_client: tuple[ApiToken, str],
    query: str,
    names: list[str],
) -> None:
    rows = admin_client.get(f"/tokens/?{query}").context["rows"]
    assert [row.token.name for row in rows] == names


def test_an_expired_token_is_told(admin_client: Client, reading_client: tuple[ApiToken, str]) -> None:
    ApiToken.objects.update(expiry=timezone.now() - timedelta(days=1))
    assert "Expired" in admin_client.get("/tokens/").content.decode()


def test_revoking_asks_first_and_is_for_good(
    admin_client: Client, client: Client, reading_client: tuple[ApiToken, str]
) -> None:
    token, plain = reading_client
    assert "cannot be undone" in admin_client.get(revoke_address(token)).content.decode()
    assert ApiToken.objects.exists()
    assert admin_client.post(revoke_address(token)).url == "/tokens/"
    assert not ApiToken.objects.exists()
    assert client.get("/api/v1/verdicts", headers={"Authorization": f"Token {plain}"}).status_code == 401


def test_a_token_that_is_gone_is_not_found(admin_client: Client, reading_client: tuple[ApiToken, str]) -> None:
    token, _ = reading_client
    admin_client.post(revoke_address(token))
    assert admin_client.post(revoke_address(token)).status_code == 404
    assert admin_client.get("/tokens/%00/revoke/").status_code == 404


def test_only_administrators_see_tokens(
    as_: Callable[..., Client], editor: User, reviewer: User, outsider: User, reading_client: tuple[ApiToken, str]
) -> None:
    token, _ = reading_client
    for person in (editor, reviewer, outsider):
        client = as_(person)
        for path in ("/tokens/", NEW, revoke_address(token)):
            assert client.get(path).status_code == 403
            assert client.post(path, filled()).status_code == 403
    assert ApiToken.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/tokens/", NEW, "/tokens/api-x/revoke/"])
def test_a_stranger_is_asked_to_sign_in(client: Client, path: str) -> None:
    assert client.get(path).url == f"{reverse('web:sign_in')}?next={path}"


def test_a_form_without_its_csrf_token_makes_nothing(as_: Callable[..., Client], administrator: User) -> None:
    assert as_(administrator, csrf=True).post(NEW, filled()).status_code == 403
    assert not ApiToken.objects.exists()


def test_the_tokens_page_is_in_the_administrators_navigation(admin_client: Client, desk: Client) -> None:
    assert 'href="/tokens/"' in admin_client.get("/tokens/").content.decode()
    assert 'href="/tokens/"' not in desk.get("/").content.decode()
