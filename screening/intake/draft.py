"""One proposed transfer, read and checked.

Nothing is stored here and there is no clock: pass today in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any, TypeVar

from django.db.models import TextChoices

from screening.drafts import ItemLine, TransferDraft
from screening.intake import readers
from screening.intake.days import as_of_day
from screening.intake.readers import Problem
from screening.intake.safeguards import safeguards
from screening.models import Activity, EndUse, EndUserKind

MOST_ITEMS = 50
MOST_QUANTITY = 10**9
MOST_MEMBERS = 10**8
MOST_COMPLAINTS = 20

REQUIRED = {
    "exporter": "Name the exporting state, for example GBR or United Kingdom.",
    "recipient": "Name the recipient state, for example SAU or Saudi Arabia.",
    "items": "Name at least one item, for example SALW or guided bombs.",
    "on": "Give the day of the proposal, for example 2019-06-20.",
}
FIELDS = (
    "exporter",
    "recipient",
    "end_user",
    "end_user_kind",
    "end_user_state",
    "items",
    "end_use",
    "end_use_place",
    "origin",
    "brokers",
    "transit",
    "activity",
    "approvals",
    "safeguards",
    "force_size",
    "economic_argument",
    "on",
    "note",
)
ITEM_FIELDS = ("item", "description", "quantity", "parent_item")

Read = TypeVar("Read")


class InvalidTransfer(Exception):
    """The transfer cannot be taken in. `errors`: sentences by field."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        lines = [f"{name}: {text}" for name, texts in errors.items() for text in texts]
        super().__init__("\n".join(lines))
        self.errors = errors


@dataclass
class _Reading:
    """What was typed, and the errors found so far."""

    data: Mapping[str, Any]
    errors: dict[str, list[str]] = field(default_factory=dict)

    def value(self, name: str) -> Any:
        return self.data.get(name)

    def complain(self, name: str, text: str) -> None:
        self.errors.setdefault(name, []).append(text)

    def read(self, name: str, reader: Callable[[Any], Read], blank: Read) -> Read:
        """What `reader` makes of a field; `blank` when empty or after a complaint."""
        value = self.value(name)
        if readers.is_blank(value):
            if name in REQUIRED:
                self.complain(name, f"This is empty. {REQUIRED[name]}")
            return blank
        try:
            return reader(value)
        except Problem as problem:
            self.complain(name, str(problem))
            return blank


def read_draft(data: Mapping[str, Any], *, today: date) -> TransferDraft:
    """Check what was typed and turn names into codes.

    data: the keys of `FIELDS`. States, forces and items by code or by name; `items` as
        text or a list of texts or of mappings with the keys of `ITEM_FIELDS`.
    Raises InvalidTransfer with every error at once.
    """
    reading = _Reading(data)
    _refuse_strange_fields(reading)
    recipient = reading.read("recipient", readers.state, "")
    end_user_state = reading.read("end_user_state", readers.state, recipient)
    force, end_user, kind = _end_user(reading, end_user_state)
    draft = TransferDraft(
        exporter=reading.read("exporter", readers.state, ""),
        recipient=recipient,
        end_user_state=end_user_state,
        items=_items(reading),
        on=reading.read("on", lambda value: as_of_day(value, today), today),
        force=force,
        end_user=end_user,
        end_user_kind=kind,
        end_use=_choice(reading, "end_use", EndUse, EndUse.UNKNOWN),
        end_use_place=reading.read("end_use_place", readers.state, ""),
        origin=reading.read("origin", readers.state, ""),
        brokers=reading.read("brokers", readers.states, ()),
        transit=reading.read("transit", readers.states, ()),
        activity=_choice(reading, "activity", Activity, Activity.EXPORT),
        approvals=reading.read("approvals", readers.embargoes, ()),
        safeguards=reading.read("safeguards", safeguards, ()),
        force_size=reading.read(
            "force_size", lambda v: readers.quantity(v, most=MOST_MEMBERS), 0
        ),
        economic_argument=reading.read(
            "economic_argument", lambda v: readers.text(v, longest=5000), ""
        ),
        note=reading.read("note", lambda v: readers.text(v, longest=5000), ""),
    )
    _refuse_transfer_to_itself(reading, draft)
    if reading.errors:
        raise InvalidTransfer(reading.errors)
    return draft


