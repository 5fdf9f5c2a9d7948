"""The form of a fact, for adding and for correcting, and what it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models as db

from treaties import ledger, models
from treaties.importers.kinds import BODIES, BadValueError
from treaties.importers.tables import TABLES

from .fields import file_column, form_field, references
from .naming import fixed_fields
from .words import refused

if TYPE_CHECKING:
    AnyModelForm = forms.ModelForm[Any]
else:
    AnyModelForm = forms.ModelForm

# Who checked a fact and when is written for the steward, from the account and the day.
_FOR_THE_STEWARD = {"checked_by", "checked_on"}
_STANDS = ("source", "publisher", "citation", "url", "known_from", "checked", "note")
_PARTS = "PARTS:"
# What "known from" means, by table; METHOD has the same rule for the files.
_KNOWN: dict[type[db.Model], str] = {
    models.AbuseReport: "A report: the day it was published.",
    models.TreatyAct: "An act: the day of its deposit.",
    models.Embargo: "An embargo: the day of its instrument.",
    models.EmbargoMeasure: "A measure: the day of its instrument.",
    models.EmbargoExemption: "An exemption: the day of its instrument.",
    models.EmbargoInstrument: "An instrument: its own day.",
    models.Search: "A search: the day it was made.",
    models.IndicatorValue: "A number: the day its edition appeared.",
}
_KNOWN_AT_ALL = (
    "First day on which this could be known; 0001-01-01 for what was always known. "
)


class FactForm(AnyModelForm):
    """A fact as a steward states it, with the reason for the ledger."""

    why = forms.CharField(
        label="Reason, for the ledger",
        help_text="One sentence: what you read, and why this is right.",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
    )

    def __init__(
        self, *args: Any, by: str, today: date, correcting: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""
        self.by, self.today, self.correcting = by, today, correcting
        self.model: type[models.Recorded] = type(self.instance)
        self._prepare()

    def _prepare(self) -> None:
        fixed = fixed_fields(self.model)
        for field in self.fields.values():
            if not field.required and not isinstance(field, forms.BooleanField):
                field.label = f"{field.label} (optional)"
        for name in fixed & self.fields.keys():
            self.fields[name].disabled = self.correcting
        if "key" in self.fields and not self.correcting:
            self.fields["key"].required = False
            self.fields["key"].help_text = (
                "Names the fact for ever. Left empty, it is made from the source and a "
                "number."
            )
        if "known_from" in self.fields:
            said = _KNOWN_AT_ALL + _KNOWN.get(self.model, "")
            self.fields["known_from"].help_text = said
        if not self.correcting:
            self.initial.pop("known_from", None)
            if "known_from" in self.fields:
                # "Always known" is for the steward to say, never a default.
                self.fields["known_from"].initial = None
            self.fields.pop("source", None)
            self.fields["why"].initial = "New to the record."

    def groups(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """The inputs under their headings, in the order in which one states a fact."""
        stands = [name for name in _STANDS if name in self.fields]
        says = [n for n in self.fields if n not in {*stands, "why"}]
        yield "What it says", [self[name] for name in says]
        yield "Where that stands", [self[name] for name in stands]
        yield "For the ledger", [self["why"]]

    def clean_known_from(self) -> date:
        day: date = self.cleaned_data["known_from"]
        if day > self.today:
            message = "This day is still to come: nobody can know the fact yet."
            raise ValidationError(message)
        return day

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name in [name for name in self.fields if name in data]:
            if isinstance(data[name], str) and (error := self._unreadable(name)):
                self.add_error(name, error)
        return data

    def _unreadable(self, name: str) -> str:
        """Says what a file could not hold here either: an unknown code, a stray key."""
        column, value = file_column(self.model, name), str(self.cleaned_data[name])
        if column is None or not value:
            return ""
        try:
            column.read(value)
        except BadValueError as error:
            return f"“{value}” {error}."
        return self._dangling(name)

    def _dangling(self, name: str) -> str:
        """Says which keys in a column of text name no row of the table they should."""
        table, several = references(self.model, name)
        value = str(self.cleaned_data[name])
        if not table or not value:
            return ""
        parts = value.split("|") if several else [value]
        missing = sorted(set(parts) - _known_keys(table, parts))
        if not missing:
            return ""
        listed = ", ".join(f"“{key}”" for key in missing)
        how = " Join several by |, without blanks." if several else ""
        return f"Not among the {table}: {listed}.{how}"

    def _post_clean(self) -> None:
        # Django would name a rule of the table that is broken; we say it in words.
        self.instance.validate_constraints = lambda exclude=None: None
        super()._post_clean()  # type: ignore[misc]
        del self.instance.validate_constraints
        self._complete()
        self.ask_rules()

    def ask_rules(self) -> None:
        """Ask the rules of the table before the database does."""
        left_out = set(self.errors)
        for rule in self.model._meta.constraints:
            try:
                rule.validate(self.model, self.instance, exclude=left_out)
            except ValidationError:
                self._update_errors(refused(self.model, rule.name))  # type: ignore[attr-defined]

    def _complete(self) -> None:
        """Fill in what the steward need not type: the key, who checked it and when."""
        fact = self.instance
        if isinstance(fact, models.IndicatorValue) and not self.errors:
            stated = (fact.indicator_id, fact.state_id, fact.year, fact.known_from)
            fact.key = models.value_key(*stated)
        if not isinstance(fact, models.Fact):
            return
        if "checked" in self.changed_data or not self.correcting:
            fact.checked_by = self.by if fact.checked else ""
            fact.checked_on = self.today if fact.checked else None
        fact.key = fact.key or fact.natural_key_text() or _next_key(fact)

    def changed_values(self, held: models.Recorded) -> dict[str, Any]:
        """The values that differ from what is recorded, by the field's name."""
        columns = [f for f in self.model._meta.concrete_fields if self._is_told(f)]
        return {
            f.name: getattr(self.instance, f.name)
            for f in columns
            if getattr(self.instance, f.attname) != getattr(held, f.attname)
        }

    def _is_told(self, column: db.Field[Any, Any]) -> bool:
        field = self.fields.get(column.name)
        is_open = field is not None and not field.disabled
        return is_open or column.name in _FOR_THE_STEWARD


