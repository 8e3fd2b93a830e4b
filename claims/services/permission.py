"""Every service asks here first, so that all doors obey alike."""

from claims.errors import NotAllowed
from claims.workflow import MAY, Person, Role, Verb, may


def require(person: Person, verb: Verb) -> None:
    if not may(person, verb):
        raise NotAllowed(f"Only {_named(MAY[verb])} may {verb.value}.", code="not_allowed")


def _named(roles: frozenset[Role]) -> str:
    people = sorted(f"{role.value}s" for role in roles - {Role.SYSTEM}) or ["the workers"]
    return " and ".join(filter(None, [", ".join(people[:-1]), people[-1]]))
