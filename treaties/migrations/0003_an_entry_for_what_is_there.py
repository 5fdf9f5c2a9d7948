"""Give what was recorded before the ledger an entry, and each checked row its checker.

A number gets the key that names it: see treaties.models.value_key.
"""

from django.db import migrations
from django.db.models import CharField, Value as V
from django.db.models.functions import Cast, Concat
from django.utils import timezone

BY = "MSP project"
WHY = "recorded before the ledger was kept"


def _tables(apps):
    for model in apps.get_app_config("treaties").get_models():
        names = {f.name for f in model._meta.concrete_fields}
        if "recorded_in" in names and "superseded_in" not in names:
            yield model, names


def enter(apps, schema_editor):
    if not any(model.objects.exists() for model, _ in _tables(apps)):
        return
    change = apps.get_model("treaties", "Change")
    entry = change.objects.create(kind="LOAD", at=timezone.now(), by=BY, why=WHY)
    for model, names in _tables(apps):
        model.objects.update(recorded_in=entry, recorded_at=entry.at)
        if "checked" not in names:
            model.objects.update(
                key=Concat(
                    "indicator_id", V(":"), "state_id", V(":"),
                    Cast("year", CharField()), V(":"), Cast("known_from", CharField()),
                    output_field=CharField(),
                )
            )
            continue
        for source in apps.get_model("treaties", "Source").objects.all():
            checked = model.objects.filter(source=source, checked=True)
            checked.update(checked_by=BY, checked_on=source.retrieved_on)


class Migration(migrations.Migration):
    dependencies = [("treaties", "0002_the_ledger")]

    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
