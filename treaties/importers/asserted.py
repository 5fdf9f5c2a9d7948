"""The numbers of rows that source.yml says must be there, as conditions on tables."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from treaties.models import IndicatorValue
from treaties.selectors.freshness import Asserted

from .folders import Folder, folders_in
from .tables import TABLES, Table


def asserted_counts(root: Path) -> list[Asserted]:
    """Every count that the folders under `root` assert; none when there is no folder.

    Raises BadFixturesError for a folder that cannot be read.
    """
    if not any(root.glob("*/source.yml")):
        return []
    return [claim for folder in folders_in(root) for claim in _claims(folder)]


def _claims(folder: Folder) -> Iterator[Asserted]:
    for name, settings in folder.settings["files"].items():
        n = (settings or {}).get("rows")
        table = TABLES.get(Path(name).stem)
        if n is None:
            continue
        if table is not None:
            yield Asserted(folder.slug, f"{name}: rows", table.model, n)
        else:
            yield _values_claim(folder, name, n)
    for count in folder.settings.get("counts", []):
        claim = _count_claim(folder, count)
        if claim is not None:
            yield claim


def _values_claim(folder: Folder, name: str, n: int) -> Asserted:
    """A file of numbers has a row a state and year, and a column an indicator."""
    with (folder.path / name).open(encoding="utf-8", newline="") as lines:
        series = [column for column in next(csv.reader(lines), []) if "." in column]
    return Asserted(
        folder.slug,
        f"{name}: states and years",
        IndicatorValue,
        n,
        {"indicator__in": series},
        ("state", "year"),
    )


def _count_claim(folder: Folder, count: Mapping[str, Any]) -> Asserted | None:
    file, where = str(count["file"]), count["where"]
    table = TABLES.get(Path(file).stem)
    if table is None:
        return None
    told = ", ".join(f"{name} = {text or 'empty'}" for name, text in where.items())
    return Asserted(
        folder.slug, f"{file}: {told}", table.model, count["count"], _read(table, where)
    )


def _read(table: Table, where: Mapping[str, str]) -> dict[str, Any]:
    """The condition on the table's columns, with each text read as the loader does."""
    read: dict[str, Any] = {}
    for name, text in where.items():
        column = table.columns[name]
        value = column.read(str(text))
        read[f"{column.field}__isnull" if value is None else column.field] = (
            True if value is None else value
        )
    return read
