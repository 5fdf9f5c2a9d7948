"""The shape of what people type. What it means is checked by `screening.intake`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet
from django.urls import reverse_lazy

from screening.models import Activity, Confirmation, EndUse, EndUserKind

MAX_LINES = 50
LINES = "items"


def _search(kind: str, **more: str) -> forms.TextInput:
    address = reverse_lazy(f"search-{kind}")
    return forms.TextInput(
        attrs={"data-search": address, "autocomplete": "off", **more}
    )


def _text(label: str, help_text: str = "", **more: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=False, **more)


class TransferForm(forms.Form):
    """One proposed transfer, apart from its lines of items."""

    use_required_attribute = False

    exporter = _text(
        "Exporting state",
        "The state that must authorise the transfer.",
        widget=_search("states", list="states"),
    )
    origin = _text(
        "State of origin",
        "Where the items, or parts of them, were made, if its consent is needed.",
        widget=_search("states", list="states"),
    )
    recipient = _text(
        "Receiving state",
        "A territory is screened as itself: Hong Kong is not read as China.",
        widget=_search("states", list="states"),
    )
    end_user = _text(
        "Force or body that will hold the items",
        "Its name or short name. Leave empty if it is not known.",
        widget=_search("forces", **{"data-search-with": "state:id_recipient"}),
    )
    end_user_kind = forms.ChoiceField(
        label="Kind of end user",
        help_text="Needed only when the force is not in the list.",
        choices=EndUserKind.choices,
        initial=EndUserKind.UNKNOWN,
        required=False,
    )
    end_use = forms.ChoiceField(
        label="What the items are for",
        help_text="A stated use may raise a risk; alone it hardly lowers one.",
        choices=EndUse.choices,
        initial=EndUse.UNKNOWN,
        required=False,
    )
    end_use_place = _text(
        "Where they will be used",
        "A state, if it is not the receiving one.",
        widget=_search("states", list="states"),
    )
    on = forms.DateField(
        label="Day of the decision",
        help_text="The facts and the law of this day count.",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "invalid": "This is no day. Write year-month-day, as in 2019-06-20."
        },
    )
    activity = forms.ChoiceField(
        label="Form of the transfer",
        choices=Activity.choices,
        initial=Activity.EXPORT,
        required=False,
    )
    brokers = _text(
        "States of brokers",
        "Several are parted by commas.",
    )
    transit = _text(
        "States of transit",
        "On the route, parted by commas.",
    )
    approvals = _text(
        "Embargo approvals at hand",
        "Keys of embargoes whose approval or notification is documented.",
    )
    force_size = forms.IntegerField(
        label="Members of the force",
        help_text="If known: a quantity is then weighed against it.",
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": "0"}),
        error_messages={"invalid": "Write a whole number, or leave it empty."},
    )
    safeguards = _text(
        "Safeguards at hand",
        "One a line, in five parts: what it is; the risk it is tied to (IHL, IHRL or "
        "diversion); present, authenticated or verified; the day from which it holds; "
        "what shows it. For example: End-use certificate; diversion; verified; "
        "2024-03-01; embassy's letter of 1 March.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    economic_argument = _text(
        "Economic argument put forward",
        "Recorded, and of no weight: no rule reads it.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    note = _text("Note", widget=forms.Textarea(attrs={"rows": 3}))


class LineForm(forms.Form):
    """One line: an item, and how many."""

    use_required_attribute = False

    item = _text(
        "Item",
        "A model, a kind or a list entry: Paveway IV, tear gas, ML4.",
        widget=_search("items", list="item-classes"),
    )
    quantity = forms.IntegerField(
        label="How many",
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": "0"}),
        error_messages={"invalid": "Write a whole number, or leave it empty."},
    )


LineFormSet: type[BaseFormSet[LineForm]] = forms.formset_factory(
    LineForm, extra=0, max_num=MAX_LINES, absolute_max=MAX_LINES, validate_max=True
)


class ConfirmForm(forms.Form):
    """What a reviewer decides of a finding that the engine may only propose."""

    use_required_attribute = False

    decision = forms.ChoiceField(
        label="Your decision",
        choices=Confirmation.Decision.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether you confirm it."},
    )
    reasons = forms.CharField(
        label="Your reasons",
        help_text="They are kept with the screening and cannot be changed later.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why. A decision needs its reasons."},
    )


def line_values(lines: BaseFormSet[LineForm]) -> list[dict[str, str]]:
    """The lines as typed, the empty ones too, in order."""
    return [
        {name: _typed(line, name) for name in ("item", "quantity")} for line in lines
    ]


def transfer_data(
    form: TransferForm, lines: BaseFormSet[LineForm]
) -> tuple[dict[str, Any], list[int]]:
    """What was typed, in the shape that intake reads, and which lines are filled.

    An empty line is left out; the second value gives, for each line kept, its place
    on the page, so that an error finds its field again.
    """
    data: dict[str, Any] = {name: _typed(form, name) for name in form.fields}
    kept = [
        (place, line)
        for place, line in enumerate(line_values(lines))
        if line["item"] or line["quantity"]
    ]
    data["items"] = [{k: v for k, v in line.items() if v} for _, line in kept]
    return data, [place for place, _ in kept]


def _typed(form: forms.Form, name: str) -> str:
    return str(form[name].value() or "").strip()


def put_errors(
    form: TransferForm,
    lines: BaseFormSet[LineForm],
    errors: Mapping[str, Iterable[str]],
    places: list[int],
) -> None:
    """Set each error of intake beside the field that it is about.

    A field whose shape is wrong keeps that error alone: what it means is not known.
    """
    for key, messages in errors.items():
        for message in messages:
            if key == LINES and lines.forms:
                _put_on_line(lines, message, places)
            else:
                name = key if key in form.fields else None
                if name is None or not form.has_error(name):
                    form.add_error(name, message)


# Intake says "Item 2: …" when there are several.
_NUMBERED = re.compile(r"Item (\d+): (.*)", re.DOTALL)


def _put_on_line(lines: BaseFormSet[LineForm], message: str, places: list[int]) -> None:
    numbered = _NUMBERED.match(message)
    number, text = (int(numbered[1]), numbered[2]) if numbered else (1, message)
    place = places[number - 1] if number <= len(places) else 0
    name = "quantity" if text.startswith("The quantity") else "item"
    line = lines.forms[place]
    if not line.has_error(name):
        line.add_error(name, text)
