"""Does the end user's state take part in an armed conflict on the day?"""

from __future__ import annotations

from typing import Any

from screening.rules.index import FactIndex, is_running
from screening.rules.rulebook import Reading
from screening.rules.searched import completed, search_gap
from screening.rules.types import Case, Evidence, Gap
from treaties.facts import day_date

READS = ("recipient", "end_user_state", "force", "as_of", "known_at")


def conflicts(case: Case, index: FactIndex, reading: Reading) -> list[Evidence]:
    """What is known of the state's part in armed conflicts, the latest first.

    Years of UCDP count while the latest known year is recent; a state that only
    supports others under many flags (a UN or coalition mission) is not a party by that
    alone. Operations abroad count while they last.
    """
    state = index.user_state(case)
    rows = [
        *_operations(state, case, index),
        *_years(state, case, index, reading),
    ]
    return sorted(rows, key=lambda e: (-e.on, e.key))


def conflict_gap(case: Case, index: FactIndex, reading: Reading) -> Gap | None:
    """The gap when the state's part in conflicts cannot be told on the day."""
    state = index.user_state(case)
    row = index.states.get(state)
    is_covered = row is not None and row.status == "un_member"
    if conflicts(case, index, reading):
        return None
    if is_covered and completed("conflict", case, index, reading):
        return None
    return search_gap("conflict", case, index)


def _operations(state: str, case: Case, index: FactIndex) -> list[Evidence]:
    return [
        Evidence(
            table="operations",
            key=row.key,
            text=f"{row.operation}: {row.role}, in {index.name_of(row.place)}, since "
            f"{day_date(row.starts)}",
            publisher=row.publisher,
            on=row.starts,
            url=row.url,
            is_checked=row.checked,
        )
        for row in index.operations.get((state,), [])
        if row.is_party_to_fighting
        and row.known_from <= case.known_at
        and is_running(row, case)
    ]


def _years(
    state: str, case: Case, index: FactIndex, reading: Reading
) -> list[Evidence]:
    lag = reading("conflict/years_that_count")
    year = _year_of(case.as_of)
    supporters = reading("conflict/max_supporters_of_a_party")
    return [
        _year_row(row)
        for row in index.conflict_years.get((state,), [])
        if row.known_from <= case.known_at
        and year - lag <= row.year <= year
        and (row.role == "primary" or row.side_supporters <= supporters)
    ]


def _year_of(day: int) -> int:
    found = day_date(day)
    return found.year if found is not None else 0


def _year_row(row: Any) -> Evidence:
    return Evidence(
        table="conflict_years",
        key=row.key,
        text=f"{row.conflict}: {row.role} party in {row.year}",
        publisher=row.publisher,
        on=row.known_from,
        url=row.url,
        is_checked=row.checked,
    )
