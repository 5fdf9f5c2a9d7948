"""The inputs of a fact's form: codes are chosen, days are days, lists are ticked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models as db

from treaties import models
from treaties.importers.kinds import BODIES, Column
from treaties.models import codes

from .naming import file_table, label_of

if TYPE_CHECKING:
    AnyChoiceField = forms.ModelChoiceField[Any]
else:
    AnyChoiceField = forms.ModelChoiceField

# Columns that hold several codes, joined by "|".
_SEVERAL = {"violations": codes.VIOLATIONS, "covers": codes.COVERS}
_LONG = 120


class CodesField(forms.MultipleChoiceField):
    """Several codes of a vocabulary, kept joined by "|" in the vocabulary's order."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value: Any) -> Any:
        return value.split("|") if isinstance(value, str) and value else value

    def clean(self, value: Any) -> str:
        return "|".join(super().clean(value))


class ForceField(AnyChoiceField):
    """A force, under its state."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.choices = self._grouped

    def _grouped(self) -> Iterator[tuple[str, Any]]:
        yield "", self.empty_label or ""
        groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
        rows = models.Force.objects.order_by("state__name", "name", "key")
        for key, name, state in rows.values_list("key", "name", "state__name"):
            groups[state].append((key, f"{name} ({key})"))
        yield from groups.items()


def form_field(model: type[db.Model], column: db.Field[Any, Any]) -> forms.Field | None:
    """The input for a column, with the codes that the table knows."""
    several = _SEVERAL.get(column.name)
    if several:
        return CodesField(
            choices=[(code, code) for code in several],
            required=not column.blank,
            label=label_of(column),
        )
    if isinstance(column, db.ForeignKey):
        return _reference(column)
    is_issuer = references(model, column.name)[0] == "issuers"
    known = _issuers() if is_issuer else vocabulary(model, column.name)
    if known:
        return forms.ChoiceField(
            choices=_choices(known, column),
            required=not column.blank and "" not in known,
            label=label_of(column),
            help_text=str(column.help_text),
            initial=column.get_default(),
        )
    return _plain(column)


def vocabulary(model: type[db.Model], name: str) -> list[str]:
    """The codes that a column may hold; none where it takes any text."""
    for rule in model._meta.constraints:
        if isinstance(rule, db.CheckConstraint):
            for part in getattr(rule.condition, "children", []):
                if isinstance(part, tuple) and part[0] == f"{name}__in":
                    return list(part[1])
    # The loader knows these words too; some tables leave them to it.
    is_text = isinstance(model._meta.get_field(name), db.CharField)
    return list(codes.PRECISION) if is_text and name.endswith("_precision") else []


def file_column(model: type[db.Model], name: str) -> Column | None:
    """How files write a column, and what they may write there."""
    table = file_table(model)
    columns = table.columns.values() if table else ()
    return next((column for column in columns if column.field == name), None)


def references(model: type[db.Model], name: str) -> tuple[str, bool]:
    """The table whose keys a column of text names, and whether it names several."""
    column = file_column(model, name)
    return (column.refers_to, column.many) if column else ("", False)


def _choices(known: Iterable[str], column: db.Field[Any, Any]) -> list[Any]:
    listed = [(code, code) for code in known if code]
    return (
        listed
        if column.has_default() and column.get_default()
        else [
            ("", "Choose one"),
            *listed,
        ]
    )


def _issuers() -> list[str]:
    states = models.State.objects.order_by("iso3").values_list("iso3", flat=True)
    return [*sorted(BODIES), *states]


def _reference(column: db.ForeignKey[Any, Any]) -> forms.Field | None:
    asked: dict[str, Any] = {"empty_label": "Not stated" if column.null else "Choose"}
    if column.remote_field.model is models.Force:
        asked["form_class"] = ForceField
    return column.formfield(**asked)


def _plain(column: db.Field[Any, Any]) -> forms.Field | None:
    field = _input(column)
    if field is not None:
        field.label = label_of(column)
    return field


def _input(column: db.Field[Any, Any]) -> forms.Field | None:
    if isinstance(column, db.DateField):
        # The browser's own: it works by keyboard and needs no script of ours.
        day = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        return column.formfield(widget=day)
    if isinstance(column, db.TextField):
        return column.formfield(widget=forms.Textarea(attrs={"rows": 3}))
    if isinstance(column, db.CharField) and (column.max_length or 0) > _LONG:
        return column.formfield(widget=forms.TextInput(attrs={"class": "wide"}))
    return column.formfield()
