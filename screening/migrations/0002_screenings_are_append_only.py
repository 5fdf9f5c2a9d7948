"""Refuse UPDATE and DELETE of screenings in the database itself.

Row triggers, because a rule in Python is not seen by a query typed by hand. TRUNCATE on
PostgreSQL is left alone: only the owner of the table may do it.

A later migration that rebuilds one of these tables on SQLite drops its triggers and has
to make them again; tests/screening/test_append_only.py notices.
"""

from django.db import migrations

TABLES = ("screening_screening", "screening_screeningdetail")
MESSAGE = "screenings are append-only: add a new screening instead"

SQLITE = {
    f"{table}_no_{verb}": (
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    )
    for table in TABLES
    for verb in ("update", "delete")
}

POSTGRESQL_FUNCTION = f"""
CREATE FUNCTION screening_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'restrict_violation';
END $$
"""
POSTGRESQL = {
    f"{table}_append_only": (
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION screening_refuse_change()"
    )
    for table in TABLES
}


def add_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_FUNCTION)
        statements = POSTGRESQL
    else:
        statements = SQLITE
    for statement in statements.values():
        schema_editor.execute(statement)


def drop_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(f"DROP TRIGGER {table}_append_only ON {table}")
        schema_editor.execute("DROP FUNCTION screening_refuse_change()")
        return
    for name in SQLITE:
        schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("screening", "0001_accounts_transfers_and_screenings")]

    operations = [migrations.RunPython(add_triggers, drop_triggers)]
