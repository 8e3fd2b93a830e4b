"""Published verdicts: for API clients with the scope to read them."""

from typing import Any

from django.conf import settings
from django.http import Http404
from django.utils.decorators import method_decorator
from django.views.decorators.http import condition, conditional_page
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.api import cursors, rows
from claims.api.errors import refuse_unknown
from claims.api.permissions import ReadsVerdicts
from claims.api.public_documents import Documents, page_address
from claims.api.schema import LIST_PARAMETERS, problems
from claims.api.serializers.verdicts import TombstoneOutput, VerdictOutput, VerdictPageOutput
from claims.api.verdict_filters import FILTERS, filtered
from claims.models import Verdict
from claims.rendering.claim_review import claim_review
from claims.rendering.validators import verdict_etag
from claims.workflow import VerdictState

_GONE = {410: OpenApiResponse(TombstoneOutput, "Withdrawn: the tombstone")}
_VALIDATED = condition(etag_func=verdict_etag)
_NOT_MODIFIED = {304: OpenApiResponse(description="Unchanged since the ETag in If-None-Match")}
_ETAG = OpenApiParameter("If-None-Match", OpenApiTypes.STR, OpenApiParameter.HEADER, description="ETag seen before")


@method_decorator(conditional_page, name="dispatch")
class VerdictsView(APIView):
    permission_classes = [ReadsVerdicts]

    @extend_schema(
        operation_id="verdicts_list",
        parameters=[*LIST_PARAMETERS, *FILTERS, _ETAG],
        responses={200: VerdictPageOutput, **_NOT_MODIFIED, **problems()},
    )
    def get(self, request: Request) -> Response:
        """Verdicts in force, the newest first."""
        refuse_unknown(request.query_params, {"limit", "cursor", *(each.name for each in FILTERS)})
        found = filtered(rows.verdicts(), request.query_params)
        page = cursors.newest_first(request, found, by="published_at")
        documents = Documents.of(request, [row.claim.public_id for row in page.rows])
        shown = [documents.document(documents.complete(row)) for row in page.rows]
        return Response({"results": shown, "next": page.next})


@method_decorator(_VALIDATED, name="get")
class VerdictView(APIView):
    permission_classes = [ReadsVerdicts]

    @extend_schema(
        operation_id="verdicts_read",
        parameters=[_ETAG],
        responses={200: VerdictOutput, **_NOT_MODIFIED, **_GONE, **problems(404)},
    )
    def get(self, request: Request, claim_id: str) -> Response:
        """The verdict in force on a claim; 410 with its tombstone once withdrawn."""
        documents = Documents.of(request, [claim_id])
        return _document_or_tombstone(documents, _in_force(documents, claim_id))


@method_decorator(conditional_page, name="dispatch")
class VerdictVersionsView(APIView):
    permission_classes = [ReadsVerdicts]

    @extend_schema(operation_id="verdicts_versions", responses={200: VerdictPageOutput, **_GONE, **problems(404)})
    def get(self, request: Request, claim_id: str) -> Response:
        """All versions readers have seen, the newest first; 410 while the verdict is withdrawn."""
        documents = Documents.of(request, [claim_id])
        current = _in_force(documents, claim_id)
        if current.state == VerdictState.WITHDRAWN:
            return Response(documents.tombstone(current), status=410)
        rows = [row for row in documents.versions[claim_id] if documents.grave(row) is None]
        return Response({"results": [documents.document(row) for row in rows], "next": None})


@method_decorator(_VALIDATED, name="get")
class VerdictVersionView(APIView):
    permission_classes = [ReadsVerdicts]

    @extend_schema(operation_id="verdicts_version", responses={200: VerdictOutput, **_GONE, **problems(404)})
    def get(self, request: Request, claim_id: str, number: int) -> Response:
        """One version; 410 if it, or a later one that replaced it, was withdrawn."""
        documents = Documents.of(request, [claim_id])
        found = [row for row in documents.versions.get(claim_id, []) if row.version == number]
        if not found:
            raise Http404
        return _document_or_tombstone(documents, found[0])


@method_decorator(conditional_page, name="dispatch")
class ClaimReviewView(APIView):
    permission_classes = [ReadsVerdicts]

    @extend_schema(
        operation_id="verdicts_claim_review",
        responses={(200, "application/ld+json"): OpenApiTypes.OBJECT, **_GONE, **problems(404)},
    )
    def get(self, request: Request, claim_id: str) -> Response:
        """The verdict in force as schema.org ClaimReview."""
        documents = Documents.of(request, [claim_id])
        verdict = _in_force(documents, claim_id)
        if verdict.state == VerdictState.WITHDRAWN:
            return Response(documents.tombstone(verdict), status=410)
        return Response(_claim_review(request, verdict), content_type="application/ld+json")


def _in_force(documents: Documents, claim_id: str) -> Verdict:
    verdict = documents.in_force(claim_id)
    if verdict is None:
        raise Http404
    return verdict


def _document_or_tombstone(documents: Documents, verdict: Verdict) -> Response:
    grave = documents.grave(verdict)
    if grave is None:
        return Response(documents.document(verdict))
    return Response(documents.tombstone(grave), status=410)


def _claim_review(request: Request, verdict: Verdict) -> dict[str, Any]:
    return claim_review(
        verdict,
        url=page_address(request, verdict.claim.public_id),
        newsroom=settings.NEWSROOM_NAME,
        newsroom_url=settings.NEWSROOM_URL or request.build_absolute_uri("/"),
    )
