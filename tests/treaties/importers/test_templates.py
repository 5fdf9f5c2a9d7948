"""Plain CSV files for our own tables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db.models import BooleanField

from tests.treaties.every_table import make_referred, typed
from tests.treaties.importers.contract import assert_nothing_is_left
from tests.treaties.importers.killed import Killed
from treaties.importers.describe import sources_page, templates_page
from treaties.importers.importing import Asked, Plan, import_file, plan_import
from treaties.importers.publishers import ROOT
from treaties.importers.tables import TABLES
from treaties.importers.templates import template_names
from treaties.models import Force, Indicator, IndicatorValue, Source, State

TODAY = date(2026, 6, 1)
_FORCES = "key,iso3,name,kind,publisher,checked\n"


def _do(table: str, path: Path) -> Plan:
    return import_file(Asked(f"template:{table}", path), by="stella", today=TODAY)


def test_rows_of_a_table_are_added_and_changed_but_never_retired(
    tmp_path: Path,
) -> None:
    path = tmp_path / "forces.csv"
    path.write_text(
        _FORCES
        + "AAA-ARMY,AAA,Army of Arcadia,ARMY,The tests,n\n"
        + "AAA-NAVY,AAA,Navy of Arcadia,NAVY,The tests,n\n"
    )
    _do("forces", path)
    path.write_text(_FORCES + "AAA-ARMY,AAA,The Army,ARMY,The tests,n\n")
    done = _do("forces", path)
    assert done.tables is not None
    assert (done.tables["forces"].changed, done.tables["forces"].gone) == (1, 0)
    names = Force.objects.order_by("key").values_list("name", flat=True)
    assert list(names) == ["The Army", "Navy of Arcadia"]
    assert Force.objects.first().source.slug == "steward-forces"  # type: ignore[union-attr]
    assert _do("forces", path).changes_nothing


def test_a_cell_that_its_column_cannot_hold_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "forces.csv"
    path.write_text(
        _FORCES
        + "X,QQQ,Army,ARMY,The tests,n\n"
        + "Y,AAA,Army,TROOPS,The tests,maybe\n"
    )
    plan = plan_import("template:forces", path, today=TODAY)
    said = [str(problem) for problem in plan.refused]
    assert said[0] == (
        "forces.csv, row 2, column iso3: “QQQ” names “QQQ”, which is not among the "
        "states."
    )
    assert said[1].startswith("forces.csv, row 3, column kind: “TROOPS” is not one of")
    assert said[2] == "forces.csv, row 3, column checked: “maybe” is neither y nor n."


def test_numbers_are_given_one_a_row(tmp_path: Path) -> None:
    Indicator.objects.create(
        source=Source.objects.get(slug="made-up"),
        publisher="The tests",
        code="made.up",
        name="Made up",
        unit="1..5",
        higher_is="worse",
    )
    path = tmp_path / "values.csv"
    header = "indicator,iso3,year,value,known_from\n"
    path.write_text(header + "made.up,AAA,2020,4.5,2021-06-01\n")
    _do("indicator_values", path)
    assert IndicatorValue.objects.get().value == 4.5
    path.write_text(header + "made.down,AAA,2020,x,soon\n")
    plan = plan_import("template:indicator_values", path, today=TODAY)
    assert len(plan.refused) == 3


@pytest.mark.parametrize("table", template_names())
def test_every_table_has_a_template(table: str, tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_text("nothing\n1\n")
    plan = plan_import(f"template:{table}", path, today=TODAY)
    assert "has no header with" in str(plan.refused[0])


@pytest.mark.parametrize("table", template_names())
def test_a_process_killed_half_way_leaves_nothing(
    table: str, tmp_path: Path, killed: Killed
) -> None:
    make_referred(State.objects.get(iso3="AAA"))
    path = tmp_path / f"{table}.csv"
    header, row = zip(*_one_row(table).items(), strict=True)
    path.write_text(",".join(header) + "\n" + ",".join(row) + "\n")
    assert_nothing_is_left(killed.importing(Asked(f"template:{table}", path)))


def _one_row(name: str) -> dict[str, str]:
    """What a steward might write into a template, column by column."""
    table = TABLES.get(name)
    model = table.model if table else IndicatorValue
    told = typed(model)
    if table is None:
        return {"iso3": told["state"], **{n: told[n] for n in _OF_A_VALUE}}
    row = {
        column: _cell(told, model._meta.get_field(about.field))
        for column, about in table.columns.items()
    }
    return {**row, table.key: "NEW"}


_OF_A_VALUE = ("indicator", "year", "value", "known_from")


def _cell(told: Mapping[str, Any], field: Any) -> str:
    if isinstance(field, BooleanField):
        return "n"
    value = told.get(field.name, "")
    return "|".join(value) if isinstance(value, list) else str(value)


def test_the_page_of_templates_is_as_the_tables_are() -> None:
    page = Path(settings.BASE_DIR) / "docs" / "templates.md"
    assert page.read_text(encoding="utf-8") == templates_page(), (
        "docs/templates.md is out of date: manage.py write_sources"
    )


def test_the_page_of_sources_tells_what_can_be_imported() -> None:
    base = Path(settings.BASE_DIR)
    page = (base / "docs" / "sources.md").read_text(encoding="utf-8")
    assert page == sources_page(base / "fixtures")
    for folder in ROOT.glob("*/source.yml"):
        assert f"`{folder.parent.name.replace('_', '-')}`" in page
