"""Server time and queries of every page and list, on the database that the environment names.

`python -m tests.benchmarks newsroom` fills one beforehand. Measured by Django's test client: middleware, view,
template and database, without a network. The first visit of each address counts too, as a reader's does.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.models import Claim, Finding, Report, User
from claims.services.tokens import MadeToken, create_token, revoke_token
from claims.workflow import Role, Scope
from factcheck.startup import settle
from tests.benchmarks.latencies import Latencies, Latency, Visited
from tests.visits import Visit, visits
from tests.ways import Caller

REPETITIONS = 20
_PLAIN_FILES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
_CACHE = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
_VALIDATED = ("web:public_verdict", "web:public_verdict_version", "api:verdict", "api:verdict_version")


def bench(*, rows: int, only: str = "", data: Path | None = None) -> Latencies:
    """`rows` bounds the repetitions of each page; `only` is a part of a page's name; the database holds the data."""
    del data
    repetitions = min(rows, REPETITIONS)
    settle()  # as a web process does
    with override_settings(STORAGES=_PLAIN_FILES, CACHES=_CACHE), _clients() as clients:
        asked = [visit for visit in visits(rows=repetitions) if only in visit.name]
        pages = [_measured(visit, clients[visit.caller], repetitions) for visit in asked]
        pages += [_validated(visit, clients[visit.caller], repetitions) for visit in asked if visit.name in _VALIDATED]
    return Latencies("Pages and lists", pages, _note(pages))


def _note(pages: list[Latency]) -> str:
    counts = " ".join(f"{model._default_manager.count():,} {model._meta.verbose_name_plural}," for model in _COUNTED)
    late = [page for page in pages if page.late > 150]
    return f"{counts[:-1]} on {connection.vendor}. {len(late)} of {len(pages)} are over 150 ms at the 95th percentile."


_COUNTED = (Claim, Report, Finding)


def _measured(visit: Visit, client: Client, repetitions: int) -> Latency:
    addresses = [visit.addresses[number % len(visit.addresses)] for number in range(repetitions)]
    made = [_visited(client, address) for address in addresses]
    queries, slowest = _queries(client, visit.addresses)
    return Latency.of(visit.name, visit.variant, made, queries, slowest)


def _validated(visit: Visit, client: Client, repetitions: int) -> Latency:
    """Asked again with the ETag of the answer before."""
    made = []
    for number in range(repetitions):
        address = visit.addresses[number % len(visit.addresses)]
        tag = client.get(address, secure=True).headers.get("ETag", "")
        made.append(_visited(client, address, tag))
    return Latency.of(visit.name, "with its ETag", made)


def _visited(client: Client, address: str, tag: str = "") -> Visited:
    cache.clear()  # the API counts its callers there
    begun, own = time.perf_counter(), time.process_time()
    answer = client.get(address, secure=True, headers={"If-None-Match": tag} if tag else {})
    return Visited(time.perf_counter() - begun, time.process_time() - own, answer.status_code)


def _queries(client: Client, addresses: tuple[str, ...]) -> tuple[int, tuple[float, str]]:
    """The most that one of the addresses asked, and the slowest."""
    most, slowest = 0, (0.0, "")
    for address in addresses[:5] + addresses[-5:]:
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            client.get(address, secure=True)
        most = max(most, len(asked))
        slowest = max([slowest, *((float(query["time"]), query["sql"]) for query in asked.captured_queries)])
    return most, slowest


@contextmanager
def _clients() -> Iterator[dict[Caller, Client]]:
    """One for each kind of caller; their accounts and tokens go with them."""
    people = {role: _person(role) for role in (Role.EDITOR, Role.REVIEWER, Role.ADMINISTRATOR)}
    administrator = people[Role.ADMINISTRATOR]
    made = [_token(scope, administrator) for scope in Scope]
    clients: dict[Caller, Client] = {None: Client(SERVER_NAME="localhost")}
    for role, person in people.items():
        clients[role] = Client(SERVER_NAME="localhost")
        clients[role].force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    for scope, each in zip(Scope, made, strict=True):
        clients[scope] = Client(SERVER_NAME="localhost", headers={"Authorization": f"Token {each.plain}"})
    try:
        yield clients
    finally:
        for each in made:
            revoke_token(token=each.token, by=administrator, now=timezone.now())


def _person(role: Role) -> User:
    """Somebody who has the role alone; made once."""
    person, _ = User.objects.get_or_create(username=f"bench-{role.value}")
    person.groups.set(Group.objects.filter(name=role.value))
    return person


def _token(scope: Scope, administrator: User) -> MadeToken:
    now = timezone.now()
    name = f"bench {scope.value} {now:%Y%m%d%H%M%S%f}"
    return create_token(name=name, scopes=[scope], by=administrator, now=now)
