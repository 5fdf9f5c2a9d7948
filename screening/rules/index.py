"""Look-ups into the facts: each table grouped once by what the criteria ask for.

Built once per fact base and kept; a criterion never scans a table.
"""

from __future__ import annotations

from collections import defaultdict, namedtuple
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
from typing import Any

import pandas as pd

from screening.rules.types import UNKNOWN_STATE, Case
from treaties.facts import Facts
from treaties.standing import StandingOn, standing_on

# Forces of a state, as against armed groups and companies.
STATE_KINDS = {
    "ARMED_FORCES",
    "ARMY",
    "AIR_FORCE",
    "NAVY",
    "NATIONAL_GUARD",
    "PRESIDENTIAL_GUARD",
    "INTERNAL_SECURITY",
    "POLICE",
    "PRISON",
    "INTELLIGENCE",
    "BORDER_GUARD",
    "COAST_GUARD",
}
NON_STATE_KINDS = {"NSAG", "PMSC"}
Rows = list[Any]


class FactIndex:
    """The facts by state, treaty, force and embargo. Rows are named tuples."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._standings: dict[tuple[str, str, int, int], StandingOn] = {}
        self._by_key: dict[str, dict[str, Any]] = {}

    @cached_property
    def states(self) -> dict[str, Any]:
        """States and territories by ISO code."""
        return {row.iso3: row for row in _rows(self.facts.states)}

    @cached_property
    def items(self) -> dict[str, Any]:
        """Item categories by code."""
        return {row.code: row for row in _rows(self.facts.items)}

    @cached_property
    def treaties(self) -> dict[str, Any]:
        """Treaties and organisations by code."""
        return {row.code: row for row in _rows(self.facts.treaties)}

    @cached_property
    def acts(self) -> dict[tuple[str, ...], Rows]:
        """Acts by (state, treaty)."""
        return _grouped(self.facts.acts, "iso3", "treaty")

    @cached_property
    def measures(self) -> dict[str, Rows]:
        """Embargo measures by the states they are aimed at; "" for those without."""
        return _by_code(self.facts.measures, "targets")

    @cached_property
    def exemptions(self) -> dict[tuple[str, ...], Rows]:
        """Exemptions by (embargo,)."""
        return _grouped(self.facts.exemptions, "embargo")

    @cached_property
    def instruments(self) -> dict[tuple[str, ...], Rows]:
        """Acts that imposed, renewed, amended or lifted, by (embargo,)."""
        return _grouped(self.facts.instruments, "embargo")

    @cached_property
    def forces(self) -> dict[str, Any]:
        """Forces by key."""
        return {row.force: row for row in _rows(self.facts.forces)}

    @cached_property
    def reports(self) -> dict[tuple[str, ...], Rows]:
        """Abuse reports by (reported state,)."""
        return _grouped(self.facts.reports, "iso3")

    @cached_property
    def reports_by_force(self) -> dict[tuple[str, ...], Rows]:
        """Abuse reports by (reported force,)."""
        return _grouped(self.facts.reports, "force")

    @cached_property
    def coalition_roles(self) -> dict[tuple[str, ...], Rows]:
        """Roles in coalitions by (state of the member force,)."""
        return _grouped(self.facts.coalition_roles, "iso3")

    @cached_property
    def coalitions(self) -> set[str]:
        """Forces that are coalitions or parts of one."""
        heads = set(self.facts.coalition_roles["coalition"])
        return {key for key in self.forces if set(self.lineage(key)) & heads}

    @cached_property
    def operations(self) -> dict[tuple[str, ...], Rows]:
        """Operations abroad by (state,)."""
        return _grouped(self.facts.operations, "iso3")

    @cached_property
    def searches(self) -> dict[tuple[str, ...], Rows]:
        """Completed searches by (state, subject); state "" for worldwide ones."""
        return _grouped(self.facts.searches, "iso3", "subject")

    @cached_property
    def conflict_years(self) -> dict[tuple[str, ...], Rows]:
        """Years of armed conflict by (state,)."""
        return _grouped(self.facts.conflict_years, "iso3")

    @cached_property
    def diversions(self) -> dict[tuple[str, ...], Rows]:
        """Diversion events by (state that lost or passed on the goods,)."""
        return _grouped(self.facts.diversions, "iso3")

    @cached_property
    def coups(self) -> dict[tuple[str, ...], Rows]:
        """Changes of power by (state,)."""
        return _grouped(self.facts.coups, "iso3")

    @cached_property
    def listings(self) -> dict[tuple[str, ...], Rows]:
        """Parties in annexes of the UN Secretary-General's reports, by (force,)."""
        return _grouped(self.facts.listings, "force")

    @cached_property
    def episodes(self) -> dict[tuple[str, ...], Rows]:
        """Years of mass killing by (state,)."""
        return _grouped(self.facts.episodes, "iso3")

    @cached_property
    def conflict_sides(self) -> dict[tuple[str, ...], Rows]:
        """Years of armed conflict by (conflict,): who stood on which side."""
        return _grouped(self.facts.conflict_years, "conflict")

    @cached_property
    def indicators(self) -> dict[tuple[str, ...], Rows]:
        """Yearly values by (indicator, state)."""
        return _grouped(self.facts.indicator_values, "indicator", "iso3")

    def fact(self, table: str, key: str) -> Any | None:
        """The row of a table that a piece of evidence names; None when it is gone."""
        if table not in self._by_key:
            rows = _rows(self.facts.tables[table])
            self._by_key[table] = {row.key: row for row in rows}
        return self._by_key[table].get(key)

    def lineage(self, force: str) -> list[str]:
        """The force and its parents, nearest first; empty for an unknown force."""
        line: list[str] = []
        while force and force in self.forces and force not in line:
            line.append(force)
            force = self.forces[force].parent
        return line

    def user_state(self, case: Case) -> str:
        """The state whose record counts: that of the force, else of the end user."""
        force = self.forces.get(case.force)
        if force is not None:
            return str(force.iso3)
        return case.end_user_state or case.recipient

    def name_of(self, state: str) -> str:
        """The state's name for a sentence; its code when no name is held."""
        row = self.states.get(state)
        if row is not None:
            return str(row.name)
        return "a state not known" if state in {"", UNKNOWN_STATE} else state

    def kind_of(self, force: str, stated: str) -> str:
        """The kind of end user: the force's own if known, else what was stated."""
        known = self.forces.get(force)
        return known.kind if known is not None else stated or "UNKNOWN"

    def standing(self, state: str, treaty: str, day: int, known_at: int) -> StandingOn:
        """How far the treaty binds the state on a day, kept for the next question."""
        asked = (state, treaty, day, known_at)
        if asked not in self._standings:
            self._standings[asked] = self._standing(*asked)
        return self._standings[asked]

    def _standing(self, state: str, treaty: str, day: int, known_at: int) -> StandingOn:
        acts = self.acts.get((state, treaty), [])
        row = self.states.get(state)
        return standing_on(
            acts,
            treaty=self.treaties.get(treaty),
            status=row.status if row is not None else "",
            day=day,
            known_at=known_at,
        )


