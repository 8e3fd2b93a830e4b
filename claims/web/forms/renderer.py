"""The widgets that pages have many of, written out as Django's templates for them would.

A template for each option and its attributes is half the time of a page with twenty forms to fill.
"""

from collections.abc import Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

_WIDGETS = "django/forms/widgets/"
_INPUTS = {f"{_WIDGETS}{kind}.html" for kind in ("text", "hidden", "date", "number", "search", "password")}
_SELECT, _OPTION = f"{_WIDGETS}select.html", f"{_WIDGETS}select_option.html"


class WidgetRenderer(DjangoTemplates):
    """What is none of these goes through its template."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        if template_name in _INPUTS:
            return mark_safe(_input(context["widget"]))  # noqa: S308 - its parts are escaped
        if template_name == _SELECT and _is_flat(context["widget"]):
            return mark_safe(_select(context["widget"]))  # noqa: S308 - its parts are escaped
        return super().render(template_name, context, request)


def _input(widget: Mapping[str, Any]) -> str:
    value = "" if widget["value"] is None else f' value="{_text(widget["value"])}"'
    return f'<input type="{_text(widget["type"])}" name="{_text(widget["name"])}"{value}{_attributes(widget["attrs"])}>'


def _select(widget: Mapping[str, Any]) -> str:
    options = "\n  ".join(_option(option) for _, [option], _ in widget["optgroups"])
    return f'<select name="{_text(widget["name"])}"{_attributes(widget["attrs"])}>\n  {options}\n</select>'


def _option(option: Mapping[str, Any]) -> str:
    return f'<option value="{_text(option["value"])}"{_attributes(option["attrs"])}>{_text(option["label"])}</option>'


def _attributes(attributes: Mapping[str, Any]) -> str:
    """As django/forms/widgets/attrs.html: one that is True stands alone, one that is False is left out."""
    given = [(name, value) for name, value in attributes.items() if value is not False]
    return "".join(f" {_text(name)}" if value is True else f' {_text(name)}="{_text(value)}"' for name, value in given)


def _is_flat(widget: Mapping[str, Any]) -> bool:
    """No groups, and Django's own options."""
    return all(
        not name and len(options) == 1 and options[0]["template_name"] == _OPTION
        for name, options, _ in widget["optgroups"]
    )


def _text(value: Any) -> str:
    return conditional_escape(value)
