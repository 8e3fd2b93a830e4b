"""Addresses of the API, without a slash at the end."""

from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.api import changes, claims, drafts, findings, reports, verdicts

app_name = "api"


class UnknownAddressView(APIView):
    """A problem document, where Django would answer with a page."""

    permission_classes = [AllowAny]
    schema = None

    def _unknown(self, request: Request, *args: object, **kwargs: object) -> Response:
        raise NotFound("There is nothing at this address; see /api/v1/docs.")

    get = head = post = put = patch = delete = options = _unknown


v1 = [
    path("reports", reports.ReportsView.as_view(), name="reports"),
    path("reports/batch", reports.ReportBatchView.as_view(), name="report_batch"),
    path("reports/<slug:report_id>", reports.ReportView.as_view(), name="report"),
    path("verdicts", verdicts.VerdictsView.as_view(), name="verdicts"),
    path("verdicts/changes", changes.ChangesView.as_view(), name="changes"),
    path("verdicts/<slug:claim_id>", verdicts.VerdictView.as_view(), name="verdict"),
    path("verdicts/<slug:claim_id>/versions", verdicts.VerdictVersionsView.as_view(), name="verdict_versions"),
    path(
        "verdicts/<slug:claim_id>/versions/<int:number>", verdicts.VerdictVersionView.as_view(), name="verdict_version"
    ),
    path("verdicts/<slug:claim_id>/claim-review", verdicts.ClaimReviewView.as_view(), name="claim_review"),
    path("verdicts/<slug:claim_id>/correct", drafts.CorrectView.as_view(), name="verdict_correct"),
    path("verdicts/<slug:claim_id>/withdraw", drafts.WithdrawView.as_view(), name="verdict_withdraw"),
    path("claims", claims.ClaimsView.as_view(), name="claims"),
    path("claims/<slug:claim_id>", claims.ClaimView.as_view(), name="claim"),
    path("claims/<slug:claim_id>/open", claims.OpenClaimView.as_view(), name="claim_open"),
    path("claims/<slug:claim_id>/close", claims.CloseClaimView.as_view(), name="claim_close"),
    path("claims/<slug:claim_id>/findings", claims.ClaimFindingsView.as_view(), name="claim_findings"),
    path("claims/<slug:claim_id>/verdicts", drafts.ClaimVerdictsView.as_view(), name="claim_verdicts"),
    path("findings", findings.FindingsView.as_view(), name="findings"),
    path("findings/<slug:finding_id>", findings.FindingView.as_view(), name="finding"),
    path("findings/<slug:finding_id>/accept", findings.AcceptView.as_view(), name="finding_accept"),
    path("findings/<slug:finding_id>/dismiss", findings.DismissView.as_view(), name="finding_dismiss"),
    path("findings/<slug:finding_id>/undo", findings.UndoView.as_view(), name="finding_undo"),
    path("drafts", drafts.DraftsView.as_view(), name="drafts"),
    path("drafts/<slug:verdict_id>", drafts.DraftView.as_view(), name="draft"),
    path("drafts/<slug:verdict_id>/submit", drafts.SubmitView.as_view(), name="draft_submit"),
    path("drafts/<slug:verdict_id>/recall", drafts.RecallView.as_view(), name="draft_recall"),
    path("drafts/<slug:verdict_id>/discard", drafts.DiscardView.as_view(), name="draft_discard"),
    path("drafts/<slug:verdict_id>/approve", drafts.ApproveView.as_view(), name="draft_approve"),
    path("drafts/<slug:verdict_id>/request-changes", drafts.RequestChangesView.as_view(), name="draft_request_changes"),
    path("schema", SpectacularAPIView.as_view(permission_classes=[AllowAny]), name="schema"),
    path(
        "docs",
        SpectacularSwaggerSplitView.as_view(
            url_name="api:schema", template_name="claims/api_docs.html", permission_classes=[AllowAny]
        ),
        name="docs",
    ),
]
urlpatterns = [path("v1/", include(v1)), re_path(r"", UnknownAddressView.as_view())]
