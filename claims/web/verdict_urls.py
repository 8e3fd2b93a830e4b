"""The pages about verdicts and API tokens; claims/web/urls.py includes them."""

from django.urls import path

from claims.web import public, review, tokens, verdicts

urlpatterns = [
    path("claims/<slug:claim_id>/verdict/new/", verdicts.draft, name="verdict_draft"),
    path("claims/<slug:claim_id>/verdict/correct/", verdicts.correct, name="verdict_correct"),
    path("review/", review.queue, name="review_queue"),
    path("review/<slug:verdict_id>/", verdicts.detail, name="verdict_detail"),
    path("review/<slug:verdict_id>/edit/", verdicts.edit, name="verdict_edit"),
    path("review/<slug:verdict_id>/submit/", verdicts.submit, name="verdict_submit"),
    path("review/<slug:verdict_id>/recall/", verdicts.recall, name="verdict_recall"),
    path("review/<slug:verdict_id>/discard/", verdicts.discard, name="verdict_discard"),
    path("review/<slug:verdict_id>/approve/", review.approve, name="verdict_approve"),
    path("review/<slug:verdict_id>/changes/", review.ask_for_changes, name="verdict_request_changes"),
    path("review/<slug:verdict_id>/withdraw/", review.withdraw, name="verdict_withdraw"),
    path("verdicts/", public.verdicts, name="public_list"),
    path("verdicts/<slug:claim_id>/", public.verdict, name="public_verdict"),
    path("verdicts/<slug:claim_id>/versions/<int:number>/", public.version, name="public_verdict_version"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/new/", tokens.create, name="token_create"),
    path("tokens/<slug:account>/revoke/", tokens.revoke, name="token_revoke"),
]
