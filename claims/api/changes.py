"""The change feed: whoever follows it misses no publication, no correction and no withdrawal."""

from typing import Any

from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.api import cursors
from claims.api.errors import refuse_unknown
from claims.api.permissions import ReadsVerdicts
from claims.api.public_documents import Documents
from claims.api.schema import LIMIT, problems
from claims.api.serializers.verdicts import ChangesOutput
from claims.errors import InvalidInput
from claims.models import Event, Kind, Verdict
from claims.queries import last_seq, verdict_events_after

_AFTER = OpenApiParameter("after", OpenApiTypes.STR, description="`next` of the last answer; left out: from the start")


@method_decorator(conditional_page, name="dispatch")
class ChangesView(APIView):
    permission_classes = [ReadsVerdicts]

    @extend_schema(
        operation_id="verdicts_changes", parameters=[_AFTER, LIMIT], responses={200: ChangesOutput, **problems()}
    )
    def get(self, request: Request) -> Response:
        """What was published, corrected or withdrawn after `after`, in the order it happened.

        A version that was withdrawn, then or later, comes as its tombstone: its text is not given out again.
        """
        refuse_unknown(request.query_params, {"after", "limit"})
        after = _after(request)
        limit = cursors.limit_of(request)
        found = verdict_events_after(after, limit + 1)
        events, more = found[:limit], len(found) > limit
        return Response(
            {
                "results": _changes(request, events),
                "next": cursors.encode_seq(events[-1].seq if events else after),
                "has_more": more,
            }
        )


def _after(request: Request) -> int:
    seq = cursors.decode_seq(request.query_params.get("after", ""), field="after")
    if seq > last_seq():
        raise InvalidInput(
            "This cursor is ahead of the newsroom's record, which may have been restored from a backup: start over"
            " without `after`.",
            field="after",
            code="cursor_ahead",
        )
    return seq


def _changes(request: Request, events: list[Event]) -> list[dict[str, Any]]:
    documents = Documents.of(request, {event.data["claim"] for event in events})
    rows = {row.public_id: row for versions in documents.versions.values() for row in versions}
    return [_change(documents, event, rows[event.object_id]) for event in events]


def _change(documents: Documents, event: Event, verdict: Verdict) -> dict[str, Any]:
    grave = verdict if event.kind == Kind.VERDICT_WITHDRAWN else documents.grave(verdict)
    return {
        "seq": event.seq,
        "kind": event.kind,
        "at": event.at.isoformat(),
        "id": verdict.claim.public_id,
        "verdict": None if grave else documents.document(verdict),
        "tombstone": documents.tombstone(grave) if grave else None,
    }
