"""A source's folder: source.yml beside its files, read strictly.

Every column of a file is read, or ignored by name in source.yml; every cell that is
not understood is a problem with its file, row, column, value and reason.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from .kinds import BadValueError, Column, number
from .tables import TABLES, VALUE_COLUMNS, VALUES_PREFIX, Row, Table

_SETTINGS = {
    "publisher",
    "title",
    "url",
    "licence",
    "redistributable",
    "retrieved_on",
    "known_from_rule",
    "files",
    "checked_by",
    "counts",
    "traps",
}
_OPTIONAL = {"checked_by", "counts", "traps"}
_FILE_SETTINGS = {"rows", "constants", "ignored"}
# Enough to see the pattern of a broken file.
_MOST_PROBLEMS = 20


@dataclass(frozen=True)
class Problem:
    """One thing that stops a load. `row` counts the header as row 1; 0 = whole file."""

    file: str
    why: str
    row: int = 0
    column: str = ""
    value: str | None = None

    def __str__(self) -> str:
        where = self.file + (f", row {self.row}" if self.row else "")
        where += f", column {self.column}" if self.column else ""
        what = "" if self.value is None else f"“{self.value}” "
        return f"{where}: {what}{self.why}."


class BadFixturesError(Exception):
    """Files that cannot be loaded; nothing was changed. Carries the `problems`."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        shown = [str(problem) for problem in problems[:_MOST_PROBLEMS]]
        if len(problems) > _MOST_PROBLEMS:
            shown.append(f"… and {len(problems) - _MOST_PROBLEMS} more.")
        super().__init__("\n".join(shown))


@dataclass
class ReadFile:
    """The rows of one file, as values for the fields of its table.

    table: None for a file of indicator values.
    """

    path: str
    table: Table | None
    rows: list[tuple[int, Row]] = field(default_factory=list)
    raw_counts: list[Mapping[str, str]] = field(default_factory=list)

    def __iter__(self) -> Iterator[Row]:
        return (row for _, row in self.rows)

    @property
    def columns(self) -> Mapping[str, Column]:
        """The columns whose references must be checked."""
        return VALUE_COLUMNS if self.table is None else self.table.columns


@dataclass(frozen=True)
class Folder:
    """A source as its folder describes it."""

    path: Path
    settings: Mapping[str, Any]
    digest: str

    @property
    def slug(self) -> str:
        return self.path.name

    def file(self, name: str) -> str:
        """How messages name a file of this folder."""
        return f"{self.path.parent.name}/{self.slug}/{name}"


def folders_in(root: Path) -> list[Folder]:
    """Every folder with a source.yml, in alphabetical order."""
    found = [_folder(path.parent) for path in sorted(root.glob("*/source.yml"))]
    if not found:
        why = "has no folder with a source.yml: is this the folder of fixtures?"
        raise BadFixturesError([Problem(str(root), why)])
    return found


