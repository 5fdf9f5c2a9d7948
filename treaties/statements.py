"""Statements that superseding one fact and bringing in a whole source share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, models

from treaties.models import BY_HAND, Change, Recorded, own_fields, past_of
from treaties.models.ledger import Entry


def keep(
    model: type[Recorded], entry: Entry, where: str, parameters: list[Any]
) -> None:
    """Copy the open versions of these rows into the twin, as superseded."""
    listed = ", ".join(quoted(f.column) for f in own_fields(model))
    execute(
        f"INSERT INTO {table_of(past_of(model))} (row, {listed}, source_id, "
        "recorded_at, recorded_in_id, superseded_at, superseded_in_id) "
        f"SELECT id, {listed}, source_id, recorded_at, recorded_in_id, %s, %s "
        f"FROM {table_of(model)} WHERE {where}",
        [*ledger_cells(entry.change), *parameters],
    )


def ledger_cells(change: Change) -> list[Any]:
    """When and by which entry, as the database holds them."""
    return [connection.ops.adapt_datetimefield_value(change.at), change.pk]


def by_hand_in(column: str, kinds: Sequence[str] = BY_HAND) -> str:
    """The condition that a column names an entry that hands made."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    entries = f"SELECT id FROM {Change._meta.db_table} WHERE kind IN ({listed})"
    return f"{column} IN ({entries})"


def table_of(model: type[models.Model]) -> str:
    return quoted(model._meta.db_table)


def quoted(name: str | None) -> str:
    return connection.ops.quote_name(str(name))


def execute(statement: str, parameters: Sequence[Any] = ()) -> int:
    """Do it; returns how many rows it wrote."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)
        return int(cursor.rowcount)


def count(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.fetchone()[0])


def literal(value: Any) -> str:
    """A value of our own making, written into a statement."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    return "'" + str(value).replace("'", "''").replace("%", "%%") + "'"
