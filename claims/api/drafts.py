"""The verbs of verdicts that are not published yet, or are to be changed, for signed-in staff."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api import cursors, rows
from claims.api.claims import claim_of
from claims.api.desk_view import DeskView, checked, person_of
from claims.api.errors import refuse_unknown
from claims.api.schema import LIST_PARAMETERS, problems
from claims.api.serializers.desk import (
    ChangesRequestInput,
    DraftOutput,
    DraftPageOutput,
    NothingInput,
    ProposalEditInput,
    ProposalInput,
    SeenRevisionInput,
    WithdrawalInput,
)
from claims.errors import Conflict, InvalidInput
from claims.models import Claim, Finding, Source, Verdict
from claims.queries import verdict_with_evidence
from claims.services.review import approve_verdict, request_changes, withdraw_verdict
from claims.services.verdicts import (
    Proposal,
    discard_verdict,
    draft_verdict,
    edit_verdict,
    recall_verdict,
    submit_verdict,
)
from claims.workflow import VerdictState

_STATE = OpenApiParameter("state", OpenApiTypes.STR, enum=VerdictState.values)
_DRAFT = {200: DraftOutput, **problems(404, 409)}


class DraftsView(DeskView):
    @extend_schema(
        operation_id="drafts_list",
        parameters=[*LIST_PARAMETERS, _STATE],
        responses={200: DraftPageOutput, **problems()},
    )
    def get(self, request: Request) -> Response:
        """Verdicts in whatever state, the last changed first."""
        refuse_unknown(request.query_params, {"limit", "cursor", "state"})
        page = cursors.newest_first(request, _filtered(request), by="updated_at")
        return Response({"results": DraftOutput(page.rows, many=True).data, "next": page.next})


class ClaimVerdictsView(DeskView):
    @extend_schema(
        operation_id="drafts_propose", request=ProposalInput, responses={201: DraftOutput, **problems(404, 409)}
    )
    def post(self, request: Request, claim_id: str) -> Response:
        """Propose a verdict; where one is published, a correction of it."""
        return _proposed(request, claim_of(claim_id))


class CorrectView(DeskView):
    @extend_schema(
        operation_id="verdicts_correct", request=ProposalInput, responses={201: DraftOutput, **problems(404, 409)}
    )
    def post(self, request: Request, claim_id: str) -> Response:
        """Propose a correction of the published verdict; it is approved like any other."""
        claim = claim_of(claim_id)
        if not Verdict.objects.published().filter(claim=claim).exists():
            raise Conflict("No verdict on this claim is published.", code="state_conflict")
        return _proposed(request, claim)


class WithdrawView(DeskView):
    @extend_schema(operation_id="verdicts_withdraw", request=WithdrawalInput, responses=_DRAFT)
    def post(self, request: Request, claim_id: str) -> Response:
        """Withdraw the published verdict, with a public reason; not by whoever wrote on a version."""
        verdict = _published_or_withdrawn(claim_id)
        values = checked(WithdrawalInput, request)
        return _answer(withdraw_verdict(verdict=verdict, **values, by=person_of(request), now=timezone.now()))


class DraftView(DeskView):
    @extend_schema(operation_id="drafts_read", responses={200: DraftOutput, **problems(404)})
    def get(self, request: Request, verdict_id: str) -> Response:
        return _answer(_verdict(verdict_id))

    @extend_schema(operation_id="drafts_edit", request=ProposalEditInput, responses=_DRAFT)
    def patch(self, request: Request, verdict_id: str) -> Response:
        """Replace the proposal. `seen_revision` is the one you started from."""
        verdict, values = _verdict(verdict_id), checked(ProposalEditInput, request)
        seen = values.pop("seen_revision")
        proposal = _proposal(verdict.claim, values)
        edited = edit_verdict(
            verdict=verdict, seen_revision=seen, proposal=proposal, by=person_of(request), now=timezone.now()
        )
        return _answer(edited)


class SubmitView(DeskView):
    @extend_schema(operation_id="drafts_submit", request=SeenRevisionInput, responses=_DRAFT)
    def post(self, request: Request, verdict_id: str) -> Response:
        """Into review; from here its content and the claim are frozen."""
        verdict, values = _verdict(verdict_id), checked(SeenRevisionInput, request)
        return _answer(submit_verdict(verdict=verdict, **values, by=person_of(request), now=timezone.now()))


class RecallView(DeskView):
    @extend_schema(operation_id="drafts_recall", request=NothingInput, responses=_DRAFT)
    def post(self, request: Request, verdict_id: str) -> Response:
        """Back from review, by its author."""
        return _answer(recall_verdict(verdict=_verdict(verdict_id), by=person_of(request), now=timezone.now()))


class DiscardView(DeskView):
    @extend_schema(operation_id="drafts_discard", request=NothingInput, responses=_DRAFT)
    def post(self, request: Request, verdict_id: str) -> Response:
        return _answer(discard_verdict(verdict=_verdict(verdict_id), by=person_of(request), now=timezone.now()))


class ApproveView(DeskView):
    @extend_schema(operation_id="drafts_approve", request=SeenRevisionInput, responses=_DRAFT)
    def post(self, request: Request, verdict_id: str) -> Response:
        """Publish the revision seen; 403 for whoever wrote on it, 409 if it changed."""
        verdict, values = _verdict(verdict_id), checked(SeenRevisionInput, request)
        return _answer(approve_verdict(verdict=verdict, **values, by=person_of(request), now=timezone.now()))


class RequestChangesView(DeskView):
    @extend_schema(operation_id="drafts_request_changes", request=ChangesRequestInput, responses=_DRAFT)
    def post(self, request: Request, verdict_id: str) -> Response:
        """Back to its author with a comment."""
        verdict, values = _verdict(verdict_id), checked(ChangesRequestInput, request)
        return _answer(request_changes(verdict=verdict, **values, by=person_of(request), now=timezone.now()))


def _proposed(request: Request, claim: Claim) -> Response:
    proposal = _proposal(claim, checked(ProposalInput, request))
    verdict = draft_verdict(claim=claim, proposal=proposal, by=person_of(request), now=timezone.now())
    return Response(DraftOutput(verdict).data, status=201)


def _proposal(claim: Claim, values: dict[str, Any]) -> Proposal:
    """Public ids to findings and sources of the claim. Raises InvalidInput for one that is not."""
    findings, sources = values.pop("findings"), values.pop("sources")
    found = {
        row.public_id: row
        for row in Finding.objects.filter(claim=claim, public_id__in=findings).select_related("report")
    }
    attached = {row.public_id: row for row in Source.objects.filter(claim=claim, public_id__in=sources)}
    unknown = [name for name in (*findings, *sources) if name not in found and name not in attached]
    if unknown:
        raise InvalidInput(f"{unknown[0]!r} is no finding or source of this claim.", field="evidence", code="unknown")
    return Proposal(
        findings=[found[name] for name in dict.fromkeys(findings) if name in found],
        sources=[attached[name] for name in dict.fromkeys(sources) if name in attached],
        **values,
    )


def _verdict(verdict_id: str) -> Verdict:
    return get_object_or_404(verdict_with_evidence(), public_id=verdict_id)


def _published_or_withdrawn(claim_id: str) -> Verdict:
    """The version in force; if somebody was faster, the one withdrawn, so that the service can say who."""
    versions = verdict_with_evidence().filter(claim__public_id=claim_id)
    published = versions.filter(state=VerdictState.PUBLISHED).first()
    withdrawn = versions.filter(state=VerdictState.WITHDRAWN).order_by("-version").first()
    if verdict := published or withdrawn:
        return verdict
    raise Http404


def _filtered(request: Request) -> QuerySet[Verdict]:
    verdicts = rows.drafts()
    if state := request.query_params.get("state"):
        if state not in VerdictState.values:
            raise InvalidInput(f"{state!r}: {', '.join(VerdictState.values)} are accepted.", field="state")
        verdicts = verdicts.filter(state=state)
    return verdicts


def _answer(verdict: Verdict) -> Response:
    return Response(DraftOutput(verdict).data)
