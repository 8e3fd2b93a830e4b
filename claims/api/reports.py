"""Sending reports and following their matching."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.api import cursors, rows
from claims.api.errors import field_errors, problem_of, refuse_unknown
from claims.api.permissions import SendsReports, is_staff
from claims.api.schema import LIST_PARAMETERS, problems
from claims.api.serializers.reports import (
    BatchOutput,
    ReceivedOutput,
    ReportBatchInput,
    ReportInput,
    ReportOutput,
    ReportPageOutput,
)
from claims.errors import ClaimsError, InvalidInput
from claims.models import Report, User
from claims.services.reports import Received, receive_report

# What a client does not learn of a report that somebody else had sent before.
_OF_ANOTHER_SENDER: dict[str, Any] = {
    "external_id": None,
    "url": "",
    "outlet": "",
    "title": "",
    "published_at": None,
    "cleaned": [],
}


class ReportsView(APIView):
    permission_classes = [SendsReports]

    @extend_schema(
        operation_id="reports_send",
        request=ReportInput,
        responses={201: ReceivedOutput, 200: OpenApiResponse(ReceivedOutput, "It was there already"), **problems(413)},
    )
    def post(self, request: Request) -> Response:
        """Send a report. It is stored and matched soon; ask for its state with its id."""
        received = _receive(request.data, by=_caller(request))
        return Response(_received(received, request), status=201 if received.created else 200)

    @extend_schema(
        operation_id="reports_list", parameters=LIST_PARAMETERS, responses={200: ReportPageOutput, **problems()}
    )
    def get(self, request: Request) -> Response:
        """Reports, the newest first: with a token those it has sent, with a session all."""
        refuse_unknown(request.query_params, {"limit", "cursor"})
        page = cursors.newest_first(request, _visible(request), by="received_at")
        return Response({"results": ReportOutput(page.rows, many=True).data, "next": page.next})


class ReportBatchView(APIView):
    permission_classes = [SendsReports]

    @extend_schema(
        operation_id="reports_send_batch", request=ReportBatchInput, responses={200: BatchOutput, **problems(413)}
    )
    def post(self, request: Request) -> Response:
        """Send up to 1,000 reports. Each stands for itself: the result in its place is the report or its problem."""
        form = ReportBatchInput(data=request.data)
        form.is_valid(raise_exception=True)
        return Response({"results": [_batch_entry(each, request) for each in form.validated_data["reports"]]})


class ReportView(APIView):
    permission_classes = [SendsReports]

    @extend_schema(operation_id="reports_read", responses={200: ReportOutput, **problems(404)})
    def get(self, request: Request, report_id: str) -> Response:
        """A report with the state of its matching: waiting, matched, failed, or not_read for its language."""
        return Response(ReportOutput(get_object_or_404(_visible(request), public_id=report_id)).data)


def _caller(request: Request) -> User:
    assert isinstance(request.user, User)
    return request.user


def _visible(request: Request) -> QuerySet[Report]:
    reports = rows.reports()
    return reports if is_staff(request) else reports.filter(received_by=_caller(request))


def _receive(data: Any, *, by: User) -> Received:
    form = ReportInput(data=data)
    form.is_valid(raise_exception=True)
    return receive_report(**form.validated_data, by=by, now=timezone.now())


def _received(received: Received, request: Request) -> dict[str, Any]:
    report = received.report
    known = is_staff(request) or report.received_by_id == _caller(request).pk
    withheld = {} if known else _OF_ANOTHER_SENDER
    return {**ReportOutput(report).data, **withheld, "created": received.created, "differs": received.differs}


def _batch_entry(data: Any, request: Request) -> dict[str, Any]:
    try:
        return {"report": _received(_receive(data, by=_caller(request)), request)}
    except ClaimsError as refusal:
        return {"problem": problem_of(refusal)}
    except ValidationError as invalid:
        [first, *_] = entries = field_errors(invalid.detail)
        problem = problem_of(InvalidInput(first["message"], code=first["code"], field=first["field"] or ""))
        return {"problem": {**problem, "errors": entries}}
