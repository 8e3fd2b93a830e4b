"""The form that attaches a source."""

from django import forms

from claims.models import SourceKind
from claims.web.forms.base import Day, PlainText, ServiceForm

_KINDS = [
    (SourceKind.PRIMARY.value, "Primary: the document, record or speaker itself"),
    (SourceKind.SECONDARY.value, "Secondary: somebody reporting on it"),
]


class SourceForm(ServiceForm):
    url = PlainText(needed=True, label="Address", help_text="http or https, open to the public.")
    kind = forms.ChoiceField(label="Kind", choices=_KINDS, widget=forms.RadioSelect, required=False)
    title = PlainText(label="Title")
    publisher = PlainText(label="Publisher")
    published_on = Day(required=False, label="Published on")
    accessed_on = Day(required=False, label="Read on", help_text="Today, if you leave it empty.")
    quote = PlainText(rows=4, label="Quote", help_text="The words that matter, exactly as they stand there.")
    quote_prefix = PlainText(label="Words just before the quote", help_text="They help to find it again.")
    quote_suffix = PlainText(label="Words just after it")
