"""Every table of facts is in the admin."""

from __future__ import annotations

from django.contrib import admin

from treaties import models


def test_every_table_of_facts_is_registered() -> None:
    ours = {models.Source, models.Change, *models.recorded_models()}
    assert ours <= set(admin.site._registry)
