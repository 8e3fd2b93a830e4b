"""The form that compares any claim with any text."""

from typing import Any

from claims.models import Claim
from claims.web.forms.base import Day, PlainText, ServiceForm
from claims.web.forms.claims import ClaimChoice


class CompareForm(ServiceForm):
    claim = ClaimChoice(claims=Claim.objects.exclude(current_wording=None), required=False, label="A registered claim")
    claim_text = PlainText(rows=2, label="Or any other claim", help_text="Used when no registered claim is chosen.")
    claim_date = Day(required=False, label="Said on")
    passage = PlainText(
        rows=6, needed=True, label="Text to compare", help_text="A sentence or several; each is compared by itself."
    )
    report_date = Day(required=False, label="Published on", help_text="Without it, “since last week” stays unknown.")
    context = PlainText(
        rows=2,
        label="Context",
        help_text="Headline, dateline or the sentences before. Fills only what the text leaves unsaid.",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen = self.data.get("claim") or self.initial.get("claim", "")
        self.fields["claim"].offer(chosen)  # type: ignore[attr-defined]
