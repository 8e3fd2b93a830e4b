"""Forms about verdicts: proposing, reviewing, withdrawing; filters of the review queue and of the public list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict

from claims.models import Claim, Finding, Source, User, Verdict
from claims.models.search import all_met
from claims.services.verdicts import Proposal
from claims.web.forms.base import Day, FilterForm, PlainText, SearchField, ServiceForm, is_public_id
from claims.workflow import RATINGS

_FINDING = "finding-"
_MOST_CHOSEN = 500
_MAX_REVISION = 2**31 - 1
_ANY = ("", "Any")
_INCOMPLETE = "This page was incomplete. It has been loaded anew: look again, then repeat."


class SeenRevision(forms.IntegerField):
    """The revision that the page showed: the service refuses if there is a newer one."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        messages = dict.fromkeys(("required", "invalid", "min_value", "max_value"), _INCOMPLETE)
        super().__init__(label="Revision", min_value=1, max_value=_MAX_REVISION, error_messages=messages)


@dataclass(frozen=True)
class EvidenceChoice:
    """A checkbox: an accepted finding or an attached source."""

    value: str
    html_id: str
    is_chosen: bool
    finding: Finding | None = None
    source: Source | None = None


class EvidenceField(forms.MultipleChoiceField):
    """Accepted findings and attached sources of one claim, each by kind and public id ("finding-ab12")."""

    findings_offered = 200

    def __init__(self) -> None:
        super().__init__(
            label="Evidence",
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "required": "A verdict needs at least one piece of evidence.",
                "invalid_choice": "Something you chose is not accepted or attached any more. Choose again.",
                "invalid_list": "Choose from the list.",
            },
        )

    def offer(self, claim: Claim, chosen: Sequence[str] = ()) -> None:
        """The newest accepted findings and all `chosen` ones; all sources."""
        accepted = Finding.objects.accepted().for_claim(claim).select_related("report")
        accepted = accepted.defer("comparison", "engine_now", "report__body")
        newest = list(accepted[: self.findings_offered + 1])
        self.is_cut = len(newest) > self.findings_offered
        names = {value.removeprefix(_FINDING) for value in chosen if value.startswith(_FINDING)}
        older = accepted.filter(public_id__in=list(filter(is_public_id, names))[:_MOST_CHOSEN]) if self.is_cut else ()
        shown = {each.public_id: each for each in (*newest[: self.findings_offered], *older)}
        self.findings = {f"{_FINDING}{name}": each for name, each in shown.items()}
        self.sources = {f"source-{each.public_id}": each for each in claim.sources.all()}
        self.choices = [(value, value) for value in self.offered()]

    def offered(self) -> list[str]:
        """The values in their order: findings, then sources."""
        return [*self.findings, *self.sources]


