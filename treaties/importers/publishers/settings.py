"""What a source.yml of a publisher's folder may say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class EditionRule(_Strict):
    """Where a file says which edition it is.

    column: a column that holds it in every row; file_name, inside: a pattern with one
    group for the file's name, or for what stands above its header. label: how the
    edition is called, `{}` for what was found. is_day: the edition is a day, the one on
    which it appeared, found as `day_format`; is_today: it is the day of the import.
    Without any of these it has to be given.
    """

    column: str = ""
    file_name: str = ""
    inside: str = ""
    label: str = "{}"
    is_day: bool = False
    is_today: bool = False
    day_format: str = "%Y-%m-%d"


class Published(_Strict):
    """An edition that appeared: its last year, the day and how the day is known."""

    edition: str
    covers_to: int
    published_on: date
    evidence: str


class Layout(_Strict):
    """Columns of a table as the publisher gives it; `*` stands for any characters.

    read: needed; optional: read where they are; each: read, as many as there are, such
    as one a year; ignored: known and not read. unclear: for a column, cells that cannot
    be understood and are left blank. sheet: of a workbook.
    """

    read: list[str]
    optional: list[str] = []
    each: list[str] = []
    ignored: list[str] = []
    unclear: dict[str, list[str]] = {}
    separator: str = ","
    sheet: str = "*"

    def unknown(self, names: Sequence[str]) -> list[str]:
        """The names that are neither read nor ignored."""
        known = {*self.read, *self.optional}
        known |= set(self.many(names))
        return [n for n in names if n not in known and not _fits(n, self.ignored)]

    def many(self, names: Sequence[str]) -> list[str]:
        """The columns of which there are many."""
        return [name for name in names if _fits(name, self.each)]


def _fits(name: str, patterns: list[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


class Series(_Strict):
    """An indicator that the source publishes, and the column that holds it."""

    code: str
    column: str
    name: str
    unit: str
    scale_min: float | None = None
    scale_max: float | None = None
    higher_is: Literal["better", "worse"]
    note: str = ""


class SourceSettings(_Strict):
    """Everything that source.yml says."""

    publisher: str
    title: str
    url: str
    licence: str
    redistributable: bool
    known_from_rule: str
    # Where a steward gets the file and what it is called there.
    get: str
    kind: Literal["text", "workbook", "text or workbook", "lines", "xml"] = "text"
    member: str = "*"
    # Whose codes or spellings of states these are (models.codes).
    scheme: str = ""
    # Spellings of its own that stand in no table of names, as ISO codes; XXX for what
    # it counts and is no single state.
    spellings: dict[str, str] = {}
    edition: EditionRule
    editions: list[Published] = []
    # How many states an edition names, at least and at most.
    states: tuple[int, int] | None = None
    # Whether editions stand side by side, each known from its day, or each replaces
    # the one before it.
    editions_are_kept: bool = False
    # Whether rows that the file no longer has are retired.
    removes: bool = True
    layouts: dict[str, Layout] = {}
    indicators: list[Series] = []
    traps: list[str] = Field(default_factory=list)

    def published(self, edition: str) -> Published | None:
        """The edition as the calendar knows it, if it does."""
        same = plainly(edition)
        for known in self.editions:
            if plainly(known.edition) == same:
                return known
        return None


def plainly(edition: str) -> str:
    """An edition without marks: 25.1 and 25_1 are one."""
    return re.sub(r"[\W_]", "", edition).casefold()


def read_settings(path: Path) -> SourceSettings:
    """A source.yml, checked."""
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    return SourceSettings.model_validate(told)
