"""Roles."""

import pytest

from claims.errors import InvalidInput, NotAllowed
from claims.models import Event, Kind, User
from claims.services.people import change_roles
from claims.workflow import Role
from tests.cast import NOW

pytestmark = pytest.mark.django_db


def test_a_change_of_roles_leaves_a_trace(outsider: User, administrator: User) -> None:
    change_roles(person=outsider, roles=[Role.EDITOR], by=administrator, now=NOW)
    assert User.objects.get(pk=outsider.pk).roles == {Role.EDITOR}
    event = Event.objects.get(kind=Kind.ROLES_CHANGED)
    assert (event.who, event.object_id, event.data) == (
        administrator.pk,
        str(outsider.pk),
        {"before": [], "after": ["editor"]},
    )


def test_the_same_roles_are_no_change(editor: User, administrator: User) -> None:
    change_roles(person=editor, roles=["editor"], by=administrator, now=NOW)
    assert not Event.objects.exists()


def test_nobody_changes_their_own_roles(administrator: User) -> None:
    with pytest.raises(NotAllowed, match="another administrator"):
        change_roles(person=administrator, roles=["administrator", "reviewer"], by=administrator, now=NOW)


def test_only_administrators_change_roles(outsider: User, reviewer: User) -> None:
    with pytest.raises(NotAllowed):
        change_roles(person=outsider, roles=["reviewer"], by=reviewer, now=NOW)


def test_a_token_account_s_role_is_not_given(outsider: User, administrator: User) -> None:
    with pytest.raises(InvalidInput):
        change_roles(person=outsider, roles=["api client"], by=administrator, now=NOW)
