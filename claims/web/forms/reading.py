"""The forms in which an editor corrects what the engine reads: figures, periods, and who did what."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms

from claims.matching import Bound, Kind, Modality, Period, Polarity, Quantity, Slots, Statement
from claims.rendering.labels import BOUND_LABELS
from claims.rendering.readings import figure_words, period_words
from claims.web.forms.base import Day, PlainText, ServiceForm

_BOUNDS = [(bound.value, BOUND_LABELS[bound.value]) for bound in Bound]
_KINDS = [
    (Kind.COUNT.value, "Count"),
    (Kind.MONEY.value, "Money"),
    (Kind.MEASURE.value, "Measure"),
    (Kind.PERCENT.value, "Percent"),
    (Kind.RATIO.value, "Ratio"),
    (Kind.RATE.value, "Rate"),
]
_POLARITIES = [(Polarity.AFFIRMED.value, "Said to be so"), (Polarity.DENIED.value, "Denied")]
_MODALITIES = [
    (Modality.STATED.value, "Stated as fact"),
    (Modality.PLANNED.value, "Planned"),
    (Modality.ESTIMATED.value, "Estimated"),
    (Modality.POSSIBLE.value, "Possible"),
    (Modality.CLAIMED.value, "Claimed by somebody"),
]


class Amount(forms.DecimalField):
    def __init__(self, **options: Any) -> None:
        options = {"required": False, "max_digits": 36, "decimal_places": 12, "min_value": Decimal(0), **options}
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "decimal"}), **options)
        self.error_messages["invalid"] = "Write digits alone, such as 3860000000 or 12.5."

    def prepare_value(self, value: Any) -> Any:
        return f"{value:f}" if isinstance(value, Decimal) else value


class FigureForm(ServiceForm):
    """A figure of the statement; one without a value, low or high end is refused."""

    bound = forms.ChoiceField(label="Bound", choices=_BOUNDS)
    value = Amount(label="Figure", help_text="In full digits.")
    low = Amount(label="Lowest", help_text="Of a range or a lower bound.")
    high = Amount(label="Highest", help_text="Of a range or an upper bound.")
    step = Amount(label="Written to the nearest", help_text="10000000 for 3.86 billion; 0 for exact.")
    unit = PlainText(label="Unit", help_text="mask, USD, percent, kilometre: one, not many.")
    kind = forms.ChoiceField(label="Kind", choices=_KINDS)
    item = PlainText(label="What is counted or measured")
    drop = forms.BooleanField(required=False, label="This is no figure of the claim: leave it out")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given.get("drop") and all(given.get(name) is None for name in ("value", "low", "high")):
            self.add_error("value", "Give the figure, or an end of its range.")
        return given


class NewFigureForm(FigureForm):
    """A figure the engine missed."""

    surface = PlainText(label="As written", help_text="Exactly as it stands in the claim, such as 3.86 billion.")
    drop = None  # type: ignore[assignment]
    field_order = ("surface",)

    def __init__(self, *args: Any, text: str, **options: Any) -> None:
        self.text = text
        super().__init__(*args, **options)

    def clean_surface(self) -> str:
        surface = str(self.cleaned_data["surface"]).strip()
        if not surface:
            raise forms.ValidationError("Say how the figure is written in the claim.")
        if surface not in self.text:
            raise forms.ValidationError("These words do not stand in the claim.")
        return surface


class PeriodForm(ServiceForm):
    start = Day(required=False, label="From")
    end = Day(required=False, label="To", help_text="Open, if empty.")
    as_of = Day(required=False, label="As it stood on")
    cumulative = forms.BooleanField(required=False, label="A running total")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("start") and given.get("end") and given["end"] < given["start"]:
            self.add_error("end", "This is before the first day.")
        return given


class NamesField(PlainText):
    """Several names with commas between."""

    def to_python(self, value: Any) -> Any:
        return [name.strip() for name in str(value or "").split(",") if name.strip()]

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list | tuple) else value


class RowForm(ServiceForm):
    who = NamesField(label="Who")
    action = NamesField(label="Did what", help_text="The verb in its plain form: export.")
    item = PlainText(label="To what", help_text="In the singular: face mask.")
    place = NamesField(label="Where")
    scope = NamesField(label="Of what part", help_text="Empty means the whole.")
    polarity = forms.ChoiceField(label="Said or denied", choices=_POLARITIES)
    modality = forms.ChoiceField(label="Fact or plan", choices=_MODALITIES)


class ReadingForms:
    """All forms of one statement. `reading()` is the corrected statement as JSON, once `is_valid()`."""

    def __init__(self, statement: Statement, data: Any = None) -> None:
        self.statement = statement
        self.figures = [
            FigureForm(data, prefix=f"figure-{number}", initial=_initial(quantity, FigureForm))
            for number, quantity in enumerate(statement.quantities)
        ]
        self.periods = [
            PeriodForm(data, prefix=f"period-{number}", initial=_initial(period, PeriodForm))
            for number, period in enumerate(statement.periods)
        ]
        self.rows = [
            RowForm(data, prefix=f"row-{number}", initial=_initial(row, RowForm))
            for number, row in enumerate(rows_of(statement))
        ]
        self.new_figure = NewFigureForm(
            data,
            prefix="new-figure",
            text=statement.text,
            empty_permitted=True,
            initial={"bound": Bound.EXACT.value, "kind": Kind.COUNT.value, "step": Decimal(0)},
        )
        self.new_period = PeriodForm(data, prefix="new-period", empty_permitted=True)

    def __iter__(self) -> Iterator[ServiceForm]:
        yield from (*self.figures, *self.periods, *self.rows, self.new_figure, self.new_period)

    def is_valid(self) -> bool:
        return all(form.is_valid() for form in self)

    def titled_figures(self) -> list[tuple[str, ServiceForm]]:
        """Each form with what it is about, in words."""
        return [(f"“{each.surface}”", form) for each, form in zip(self.statement.quantities, self.figures, strict=True)]

    def titled_periods(self) -> list[tuple[str, ServiceForm]]:
        titles = [f"“{each.surface}”" if each.surface else period_words(each) for each in self.statement.periods]
        return list(zip(titles, self.periods, strict=True))

    def titled_rows(self) -> list[tuple[str, ServiceForm]]:
        figures = [
            None if row.figure is None else self.statement.quantities[row.figure] for row in rows_of(self.statement)
        ]
        titles = [figure_words(figure) if figure else "The statement" for figure in figures]
        return list(zip(titles, self.rows, strict=True))


def rows_of(statement: Statement) -> tuple[Slots, ...]:
    """Its rows of slots; an empty one for a statement in which the engine found none."""
    return statement.slots or (Slots(end=len(statement.text)),)


def _initial(value: Quantity | Period | Slots, form: type[forms.Form]) -> dict[str, Any]:
    return {name: getattr(value, name) for name in form.base_fields if hasattr(value, name)}