def _refuse_strange_fields(reading: _Reading) -> None:
    strange = [name for name in reading.data if name not in FIELDS]
    for name in map(readers.shown, strange[:MOST_COMPLAINTS]):
        near = get_close_matches(name, FIELDS, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"Use {', '.join(FIELDS)}."
        reading.complain(name, f"There is no such field. {hint}")


def _refuse_transfer_to_itself(reading: _Reading, draft: TransferDraft) -> None:
    if draft.exporter and draft.exporter == draft.recipient:
        name = readers.state_name(draft.recipient)
        reading.complain(
            "recipient",
            f"{name} is both exporter and recipient. Change one of the two.",
        )


def _choice(
    reading: _Reading, name: str, choices: type[TextChoices], blank: str
) -> str:
    return reading.read(name, lambda value: readers.choice(value, choices), blank)


def _end_user(reading: _Reading, iso3: str) -> tuple[str, str, str]:
    """The force key ("" when the end user is no force held here), name and kind."""
    stated = _choice(reading, "end_user_kind", EndUserKind, EndUserKind.UNKNOWN)
    named = reading.read("end_user", lambda v: readers.text(v, longest=200), "")
    if not named or not iso3:
        return "", named, stated
    is_elsewhere = not readers.is_blank(reading.value("end_user_state"))
    side = "the state of the end user" if is_elsewhere else "the recipient"
    force = reading.read("end_user", lambda _: readers.force(named, iso3, side), None)
    if force is None:
        return "", named, stated
    # What is recorded of a force outweighs what the form says it is.
    return force.key, force.name, force.kind or stated


def _items(reading: _Reading) -> tuple[ItemLine, ...]:
    nothing: list[Mapping[str, Any]] = []
    lines = reading.read("items", _item_entries, nothing)
    read: list[ItemLine] = []
    for number, entry in enumerate(lines, start=1):
        where = f"Item {number}: " if len(lines) > 1 else ""
        try:
            read.append(_item_line(entry))
        except Problem as problem:
            reading.complain("items", f"{where}{problem}")
    return tuple(read)


def _item_entries(value: Any) -> list[Mapping[str, Any]]:
    if isinstance(value, str):
        value = readers.split(value)
    if isinstance(value, Mapping) or not isinstance(value, Sequence):
        msg = "Write a list of items, for example [{'item': 'SALW'}]."
        raise Problem(msg)
    if len(value) > MOST_ITEMS:
        msg = (
            f"There are {len(value)} items; a transfer holds at most {MOST_ITEMS}. "
            "Propose the others as another transfer."
        )
        raise Problem(msg)
    return [entry if isinstance(entry, Mapping) else {"item": entry} for entry in value]


def _item_line(entry: Mapping[str, Any]) -> ItemLine:
    strange = sorted(str(name) for name in entry if name not in ITEM_FIELDS)
    if strange:
        msg = (
            f"There is no field {readers.shown(strange[0])}. "
            f"Use {', '.join(ITEM_FIELDS)}."
        )
        raise Problem(msg)
    if readers.is_blank(entry.get("item")):
        msg = "The item is empty. Name it, for example SALW or guided bombs."
        raise Problem(msg)
    typed = readers.text(entry["item"], longest=200)
    item, parent = readers.item(typed)
    if not readers.is_blank(entry.get("parent_item")):
        parent = readers.item(readers.text(entry["parent_item"], longest=200))[0]
    described = entry.get("description")
    return ItemLine(
        item=item,
        description=typed if readers.is_blank(described) else readers.text(described),
        quantity=readers.quantity(entry.get("quantity"), most=MOST_QUANTITY),
        parent_item=parent,
    )
