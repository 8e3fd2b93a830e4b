"""Forms about claims."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from claims.models import Claim, Verdict
from claims.models.text_index import OF_WORDINGS
from claims.queries import with_open_contradictions
from claims.web.forms.base import (
    Day,
    FilterForm,
    PlainText,
    SearchField,
    ServiceForm,
    claim_address,
    is_public_id,
)
from claims.workflow import UNFINISHED_VERDICTS, ClaimStatus, VerdictState

_ANY = ("", "Any")


class ClaimFilters(FilterForm):
    q = SearchField()
    status = forms.ChoiceField(required=False, choices=[_ANY, *ClaimStatus.choices])
    claimant = SearchField(label="Said by")
    verdict = forms.ChoiceField(
        required=False,
        choices=[
            _ANY,
            ("none", "None yet"),
            ("unfinished", "Unfinished"),
            ("in_review", "In review"),
            ("published", "Published"),
        ],
    )
    contradicted = forms.BooleanField(required=False, label="Contradicted by a report")

    def narrow(self, rows: QuerySet[Claim]) -> QuerySet[Claim]:
        wanted = self.cleaned_data
        rows = self.searched(rows, "q", OF_WORDINGS, key="current_wording")
        if wanted.get("status"):
            rows = rows.filter(status=wanted["status"])
        if wanted.get("claimant"):
            rows = rows.filter(claimant__icontains=wanted["claimant"])
        if wanted.get("contradicted"):
            rows, self.is_wide = with_open_contradictions(rows), True
        return self._by_verdict(rows, wanted.get("verdict", ""))

    def _by_verdict(self, rows: QuerySet[Claim], wanted: str) -> QuerySet[Claim]:
        finished = Verdict.objects.published()
        having = {
            "unfinished": Verdict.objects.filter(state__in=UNFINISHED_VERDICTS),
            "in_review": Verdict.objects.in_review(),
            "published": finished,
        }
        if wanted == "none":
            return rows.exclude(pk__in=Verdict.objects.exclude(state=VerdictState.DISCARDED).values("claim"))
        return rows.filter(pk__in=having[wanted].values("claim")) if wanted else rows


class AliasesField(PlainText):
    """One name a line, or several with commas between."""

    def __init__(self, **options: Any) -> None:
        super().__init__(rows=2, **options)

    def to_python(self, value: Any) -> Any:
        return [name.strip() for line in str(value or "").splitlines() for name in line.split(",") if name.strip()]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value


class ClaimForm(ServiceForm):
    text = PlainText(
        needed=True,
        label="The claim",
        help_text="One sentence, as it was said or as the desk sums it up. At most 1,000 characters.",
        widget=forms.Textarea(attrs={"rows": 3, "class": "statement-input"}),
    )
    date = Day(required=False, label="Said on", help_text="Without a day, periods such as “last week” stay unknown.")
    claimant = PlainText(label="Said by")
    aliases = AliasesField(
        label="Other names",
        help_text="Names the desk accepts for the item or the people of this claim, one a line: ventilators.",
    )
    note = PlainText(rows=3, label="Note for the desk", help_text="Never published.")

    def link_to(self, existing: str) -> str:
        return claim_address(existing)


class EditClaimForm(ClaimForm):
    seen_wording = forms.IntegerField(widget=forms.HiddenInput)


class AppearanceForm(ServiceForm):
    outlet = PlainText(needed=True, label="Outlet or place")
    url = PlainText(label="Address", help_text="http or https.")
    date = Day(required=False, label="Day")
    quote = PlainText(rows=3, label="In these words")


class ClaimChoice(forms.ChoiceField):
    """A claim by its public id. Offers the newest, and whichever other one the address or the form names."""

    offered = 200

    def __init__(self, *, claims: QuerySet[Claim], **options: Any) -> None:
        self.claims = claims
        super().__init__(**options)

    def offer(self, chosen: str = "") -> None:
        newest = list(self.claims.with_wording()[: self.offered])  # type: ignore[attr-defined]
        if is_public_id(chosen) and chosen not in {claim.public_id for claim in newest}:
            newest += self.claims.with_wording().filter(public_id=chosen)  # type: ignore[attr-defined]
        self.choices = [("", "Choose a claim"), *((claim.public_id, claim.text) for claim in newest)]

    def valid_value(self, value: str) -> bool:
        return is_public_id(value) and self.claims.filter(public_id=value).exists()

    def clean(self, value: Any) -> Any:
        public_id = super().clean(value)
        return self.claims.with_wording().get(public_id=public_id) if public_id else None  # type: ignore[attr-defined]
