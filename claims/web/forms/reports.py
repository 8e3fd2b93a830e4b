"""Forms about reports."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse

from claims.matching import Span
from claims.models import Claim, Report
from claims.models.text_index import OF_OUTLETS, OF_REPORTS
from claims.web.forms.base import FilterForm, PlainText, SearchField, ServiceForm
from claims.web.forms.claims import ClaimChoice
from claims.workflow import ReportState, Stance

_ANY = ("", "Any")
_REMOVED = "removed"


class ReportFilters(FilterForm):
    q = SearchField()
    outlet = SearchField(label="Outlet")
    state = forms.ChoiceField(required=False, choices=[_ANY, *ReportState.choices, (_REMOVED, "Removed")])
    language = forms.SlugField(required=False, max_length=10, help_text="Such as en or fr.")

    def narrow(self, rows: QuerySet[Report]) -> QuerySet[Report]:
        wanted = self.cleaned_data
        state = wanted.get("state")
        rows = rows.filter(removed_at__isnull=state != _REMOVED)
        if state and state != _REMOVED:
            rows = rows.filter(state=state)
        if language := wanted.get("language"):
            rows = rows.filter(language__in={language, language.lower()})
        rows = self.searched(rows, "outlet", OF_OUTLETS)
        return self.searched(rows, "q", OF_REPORTS)


class ReportForm(ServiceForm):
    title = PlainText(label="Headline")
    body = PlainText(rows=14, label="Text", needed=True, help_text="Plain text, up to one megabyte.")
    outlet = PlainText(label="Outlet")
    url = PlainText(label="Address", help_text="The same address is the same report, and is stored once.")
    published_at = forms.DateTimeField(
        required=False,
        label="Published",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d"],
        error_messages={"invalid": "This is not a time. Write it as 2020-04-05 14:30."},
        help_text="In the newsroom's time zone. “Since last week” is counted from here.",
    )


class RemovalForm(ServiceForm):
    reason = PlainText(label="Why", needed=True, help_text="Pasted twice, not a report, wrong text: for the record.")


class MarkForm(ServiceForm):
    """A sentence of a report, chosen by its offsets ("body:120:245"), as evidence on a claim."""

    claim = ClaimChoice(
        claims=Claim.objects.open(), label="Claim", error_messages={"required": "Choose the claim it bears on."}
    )
    stance = forms.ChoiceField(
        label="The sentence", choices=Stance.choices, widget=forms.RadioSelect, initial=Stance.CONFIRMS
    )
    passage = forms.RegexField(
        r"^(title|body):\d{1,7}:\d{1,7}$",
        widget=forms.HiddenInput,
        label="Sentence",
        error_messages={"required": "Choose a sentence.", "invalid": "Choose a sentence of this report."},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen = self.data.get("claim") or self.initial.get("claim", "")
        self.fields["claim"].offer(chosen)  # type: ignore[attr-defined]

    def link_to(self, existing: str) -> str:
        return reverse("web:finding", args=[existing])

    def span(self) -> tuple[str, Span]:
        name, start, end = self.cleaned_data["passage"].split(":")
        return name, Span(int(start), int(end))
