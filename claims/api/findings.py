"""Findings and their triage, for signed-in staff."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api import cursors, rows
from claims.api.desk_view import DeskView, checked, person_of
from claims.api.errors import refuse_unknown
from claims.api.schema import LIST_PARAMETERS, problems
from claims.api.serializers.desk import AcceptInput, DismissInput, FindingOutput, FindingPageOutput, NothingInput
from claims.errors import InvalidInput
from claims.models import Finding
from claims.queries import triage_queue
from claims.services.findings import accept_finding, dismiss_finding, undo_triage
from claims.workflow import Stance, Triage

_CHOICES = {"triage": Triage.values, "stance": Stance.values}
_FILTERS = [OpenApiParameter(name, OpenApiTypes.STR, enum=choices) for name, choices in _CHOICES.items()]


class FindingsView(DeskView):
    @extend_schema(
        operation_id="findings_list",
        parameters=[*LIST_PARAMETERS, *_FILTERS],
        responses={200: FindingPageOutput, **problems()},
    )
    def get(self, request: Request) -> Response:
        """Findings of all claims, the newest first."""
        refuse_unknown(request.query_params, {"limit", "cursor", *_CHOICES})
        page = cursors.newest_first(request, _filtered(request), by="found_at")
        return Response({"results": FindingOutput(page.rows, many=True).data, "next": page.next})


class FindingView(DeskView):
    @extend_schema(operation_id="findings_read", responses={200: FindingOutput, **problems(404)})
    def get(self, request: Request, finding_id: str) -> Response:
        return Response(FindingOutput(_finding(finding_id)).data)


class AcceptView(DeskView):
    @extend_schema(
        operation_id="findings_accept", request=AcceptInput, responses={200: FindingOutput, **problems(404, 409)}
    )
    def post(self, request: Request, finding_id: str) -> Response:
        """Accept as the engine's stance, or as `stance`."""
        values = checked(AcceptInput, request)
        finding = accept_finding(finding=_finding(finding_id), **values, by=person_of(request), now=timezone.now())
        return Response(FindingOutput(finding).data)


class DismissView(DeskView):
    @extend_schema(
        operation_id="findings_dismiss", request=DismissInput, responses={200: FindingOutput, **problems(404, 409)}
    )
    def post(self, request: Request, finding_id: str) -> Response:
        """Dismiss, for this sentence's copies too, now and later."""
        values = checked(DismissInput, request)
        finding = dismiss_finding(finding=_finding(finding_id), **values, by=person_of(request), now=timezone.now())
        return Response(FindingOutput(finding).data)


class UndoView(DeskView):
    @extend_schema(
        operation_id="findings_undo", request=NothingInput, responses={200: FindingOutput, **problems(404, 409)}
    )
    def post(self, request: Request, finding_id: str) -> Response:
        """Take the triage back."""
        finding = undo_triage(finding=_finding(finding_id), by=person_of(request), now=timezone.now())
        return Response(FindingOutput(finding).data)


def _finding(finding_id: str) -> Finding:
    return get_object_or_404(triage_queue().select_related("wording"), public_id=finding_id)


def _filtered(request: Request) -> QuerySet[Finding]:
    findings: QuerySet[Finding] = rows.findings()
    for name, choices in _CHOICES.items():
        if value := request.query_params.get(name):
            if value not in choices:
                raise InvalidInput(f"{value!r}: {', '.join(choices)} are accepted.", field=name)
            findings = findings.filter(**{name: value})
    return findings
