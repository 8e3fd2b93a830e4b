"""API tokens."""

from datetime import timedelta

import pytest

from claims.errors import Conflict, Duplicate, InvalidInput, NotAllowed
from claims.models import ApiToken, Event, User
from claims.services.tokens import create_token, revoke_token
from claims.workflow import Role, Scope
from tests.cast import NOW

pytestmark = pytest.mark.django_db


def test_the_plain_token_is_stored_nowhere(administrator: User) -> None:
    made = create_token(name="Archive", scopes=[Scope.READ_VERDICTS], by=administrator, now=NOW)
    assert made.plain not in str(ApiToken.objects.values_list())
    assert made.plain not in str(Event.objects.values_list())
    assert made.token.expiry is None
    assert made.token.user.roles == {Role.API_CLIENT}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["read:everything"]}, "scopes"),
        ({"expires": NOW - timedelta(days=1)}, "expires"),
    ],
)
def test_a_token_that_lacks_something_is_refused(administrator: User, changes: dict[str, object], field: str) -> None:
    values = {"name": "Archive", "scopes": ["read:verdicts"], **changes}
    with pytest.raises(InvalidInput) as refusal:
        create_token(**values, by=administrator, now=NOW)
    assert refusal.value.field == field


def test_a_name_is_given_once(reading_client: tuple[ApiToken, str], administrator: User) -> None:
    with pytest.raises(Duplicate):
        create_token(name="Reader", scopes=["read:verdicts"], by=administrator, now=NOW)


def test_only_an_administrator_makes_tokens(reviewer: User) -> None:
    with pytest.raises(NotAllowed):
        create_token(name="Archive", scopes=["read:verdicts"], by=reviewer, now=NOW)


def test_a_revoked_token_is_gone_with_its_account(reading_client: tuple[ApiToken, str], administrator: User) -> None:
    token, _ = reading_client
    revoke_token(token=token, by=administrator, now=NOW)
    assert not ApiToken.objects.exists()
    assert not User.objects.get(pk=token.user_id).is_active
    with pytest.raises(Conflict):
        revoke_token(token=token, by=administrator, now=NOW)
