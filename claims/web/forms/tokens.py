"""Forms about API tokens."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from claims.models import ApiToken
from claims.web.forms.base import Day, FilterForm, PlainText, SearchField, ServiceForm
from claims.workflow import Scope

_LONGEST_LIFE = timedelta(days=3_653)


class TokenForm(ServiceForm):
    name = PlainText(
        needed=True,
        label="Name",
        help_text="Which client it is for; what the client does is recorded under this name. At most 100 characters.",
    )
    scopes = forms.MultipleChoiceField(
        required=False,
        label="The client may",
        choices=[(scope.value, f"{scope.label} ({scope.value})") for scope in Scope],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from the list.", "invalid_list": "Choose from the list."},
    )
    expires = Day(
        required=False,
        label="Last day",
        help_text="The token works to the end of this day. Empty: until it is revoked.",
    )

    def clean_expires(self) -> datetime | None:
        """The end of the day in the newsroom's time zone."""
        day: date | None = self.cleaned_data["expires"]
        if day is None:
            return None
        if day > timezone.localdate() + _LONGEST_LIFE:
            raise forms.ValidationError("At most ten years ahead; leave it empty for a token without end.")
        if day < timezone.localdate():
            raise forms.ValidationError("This day is past.")
        return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))


class TokenFilters(FilterForm):
    q = SearchField(label="Words in the name")
    scope = forms.ChoiceField(required=False, label="May", choices=[("", "Any"), *Scope.choices])

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[ApiToken]:
        wanted = self.cleaned_data
        for word in wanted.get("q", "").split():
            rows = rows.filter(name__icontains=word)
        return rows.filter(scopes__icontains=f'"{wanted["scope"]}"') if wanted.get("scope") else rows
