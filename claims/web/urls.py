"""The pages, by subject. Public ids are slugs: whatever else stands in an address is not found."""

from django.urls import path

from claims.web import (
    accounts,
    claims,
    compare,
    desk,
    evidence,
    findings,
    operations,
    reading,
    reports,
    sources,
    verdict_urls,
    wording,
)

app_name = "web"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("sign-in/", accounts.SignIn.as_view(), name="sign_in"),
    path("sign-out/", accounts.SignOut.as_view(), name="sign_out"),
    path("claims/", claims.claims, name="claims"),
    path("claims/new/", wording.new, name="new_claim"),
    path("claims/preview/", wording.preview, name="preview_claim"),
    path("claims/<slug:claim_id>/", claims.claim, name="claim"),
    path("claims/<slug:claim_id>/edit/", wording.edit, name="edit_claim"),
    path("claims/<slug:claim_id>/preview/", wording.preview, name="preview_edit"),
    path("claims/<slug:claim_id>/reading/", reading.correct, name="correct_reading"),
    path("claims/<slug:claim_id>/open/", claims.open_for_reports, name="open_claim"),
    path("claims/<slug:claim_id>/close/", claims.close, name="close_claim"),
    path("claims/<slug:claim_id>/look-backs/<int:look_back_id>/stop/", claims.stop, name="stop_look_back"),
    path("claims/<slug:claim_id>/look-backs/<int:look_back_id>/resume/", claims.resume, name="resume_look_back"),
    path("claims/<slug:claim_id>/sources/new/", sources.attach, name="attach_source"),
    path("claims/<slug:claim_id>/appearances/new/", sources.appear, name="add_appearance"),
    path("sources/<slug:source_id>/remove/", sources.remove, name="remove_source"),
    path("reports/", reports.reports, name="reports"),
    path("reports/new/", reports.new, name="new_report"),
    path("reports/<slug:report_id>/", reports.report, name="report"),
    path("reports/<slug:report_id>/remove/", reports.remove, name="remove_report"),
    path("reports/<slug:report_id>/retry/", reports.retry, name="retry_report"),
    path("reports/<slug:report_id>/mark/", evidence.mark, name="mark_evidence"),
    path("triage/", findings.triage, name="triage"),
    path("findings/<slug:finding_id>/", findings.finding, name="finding"),
    path("findings/<slug:finding_id>/accept/", findings.accept, name="accept_finding"),
    path("findings/<slug:finding_id>/dismiss/", findings.dismiss, name="dismiss_finding"),
    path("findings/<slug:finding_id>/undo/", findings.undo, name="undo_triage"),
    path("operations/", operations.operations, name="operations"),
    path("readyz", operations.ready, name="ready"),
    path("compare/", compare.compare, name="compare"),
    *verdict_urls.urlpatterns,
]
