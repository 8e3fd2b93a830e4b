"""Every service asks here first, so that all doors obey alike."""

from claims.errors import NotAllowed
from claims.workflow import MAY, Person, Verb, may


def require(person: Person, verb: Verb) -> None:
    if not may(person, verb):
        needed = " or ".join(sorted(role.value for role in MAY[verb]))
        raise NotAllowed(f"Only {needed} may {verb.value}.", code="not_allowed")