class VerdictForm(ServiceForm):
    """What an editor proposes. Cleaned, it is one Proposal."""

    correction_reason = PlainText(
        rows=3,
        needed=True,
        label="Reason for the correction",
        help_text="Public: readers see it in the correction log. Say what was wrong and how you know.",
    )
    rating = forms.ChoiceField(
        label="Rating",
        choices=[(label, label) for label in RATINGS],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose a rating of the scale."),
    )
    explanation = PlainText(
        rows=10,
        needed=True,
        required=True,
        label="Explanation",
        error_messages={"required": "Explain the rating."},
        help_text="Public. Why this rating, in words a reader can follow. At most 20,000 characters.",
    )
    valid_as_of = Day(
        label="Valid as of",
        help_text="The day up to which you have looked. Later figures do not make the verdict wrong.",
        error_messages={"required": "Say up to which day you have looked.", "invalid": "Write the day as 2020-04-05."},
    )
    evidence = EvidenceField()

    def __init__(self, *args: Any, claim: Claim, is_correction: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.claim, self.is_correction = claim, is_correction
        if not is_correction:
            del self.fields["correction_reason"]
        self._evidence.offer(claim, self["evidence"].value() or ())

    @property
    def is_evidence_cut(self) -> bool:
        """Whether older accepted findings are not offered."""
        return self._evidence.is_cut

    def evidence_choices(self) -> list[EvidenceChoice]:
        chosen = set(self["evidence"].value() or ())
        field = self._evidence
        return [
            EvidenceChoice(value, f"id_{value}", value in chosen, field.findings.get(value), field.sources.get(value))
            for value in field.offered()
        ]

    def clean(self) -> dict[str, Any] | None:
        given = super().clean() or self.cleaned_data
        if self.errors:
            return None
        chosen = given.pop("evidence")
        others = {name: given[name] for name in given.keys() & {"seen_revision"}}
        content = {name: value for name, value in given.items() if name not in others}
        return others | {
            "proposal": Proposal(
                findings=[self._evidence.findings[value] for value in chosen if value in self._evidence.findings],
                sources=[self._evidence.sources[value] for value in chosen if value in self._evidence.sources],
                **content,
            )
        }

    @property
    def _evidence(self) -> EvidenceField:
        field = self.fields["evidence"]
        assert isinstance(field, EvidenceField)
        return field


class EditVerdictForm(VerdictForm):
    seen_revision = SeenRevision()

    def renewed(self, revision: int) -> Self:
        """The same content, to be saved over a newer revision."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["seen_revision"] = str(revision)
        return type(self)(data, claim=self.claim, is_correction=self.is_correction)


class SeenForm(ServiceForm):
    """Submitting or approving what the page showed."""

    seen_revision = SeenRevision()


class ChangesForm(SeenForm):
    comment = PlainText(
        rows=4, needed=True, label="What should change", help_text="For whoever wrote it. Not published."
    )


class WithdrawForm(ServiceForm):
    reason = PlainText(
        rows=4, needed=True, label="Reason", help_text="Public: it stands where the verdict stood, for good."
    )


class _VerdictFilters(FilterForm):
    q = SearchField(label="Words in the claim")
    rating = forms.ChoiceField(required=False, choices=[_ANY, *((label, label) for label in RATINGS)])

    def narrow(self, rows: QuerySet[Verdict]) -> QuerySet[Verdict]:
        wanted = self.cleaned_data
        rows = rows.filter(all_met([self.matching(word) for word in wanted.get("q", "").split()]))
        return rows.filter(rating_label=wanted["rating"]) if wanted.get("rating") else rows

    def matching(self, word: str) -> Q:
        return Q(wording__text__icontains=word)


class ReviewFilters(_VerdictFilters):
    mine = forms.BooleanField(required=False, label="I wrote none of it")

    def for_person(self, rows: QuerySet[Verdict], person: User) -> QuerySet[Verdict]:
        rows = self.narrow(rows)
        return rows.exclude(edits__person=person) if self.cleaned_data.get("mine") else rows


class PublicFilters(_VerdictFilters):
    """Explanations are read for the words as they stand: a list of such verdicts is not counted."""

    q = SearchField(label="Words")

    def narrow(self, rows: QuerySet[Verdict]) -> QuerySet[Verdict]:
        self.is_wide = bool(self.cleaned_data.get("q"))
        return super().narrow(rows)

    def matching(self, word: str) -> Q:
        return Q(wording__text__icontains=word) | Q(claimant__icontains=word) | Q(explanation__icontains=word)


def initial_of(verdict: Verdict) -> dict[str, Any]:
    """The form's values for a verdict as it is; evidence whose finding or source is gone cannot be named."""
    return {
        "rating": verdict.rating_label,
        "explanation": verdict.explanation,
        "valid_as_of": verdict.valid_as_of,
        "correction_reason": verdict.correction_reason,
        "seen_revision": verdict.revision,
        "evidence": [value for value in map(_value_of, evidence_with_origins(verdict)) if value],
    }


def evidence_with_origins(verdict: Verdict) -> Sequence[Any]:
    return list(verdict.evidence.select_related("finding", "source").order_by("position"))


def _value_of(evidence: Any) -> str:
    if evidence.finding:
        return f"finding-{evidence.finding.public_id}"
    return f"source-{evidence.source.public_id}" if evidence.source else ""
