"""Every anticipated refusal: a code for machines, a sentence for people, the field it belongs to."""

from collections.abc import Mapping
from typing import Any


class ClaimsError(Exception):
    """Parent of all refusals. `status` is the HTTP status both doors answer with."""

    status = 400
    code = "refused"

    def __init__(
        self, message: str, *, code: str = "", field: str = "", extra: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.code
        self.field = field
        self.extra = dict(extra or {})


class InvalidInput(ClaimsError):
    """A value that cannot be accepted; `field` names it."""

    code = "invalid"


class TooLarge(ClaimsError):
    status = 413
    code = "too_large"


class NotAllowed(ClaimsError):
    """This person may not do this, whatever the state."""

    status = 403
    code = "not_allowed"


class Conflict(ClaimsError):
    """The object is not, or no longer, in a state that allows this."""

    status = 409
    code = "conflict"


class Duplicate(Conflict):
    """The object exists already; `extra["existing"]` is its public id."""

    code = "duplicate"
