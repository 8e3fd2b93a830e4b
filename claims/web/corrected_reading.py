"""From the forms of a reading to the corrected statement as JSON: figures may go or come, their indexes with them."""

from typing import Any

from claims.matching import Slots
from claims.matching.wire import Json, decimal_text
from claims.web.forms.reading import ReadingForms, rows_of

_AMOUNTS = ("value", "low", "high", "step")


def corrected(forms: ReadingForms) -> Json:
    """What `correct_reading` takes. Rows of a figure that was left out go with it."""
    reading = forms.statement.to_json()
    kept = _kept_figures(forms)
    reading["quantities"] = [
        _figure(reading["quantities"][number], forms.figures[number].cleaned_data) for number in kept
    ]
    reading["periods"] = [
        {**period, **_days(form.cleaned_data)} for period, form in zip(reading["periods"], forms.periods, strict=True)
    ]
    reading["slots"] = _rows(forms, kept)
    _add_figure(reading, forms)
    _add_period(reading, forms)
    return reading


def _kept_figures(forms: ReadingForms) -> list[int]:
    return [number for number, form in enumerate(forms.figures) if not form.cleaned_data["drop"]]


def _figure(quantity: Json, given: dict[str, Any]) -> Json:
    amounts = {name: decimal_text(given[name]) for name in _AMOUNTS}
    amounts["step"] = amounts["step"] or "0"
    names = {name: given[name].strip() for name in ("unit", "item")}
    return {**quantity, **amounts, **names, "bound": given["bound"], "kind": given["kind"]}


def _days(given: dict[str, Any]) -> Json:
    days = {name: given[name] and given[name].isoformat() for name in ("start", "end", "as_of")}
    return {**days, "cumulative": given["cumulative"]}


def _rows(forms: ReadingForms, kept: list[int]) -> list[Json]:
    """Each row with what the editor wrote; indexes follow the figures that stayed."""
    place_of = {old: new for new, old in enumerate(kept)}
    rows = []
    for slots, form in zip(rows_of(forms.statement), forms.rows, strict=True):
        figure = place_of.get(slots.figure) if slots.figure is not None else None
        if slots.figure is not None and figure is None and len(forms.rows) > 1:
            continue
        given = form.cleaned_data
        also = [place_of[index] for index in slots.also if index in place_of]
        rows.append({**slots.to_json(), **given, "item": given["item"].strip(), "figure": figure, "also": also})
    return rows


def _add_figure(reading: Json, forms: ReadingForms) -> None:
    """A figure of its own gets a row like the first one's, unless that row has none yet."""
    given = forms.new_figure.cleaned_data
    surface = given.get("surface")
    if not surface:
        return
    start = forms.statement.text.index(surface)
    place = {"start": start, "end": start + len(surface), "surface": surface, "change": "none"}
    reading["quantities"].append(_figure(place, given))
    figure = len(reading["quantities"]) - 1
    rows = reading["slots"]
    if rows and rows[0]["figure"] is None:
        rows[0]["figure"] = figure
    else:
        like = dict(rows[0]) if rows else Slots(end=len(forms.statement.text)).to_json()
        rows.append({**like, "figure": figure, "also": [], "item": given["item"].strip()})


def _add_period(reading: Json, forms: ReadingForms) -> None:
    """A period that the engine missed holds for every row without one."""
    given = forms.new_period.cleaned_data
    if not any(given.values()):
        return
    reading["periods"].append({**_days(given), "surface": "", "offset": 0})
    for row in reading["slots"]:
        if row["period"] is None:
            row["period"] = len(reading["periods"]) - 1
