"""The names that pages show for codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from treaties import selectors
from treaties.facts import Facts

BODIES = {
    "UN": "United Nations",
    "EU": "European Union",
    "ECOWAS": "Economic Community of West African States",
    "OSCE": "Organization for Security and Co-operation in Europe",
    "LAS": "League of Arab States",
}


@dataclass(frozen=True)
class Names:
    """Each table maps a code to the name that people read.

    issuers: those who impose embargoes, bodies and states.
    """

    states: Mapping[str, str]
    issuers: Mapping[str, str]
    forces: Mapping[str, str]
    items: Mapping[str, str]
    treaties: Mapping[str, str]


_held: tuple[Facts, Names] | None = None


def names() -> Names:
    """The names in the facts as they are now; made once for each state of the facts."""
    global _held
    facts = selectors.current_facts()
    if _held is None or _held[0] is not facts:
        _held = (facts, _names_of(facts))
    return _held[1]


def _names_of(facts: Facts) -> Names:
    def table(frame: str, code: str, name: str) -> dict[str, str]:
        rows = facts.tables[frame]
        return dict(zip(rows[code], rows[name], strict=True))

    states = table("states", "iso3", "name")
    return Names(
        states=states,
        issuers={**states, **BODIES},
        forces=table("forces", "force", "name"),
        items=table("items", "code", "name"),
        treaties=table("treaties", "code", "short_name"),
    )
