"""What the rules say of a few kinds of equipment to the main forces of a state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from screening.bridge import verdicts_of
from screening.drafts import ItemLine, TransferDraft
from screening.models import EndUse
from treaties.facts import day_number
from treaties.selectors import current_facts

# One item stands for each group of equipment.
GROUPS = {
    "SALW": "Small arms and light weapons",
    "BOMB_GUIDED": "Guided bombs",
    "COMBAT_AIRCRAFT": "Combat aircraft",
    "LARGE_CAL_ARTILLERY": "Artillery",
    "ARMOURED_COMBAT_VEHICLE": "Armoured combat vehicles",
    "LE_CHEMICAL_IRRITANT": "Tear gas and other irritants",
    "LE_PROJECTILE_ELECTRIC": "Projectile electric-shock weapons",
    "SURVEILLANCE": "Surveillance systems",
}
# A question needs an exporter. Portugal stands for a state that is bound by the Arms
# Trade Treaty, by the embargoes of the UN and the EU and by the bans of mines and
# cluster munitions, and that the facts record no national stop for.
EXPORTER = "PRT"
OTHER_EXPORTER = "IRL"
MOST_FORCES = 7
# The order of the columns; other kinds of force are not among the main ones. Armed
# groups stand last: what the rules say of them is half of what a reader looks for.
KINDS = (
    "ARMED_FORCES",
    "ARMY",
    "AIR_FORCE",
    "NAVY",
    "POLICE",
    "INTERNAL_SECURITY",
    "NATIONAL_GUARD",
    "PRESIDENTIAL_GUARD",
    "PRISON",
    "INTELLIGENCE",
    "NSAG",
)
# Asked when no force of a state is held.
GENERIC = (("ARMED_FORCES", "Armed forces"), ("POLICE", "Police"))


@dataclass(frozen=True)
class MatrixForce:
    """A column: a force, or only a kind of force when `key` is ""."""

    key: str
    name: str
    kind: str


@dataclass(frozen=True)
class Cell:
    """One answer: this item to this force."""

    item: str
    force: MatrixForce
    verdict: str
    is_complete: bool


@dataclass(frozen=True)
class MatrixRow:
    """One group of equipment with a cell for each force."""

    item: str
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Matrix:
    """The answers for one state, as if `exporter` were to send."""

    exporter: str
    forces: tuple[MatrixForce, ...]
    rows: tuple[MatrixRow, ...]


def country_matrix(iso3: str, day: date, known_at: date) -> Matrix:
    """Eight groups of equipment to the main forces of a state, in one call."""
    forces = main_forces(iso3, day)
    asked = [(item, force) for item in GROUPS for force in forces]
    drafts = [country_draft(iso3, force, item, day) for item, force in asked]
    verdicts = verdicts_of(drafts, as_of=day, known_at=known_at)
    cells = [
        Cell(item, force, verdict, is_complete)
        for (item, force), (verdict, is_complete) in zip(asked, verdicts, strict=True)
    ]
    rows = tuple(
        MatrixRow(item, name, tuple(cell for cell in cells if cell.item == item))
        for item, name in GROUPS.items()
    )
    return Matrix(_exporter(iso3), forces, rows)


def country_draft(iso3: str, force: MatrixForce, item: str, day: date) -> TransferDraft:
    """The question behind one cell of the matrix."""
    return TransferDraft(
        exporter=_exporter(iso3),
        recipient=iso3,
        end_user_state=iso3,
        items=(ItemLine(item),),
        on=day,
        force=force.key,
        end_user=force.name,
        end_user_kind=force.kind,
        end_use=EndUse.CROWD_CONTROL if item.startswith("LE_") else EndUse.UNKNOWN,
    )


def main_forces(iso3: str, day: date) -> tuple[MatrixForce, ...]:
    """The forces of a state on a day: of each kind the most reported, then others.

    Umbrellas ("all state security forces") and coalitions are no force of their own.
    """
    held = _forces_held(iso3, day)
    if held.empty:
        return tuple(MatrixForce("", name, kind) for kind, name in GENERIC)
    ranked = held.sort_values(["n_reports", "force"], ascending=[False, True])
    leading = ranked[~ranked["kind"].duplicated()].sort_values(["place", "force"])
    others = ranked.drop(leading.index)
    chosen = pd.concat([leading, others]).head(MOST_FORCES)
    return tuple(
        MatrixForce(str(row["force"]), str(row["name"]), str(row["kind"]))
        for _, row in chosen.sort_values(["place", "force"]).iterrows()
    )


def _forces_held(iso3: str, day: date) -> pd.DataFrame:
    facts, number = current_facts(), day_number(day)
    table = facts.forces
    coalitions = set(facts.coalition_roles["coalition"])
    held = table[
        (table["iso3"] == iso3)
        & (table["starts"] <= number)
        & (table["ends"] > number)
        & table["kind"].isin(KINDS)
        & ~table["force"].str.endswith("-STATE")
        & ~table["force"].isin(coalitions)
        & ~table["parent"].isin(coalitions)
    ]
    return held.assign(
        n_reports=held["force"].map(facts.reports["force"].value_counts()).fillna(0),
        place=pd.Categorical(held["kind"], KINDS, ordered=True).codes,
    )


def force_named(iso3: str, key: str, day: date) -> MatrixForce | None:
    """The column of a force key or, for a kind of force, of its code; None if none."""
    for force in main_forces(iso3, day):
        if key in {force.key, force.kind} and (force.key == key or not force.key):
            return force
    return None


def _exporter(iso3: str) -> str:
    return OTHER_EXPORTER if iso3 == EXPORTER else EXPORTER
