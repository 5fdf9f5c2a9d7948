"""The database itself refuses to lose a version of a fact.

Row triggers, because a rule in Python is not seen by a query typed by hand. They are
made after every migration rather than in one: SQLite drops a table's triggers whenever
a migration rebuilds it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connections

from .ledger import Change, past_of, recorded_models

LOST = "facts are never overwritten or deleted: correct or retire them in the ledger"
FIXED = "the ledger is append-only"

_SQLITE_KEPT = """\
CREATE TRIGGER IF NOT EXISTS {name} BEFORE {verb} ON {table}
WHEN NOT EXISTS (SELECT 1 FROM {past}
                 WHERE row = OLD.id AND recorded_in_id = OLD.recorded_in_id)
BEGIN SELECT RAISE(ABORT, '{why}'); END"""
_SQLITE_FIXED = """\
CREATE TRIGGER IF NOT EXISTS {name} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{why}'); END"""

_POSTGRESQL_FUNCTIONS = f"""\
CREATE OR REPLACE FUNCTION treaties_refuse_loss() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE kept boolean;
BEGIN
    EXECUTE format(
        'SELECT EXISTS (SELECT 1 FROM %I WHERE row = $1 AND recorded_in_id = $2)',
        TG_ARGV[0]
    ) INTO kept USING OLD.id, OLD.recorded_in_id;
    IF NOT kept THEN
        RAISE EXCEPTION '{LOST}' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION treaties_refuse_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{FIXED}' USING ERRCODE = 'restrict_violation';
END $$;"""
_POSTGRESQL_KEPT = """\
CREATE OR REPLACE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION treaties_refuse_loss('{past}')"""
_POSTGRESQL_FIXED = """\
CREATE OR REPLACE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION treaties_refuse_change()"""


def sqlite_triggers() -> dict[str, str]:
    """Every trigger by its name, with the statement that makes it on SQLite."""
    made = {}
    for verb in ("update", "delete"):
        for table, past in _kept_tables():
            name = f"{table}_no_lost_{verb}"
            made[name] = _SQLITE_KEPT.format(
                name=name, verb=verb.upper(), table=table, past=past, why=LOST
            )
        for table in _fixed_tables():
            name = f"{table}_no_{verb}"
            made[name] = _SQLITE_FIXED.format(
                name=name, verb=verb.upper(), table=table, why=FIXED
            )
    return made


def install(using: str, **_: Any) -> None:
    """Make the triggers that are missing. For the signal `post_migrate`."""
    connection = connections[using]
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        statements: Iterable[str]
        if connection.vendor == "postgresql":
            statements = _postgresql(there)
        else:
            wanted = sqlite_triggers().values()
            statements = [s for s in wanted if _table_of(s) in there]
        for statement in statements:
            cursor.execute(statement)


def _postgresql(there: set[str]) -> Iterable[str]:
    yield _POSTGRESQL_FUNCTIONS
    for table, past in _kept_tables():
        if {table, past} <= there:
            name = f"{table}_no_loss"
            yield _POSTGRESQL_KEPT.format(name=name, table=table, past=past)
    for table in _fixed_tables():
        if table in there:
            yield _POSTGRESQL_FIXED.format(name=f"{table}_fixed", table=table)


def _kept_tables() -> list[tuple[str, str]]:
    return [
        (model._meta.db_table, past_of(model)._meta.db_table)
        for model in recorded_models()
    ]


def _fixed_tables() -> list[str]:
    return [Change._meta.db_table, *(past for _, past in _kept_tables())]


def _table_of(statement: str) -> str:
    return statement.split(" ON ", 1)[1].split()[0]
