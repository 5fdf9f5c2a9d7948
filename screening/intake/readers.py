"""Readers of single values as people type them: each returns a code or says why not.

A `Problem` is a sentence for the person who typed: what is wrong and how to mend it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from django.db.models import TextChoices

from treaties import selectors as facts
from treaties.days import NoDayError, read_day
from treaties.names import Unresolved

LONGEST_TEXT = 300
# Of a list written in one field; each part is held to `LONGEST_TEXT` besides.
LONGEST_LIST = 2000
# No route is longer, and what is stored of more would not fit its column.
MOST_NAMED = 20
# Half a surrogate pair is no character: no database and no answer can hold one.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_LONGEST_SHOWN = 60
_PARTS = "PARTS"


class Problem(Exception):
    """A value that cannot be used, said to the person who typed it."""


@dataclass(frozen=True)
class NamedForce:
    """A force that is held here."""

    key: str
    name: str
    iso3: str
    kind: str


def is_blank(value: Any) -> bool:
    """Whether nothing was typed; 0 is something.

    >>> [is_blank(v) for v in (None, "  ", [], 0)]
    [True, True, True, False]
    """
    if isinstance(value, str):
        return not value.strip()
    return value is None or (isinstance(value, Sequence) and not value)


def text(value: Any, longest: int = LONGEST_TEXT) -> str:
    """The text without blanks around it."""
    if not isinstance(value, str):
        msg = f"Write a text in quotation marks, not {_said(value)}."
        raise Problem(msg)
    typed = value.strip()
    if _CONTROL.search(typed):
        msg = "There is a control character in it. Type the text again."
        raise Problem(msg)
    if len(typed) > longest:
        msg = (
            f"This has {len(typed)} characters; there is room for {longest}. "
            "Shorten it."
        )
        raise Problem(msg)
    return typed


def shown(value: object) -> str:
    """What was sent, short and printable, to be repeated in a message.

    >>> shown("a\ud800b")
    'a?b'
    """
    said = _CONTROL.sub("?", str(value))
    return f"{said[:_LONGEST_SHOWN]}…" if len(said) > _LONGEST_SHOWN else said


def split(value: str) -> list[str]:
    """The parts of a list written in one field.

    >>> split("GBR; FRA | DEU")
    ['GBR', 'FRA', 'DEU']
    """
    return [part.strip() for part in re.split(r"[;|\n]", value) if part.strip()]


def day(value: Any) -> date:
    """A calendar day, written year-month-day."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return read_day(text(value))
    except NoDayError as why:
        raise Problem(str(why)) from None


def quantity(value: Any, *, most: int) -> int:
    """A whole number from 0, which says that it is not known."""
    if is_blank(value):
        return 0
    if isinstance(value, str) and re.fullmatch(r"\s*-?\d{1,15}\s*", value):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        msg = (
            f"The quantity {_said(value)} is not a whole number. Write digits only, "
            "for example 1500."
        )
        raise Problem(msg)
    if value < 0:
        msg = (
            f"The quantity is {value}. Write 0 when it is not known, or a number "
            "above 0."
        )
        raise Problem(msg)
    if value > most:
        msg = f"The quantity {value} is too large; the most is {most}."
        raise Problem(msg)
    return value


def choice(value: Any, choices: type[TextChoices]) -> str:
    """The code of a choice, from its code or its label."""
    typed = text(value)
    named = {label.casefold(): code for code, label in choices.choices}
    codes = {code.casefold(): code for code in choices.values}
    found = codes.get(typed.casefold()) or named.get(typed.casefold())
    if found:
        return str(found)
    near = get_close_matches(typed.casefold(), [*codes, *named], n=1)
    if near:
        meant = codes.get(near[0]) or named[near[0]]
        msg = f'"{typed}" is not one of the choices. Did you mean {meant}?'
        raise Problem(msg)
    msg = (
        f'"{typed}" is not one of the choices. Use one of {", ".join(choices.values)}.'
    )
    raise Problem(msg)


# "Not known" is an answer: the rules then say what they cannot tell, and never low.
UNKNOWN_STATE = "UNK"
_SAID_UNKNOWN = {"unk", "unknown", "not known"}


def state(value: Any) -> str:
    """The ISO alpha-3 code of a state or territory; UNK when said to be not known."""
    typed = text(value)
    if typed.casefold() in _SAID_UNKNOWN:
        return UNKNOWN_STATE
    try:
        return str(facts.resolve_state(typed))
    except Unresolved as why:
        raise Problem(_unresolved(why, "a state or territory")) from None


def states(value: Any) -> tuple[str, ...]:
    """Several states, each once, in the order typed."""
    found: dict[str, None] = {}
    for part in _parts(value, "states"):
        for code in _states_in(part):
            found[code] = None
    _refuse_more("states", len(found))
    return tuple(found)


def state_name(iso3: str) -> str:
    """The name of a state for a sentence; its code when it is not held here."""
    table = facts.current_facts().states
    names = table.loc[table["iso3"] == iso3, "name"]
    return str(names.iloc[-1]) if len(names) else iso3