@lru_cache(maxsize=4)
def index_of(facts: Facts) -> FactIndex:
    """The index of a fact base, built at most once while it is in use."""
    return FactIndex(facts)


def is_running(row: Any, case: Case) -> bool:
    """Whether the row's half-open period holds on the case's day, as far as is known.

    An end that lies after the day known was not known yet, so it does not count.
    """
    starts, ends = int(row.starts), int(row.ends)
    return starts <= case.as_of and not ends <= min(case.as_of, case.known_at)


def codes(text: str) -> tuple[str, ...]:
    """The codes of a "A|B" cell."""
    return tuple(text.split("|")) if text else ()


def _rows(table: pd.DataFrame) -> Iterator[Any]:
    # Plain Python values, and several times faster than DataFrame.itertuples.
    columns = tuple(table.columns)
    return map(
        _row_of(columns)._make, zip(*(table[c].tolist() for c in columns), strict=True)
    )


@cache
def _row_of(columns: tuple[str, ...]) -> Any:
    return namedtuple("Row", columns)


def _grouped(table: pd.DataFrame, *by: str) -> dict[tuple[str, ...], Rows]:
    groups: dict[tuple[str, ...], Rows] = defaultdict(list)
    for row in _rows(table):
        groups[tuple(getattr(row, column) for column in by)].append(row)
    return dict(groups)


def _by_code(table: pd.DataFrame, column: str) -> dict[str, Rows]:
    groups: dict[str, Rows] = defaultdict(list)
    for row in _rows(table):
        for code in codes(getattr(row, column)) or ("",):
            groups[code].append(row)
    return dict(groups)
