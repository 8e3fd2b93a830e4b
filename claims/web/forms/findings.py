"""Forms of triage."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import cached_property

from claims.models import Claim, DismissalReason, Finding, FoundBy
from claims.models.text_index import OF_FINDINGS, OF_OUTLETS, OF_WORDINGS
from claims.rendering.labels import RELATION_LABELS
from claims.web.forms.base import FilterForm, PlainText, SearchField, ServiceForm
from claims.workflow import Stance, Triage

_ANY = ("", "Any")
_AGES = (("1", "Since yesterday"), ("7", "The last 7 days"), ("30", "The last 30 days"))


class _OfFinding(ServiceForm):
    """Its fields have ids of their own, since a page shows many findings."""

    def __init__(self, *args: Any, finding: Finding, **options: Any) -> None:
        name = type(self).__name__.removesuffix("Form").lower()
        super().__init__(*args, **{"auto_id": f"id_{name}_{finding.public_id}_%s", **options})


class AcceptForm(_OfFinding):
    stance = forms.ChoiceField(label="Accept as", choices=Stance.choices, required=False)

    def __init__(self, *args: Any, finding: Finding, **options: Any) -> None:
        super().__init__(*args, finding=finding, **{"initial": {"stance": finding.stance}, **options})


class DismissForm(_OfFinding):
    reason = forms.ChoiceField(label="Why", choices=[("", "Choose a reason"), *DismissalReason.choices], required=False)
    note = PlainText(label="Note", help_text="Needed for another reason; else as you like.")


class TriageFilters(FilterForm):
    state = forms.ChoiceField(
        required=False, initial=Triage.NEW.value, choices=[*Triage.choices, ("all", "Any")], label="Triage"
    )
    stance = forms.ChoiceField(required=False, choices=[_ANY, *Stance.choices])
    relation = forms.ChoiceField(
        required=False, choices=[_ANY, *((code, label.capitalize()) for code, label in RELATION_LABELS.items())],
        label="Reason",
    )  # fmt: skip
    claim = forms.SlugField(required=False, widget=forms.HiddenInput)
    claim_words = SearchField(label="Words in the claim")
    outlet = SearchField(label="Outlet")
    q = SearchField(label="Words in the sentence")
    age = forms.ChoiceField(required=False, choices=[_ANY, *_AGES], label="Found")
    found_by = forms.ChoiceField(required=False, choices=[_ANY, *FoundBy.choices], label="Found by")

    def narrow(self, rows: QuerySet[Finding]) -> QuerySet[Finding]:
        wanted = self.cleaned_data
        state = self.value("state")
        conditions = {
            "triage": state if state in Triage.values else "",
            "stance" if state == Triage.NEW else "outcome": wanted.get("stance"),  # nobody has accepted a new one
            "relation": wanted.get("relation"),
            "found_by": wanted.get("found_by"),
        }
        rows = rows.filter(**{name: value for name, value in conditions.items() if value})
        if wanted.get("claim"):  # by its key, of which the database knows how many findings it has
            rows = rows.filter(claim=self.only_claim.pk) if self.only_claim else rows.none()
        if wanted.get("age"):
            rows = rows.filter(found_at__gte=timezone.now() - timedelta(days=int(wanted["age"])))
        rows = self.searched(rows, "q", OF_FINDINGS)
        rows = self.searched(rows, "claim_words", OF_WORDINGS, key="claim__current_wording")
        return self.searched(rows, "outlet", OF_OUTLETS, key="report")

    @cached_property
    def only_claim(self) -> Claim | None:
        """The claim that a link narrowed the list to."""
        public_id = self.cleaned_data.get("claim")
        return Claim.objects.with_wording().filter(public_id=public_id).first() if public_id else None
