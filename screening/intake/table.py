"""Transfers from a CSV file: good rows as drafts, bad ones with their reasons."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

from screening.drafts import TransferDraft
from screening.intake.draft import (
    FIELDS,
    MOST_COMPLAINTS,
    InvalidTransfer,
    read_draft,
)
from screening.intake.readers import shown

MOST_BYTES = 2 * 1024 * 1024
MOST_ROWS = 1000
# One item can be given in columns of its own instead of in `items`.
ITEM_COLUMNS = {
    "item": "item",
    "description": "description",
    "quantity": "quantity",
    "parent_item": "parent_item",
}

COLUMNS = (*FIELDS, *ITEM_COLUMNS)


@dataclass(frozen=True)
class RowError:
    """What is wrong in one cell. `row` as in a spreadsheet: the header is 1."""

    row: int
    column: str
    text: str

    def __str__(self) -> str:
        where = f", {self.column}" if self.column else ""
        return f"Row {self.row}{where}: {self.text}"


@dataclass(frozen=True)
class RowDraft:
    """One good row and where it stood."""

    row: int
    draft: TransferDraft


@dataclass(frozen=True)
class CsvRead:
    """What a file says. encoding: how its letters were read, in words."""

    drafts: list[RowDraft]
    errors: list[RowError]
    encoding: str = ""
    text: str = ""


def drafts_from_csv(file: IO[bytes], *, today: date) -> CsvRead:
    """Read a CSV file with a header of the names of `intake.FIELDS`.

    A file that cannot be read at all gives no drafts and one error at row 1.
    """
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        return CsvRead([], [RowError(1, "", "The file is larger than 2 MB. Split it.")])
    text, encoding = _decoded(content)
    if not encoding:
        message = (
            "The letters of the file cannot be read: it is neither UTF-8 nor "
            "Windows-1252. Save it as 'CSV UTF-8' and try again."
        )
        return CsvRead([], [RowError(1, "", message)])
    try:
        return CsvRead(*_read(text, today), encoding, text)
    except csv.Error as why:
        return CsvRead([], [RowError(1, "", f"This is not a CSV file: {why}.")])


def _decoded(content: bytes) -> tuple[str, str]:
    """The text and how it was read; ("", "") when it cannot be.

    Spreadsheets of Windows save a plain "CSV" in Windows-1252. Almost any bytes can be
    read so, hence only what is no UTF-16 and has no NUL.
    """
    if b"\x00" in content:
        return "", ""
    if content.startswith(codecs.BOM_UTF8):
        return _read_as(content, "utf-8-sig", "UTF-8 with a byte-order mark")
    found = _read_as(content, "utf-8", "UTF-8")
    return found if found[1] else _read_as(content, "cp1252", "Windows-1252")


def _read_as(content: bytes, codec: str, name: str) -> tuple[str, str]:
    try:
        return content.decode(codec), name
    except UnicodeDecodeError:
        return "", ""


def _read(text: str, today: date) -> tuple[list[RowDraft], list[RowError]]:
    header_line = text.split("\n", 1)[0]
    delimiter = ";" if header_line.count(";") > header_line.count(",") else ","
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    header = [name.strip().lower() for name in next(reader, [])]
    problems = _header_problems(header)
    if problems:
        return [], problems
    drafts: list[RowDraft] = []
    errors: list[RowError] = []
    # Rows and not lines: a cell may hold several lines.
    for row, cells in enumerate(reader, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(drafts) + len({error.row for error in errors}) >= MOST_ROWS:
            message = f"The file has more than {MOST_ROWS} rows. Split it."
            return [], [RowError(row, "", message)]
        _read_row(row, header, cells, today, drafts, errors)
    return drafts, errors


def _header_problems(header: list[str]) -> list[RowError]:
    if not any(header):
        return [RowError(1, "", "The file is empty. The first row names the columns.")]
    strange = [name for name in header if name not in COLUMNS]
    twice = {name for name in header if header.count(name) > 1}
    columns = ", ".join(COLUMNS)
    return [
        *(
            RowError(1, shown(name), f"There is no such column. Use {columns}.")
            for name in strange[:MOST_COMPLAINTS]
        ),
        *(RowError(1, name, "This column is there twice.") for name in sorted(twice)),
    ]


def _read_row(
    row: int,
    header: list[str],
    cells: list[str],
    today: date,
    drafts: list[RowDraft],
    errors: list[RowError],
) -> None:
    if len(cells) != len(header):
        message = (
            f"There are {len(cells)} cells under {len(header)} columns. Put a cell "
            "that holds a comma in quotation marks."
        )
        errors.append(RowError(row, "", message))
        return
    named = dict(zip(header, cells, strict=True))
    twofold = [name for name in ITEM_COLUMNS if named.get(name, "").strip()]
    if named.get("items", "").strip() and twofold:
        message = f"Use items or {', '.join(twofold)} in a row, not both."
        errors.append(RowError(row, "items", message))
        return
    try:
        draft = read_draft(_as_input(named), today=today)
    except InvalidTransfer as invalid:
        errors += [
            RowError(row, column, text)
            for column, texts in invalid.errors.items()
            for text in texts
        ]
        return
    drafts.append(RowDraft(row, draft))


def _as_input(cells: dict[str, str]) -> dict[str, Any]:
    data: dict[str, Any] = {k: v for k, v in cells.items() if k in FIELDS}
    line = {ITEM_COLUMNS[k]: v for k, v in cells.items() if k in ITEM_COLUMNS}
    if line.get("item", "").strip():
        data["items"] = [line]
    return data
