"""Refuse UPDATE and DELETE of decisions too, and on SQLite what replaces a row.

`INSERT OR REPLACE` of SQLite deletes the row in its way without firing the triggers
against DELETE, so a row in the way, by key or by a unique constraint, is refused first.

A transfer's decision on a criterion is one. Where there are more, the last one stands
and the earlier ones' words are kept in its reasons.

A later migration that rebuilds one of these tables on SQLite drops its triggers and has
to make them again; tests/screening/test_append_only.py notices.
"""

from django.db import migrations, models

TABLE = "screening_confirmation"
MESSAGE = "decisions are append-only: a decision on record stays as it is"
REPLACED = "append-only: a row that is there cannot be replaced"

# Of each table, what another row may not have in common with one that is there.
UNIQUE = {
    "screening_screening": ("id", "run_id transfer_id"),
    "screening_screeningdetail": ("screening_id",),
    "screening_confirmation": ("id", "screening_id criterion"),
}


def _taken(table, columns):
    same = " AND ".join(f"{name} = NEW.{name}" for name in columns.split())
    return f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608  constants


SQLITE = {
    f"{TABLE}_no_{verb}": (
        f"CREATE TRIGGER {TABLE}_no_{verb} BEFORE {verb.upper()} ON {TABLE} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    )
    for verb in ("update", "delete")
} | {
    f"{table}_no_replace": (
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN {' OR '.join(_taken(table, columns) for columns in unique)} "
        f"BEGIN SELECT RAISE(ABORT, '{REPLACED}'); END"
    )
    for table, unique in UNIQUE.items()
}

POSTGRESQL_FUNCTION = f"""
CREATE FUNCTION screening_refuse_change_of_decision() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'restrict_violation';
END $$
"""
POSTGRESQL_TRIGGER = (
    f"CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE OR DELETE ON {TABLE} "
    "FOR EACH ROW EXECUTE FUNCTION screening_refuse_change_of_decision()"
)


def keep_one_decision(apps, schema_editor):
    decisions = apps.get_model("screening", "Confirmation").objects
    last = {}
    for made in decisions.select_related("by").order_by("pk"):
        earlier = last.get((made.screening_id, made.criterion))
        if earlier is not None:
            made.reasons += (
                f"\nEarlier, on {earlier.at:%Y-%m-%d}, {earlier.by.username} decided "
                f"{earlier.decision}: {earlier.reasons}"
            )
            decisions.filter(pk=made.pk).update(reasons=made.reasons)
            earlier.delete()
        last[made.screening_id, made.criterion] = made


def add_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        statements = [POSTGRESQL_FUNCTION, POSTGRESQL_TRIGGER]
    else:
        statements = SQLITE.values()
    for statement in statements:
        schema_editor.execute(statement)


def drop_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER {TABLE}_append_only ON {TABLE}")
        schema_editor.execute("DROP FUNCTION screening_refuse_change_of_decision()")
        return
    for name in SQLITE:
        schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("screening", "0003_one_unfinished_run_a_question")]

    operations = [
        migrations.RunPython(keep_one_decision, migrations.RunPython.noop),
        # Before the triggers: on SQLite it rebuilds the table.
        migrations.AddConstraint(
            model_name="confirmation",
            constraint=models.UniqueConstraint(
                fields=("screening", "criterion"),
                name="one_decision_a_criterion",
            ),
        ),
        migrations.RunPython(add_triggers, drop_triggers),
    ]
