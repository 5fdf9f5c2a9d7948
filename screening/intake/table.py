"""Transfers from a CSV file: good rows as drafts, bad ones with their reasons."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

from screening.drafts import TransferDraft
from screening.intake.draft import FIELDS, InvalidTransfer, read_draft

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 5000
# One item can be given in columns of its own instead of in `items`.
ITEM_COLUMNS = {
    "item": "item",
    "description": "description",
    "quantity": "quantity",
    "parent_item": "parent_item",
}


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


def drafts_from_csv(
    file: IO[bytes], *, today: date
) -> tuple[list[RowDraft], list[RowError]]:
    """Read a CSV file with a header of the names of `intake.FIELDS`.

    A file that cannot be read at all gives no drafts and one error at row 1.
    """
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        return [], [RowError(1, "", "The file is larger than 5 MB. Split it.")]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        message = "The file is not UTF-8. Save it as 'CSV UTF-8' and try again."
        return [], [RowError(1, "", message)]
    try:
        return _read(text, today)
    except csv.Error as why:
        return [], [RowError(1, "", f"This is not a CSV file: {why}.")]


def _read(text: str, today: date) -> tuple[list[RowDraft], list[RowError]]:
    header_line = text.split("\n", 1)[0]
    delimiter = ";" if header_line.count(";") > header_line.count(",") else ","
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    header = [name.strip().lower() for name in next(reader, [])]
    problems = _header_problems(header)
    if problems:
        return [], problems
    drafts: list[RowDraft] = []
    errors: list[RowError] = []
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if len(drafts) + len({error.row for error in errors}) >= MOST_ROWS:
            message = f"The file has more than {MOST_ROWS} rows. Split it."
            return [], [RowError(reader.line_num, "", message)]
        _read_row(reader.line_num, header, cells, today, drafts, errors)
    return drafts, errors


def _header_problems(header: list[str]) -> list[RowError]:
    if not any(header):
        return [RowError(1, "", "The file is empty. The first row names the columns.")]
    known = {*FIELDS, *ITEM_COLUMNS}
    strange = [name for name in header if name not in known]
    twice = {name for name in header if header.count(name) > 1}
    columns = ", ".join([*FIELDS, *ITEM_COLUMNS])
    return [
        *(
            RowError(1, name, f"There is no such column. Use {columns}.")
            for name in strange
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
    try:
        draft = read_draft(
            _as_input(dict(zip(header, cells, strict=True))), today=today
        )
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
