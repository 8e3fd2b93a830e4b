"""What the forms share: fields that leave text as it was typed, refusals beside the field, filters of lists."""

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from claims.errors import ClaimsError, Duplicate
from claims.models.search import with_words
from claims.models.text_index import TextIndex

_PUBLIC_ID = re.compile(r"[a-z0-9]{1,20}")


class PlainText(forms.CharField):
    """Text for a service to clean and judge: kept as typed, NUL characters included.

    `needed` only says so on the page: the service refuses an empty value in its own words.
    """

    def __init__(self, *, rows: int = 0, needed: bool = False, **options: Any) -> None:
        self.needed = needed
        options = {"strip": False, "required": False, **options}
        if rows:
            options.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**options)
        if needed:
            self.widget.attrs["aria-required"] = "true"
        self.validators = [each for each in self.validators if not isinstance(each, ProhibitNullCharactersValidator)]


class Day(forms.DateField):
    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        options.setdefault("error_messages", {"invalid": "This is not a day. Write it as 2020-04-05."})
        super().__init__(**options)


class ServiceForm(forms.Form):
    """Checks shape; what a service refuses is put beside its field."""

    use_required_attribute = False
    refused: ClaimsError | None = None

    def refuse(self, error: ClaimsError) -> None:
        self.refused = error
        message = error.message
        if (
            isinstance(error, Duplicate)
            and "existing" in error.extra
            and (link := self.link_to(error.extra["existing"]))
        ):
            message = format_html('{} <a href="{}">See it.</a>', message, link)
        self.add_error(error.field if error.field in self.fields else None, message)

    def link_to(self, existing: str) -> str:
        """Address of the thing that exists already, by its public id."""
        return ""

    def accepted_by(self, service: Callable[..., Any], **arguments: Any) -> bool:
        """Call the service with the form's values and `arguments`; False if either refuses."""
        if not self.is_valid():
            return False
        try:
            self.result = service(**self.cleaned_data, **arguments)
        except ClaimsError as error:
            self.refuse(error)
            return False
        return True

    @property
    def status(self) -> int:
        """The HTTP status of the page that shows this form."""
        if self.refused:
            return self.refused.status
        return 400 if self.errors else 200


class FilterForm(forms.Form):
    """The filters of a list, from the address. A value that makes no sense is told of and narrows nothing.

    `is_wide`: so many rows fit, or to find out would take so long, that the list is not to be counted.
    """

    is_wide = False

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request.GET)
        self.is_valid()

    @property
    def is_narrowing(self) -> bool:
        given = self.cleaned_data
        return any(given.get(name) and given[name] != field.initial for name, field in self.fields.items())

    def value(self, name: str) -> Any:
        """The cleaned value; the initial one where the address has none."""
        return self.cleaned_data.get(name) or self.fields[name].initial

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows that the filters leave; each list's form says which."""
        return rows

    def searched(self, rows: QuerySet[Any], name: str, index: TextIndex, *, key: str = "pk") -> QuerySet[Any]:
        """Narrow to rows with the words in the field `name`, if there are any."""
        text = self.cleaned_data.get(name, "")
        if not text:
            return rows
        found = with_words(rows, text, index=index, key=key)
        self.is_wide |= found.is_wide
        return found.rows


class SearchField(forms.CharField):
    def __init__(self, **options: Any) -> None:
        options = {"required": False, "max_length": 200, "label": "Words", **options}
        super().__init__(widget=forms.TextInput(attrs={"type": "search"}), **options)


def claim_address(public_id: str) -> str:
    return reverse("web:claim", args=[public_id])


def is_public_id(value: object) -> bool:
    """Whether it could be one; what could not (NUL among it) is never asked of the database."""
    return isinstance(value, str) and bool(_PUBLIC_ID.fullmatch(value))