def force(name: str, iso3: str, side: str) -> NamedForce | None:
    """The force of this name in a state; None when no state has one.

    side: what the state is in this transfer, for the sentence.
    Raises Problem when the name is that of another state's force, or of two forces.
    """
    try:
        return _force_row(facts.resolve_force(name, iso3))
    except Unresolved as why:
        if why.ambiguous:
            raise Problem(_unresolved(why, "a force")) from None
    other = force_elsewhere(name)
    if other is None:
        return None
    place = state_name(iso3)
    msg = (
        f'"{other.name}" belongs to {state_name(other.iso3)}, but {side} is '
        f"{place}. Choose a force of {place} or change {side}."
    )
    raise Problem(msg)


def item(typed: str) -> tuple[str, str]:
    """The category of an item and, for parts, that of the system they belong to."""
    if typed.upper().startswith(f"{_PARTS}:"):
        return _PARTS, item(typed[len(_PARTS) + 1 :].strip())[0]
    try:
        codes = facts.resolve_item(typed)
    except Unresolved as why:
        raise Problem(_unresolved(why, "a kind of item")) from None
    if len(codes) == 2 and codes[0] == _PARTS:
        return _PARTS, codes[1]
    if len(codes) > 1:
        names = " or ".join(_item_name(code) for code in codes)
        msg = f'"{typed}" can mean {names}. Write the one that you mean.'
        raise Problem(msg)
    return codes[0], ""


def embargoes(value: Any) -> tuple[str, ...]:
    """Keys of the embargoes under which the transfer was approved or notified."""
    held = {str(key) for key in facts.current_facts().measures["embargo"]}
    parts = _parts(value, "embargoes")
    keys = [key.strip() for part in parts for key in part.split(",")]
    named = [key for key in dict.fromkeys(keys) if key]
    _refuse_more("embargoes", len(named))
    for key in named:
        if key not in held:
            near = get_close_matches(key.upper(), held, n=3, cutoff=0.4)
            hint = f"Did you mean {' or '.join(near)}?" if near else ""
            raise Problem(
                f'"{key}" is not the key of an embargo held here. {hint}'.strip()
            )
    return tuple(named)


def _said(value: Any) -> str:
    if isinstance(value, str | int | float):
        return f'"{shown(value)}"'
    return type(value).__name__


def _parts(value: Any, what: str) -> list[str]:
    """The parts of a list, counted before any of them is looked up."""
    if isinstance(value, str):
        value = split(text(value, longest=LONGEST_LIST))
    if not isinstance(value, Sequence):
        msg = "Write a list, or a text with semicolons between the parts."
        raise Problem(msg)
    _refuse_more(what, len(value))
    return [text(part, longest=LONGEST_LIST) for part in value if not is_blank(part)]


def _refuse_more(what: str, n: int) -> None:
    if n > MOST_NAMED:
        msg = (
            f"There are {n} {what}; the most is {MOST_NAMED}. Name those that matter "
            "here and put the others in the note."
        )
        raise Problem(msg)


def _states_in(part: str) -> list[str]:
    """The whole goes first: a name may hold a comma ("Korea, Republic of")."""
    try:
        return [state(part)]
    except Problem:
        if "," not in part:
            raise
        pieces = [piece for piece in part.split(",") if piece.strip()]
        _refuse_more("states", len(pieces))
        return [state(piece) for piece in pieces]


def _force_row(key: str) -> NamedForce:
    table = facts.current_facts().forces
    row = table[table["force"] == key].iloc[-1]
    return NamedForce(key, str(row["name"]), str(row["iso3"]), str(row["kind"]))


def force_elsewhere(name: str) -> NamedForce | None:
    """The force of another state whose key or name is exactly what was typed.

    A name that forces of several states bear ("National Police") tells of none of them.
    """
    wanted = name.casefold()
    found = {
        str(row.iso3): str(row.force)
        for row in facts.current_facts().forces.itertuples()
        if wanted in _names(str(row.force), str(row.name), str(row.aliases))
    }
    return _force_row(next(iter(found.values()))) if len(found) == 1 else None


def _names(key: str, name: str, aliases: str) -> set[str]:
    return {each.casefold() for each in (key, name, *aliases.split("|")) if each}


def _item_name(code: str) -> str:
    table = facts.current_facts().items
    names = table.loc[table["code"] == code, "name"]
    return f"{names.iloc[0]} ({code})" if len(names) else code


def _unresolved(why: Unresolved, what: str) -> str:
    if why.ambiguous:
        names = " or ".join(f"{m.name} ({m.code})" for m in why.ambiguous[:6])
        return f'"{why.text}" can mean {names}. Write the one that you mean.'
    begin = f'"{why.text}" is not the name or code of {what} held here.'
    if why.suggestions:
        names = " or ".join(f"{m.name} ({m.code})" for m in why.suggestions[:3])
        return f"{begin} Did you mean {names}?"
    return f"{begin} Check the spelling, or look it up in the list."
