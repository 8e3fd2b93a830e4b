"""The back office: people are managed there; nothing else can be written, and no verdict approved."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from claims.models import ApiToken, Event, User, Verdict
from claims.workflow import Role, VerdictState
from tests.cast import PASSWORD

LOOK_ONLY = sorted(
    model._meta.model_name for model in apps.get_app_config("claims").get_models() if admin.site.is_registered(model)
)
LOOK_ONLY.remove("user")


def at(model: str, page: str, *args: object) -> str:
    return reverse(f"admin:claims_{model}_{page}", args=args)


@pytest.fixture
def back_office(as_: Callable[..., Client], administrator: User) -> Client:
    administrator.is_staff = True
    administrator.save()
    return as_(administrator)


@pytest.fixture
def superuser(as_: Callable[..., Client], db: None) -> Client:
    return as_(User.objects.create_superuser("root", password=PASSWORD))


@pytest.mark.parametrize("model", LOOK_ONLY)
def test_every_list_opens_and_nothing_is_added(
    back_office: Client, superuser: Client, published: Verdict, model: str
) -> None:
    for client in (back_office, superuser):
        assert client.get(at(model, "changelist")).status_code == 200
        assert client.get(at(model, "add")).status_code == 403
        assert client.post(at(model, "add"), {}).status_code == 403


def test_a_verdict_is_not_approved_here_by_anybody(
    back_office: Client, superuser: Client, in_review: Verdict, reviewer: User
) -> None:
    form = {"state": VerdictState.PUBLISHED, "approved_by": reviewer.pk}
    for client in (back_office, superuser):
        assert client.get(at("verdict", "change", in_review.pk)).status_code == 200
        assert client.post(at("verdict", "change", in_review.pk), form).status_code == 403
        assert client.post(at("verdict", "delete", in_review.pk), {"post": "yes"}).status_code == 403
        actions = {"action": "delete_selected", "_selected_action": [in_review.pk], "post": "yes"}
        client.post(at("verdict", "changelist"), actions)
    in_review.refresh_from_db()
    assert (in_review.state, in_review.approved_by) == (VerdictState.IN_REVIEW, None)


def test_the_author_with_staff_status_does_not_even_look(
    as_: Callable[..., Client], in_review: Verdict, editor: User
) -> None:
    editor.is_staff = True
    editor.save()
    client = as_(editor)
    assert client.get(at("verdict", "change", in_review.pk)).status_code == 403
    form = {"state": VerdictState.PUBLISHED, "approved_by": editor.pk}
    assert client.post(at("verdict", "change", in_review.pk), form).status_code == 403


def test_without_staff_status_nobody_enters(as_: Callable[..., Client], reviewer: User) -> None:
    assert as_(reviewer).get("/admin/").status_code == 302


def test_an_administrator_adds_a_person_with_a_role(back_office: Client) -> None:
    editors = Group.objects.get(name=Role.EDITOR)
    form = {
        "username": "nora", "first_name": "Nora", "last_name": "Nash", "password1": "a-good-long-secret",
        "password2": "a-good-long-secret", "groups": [editors.pk], "usable_password": "true",
    }  # fmt: skip
    assert back_office.post(at("user", "add"), form).status_code == 302
    assert Role.EDITOR in User.objects.get(username="nora").roles


def test_an_administrator_makes_nobody_a_superuser(back_office: Client, editor: User) -> None:
    page = back_office.get(at("user", "change", editor.pk)).content.decode()
    assert "is_superuser" not in page
    assert "user_permissions" not in page
    form = {"username": "edith", "is_active": "on", "is_superuser": "on", "groups": []}
    back_office.post(at("user", "change", editor.pk), form)
    editor.refresh_from_db()
    assert not editor.is_superuser


def test_a_superuser_is_changed_by_superusers_alone(back_office: Client, superuser: Client) -> None:
    root = User.objects.get(username="root")
    assert back_office.post(at("user", "change", root.pk), {"username": "mine"}).status_code == 403
    password = reverse("admin:auth_user_password_change", args=[root.pk])
    assert back_office.get(password).status_code == 403
    assert superuser.get(at("user", "change", root.pk)).status_code == 200


def test_nobody_is_deleted(back_office: Client, superuser: Client, editor: User) -> None:
    for client in (back_office, superuser):
        assert client.post(at("user", "delete", editor.pk), {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=editor.pk).exists()


def test_the_account_of_a_token_is_only_looked_at(back_office: Client, reading_client: tuple[ApiToken, str]) -> None:
    account = reading_client[0].user
    assert back_office.get(at("user", "change", account.pk)).status_code == 200
    assert back_office.post(at("user", "change", account.pk), {"username": "x"}).status_code == 403


def test_the_clients_role_is_not_given_to_people(back_office: Client, editor: User) -> None:
    form = back_office.get(at("user", "change", editor.pk)).context["adminform"].form
    assert Role.API_CLIENT.value not in [group.name for group in form.fields["groups"].queryset]


def test_tokens_are_not_here() -> None:
    assert not admin.site.is_registered(ApiToken)


def test_the_roles_are_fixed(back_office: Client) -> None:
    reviewers = Group.objects.get(name=Role.REVIEWER)
    assert back_office.post(reverse("admin:auth_group_change", args=[reviewers.pk]), {"name": "x"}).status_code == 403


def test_an_administrator_cannot_give_themselves_another_role(back_office: Client, administrator: User) -> None:
    reviewers = Group.objects.get(name=Role.REVIEWER.value)
    own = [*administrator.groups.values_list("pk", flat=True), reviewers.pk]
    form = {"username": administrator.username, "is_active": "on", "is_staff": "on", "groups": own}
    answer = back_office.post(f"/admin/claims/user/{administrator.pk}/change/", form)
    assert answer.status_code == 403
    assert User.objects.get(pk=administrator.pk).roles == {Role.ADMINISTRATOR}
    assert not Event.objects.filter(kind="roles_changed").exists()
