"""Search as you type, and the one meaning of a text; see `treaties.names`."""

from __future__ import annotations

from treaties import models
from treaties.names import Entry, Match, NameIndex
from treaties.phrases import ItemIndex, ItemName, ListEntry, Phrase

from .tables import kept

# Stands in tables for "no single state"; nobody means it by a name.
NO_STATE = "XXX"


def find_states(text: str, limit: int = 10) -> list[Match]:
    """States and territories by the beginning of a name or code."""
    return _states().find(text, limit)


def find_forces(text: str, iso3: str | None = None, limit: int = 10) -> list[Match]:
    """Forces by name, alias or key; of one state when `iso3` is given."""
    return _forces().find(text, limit, iso3 or "")


def find_items(text: str, limit: int = 10) -> list[Match]:
    """Item classes by name, word, designation, code or control-list entry (ML4)."""
    return _items().find(text, limit)


def resolve_state(text: str) -> str:
    """The ISO alpha-3 code of the state that a code or a name means.

    Raises `treaties.names.Unresolved`.
    """
    return _states().resolve(text)


def resolve_force(text: str, iso3: str) -> str:
    """The key of the force of one state that a key, a name or an alias means.

    Raises `treaties.names.Unresolved`.
    """
    return _forces().resolve(text, iso3)


def resolve_item(text: str) -> list[str]:
    """The codes of the item classes that a description names, PARTS before its parent.

    Raises `treaties.names.Unresolved`.
    """
    return _items().resolve(text)


def _states() -> NameIndex:
    index: NameIndex = kept("state names", _read_states)
    return index


def _forces() -> NameIndex:
    index: NameIndex = kept("force names", _read_forces)
    return index


def _items() -> ItemIndex:
    index: ItemIndex = kept("item names", _read_items)
    return index


def _read_states() -> NameIndex:
    return NameIndex(
        "state",
        [
            Entry(
                state.iso3,
                (
                    state.name,
                    state.official_name,
                    state.iso2,
                    *state.other_names.split("|"),
                ),
                state.iso3,
            )
            for state in models.State.objects.exclude(iso3=NO_STATE)
        ],
    )


def _read_forces() -> NameIndex:
    return NameIndex(
        "force",
        [
            Entry(
                force.key,
                (force.name, *force.aliases.split("|")),
                force.state.name,
                force.state_id,
            )
            for force in models.Force.objects.select_related("state")
        ],
    )


def _read_items() -> ItemIndex:
    return ItemIndex(
        [
            ItemName(item.code, item.name, item.is_offered)
            for item in models.ItemCategory.objects.all()
        ],
        [
            Phrase(
                word.phrase,
                str(word.item_id),
                word.parent_item,
                tuple(word.alternatives.split("|")) if word.alternatives else (),
            )
            for word in models.ItemSynonym.objects.all()
        ],
        [
            ListEntry(entry.scheme, entry.entry, str(entry.item_id))
            for entry in models.ControlListEntry.objects.all()
        ],
    )
