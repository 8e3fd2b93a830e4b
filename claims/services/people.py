"""Who may do what: roles are given and taken by an administrator, never by oneself, and leave a trace."""

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.models import Group
from django.db import transaction

from claims.errors import InvalidInput, NotAllowed
from claims.models import Kind, User
from claims.services.audit import Happening, record_event
from claims.services.permission import require
from claims.workflow import Role, Verb

GIVEN_ROLES = frozenset({Role.EDITOR, Role.REVIEWER, Role.ADMINISTRATOR})


@transaction.atomic
def change_roles(*, person: User, roles: Collection[str], by: User, now: datetime) -> None:
    """Give exactly these roles. Raises NotAllowed for one's own, InvalidInput for a role nobody can be given."""
    require(by, Verb.MANAGE_PEOPLE)
    wanted = set(roles)
    if not wanted <= GIVEN_ROLES:
        raise InvalidInput(f"A role is one of: {', '.join(sorted(GIVEN_ROLES))}.", field="groups", code="unknown_role")
    before = set(person.groups.values_list("name", flat=True))
    if wanted == before:
        return
    if person.pk == by.pk:
        raise NotAllowed("Nobody changes their own roles: ask another administrator.", code="own_roles")
    person.groups.set(Group.objects.filter(name__in=wanted))
    data = {"before": sorted(before), "after": sorted(wanted)}
    record_event(Happening(Kind.ROLES_CHANGED, "person", str(person.pk), data), by=by, at=now)
