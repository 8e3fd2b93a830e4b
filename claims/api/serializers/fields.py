"""Fields for what rest_framework's own do not cover."""

from datetime import UTC, date, datetime, time
from typing import Any

from django.core.validators import ProhibitNullCharactersValidator
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.validators import ProhibitSurrogateCharactersValidator

_HARMFUL = (ProhibitNullCharactersValidator, ProhibitSurrogateCharactersValidator)


class RawTextField(serializers.CharField):
    """Text as sent: NUL and broken characters are the service's to remove and report, white space is kept."""

    def __init__(self, **options: Any) -> None:
        super().__init__(trim_whitespace=False, **options)
        self.validators = [check for check in self.validators if not isinstance(check, _HARMFUL)]

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


@extend_schema_field({"type": "string", "example": "2020-04-05T12:30:00+02:00"})
class MomentField(serializers.Field[datetime, str, str, datetime]):
    """An ISO 8601 date or date and time; without offset it is in the newsroom's time zone."""

    default_error_messages = {
        "invalid": "{value!r} is not a date: 2020-04-05 or 2020-04-05T12:30:00+02:00 is accepted.",
    }

    def to_internal_value(self, data: Any) -> datetime:
        moment = _moment(data) if isinstance(data, str) else None
        if moment is None:
            self.fail("invalid", value=str(data)[:60])
        return moment

    def to_representation(self, value: datetime) -> str:
        return value.isoformat()


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text.strip())
        if moment is None and (day := parse_date(text.strip())):
            moment = datetime.combine(day, time())
        if moment is None:
            return None
        aware = timezone.make_aware(moment) if timezone.is_naive(moment) else moment
        return aware.astimezone(UTC)  # at either end of the calendar the database could not do this
    except (ValueError, OverflowError):
        return None


@extend_schema_field({"type": "string", "format": "date", "example": "2020-04-05"})
class DayField(serializers.DateField):
    """An ISO 8601 date."""

    default_error_messages = {"invalid": "This is not a date: 2020-04-05 is accepted."}

    def to_internal_value(self, value: Any) -> date:
        return super().to_internal_value(value)