def _folder(path: Path) -> Folder:
    name = f"{path.parent.name}/{path.name}/source.yml"
    try:
        settings = yaml.safe_load((path / "source.yml").read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise BadFixturesError([Problem(name, f"is not YAML: {error}")]) from error
    problems = _setting_problems(name, settings)
    if problems:
        raise BadFixturesError(problems)
    return Folder(path, settings, _digest(path))


def _setting_problems(name: str, settings: Any) -> list[Problem]:
    if not isinstance(settings, dict):
        return [Problem(name, "holds no settings")]
    problems = [
        Problem(name, "is not a setting of a source", column=key)
        for key in sorted(set(settings) - _SETTINGS)
    ]
    problems += [
        Problem(name, "is missing", column=key)
        for key in sorted(_SETTINGS - _OPTIONAL - set(settings))
    ]
    if not problems and not isinstance(settings["retrieved_on"], date):
        problems.append(Problem(name, "is not a day", column="retrieved_on"))
    return problems


def _digest(path: Path) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for file in sorted(path.iterdir()):
        if file.suffix in {".yml", ".csv"}:
            digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def read_folder(folder: Folder) -> tuple[list[ReadFile], list[Problem]]:
    """Every file of the folder with what is wrong in it; references not yet checked."""
    files: list[ReadFile] = []
    problems: list[Problem] = []
    named = folder.settings["files"]
    for path in sorted(folder.path.glob("*.csv")):
        if path.name not in named:
            why = "is not named in source.yml"
            problems.append(Problem(folder.file(path.name), why))
    for name, settings in named.items():
        reader = _Reader(folder, name, settings or {})
        files.append(reader.read())
        problems += reader.problems
    problems += _count_problems(folder, files)
    return files, problems


class _Reader:
    def __init__(self, folder: Folder, name: str, settings: Mapping[str, Any]) -> None:
        self.file = folder.file(name)
        self.path = folder.path / name
        self.settings = settings
        self.problems: list[Problem] = []
        self.checked_by = str(folder.settings.get("checked_by", ""))
        self.retrieved_on: date = folder.settings["retrieved_on"]
        self.table = TABLES.get(self.path.stem)

    def read(self) -> ReadFile:
        result = ReadFile(self.file, self.table)
        for key in sorted(set(self.settings) - _FILE_SETTINGS):
            self._note(f"source.yml gives it an unknown setting “{key}”")
        if self.table is None and not self.path.stem.startswith(VALUES_PREFIX):
            self._note(f"no table is called {self.path.stem}")
        elif not self.path.exists():
            self._note("is named in source.yml but is not there")
        else:
            self._read_rows(result)
        return result

    def _note(self, why: str) -> None:
        self.problems.append(Problem(self.file, why))

    def _read_rows(self, result: ReadFile) -> None:
        with self.path.open(encoding="utf-8", newline="") as handle:
            lines = csv.reader(handle)
            header = next(lines, [])
            readers = self._readers(header)
            if self.problems:
                return
            for line, cells in enumerate(lines, start=2):
                self._read_row(result, readers, header, line, cells)
        expected = self.settings.get("rows")
        if expected != len(result.rows) and not self.problems:
            self._note(f"has {len(result.rows)} rows; source.yml says {expected}")

    def _readers(self, header: list[str]) -> dict[str, Column]:
        columns = VALUE_COLUMNS if self.table is None else self.table.columns
        ignored = set(self.settings.get("ignored", []))
        constants = set(self.settings.get("constants", {}))
        readers: dict[str, Column] = {}
        for name in header:
            if name in columns:
                readers[name] = columns[name]
            elif self.table is None and "." in name:
                readers[name] = number(name)
            elif name not in ignored:
                why = "is not a column of this table; ignore it by name in source.yml"
                self.problems.append(Problem(self.file, why, 1, name))
        for name in sorted((ignored - set(header)) | (constants & set(header))):
            why = "is ignored but not there, or constant and there as well"
            self.problems.append(Problem(self.file, why, 1, name))
        for name in columns.keys() - readers.keys():
            readers[name] = columns[name]
        return readers

    def _read_row(
        self,
        result: ReadFile,
        readers: Mapping[str, Column],
        header: list[str],
        line: int,
        cells: list[str],
    ) -> None:
        if len(cells) != len(header):
            why = f"has {len(cells)} cells; the header has {len(header)}"
            self.problems.append(Problem(self.file, why, line))
            return
        raw = {
            **self.settings.get("constants", {}),
            **dict(zip(header, cells, strict=True)),
        }
        row: Row = {}
        for name, column in readers.items():
            cell = str(raw.get(name, ""))
            try:
                row[column.field] = column.read(cell)
            except BadValueError as error:
                self.problems.append(Problem(self.file, str(error), line, name, cell))
        if self.table is not None:
            row["key"] = raw.get(self.table.key, "")
            self._check_period(row, line)
            self._say_who_checked(row, line)
        result.rows.append((line, row))
        result.raw_counts.append(raw)

    def _say_who_checked(self, row: Row, line: int) -> None:
        """Who read the sources of the rows that the file marks, and by which day."""
        if not row.get("checked"):
            return
        row["checked_by"] = row["checked_by"] or self.checked_by
        row["checked_on"] = row["checked_on"] or self.retrieved_on
        if not row["checked_by"]:
            why = "is y, and neither the row nor checked_by in source.yml says by whom"
            self.problems.append(Problem(self.file, why, line, "checked"))

    def _check_period(self, row: Row, line: int) -> None:
        starts, ends = row.get("starts"), row.get("ends")
        if starts and ends and ends <= starts:
            why = f"is not after the start, {starts}: were starts and ends swapped"
            self.problems.append(Problem(self.file, why, line, "ends", str(ends)))


def _count_problems(folder: Folder, files: list[ReadFile]) -> list[Problem]:
    by_path = {file.path: file for file in files}
    problems = []
    for count in folder.settings.get("counts", []):
        file = by_path.get(folder.file(count["file"]))
        where: Mapping[str, str] = count["where"]
        found = sum(
            all(raw.get(k) == v for k, v in where.items())
            for raw in (file.raw_counts if file else [])
        )
        if found != count["count"]:
            said = ", ".join(f"{k} = {v}" for k, v in where.items())
            why = f"has {found} rows with {said}; source.yml says {count['count']}"
            problems.append(Problem(folder.file(count["file"]), why))
    return problems


def all_rows(files: list[ReadFile]) -> Iterator[tuple[ReadFile, int, Row]]:
    """Every row of every file with its line in it."""
    for file in files:
        for line, row in file.rows:
            yield file, line, row
