"""Filters of the list of verdicts."""

from datetime import date, datetime

from django.db.models import QuerySet
from django.http import QueryDict
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError

from claims.api.errors import searched_text
from claims.api.serializers.fields import DayField, MomentField
from claims.errors import InvalidInput
from claims.models import Verdict
from claims.workflow import RATINGS

_LOWEST, _HIGHEST = 1, 5
FILTERS = [
    OpenApiParameter("rating", OpenApiTypes.STR, enum=list(RATINGS), description="The rating's label"),
    OpenApiParameter("rating_min", OpenApiTypes.INT, description="1 (false) to 5 (true)"),
    OpenApiParameter("rating_max", OpenApiTypes.INT, description="1 (false) to 5 (true)"),
    OpenApiParameter("claimant", OpenApiTypes.STR, description="Part of the claimant's name"),
    OpenApiParameter("q", OpenApiTypes.STR, description="Part of the claim's text or of the explanation"),
    OpenApiParameter("published_after", OpenApiTypes.STR, description="ISO date or time, inclusive"),
    OpenApiParameter("published_before", OpenApiTypes.STR, description="ISO date or time, exclusive"),
    OpenApiParameter("valid_as_of_min", OpenApiTypes.DATE),
]


def filtered(verdicts: QuerySet[Verdict], wanted: QueryDict) -> QuerySet[Verdict]:
    """Raises InvalidInput naming the parameter and what it accepts."""
    if rating := wanted.get("rating"):
        if rating not in RATINGS:
            raise InvalidInput(f"{rating!r} is no rating; accepted: {', '.join(RATINGS)}.", field="rating")
        verdicts = verdicts.filter(rating_label=rating)
    if lowest := wanted.get("rating_min"):
        verdicts = verdicts.filter(rating_value__gte=_step(lowest, "rating_min"))
    if highest := wanted.get("rating_max"):
        verdicts = verdicts.filter(rating_value__lte=_step(highest, "rating_max"))
    if claimant := searched_text(wanted, "claimant"):
        verdicts = verdicts.filter(claimant__icontains=claimant)
    if text := searched_text(wanted, "q"):
        verdicts = verdicts.filter(wording__text__icontains=text) | verdicts.filter(explanation__icontains=text)
    if after := wanted.get("published_after"):
        verdicts = verdicts.filter(published_at__gte=_moment(after, "published_after"))
    if before := wanted.get("published_before"):
        verdicts = verdicts.filter(published_at__lt=_moment(before, "published_before"))
    if valid := wanted.get("valid_as_of_min"):
        verdicts = verdicts.filter(valid_as_of__gte=_day(valid, "valid_as_of_min"))
    return verdicts


def _step(value: str, name: str) -> int:
    if value not in {str(step) for step in range(_LOWEST, _HIGHEST + 1)}:
        raise InvalidInput(f"{value!r}: a number from {_LOWEST} to {_HIGHEST} is accepted.", field=name)
    return int(value)


def _moment(value: str, name: str) -> datetime:
    try:
        return MomentField().to_internal_value(value)
    except ValidationError as error:
        raise InvalidInput(str(error.detail[0]), field=name) from error  # type: ignore[index]


def _day(value: str, name: str) -> date:
    try:
        return DayField().to_internal_value(value)
    except ValidationError as error:
        raise InvalidInput(str(error.detail[0]), field=name) from error  # type: ignore[index]
