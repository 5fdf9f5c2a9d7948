"""Search as you type, and the one meaning of a text; see `treaties.names`."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from treaties import models
from treaties.models.codes import NAME_SCHEME
from treaties.names import Entry, Label, Match, NameIndex, StateIndex
from treaties.phrases import (
    ItemIndex,
    ItemName,
    ListEntry,
    Meaning,
    Phrase,
    TermIndex,
)

from .tables import kept

# Stands in tables for "no single state"; nobody means it by a name.
NO_STATE = "XXX"
# Whose letters are understood without naming the scheme.
UNNAMED_SCHEMES = {"ISO3", "WORLD_BANK"}


def find_states(text: str, limit: int = 10) -> list[Match]:
    """States and territories by the beginning of a name or code."""
    return _states().find(text, limit)


def find_forces(text: str, iso3: str | None = None, limit: int = 10) -> list[Match]:
    """Forces by name, alias or key; of one state when `iso3` is given."""
    return _forces().find(text, limit, iso3 or "")


def find_items(text: str, limit: int = 10) -> list[Match]:
    """Item classes by name, word, designation, code or control-list entry (ML4)."""
    return _items().find(text, limit)


def resolve_state(text: str, *, scheme: str = "", on: date | None = None) -> str:
    """The ISO alpha-3 code of the state that a code or a name means.

    scheme: whose code or spelling it is (models.codes.CODE_SCHEME, NAME_SCHEME). Codes
        of a scheme are looked for among that scheme's alone; a spelling that a
        publisher does not have to itself is looked for among the usual names. Only with
        a scheme may the answer be XXX, no single state. Without one, ISO's codes, old
        ones too, and the World Bank's are known, and every name.
    on: the day of what the code stands beside, for codes that passed from one state to
        another; without it, the state that has the code now.
    Raises `treaties.names.Unresolved` with the nearest names.
    """
    return _states().resolve(text, scheme, on)


def resolve_force(text: str, iso3: str) -> str:
    """The key of the force of one state that a key, a name or an alias means.

    Raises `treaties.names.Unresolved`.
    """
    return _forces().resolve(text, iso3)


def resolve_item(text: str, *, on: date | None = None) -> list[str]:
    """The codes of the item classes that a description names, PARTS before its parent.

    on: when it was written, for a word that changed its meaning; without it, today.
    Raises `treaties.names.Unresolved`.
    """
    return _items().resolve(text, on)


def resolve_description(text: str) -> Meaning:
    """What a kind of weapon in the SIPRI trade register means.

    Raises `treaties.names.Unresolved` with the nearest kinds.
    """
    return _terms("SIPRI_DESCRIPTION", "kind of weapon at SIPRI").resolve(text)


def resolve_rating(text: str) -> Meaning:
    """What a rating in a United Kingdom licence decision means.

    Raises `treaties.names.Unresolved` with the nearest ratings.
    """
    return _terms("UK_RATING", "rating of the United Kingdom").resolve(text)


def state_index() -> StateIndex:
    """Names and codes of states, for whoever resolves many of them at once."""
    return _states()


def term_index(scheme: str) -> TermIndex:
    """What a register calls goods; scheme: one of models.codes.TERM_SCHEME."""
    return _terms(scheme, "term of the register")


def _states() -> StateIndex:
    index: StateIndex = kept("state names", _read_states)
    return index


def _forces() -> NameIndex:
    index: NameIndex = kept("force names", _read_forces)
    return index


def _items() -> ItemIndex:
    index: ItemIndex = kept("item names", _read_items)
    return index


def _terms(scheme: str, kind: str) -> TermIndex:
    index: TermIndex = kept(f"terms {scheme}", lambda: _read_terms(scheme, kind))
    return index


def _read_terms(scheme: str, kind: str) -> TermIndex:
    return TermIndex(
        kind,
        {
            term.term: Meaning(
                term.item_id or "",
                term.parent_item,
                tuple(term.alternatives.split("|")) if term.alternatives else (),
                term.worst,
                term.confidence == "clear",
                term.is_military,
            )
            for term in models.GoodsTerm.objects.filter(scheme=scheme)
        },
    )


def _read_states() -> StateIndex:
    states = list(models.State.objects.exclude(iso3=NO_STATE))
    names = list(models.StateName.objects.all())
    codes = [
        Label(c.scheme, c.code, str(c.state_id), c.starts, c.ends)
        for c in models.StateCode.objects.all()
    ]
    codes += [Label("ISO3", s.iso3, s.iso3, s.starts, s.ends) for s in states]
    codes += [Label("ISO2", s.iso2, s.iso3, s.starts, s.ends) for s in states if s.iso2]
    return StateIndex(
        NameIndex("state", _state_entries(states, names, codes)),
        codes,
        [
            Label(n.scheme, n.name, str(n.state_id), n.starts, n.ends)
            for n in names
            if n.scheme
        ],
        [scheme for scheme in NAME_SCHEME if scheme],
    )


def _state_entries(
    states: list[models.State], names: list[models.StateName], codes: list[Label]
) -> list[Entry]:
    others: dict[str, list[str]] = defaultdict(list)
    for name in names:
        others[str(name.state_id)].append(name.name)
    # A code of today is never taken for the old code of another state.
    today = {state.iso3 for state in states}
    for code in codes:
        if code.scheme in UNNAMED_SCHEMES and code.text not in today:
            others[code.state].append(code.text)
    return [
        Entry(
            state.iso3,
            (
                state.name,
                state.official_name,
                state.iso2,
                *state.other_names.split("|"),
                *dict.fromkeys(others[state.iso3]),
            ),
            state.iso3,
        )
        for state in states
    ]


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
                word.starts,
                word.ends,
            )
            for word in models.ItemSynonym.objects.all()
        ],
        [
            ListEntry(entry.scheme, entry.entry, str(entry.item_id))
            for entry in models.ControlListEntry.objects.all()
        ],
    )