def fact_form(model: type[models.Recorded]) -> type[FactForm]:
    """The form for a table of facts."""
    names = [f.name for f in models.own_fields(model) if f.name not in _FOR_THE_STEWARD]
    # A fact that is named by a code of its own needs no second name.
    if "key" in names and fixed_fields(model) != {"key"}:
        names.remove("key")
    made: type[FactForm] = forms.modelform_factory(  # type: ignore[assignment]
        model,
        form=FactForm,
        fields=["source", *names],
        formfield_callback=partial(form_field, model),
    )
    return made


def _known_keys(table: str, keys: list[str]) -> AbstractSet[str]:
    if table == "issuers":
        return BODIES | _known_keys("states", keys)
    bare = {k.removeprefix(_PARTS) if table == "items" else k for k in keys}
    held = TABLES[table].model._default_manager.filter(key__in=bare)
    found = set(held.values_list("key", flat=True))
    return found | {_PARTS + key for key in found} if table == "items" else found


def _next_key(fact: models.Fact) -> str:
    """The source and the first number that no fact of the table ever had."""
    model = type(fact)
    stem = f"{fact.source.slug}-"
    past: Any = models.past_of(model)._default_manager
    taken = {
        key
        for rows in (model._default_manager, past)
        for key in rows.filter(key__startswith=stem).values_list("key", flat=True)
    }
    return next(k for n in range(1, len(taken) + 2) if (k := f"{stem}{n}") not in taken)


class SourceForm(forms.Form):
    """A new source: who says it, in what, under which licence, read when."""

    publisher = forms.CharField(max_length=300, help_text="Who says so.")
    title = forms.CharField(
        max_length=300, widget=forms.TextInput(attrs={"class": "wide"})
    )
    where = forms.CharField(
        label="Address or document symbol",
        max_length=500,
        help_text="https://… where it can be read, or a symbol such as A/HRC/39/43.",
        widget=forms.TextInput(attrs={"class": "wide"}),
    )
    licence = forms.CharField(
        max_length=300,
        help_text="What its publisher permits: “CC BY 4.0”, “facts only, linked”.",
    )
    redistributable = forms.BooleanField(
        required=False, label="Its licence lets us pass on what it says."
    )
    retrieved_on = forms.DateField(
        help_text="The day on which it was read.",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""
        self.today = today
        self.fields["retrieved_on"].initial = today

    def clean_where(self) -> str:
        where: str = self.cleaned_data["where"].strip()
        if is_address(where):
            forms.URLField(assume_scheme="https").clean(where)
        elif len(where) > _LONGEST_SYMBOL:
            message = f"A symbol has at most {_LONGEST_SYMBOL} characters."
            raise ValidationError(message)
        return where

    def clean_retrieved_on(self) -> date:
        day: date = self.cleaned_data["retrieved_on"]
        if day > self.today:
            message = "This day is still to come."
            raise ValidationError(message)
        return day

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        same = models.Source.objects.filter(
            publisher__iexact=data.get("publisher", ""),
            title__iexact=data.get("title", ""),
        ).first()
        if same is not None:
            message = f"There is such a source already, “{same.slug}”: choose it above."
            raise ValidationError(message)
        return data

    def save(self) -> models.Source:
        """Make the source; it holds no fact yet."""
        data = self.cleaned_data
        where = data["where"]
        return ledger.add_source(
            publisher=data["publisher"],
            title=data["title"],
            url=where if is_address(where) else "",
            symbol="" if is_address(where) else where,
            licence=data["licence"],
            redistributable=data["redistributable"],
            retrieved_on=data["retrieved_on"],
        )


_LONGEST_SYMBOL = 100


def is_address(where: str) -> bool:
    """Whether a source is named by an address rather than by a document symbol."""
    return where.startswith(("http://", "https://"))


class CheckForm(forms.Form):
    """Who read the source of a fact, when, and what was read."""

    who = forms.CharField(max_length=150, label="Who read the source")
    on = forms.DateField(
        label="On which day",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    what = forms.CharField(
        label="What was read",
        help_text="The document and the place in it; it becomes the ledger's reason.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""
        self.today = today

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > self.today:
            message = "This day is still to come."
            raise ValidationError(message)
        return day


class RetireForm(forms.Form):
    """Why a fact is retired."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""

    why = forms.CharField(
        label="Reason, for the ledger",
        help_text="One sentence: what is wrong with it, or what has taken its place.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
