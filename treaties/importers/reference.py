"""Load the reference facts of a folder of sources: all of it, or nothing.

A source whose files did not change is left alone. In a changed source only rows that
differ are written, so that loading twice writes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.db import IntegrityError, connection

from treaties.models import (
    Change,
    IndicatorValue,
    Recorded,
    Source,
    changing,
    value_key,
)
from treaties.models.ledger import Entry
from treaties.syncing import Tally, sync

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
from .tables import TABLES, Row

# Who the ledger says wrote what the project's files hold.
BY = "load_reference"
_PARTS = "PARTS:"
_VALUE = ("indicator_id", "state_id", "year", "known_from", "value", "key")


@dataclass(frozen=True)
class Loaded:
    """What a load did to one source, in numbers of facts."""

    slug: str
    added: int = 0
    changed: int = 0
    removed: int = 0
    # Left as a steward's hand made them, against the files.
    kept: int = 0

    def __add__(self, tally: Tally) -> Loaded:
        return replace(
            self,
            added=self.added + tally.new,
            changed=self.changed + tally.changed,
            removed=self.removed + tally.gone,
            kept=self.kept + tally.kept,
        )

    @property
    def is_unchanged(self) -> bool:
        return not (self.added or self.changed or self.removed)

    def __str__(self) -> str:
        if self.is_unchanged and not self.kept:
            return f"{self.slug}: unchanged"
        parts = [
            f"{number:,} {name}"
            for name, number in (
                ("added", self.added),
                ("changed", self.changed),
                ("retired", self.removed),
                ("kept as a steward left them", self.kept),
            )
            if number
        ]
        return f"{self.slug}: {', '.join(parts)}"


def load_reference(root: Path) -> list[Loaded]:
    """Make the database hold what the folders under `root` say, one result a source.

    Raises BadFixturesError, with every problem found, and changes nothing.
    """
    folders = folders_in(root)
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
    why = f"the files of {', '.join(files)} changed"
    with changing(Change.Kind.LOAD, by=BY, why=why, sources=files) as entry:
        sources = {folder.slug: _source(folder) for folder in folders}
        # What a source says of itself may change without any fact of it.
        entry.touch()
        try:
            return _write(sources, files, entry)
        except IntegrityError as error:
            why = f"the database refused a row: {error}"
            raise BadFixturesError([Problem("fixtures", why)]) from error


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


def _series(row: Row) -> list[str]:
    return [name for name in row if "." in name]


def _write(
    sources: dict[str, Source], files: dict[str, list[ReadFile]], entry: Entry
) -> list[Loaded]:
    tally = {slug: Loaded(slug) for slug in sources}
    for table in TABLES.values():
        held = _sources_in(table.model)
        for slug, source in sources.items():
            rows = [row for file in files[slug] if file.table is table for row in file]
            if rows or source.pk in held:
                tally[slug] += sync(table.model, source, rows, entry)
    held = _sources_in(IndicatorValue)
    for slug, source in sources.items():
        if source.pk in held or any(file.table is None for file in files[slug]):
            tally[slug] += sync(
                IndicatorValue,
                source,
                _values(files[slug]),
                entry,
                columns=_VALUE,
            )
    connection.check_constraints()
    return list(tally.values())


def _sources_in(model: type[Recorded]) -> set[int]:
    return set(model._default_manager.values_list("source", flat=True).distinct())


def _values(files: list[ReadFile]) -> Iterator[tuple[Any, ...]]:
    """One row an indicator, state and year, out of rows with a column an indicator."""
    for file in files:
        if file.table is not None or not file.rows:
            continue
        series = _series(file.rows[0][1])
        for row in file:
            at = (row["state_id"], row["year"], row["known_from"])
            for code in series:
                if row[code] is not None:
                    yield (code, *at, row[code], value_key(code, *at))


__all__ = ["BadFixturesError", "Loaded", "load_reference"]
