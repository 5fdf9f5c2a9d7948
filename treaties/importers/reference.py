"""Load the reference facts of a folder of sources: all of it, or nothing.

A source whose files did not change is left alone. In a changed source only rows that
differ are written, so that loading twice writes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from treaties.models import Fact, FactsVersion, IndicatorValue, Source

from .folders import (
    BadFixturesError,
    Folder,
    Problem,
    ReadFile,
    all_rows,
    folders_in,
    read_folder,
)
from .kinds import BODIES
from .tables import TABLES, Row, Table

_BATCH = 2000
_PARTS = "PARTS:"
_ValueKey = tuple[str, str, int, date]


@dataclass(frozen=True)
class Loaded:
    """What a load did to one source, in numbers of facts."""

    slug: str
    added: int = 0
    changed: int = 0
    removed: int = 0

    @property
    def is_unchanged(self) -> bool:
        return not (self.added or self.changed or self.removed)

    def __str__(self) -> str:
        if self.is_unchanged:
            return f"{self.slug}: unchanged"
        parts = [
            f"{number:,} {name}"
            for name, number in (
                ("added", self.added),
                ("changed", self.changed),
                ("removed", self.removed),
            )
            if number
        ]
        return f"{self.slug}: {', '.join(parts)}"


def load_reference(root: Path) -> list[Loaded]:
    """Make the database hold what the folders under `root` say, one result a source.

    Raises BadFixturesError, with every problem found, and changes nothing.
    """
    folders = folders_in(root)
    with transaction.atomic():
        held = dict(Source.objects.values_list("slug", "digest"))
        changed = [f for f in folders if held.get(f.slug) != f.digest]
        done = {loaded.slug: loaded for loaded in _load(changed)}
    return [done.get(folder.slug, Loaded(folder.slug)) for folder in folders]


def _load(folders: list[Folder]) -> list[Loaded]:
    if not folders:
        return []
    read = {folder.slug: read_folder(folder) for folder in folders}
    problems = [problem for _, found in read.values() for problem in found]
    files = {slug: found for slug, (found, _) in read.items()}
    if not problems:
        problems = _reference_problems(files)
    if problems:
        raise BadFixturesError(problems)
    sources = {folder.slug: _source(folder) for folder in folders}
    try:
        done = _write(sources, files)
    except (IntegrityError, ProtectedError) as error:
        why = f"the database refused a row: {error}"
        raise BadFixturesError([Problem("fixtures", why)]) from error
    FactsVersion.bump(sources)
    return done


def _source(folder: Folder) -> Source:
    settings = folder.settings
    source, _ = Source.objects.update_or_create(
        slug=folder.slug,
        defaults={
            "publisher": settings["publisher"],
            "title": settings["title"],
            "url": settings["url"],
            "licence": settings["licence"],
            "redistributable": settings["redistributable"],
            "retrieved_on": settings["retrieved_on"],
            "known_from_rule": settings["known_from_rule"],
            "traps": "\n".join(settings.get("traps", [])),
            "digest": folder.digest,
        },
    )
    return source


def _reference_problems(files: dict[str, list[ReadFile]]) -> list[Problem]:
    """Keys that stand twice, and cells that name no row of another table."""
    everything = [file for found in files.values() for file in found]
    known = _kept_keys(set(files))
    problems: list[Problem] = []
    for file, number, row in all_rows(everything):
        if file.table is None:
            continue
        keys = known[file.table.name]
        if row["key"] in keys:
            why = "names a second row; keys are unique in a table"
            problems.append(Problem(file.path, why, number, file.table.key, row["key"]))
        keys.add(row["key"])
    known["issuers"] = known["states"] | BODIES
    known["items"] |= {_PARTS + code for code in known["items"]}
    for file in everything:
        problems += _dangling(file, known)
    return problems


def _kept_keys(loading: set[str]) -> defaultdict[str, set[str]]:
    """The keys, by table, of facts whose sources are not being loaded now."""
    known: defaultdict[str, set[str]] = defaultdict(set)
    for name, table in TABLES.items():
        kept = table.model._default_manager.exclude(source__slug__in=loading)
        known[name] = set(kept.values_list("key", flat=True))
    return known


def _dangling(file: ReadFile, known: dict[str, set[str]]) -> Iterable[Problem]:
    pointing = [(n, c) for n, c in file.columns.items() if c.refers_to]
    for number, row in file.rows:
        for name, column in pointing:
            for key in column.references(row[column.field]):
                if key not in known[column.refers_to]:
                    why = f"is not among the {column.refers_to}"
                    yield Problem(file.path, why, number, name, key)
    if file.table is None and file.rows:
        for code in _series(file.rows[0][1]):
            if code not in known["indicators"]:
                yield Problem(file.path, "is not among the indicators", 1, code)


def _remove(leaving: models.QuerySet[Any]) -> None:
    """Delete rows that may refer to one another, such as a force and its parent."""
    model = leaving.model
    own = [f.name for f in model._meta.fields if f.related_model is model]
    if own:
        leaving.update(**dict.fromkeys(own))
    leaving.delete()


def _series(row: Row) -> list[str]:
    return [name for name in row if "." in name]


def _write(
    sources: dict[str, Source], files: dict[str, list[ReadFile]]
) -> list[Loaded]:
    tally: dict[str, list[int]] = {slug: [0, 0, 0] for slug in sources}
    gone: list[tuple[Table, Source, set[str]]] = []
    for table in TABLES.values():
        for slug, source in sources.items():
            rows = _rows_of(table, files[slug])
            added, changed, stale = _write_table(table, source, rows)
            tally[slug][0] += added
            tally[slug][1] += changed
            tally[slug][2] += len(stale)
            gone.append((table, source, stale))
    for slug, source in sources.items():
        added, removed = _write_values(source, files[slug])
        tally[slug][0] += added
        tally[slug][2] += removed
    # What refers to others goes before what it refers to.
    for table, source, stale in reversed(gone):
        if stale:
            held = table.model._default_manager.filter(source=source)
            _remove(held.filter(key__in=stale))
    return [Loaded(slug, *numbers) for slug, numbers in tally.items()]


def _rows_of(table: Table, files: list[ReadFile]) -> list[Row]:
    return [row for file in files if file.table is table for _, row in file.rows]


def _write_table(
    table: Table, source: Source, rows: list[Row]
) -> tuple[int, int, set[str]]:
    """Write the rows that are new or differ; the keys of those that are gone."""
    manager = table.model._default_manager
    fields = table.fields
    held = {
        values[0]: values
        for values in manager.filter(source=source).values_list(*fields)
    }
    new = [row for row in rows if row["key"] not in held]
    differing = [
        row
        for row in rows
        if row["key"] in held and held[row["key"]] != tuple(row[f] for f in fields)
    ]
    now = timezone.now()
    manager.bulk_create(_built(table.model, source, new, now), batch_size=_BATCH)
    if differing:
        manager.bulk_create(
            _built(table.model, source, differing, now),
            batch_size=_BATCH,
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=_update_names(table, fields),
        )
    return len(new), len(differing), set(held) - {row["key"] for row in rows}


def _built(model: type[Fact], source: Source, rows: list[Row], now: Any) -> list[Fact]:
    return [model(source=source, recorded_at=now, **row) for row in rows]


def _update_names(table: Table, fields: list[str]) -> list[str]:
    by_attname = {
        field.attname: field.name
        for field in table.model._meta.get_fields()
        if isinstance(field, models.Field)
    }
    return [by_attname[f] for f in fields if f != "key"] + ["recorded_at"]


def _write_values(source: Source, files: list[ReadFile]) -> tuple[int, int]:
    """Indicator values have no key: theirs is indicator, state, year and edition."""
    wanted: dict[_ValueKey, float] = {
        (code, row["state_id"], row["year"], row["known_from"]): row[code]
        for file in files
        if file.table is None
        for _, row in file.rows
        for code in _series(row)
        if row[code] is not None
    }
    held = _held_values(source)
    stale = [pk for key, (pk, value) in held.items() if wanted.get(key) != value]
    for start in range(0, len(stale), _BATCH):
        batch = stale[start : start + _BATCH]
        IndicatorValue.objects.filter(pk__in=batch).delete()
    new = [
        IndicatorValue(
            source=source,
            indicator_id=key[0],
            state_id=key[1],
            year=key[2],
            known_from=key[3],
            value=value,
        )
        for key, value in wanted.items()
        if key not in held or held[key][1] != value
    ]
    IndicatorValue.objects.bulk_create(new, batch_size=_BATCH)
    return len(new), len(stale)


def _held_values(source: Source) -> dict[_ValueKey, tuple[int, float]]:
    rows: Iterable[tuple[Any, ...]] = IndicatorValue.objects.filter(
        source=source
    ).values_list("pk", "value", "indicator_id", "state_id", "year", "known_from")
    return {(row[2], row[3], row[4], row[5]): (row[0], row[1]) for row in rows}


__all__ = ["BadFixturesError", "Loaded", "load_reference"]
