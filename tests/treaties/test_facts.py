"""Facts as frozen tables: two clocks, half-open periods, one digest whatever the order.

Property tests: `MSP_EXAMPLES` says how many fact bases each tries.
"""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.treaties.small import SmallFixtures
from treaties import models, selectors
from treaties.facts import (
    COLUMNS,
    EPOCH,
    FOREVER,
    Facts,
    columns_of,
    day_number,
    frame,
)
from treaties.importers.reference import load_reference
from treaties.selectors.profile import is_in_force

EXAMPLES = int(os.environ.get("MSP_EXAMPLES", "60"))
many = settings(max_examples=EXAMPLES, deadline=None)
days = st.integers(0, 25_000)
WORDS = st.text(st.characters(codec="utf-8"), max_size=6)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "int": days,
    "bool": st.booleans(),
    "float": st.floats(allow_nan=False),
}
BLANK: dict[str, dict[str, Any]] = {
    name: {c: frame(name, [{}])[c].tolist()[0] for c in columns_of(name)}
    for name in COLUMNS
}


@st.composite
def rows(draw: st.DrawFn, table: str) -> dict[str, Any]:
    """One row of a table: few cells drawn, since each costs time, the others blank."""
    kinds = columns_of(table)
    told = draw(st.sets(st.sampled_from(sorted(kinds)), max_size=4)) | {"known_from"}
    return BLANK[table] | {
        name: draw(VALUES.get(kinds[name], WORDS)) for name in sorted(told)
    }


@st.composite
def bases(draw: st.DrawFn) -> dict[str, list[dict[str, Any]]]:
    """Some rows of some tables."""
    tables = draw(st.sets(st.sampled_from(sorted(COLUMNS)), max_size=2))
    return {name: draw(st.lists(rows(name), max_size=3)) for name in sorted(tables)}


def facts_of(base: dict[str, list[dict[str, Any]]]) -> Facts:
    return Facts(**{name: frame(name, found) for name, found in base.items()})


@given(bases(), st.randoms(use_true_random=False))
@many
def test_neither_row_order_nor_duplicates_change_the_digest(
    base: dict[str, list[dict[str, Any]]], chance: Any
) -> None:
    mixed = {name: [*found, *found[:1]] for name, found in base.items()}
    for found in mixed.values():
        chance.shuffle(found)
    assert facts_of(mixed).digest() == facts_of(base).digest()


@given(bases(), st.sampled_from(sorted(COLUMNS)), st.data())
@many
def test_a_row_known_later_changes_no_answer_asked_about_an_earlier_day(
    base: dict[str, list[dict[str, Any]]], table: str, data: st.DataObject
) -> None:
    known_at = data.draw(days)
    later = data.draw(st.integers(known_at + 1, FOREVER))
    row = {**data.draw(rows(table)), "known_from": later}
    # A row that stands twice says no more than once.
    assume(row not in base.get(table, []))
    more = {**base, table: [*base.get(table, []), row]}
    before, after = facts_of(base), facts_of(more)
    assert before.digest(known_at) == after.digest(known_at)
    told = before.known_at(known_at).digest(), after.known_at(known_at).digest()
    assert told[0] == told[1]
    assert before.digest(later) != after.digest(later)


@given(bases(), st.data())
@many
def test_any_changed_cell_changes_the_digest(
    base: dict[str, list[dict[str, Any]]], data: st.DataObject
) -> None:
    table = data.draw(st.sampled_from(sorted(COLUMNS)))
    row = data.draw(rows(table))
    column = data.draw(st.sampled_from(sorted(columns_of(table))))
    kind = columns_of(table)[column]
    value = data.draw(
        VALUES.get(kind, WORDS).filter(lambda v: repr(v) != repr(row[column]))
    )
    one = {**base, table: [row]}
    other = {**base, table: [{**row, column: value}]}
    assert facts_of(one).digest() != facts_of(other).digest()


@given(days, st.integers(1, 400), st.integers(-2, 402))
@many
def test_a_half_open_period_counts_its_first_day_and_never_its_end(
    start: int, length: int, offset: int
) -> None:
    starts = EPOCH + timedelta(days=start)
    embargo = models.Embargo(starts=starts, ends=starts + timedelta(days=length))
    day = starts + timedelta(days=offset)
    assert is_in_force(embargo, day) == (0 <= offset < length)


@pytest.mark.django_db
def test_the_database_kind_does_not_change_the_digest(tmp_path: Path) -> None:
    # The same literal holds in every run: on SQLite and on PostgreSQL.
    load_reference(SmallFixtures(tmp_path).write())
    day = day_number(date(2026, 1, 1))
    assert selectors.current_facts().digest(day) == "a76f4aa52b1f50fd540aec82c29adca9"
