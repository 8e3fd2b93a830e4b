"""API tokens: made by an administrator, shown once, revoked for good."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.crypto import get_random_string

from claims.errors import Conflict, Duplicate, InvalidInput
from claims.ingest.cleaning import clean
from claims.models import ApiToken, Kind, User
from claims.services.audit import Happening, record_event
from claims.services.permission import require
from claims.workflow import Role, Scope, Verb


@dataclass(frozen=True)
class MadeToken:
    """`plain` is shown once and stored nowhere."""

    token: ApiToken
    plain: str


@transaction.atomic
def create_token(
    *, name: str, scopes: Sequence[str], expires: datetime | None = None, by: User, now: datetime
) -> MadeToken:
    """A token with a service account of its own, so that its acts carry its name. Raises InvalidInput, Duplicate."""
    require(by, Verb.MANAGE_TOKENS)
    name = " ".join(clean(name).text.split())
    if not name or len(name) > 100:
        raise InvalidInput("Name the client, in at most 100 characters.", field="name", code="required")
    if not scopes or not set(scopes) <= set(Scope.values):
        raise InvalidInput(f"Choose at least one of: {', '.join(Scope.values)}.", field="scopes", code="required")
    if expires is not None and expires <= now:
        raise InvalidInput("The expiry lies in the past.", field="expires", code="in_the_past")
    if ApiToken.objects.filter(name=name).exists():
        message = f"There is a token named “{name}”. It was shown once; if it is lost, revoke it and make another."
        raise Duplicate(message, field="name")
    token, plain = ApiToken.objects.create(
        user=_service_account(name),
        expiry=expires - now if expires else None,
        name=name,
        scopes=sorted(scopes),
        created_by=by,
    )
    record_event(Happening(Kind.TOKEN_CREATED, "token", token.token_key, {"scopes": token.scopes}), by=by, at=now)
    return MadeToken(token, plain)


@transaction.atomic
def revoke_token(*, token: ApiToken, by: User, now: datetime) -> None:
    """From this moment requests with it get 401. Raises Conflict if it is revoked already."""
    require(by, Verb.MANAGE_TOKENS)
    key, account = token.token_key, token.user_id
    if not ApiToken.objects.filter(pk=token.pk).delete()[0]:
        raise Conflict("This token is revoked already.", code="state_conflict")
    User.objects.filter(pk=account, groups__name=Role.API_CLIENT).update(is_active=False)
    record_event(Happening(Kind.TOKEN_REVOKED, "token", key), by=by, at=now)


def _service_account(name: str) -> User:
    account = User(username=f"api-{get_random_string(10).lower()}", first_name=name)
    account.set_unusable_password()
    account.save()
    account.groups.add(Group.objects.get(name=Role.API_CLIENT))
    return account
