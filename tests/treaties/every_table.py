"""What a steward types to add one fact to each table, in a small world of facts."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from tests.factories import make_force, make_item, make_source, make_state
from treaties import models
from treaties.admin.forms import fact_form

KNOWN_FROM = date(2019, 3, 1)
# What the form's first choices would not give, or would give against a rule.
_TYPED: dict[type[models.Recorded], dict[str, Any]] = {
    models.State: {"iso3": "NEW"},
    models.Treaty: {"code": "NEW"},
    models.Indicator: {"code": "new.one"},
    models.ItemCategory: {"code": "NEW"},
    models.Embargo: {"targets": "AAA", "issuer": "UN", "act_kind": "statute"},
    models.TreatyAct: {"on": "2019-03-01"},
    models.AbuseReport: {"published_on": "2019-03-01", "violations": ["torture"]},
    models.EmbargoInstrument: {"on": "2019-03-01"},
    models.EmbargoMeasure: {"covers": ["arms", "ammunition"]},
    models.Search: {"searched_on": "2019-03-01", "covers_to": "2019-02-01"},
    models.Mission: {"theatre": "AAA"},
    models.ListedGoods: {"items": "SALW"},
    models.DiversionEvent: {"happened_on": "2019-01-01"},
}
# Optional columns that the rules of a table would hold against each other.
_LEFT_EMPTY = {"ends", "until", "parent", "happened_to", "covers_from", "checked"}


def make_base() -> models.Source:
    """A row of each table that others refer to; the source of all of them."""
    return make_referred(make_state("AAA", "Aland"))


def make_referred(state: models.State) -> models.Source:
    """The same about a state that is there already, with the code AAA."""
    make_force("AAA-ARMY", state, "Army of Aland", "ARMY")
    make_item("SALW", "Small arms")
    said: dict[str, Any] = {"source": make_source(), "publisher": "The tests"}
    models.Treaty.objects.create(code="ATT", name="A", short_name="A", **said)
    models.Indicator.objects.create(
        code="x.y", name="X", unit="index", higher_is="better", **said
    )
    models.Embargo.objects.create(
        key="UN-AAA",
        issuer="UN",
        target_kind="territory",
        targets="AAA",
        binding="chapter_vii",
        title="Embargo on Aland",
        **said,
    )
    return make_source()


def typed(model: type[models.Recorded], note: str = "first") -> dict[str, Any]:
    """A steward's entries for a new fact, as the browser sends them."""
    form = fact_form(model)(
        instance=model(source=make_source()),
        by="stella",
        today=date(2026, 1, 1),
        correcting=False,
    )
    told = {name: _entry(name, field) for name, field in form.fields.items()}
    told |= {"known_from": KNOWN_FROM.isoformat(), "why": "read in the report"}
    if "note" in told:
        told["note"] = note
    told |= _TYPED.get(model, {})
    return {name: value for name, value in told.items() if value not in ("", None)}


def _choices(field: forms.ChoiceField) -> list[tuple[Any, Any]]:
    return list(field.choices)  # type: ignore[arg-type]


def _entry(name: str, field: forms.Field) -> Any:
    is_left = name in _LEFT_EMPTY and not field.required
    if is_left or isinstance(field, forms.BooleanField):
        return ""
    if isinstance(field, forms.MultipleChoiceField):
        return [_choices(field)[0][0]]
    if isinstance(field, forms.ModelChoiceField):
        row = field.queryset.first() if field.queryset is not None else None
        return (
            "" if row is None else row.serializable_value(field.to_field_name or "pk")
        )
    if isinstance(field, forms.ChoiceField):
        return next((str(value) for value, _ in _choices(field) if value), "")
    if isinstance(field, forms.DateField):
        day = "2019-03-02" if name == "ends" else "2019-03-01"
        return day if field.required else ""
    if isinstance(field, forms.IntegerField):
        return "2019" if name == "year" else "1"
    longest = getattr(field, "max_length", None)
    return "Text"[:longest] if field.required else ""
