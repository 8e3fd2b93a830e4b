"""What happened to a claim, a report, a verdict: events with the people behind them."""

from collections.abc import Iterable
from dataclasses import dataclass

from claims.models import TRIAGE_KINDS, Claim, Event, User, Verdict
from claims.paging import one_after_another


@dataclass(frozen=True)
class HistoryEntry:
    """An event with the person's name as of now."""

    event: Event
    person: str


def history(object_type: str, public_id: str, *, limit: int = 200) -> list[HistoryEntry]:
    """Events of one object, the newest first."""
    found = Event.objects.filter(object_type=object_type, object_id=public_id)
    return _with_people(found.order_by("-seq")[:limit])


def _with_people(found: Iterable[Event]) -> list[HistoryEntry]:
    events = list(found)
    people = User.objects.in_bulk([event.who for event in events if event.who])
    return [HistoryEntry(event, _name(people, event.who)) for event in events]


def claim_history(claim: Claim, verdicts: Iterable[Verdict], *, limit: int = 200) -> list[HistoryEntry]:
    """Events of a claim, of its verdicts (all of them), and what people made of its findings."""
    names = [claim.public_id, *(verdict.public_id for verdict in verdicts)]
    own = Event.objects.filter(object_type__in=("claim", "verdict"), object_id__in=names)
    decided = Event.objects.filter(kind__in=TRIAGE_KINDS, data__claim=claim.public_id)
    newest = Event.objects.raw(*one_after_another(*(each.order_by("-seq")[:limit] for each in (own, decided))))
    return _with_people(sorted(newest, key=lambda event: -event.seq)[:limit])


def _name(people: dict[int, User], who: int | None) -> str:
    if who is None:
        return "The matching"
    person = people.get(who)
    return person.display_name if person else f"person {who}"
