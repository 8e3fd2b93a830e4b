"""Pieces of the OpenAPI schema that many operations share."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from claims.api.authentication import ApiTokenAuthentication
from claims.api.serializers.problems import Problem

_MEANINGS = {
    400: "A value cannot be accepted",
    401: "No valid token or session",
    403: "Not allowed",
    404: "Not there",
    409: "Changed meanwhile, or not in a state that allows this",
    410: "Withdrawn",
    413: "Too large",
    429: "Too many requests; see Retry-After",
}

LIMIT = OpenApiParameter("limit", OpenApiTypes.INT, description="1 to 200, 50 if left out")
CURSOR = OpenApiParameter("cursor", OpenApiTypes.STR, description="`next` of the page before")
LIST_PARAMETERS = [LIMIT, CURSOR]


def problems(*statuses: int) -> dict[Any, OpenApiResponse]:
    """Responses for the refusals an operation knows, beside those that every operation knows."""
    return {
        (status, "application/problem+json"): OpenApiResponse(Problem, _MEANINGS[status])
        for status in sorted({400, 401, 403, 429, *statuses})
    }


class ApiTokenScheme(OpenApiAuthenticationExtension):
    """How the token appears in the OpenAPI schema."""

    target_class = ApiTokenAuthentication
    name = "apiToken"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "apiKey", "in": "header", "name": "Authorization", "description": "`Token <your token>`"}
