"""Claims, for signed-in staff."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api import cursors, rows
from claims.api.desk_view import DeskView, checked, person_of
from claims.api.errors import refuse_unknown, searched_text
from claims.api.schema import LIST_PARAMETERS, problems
from claims.api.serializers.desk import (
    ClaimEditInput,
    ClaimOutput,
    ClaimPageOutput,
    FindingOutput,
    FindingPageOutput,
    NewClaimInput,
    NothingInput,
)
from claims.errors import InvalidInput
from claims.models import Claim
from claims.models.search import with_words
from claims.models.text_index import OF_WORDINGS
from claims.services.claims import close_claim, edit_claim, open_claim, register_claim
from claims.workflow import ClaimStatus

_STATUS = OpenApiParameter("status", OpenApiTypes.STR, enum=ClaimStatus.values)
_Q = OpenApiParameter("q", OpenApiTypes.STR, description="Words of the text, or how they begin")
_DETAILS = ("text", "date", "aliases", "claimant", "note")


class ClaimsView(DeskView):
    @extend_schema(
        operation_id="claims_list",
        parameters=[*LIST_PARAMETERS, _STATUS, _Q],
        responses={200: ClaimPageOutput, **problems()},
    )
    def get(self, request: Request) -> Response:
        """Claims, the newest first."""
        refuse_unknown(request.query_params, {"limit", "cursor", "status", "q"})
        page = cursors.newest_first(request, _filtered(request), by="created_at")
        return Response({"results": ClaimOutput(page.rows, many=True).data, "next": page.next})

    @extend_schema(operation_id="claims_register", request=NewClaimInput, responses={201: ClaimOutput, **problems(409)})
    def post(self, request: Request) -> Response:
        """Register a claim as a draft; 409 with `existing` if it is registered already."""
        claim = register_claim(**checked(NewClaimInput, request), by=person_of(request), now=timezone.now())
        return Response(ClaimOutput(claim).data, status=201)


class ClaimView(DeskView):
    @extend_schema(operation_id="claims_read", responses={200: ClaimOutput, **problems(404)})
    def get(self, request: Request, claim_id: str) -> Response:
        return Response(ClaimOutput(claim_of(claim_id)).data)

    @extend_schema(
        operation_id="claims_edit", request=ClaimEditInput, responses={200: ClaimOutput, **problems(404, 409)}
    )
    def patch(self, request: Request, claim_id: str) -> Response:
        """Change what is given. `seen_wording` is the wording you started from; 409 if there is a newer one."""
        values = checked(ClaimEditInput, request)
        claim = claim_of(claim_id)
        claim = edit_claim(
            claim=claim,
            **{**_details(claim), **values},
            by=person_of(request),
            now=timezone.now(),
        )
        return Response(ClaimOutput(claim).data)


class OpenClaimView(DeskView):
    @extend_schema(operation_id="claims_open", request=NothingInput, responses={200: ClaimOutput, **problems(404, 409)})
    def post(self, request: Request, claim_id: str) -> Response:
        """Match reports against it from now on, and look through the stored ones."""
        claim = open_claim(claim=claim_of(claim_id), by=person_of(request), now=timezone.now())
        return Response(ClaimOutput(claim).data)


class CloseClaimView(DeskView):
    @extend_schema(
        operation_id="claims_close", request=NothingInput, responses={200: ClaimOutput, **problems(404, 409)}
    )
    def post(self, request: Request, claim_id: str) -> Response:
        claim = close_claim(claim=claim_of(claim_id), by=person_of(request), now=timezone.now())
        return Response(ClaimOutput(claim).data)


class ClaimFindingsView(DeskView):
    @extend_schema(
        operation_id="claims_findings", parameters=LIST_PARAMETERS, responses={200: FindingPageOutput, **problems(404)}
    )
    def get(self, request: Request, claim_id: str) -> Response:
        """Findings of a claim, the newest first."""
        page = cursors.newest_first(request, rows.findings().for_claim(claim_of(claim_id)), by="found_at")
        return Response({"results": FindingOutput(page.rows, many=True).data, "next": page.next})


def claim_of(claim_id: str) -> Claim:
    return get_object_or_404(Claim.objects.with_wording(), public_id=claim_id)


def _filtered(request: Request) -> QuerySet[Claim]:
    claims = rows.claims()
    if status := request.query_params.get("status"):
        if status not in ClaimStatus.values:
            raise InvalidInput(f"{status!r}: {', '.join(ClaimStatus.values)} are accepted.", field="status")
        claims = claims.filter(status=status)
    if text := searched_text(request.query_params, "q"):
        claims = with_words(claims, text, index=OF_WORDINGS, key="current_wording").rows
    return claims


def _details(claim: Claim) -> dict[str, Any]:
    wording = claim.wording
    values = (wording.text, wording.date, wording.aliases, claim.claimant, claim.note)
    return dict(zip(_DETAILS, values, strict=True))
