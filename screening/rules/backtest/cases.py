"""A past case: the transfer as it stood, and what a careful reader expects of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from screening.rules.rulebook import Reading, Rulebook, load_rulebook
from screening.rules.types import Verdict

_FOLDER = Path(__file__).parent / "conventions"


@dataclass(frozen=True)
class PastCase:
    """One past case.

    stated: the columns of `screening.rules.screen` that all lines share.
    items: (item, parent item) of each line; forces: the forces named, () for none held.
    screened: the state whose decision it is. acted: whether it, a court of it or its
        parliament stopped the transfer on `decided_on`. Days are day numbers.
    """

    case_id: str
    stated: Mapping[str, Any]
    items: tuple[tuple[str, str], ...]
    forces: tuple[str, ...]
    as_of: int
    decided_on: int
    screened: str
    expected: Verdict
    acceptable: tuple[Verdict, ...]
    triggers: tuple[str, ...] = ()
    partition: str = ""
    basis: str = ""
    facts_basis: str = ""
    pair: str = ""
    acted: bool = False

    def lines(self, name: str, day: int) -> list[dict[str, Any]]:
        """The lines of the case as a transfer of that name, seen on a day."""
        items = [
            (expanded, parent)
            for item, parent in self.items
            for expanded in expanded_items(item, day)
        ]
        return [
            {
                **self.stated,
                "transfer": name,
                "force": force,
                "item": item,
                "parent_item": parent,
                "as_of": day,
                "known_at": day,
            }
            for (item, parent), force in product(
                dict.fromkeys(items), self.forces or ("",)
            )
        ]


def conventions(day: int) -> Reading:
    """What a back-test takes for granted, as of a day; no rule reads these."""
    return _conventions().reading(day)


@cache
def _conventions() -> Rulebook:
    return load_rulebook(_FOLDER)


def expanded_items(item: str, day: int) -> list[str]:
    """The classes that an item of a country-wide decision stands for; else itself."""
    expanded: list[str] = conventions(day)("country_wide_items").get(item, [item])
    return expanded
