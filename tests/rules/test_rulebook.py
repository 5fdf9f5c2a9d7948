"""The rulebook: complete, dated, and clear when a file is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from screening.rules.criteria import all_criteria
from screening.rules.rulebook import FOLDER, RulebookError, load_rulebook
from treaties.facts import day_number

GOOD = """
description: How many days something lasts.
basis: judgement
unit: days
values:
  2000-01-01:
    value: 5
    reference: A decision of the project.
"""
TEXT = (FOLDER / "criteria" / "att-6.1.yaml").read_text(encoding="utf-8")


def folder_with(folder: Path, parameter: str) -> Path:
    (folder / "criteria").mkdir()
    (folder / "criteria" / "att-6.1.yaml").write_text(TEXT, encoding="utf-8")
    (folder / "area").mkdir()
    (folder / "area" / "days.yaml").write_text(parameter, encoding="utf-8")
    return folder


def test_every_criterion_has_its_text_and_every_text_its_criterion() -> None:
    assert {c.code for c in all_criteria()} == set(load_rulebook().criteria)


def test_every_value_says_where_it_comes_from() -> None:
    for name, parameter in load_rulebook().parameters.items():
        for since, value in parameter.values.items():
            assert value.reference.strip(), f"{name} of {since} has no reference"


def test_a_value_applies_from_its_day_and_not_the_day_before(tmp_path: Path) -> None:
    rulebook = load_rulebook(folder_with(tmp_path, GOOD))
    assert rulebook.reading(day_number(date(1999, 12, 31)))("area/days") is None
    assert rulebook.reading(day_number(date(2000, 1, 1)))("area/days") == 5


def test_what_was_read_is_remembered_with_its_date_and_reference(
    tmp_path: Path,
) -> None:
    reading = load_rulebook(folder_with(tmp_path, GOOD)).reading(20000)
    reading("area/days")
    (read,) = reading.read
    assert (read.name, read.value, read.since) == ("area/days", 5, "2000-01-01")
    assert read.reference == "A decision of the project."


def test_changing_one_value_changes_the_digest(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    changed = GOOD.replace("value: 5", "value: 6")
    assert (
        load_rulebook(folder_with(one, GOOD)).digest
        != load_rulebook(folder_with(other, changed)).digest
    )


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (GOOD.replace("basis: judgement", "basis: opinion"), "basis"),
        (GOOD.replace("unit: days", "units: days"), "unit"),
        (GOOD.replace("    reference: A decision of the project.\n", ""), "reference"),
        (GOOD.replace("2000-01-01", "some day"), "values"),
        (GOOD.replace("values:", "values: ["), "not readable as YAML"),
    ],
)
def test_a_wrong_file_is_refused_by_name_and_place(
    tmp_path: Path, broken: str, says: str
) -> None:
    with pytest.raises(RulebookError) as refused:
        load_rulebook(folder_with(tmp_path, broken))
    assert "area/days.yaml" in str(refused.value)
    assert says in str(refused.value)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match="no rulebook files"):
        load_rulebook(tmp_path)
