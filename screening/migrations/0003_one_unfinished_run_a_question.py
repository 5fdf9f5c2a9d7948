"""Let the database itself refuse a second run of the same question.

Of equal runs that wait or work already, all but the oldest are cancelled first.
"""

from django.db import migrations, models

QUESTION = ("known_at", "facts_digest", "rulebook_digest")
UNFINISHED = ("QUEUED", "RUNNING")


def cancel_doubles(apps, schema_editor):
    runs = apps.get_model("screening", "ScreeningRun").objects
    chunks = apps.get_model("screening", "RunChunk").objects
    asked = set()
    for run in runs.filter(state__in=UNFINISHED).order_by("pk"):
        question = tuple(getattr(run, name) for name in QUESTION)
        if question in asked:
            runs.filter(pk=run.pk).update(state="CANCELLED")
            left = chunks.filter(run=run.pk, state__in=UNFINISHED)
            left.update(state="CANCELLED")
        asked.add(question)


class Migration(migrations.Migration):
    dependencies = [("screening", "0002_screenings_are_append_only")]

    operations = [
        migrations.AlterField(
            model_name="screeningrun",
            name="state",
            field=models.CharField(
                choices=[
                    ("QUEUED", "Queued"),
                    ("RUNNING", "Running"),
                    ("DONE", "Done"),
                    ("FAILED", "Ended with failures"),
                    ("CANCELLED", "Cancelled"),
                    ("SUPERSEDED", "Superseded by a newer run"),
                ],
                default="QUEUED",
                max_length=10,
            ),
        ),
        migrations.RunPython(cancel_doubles, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="screeningrun",
            constraint=models.UniqueConstraint(
                condition=models.Q(state__in=UNFINISHED),
                fields=QUESTION,
                name="one_unfinished_run_a_question",
            ),
        ),
    ]
