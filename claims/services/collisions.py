"""The message for whoever lost a race."""

from claims.errors import Conflict
from claims.models import Event, User


def changed_meanwhile(object_type: str, object_id: str, *, now_is: str) -> Conflict:
    """The refusal to raise: "changed by X at 10:02; it is now published"."""
    event = Event.objects.filter(object_type=object_type, object_id=object_id).order_by("-seq").first()
    if event is None:
        return Conflict(f"This is now {now_is}.", code="state_conflict")
    person = User.objects.filter(pk=event.who).first() if event.who else None
    who = person.display_name if person else "the matching"
    return Conflict(
        f"Changed by {who} at {event.at:%H:%M} UTC; it is now {now_is}.",
        code="state_conflict",
        extra={"changed_at": event.at.isoformat(), "state": now_is},
    )
