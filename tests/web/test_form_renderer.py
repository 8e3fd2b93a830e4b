"""What is written out without a template is what Django's templates say."""

from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates, get_default_renderer
from django.utils.safestring import mark_safe

from claims.web.forms.renderer import WidgetRenderer

CHOICES = [("", "Any"), ("a&b", "A & B"), ("1", "<one>"), (2, mark_safe("<b>two</b>"))]
GROUPED = [("Fruit", [("pear", "Pear"), ("fig", "Fig")]), ("", "None")]
WIDGETS: list[tuple[forms.Widget, Any]] = [
    (forms.TextInput(), None),
    (forms.TextInput(), ""),
    (forms.TextInput(attrs={"type": "search", "maxlength": 200}), 'said "so" & <left>'),
    (
        forms.TextInput(attrs={"autofocus": True, "disabled": False, "data-note": 'a"b', "title": None}),
        mark_safe("&lt;"),
    ),
    (forms.HiddenInput(), 7),
    (forms.NumberInput(attrs={"min": 1}), 12_345),
    (forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), "2020-04-05"),
    (forms.PasswordInput(), "secret"),
    (forms.Select(choices=CHOICES), "a&b"),
    (forms.Select(choices=CHOICES, attrs={"class": "form-select", "aria-invalid": "true"}), 2),
    (forms.Select(choices=CHOICES), None),
    (forms.Select(choices=[]), "a"),
    (forms.Select(choices=GROUPED), "fig"),
    (forms.SelectMultiple(choices=CHOICES), ["1", "a&b"]),
    (forms.RadioSelect(choices=CHOICES), "1"),
    (forms.CheckboxSelectMultiple(choices=CHOICES), ["1"]),
    (forms.CheckboxInput(), True),
    (forms.Textarea(attrs={"rows": 3}), "a\n<b>"),
]


@pytest.mark.parametrize(("widget", "value"), WIDGETS, ids=lambda each: getattr(type(each), "__name__", None))
def test_a_widget_looks_as_django_draws_it(widget: forms.Widget, value: Any) -> None:
    ours, theirs = (
        widget.render("na<me", value, attrs={"id": "id_na&me"}, renderer=renderer)  # type: ignore[arg-type]
        for renderer in (WidgetRenderer(), DjangoTemplates())
    )
    assert ours.split() == theirs.split()


def test_all_forms_use_it() -> None:
    assert isinstance(get_default_renderer(), WidgetRenderer)
