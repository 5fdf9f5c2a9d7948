"""Tables of text out of a publisher's file, in pieces that fit in memory.

Cells come as text, whatever the file holds, so that nothing is guessed: what a column
means is said by who reads it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

import numpy as np
import pandas as pd
from python_calamine import CalamineWorkbook

from .files import OpenFile, Progress, UnreadableError
from .folders import Problem

# Cells read at a time: a piece of a file with thousands of columns has few rows. Small
# pieces let the database write one while the next is read.
_CELLS = 1_500_000
_MOST_ROWS = 20_000
_LEAST_ROWS = 200
_BYTES = 8 * 1024**2
_SAMPLE = 256 * 1024
# Above this row stands what a publisher says about the table.
_LOWEST_HEADER = 40
_HEAD = 2 * 1024**2


@dataclass(frozen=True)
class Piece:
    """Some rows of a table, an array of text a column; `first`: number of the first."""

    columns: dict[str, np.ndarray]
    first: int

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))


@dataclass(frozen=True)
class Header:
    """Where a table's header stands and what it says; blank names are told apart.

    row: as people count, from 1.
    """

    names: tuple[str, ...]
    row: int
    above: tuple[tuple[str, ...], ...] = ()

    @property
    def notes(self) -> str:
        """What stands above the header."""
        return "\n".join(" ".join(filter(None, cells)) for cells in self.above)


def named(cells: Sequence[str]) -> tuple[str, ...]:
    """Names for the columns of a header: blanks and repetitions by what precedes them.

    >>> named(["Year of order", " ", "Number", ""])
    ('Year of order', 'Year of order (flag)', 'Number', 'Number (flag)')
    """
    names: list[str] = []
    for cell in cells:
        name = " ".join(cell.split())
        if not name:
            name = f"{names[-1]} (flag)" if names else "(blank)"
        while name in names:
            name += "+"
        names.append(name)
    return tuple(names)


def find_header(rows: Sequence[Sequence[str]], needed: set[str]) -> Header | None:
    """The first row that has every needed name."""
    for number, cells in enumerate(rows[:_LOWEST_HEADER]):
        if needed <= set(named(cells)):
            above = tuple(tuple(cells) for cells in rows[:number])
            return Header(named(cells), number + 1, above)
    return None


# --- Text with separators -----------------------------------------------------------


def first_rows(file: OpenFile, separator: str = ",") -> list[list[str]]:
    """The first rows of a file, among which its header is looked for."""
    text = file.head(_HEAD)
    rows: list[list[str]] = []
    for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
        rows.append(cells)
        if len(rows) > _LOWEST_HEADER:
            break
    return rows


def read_text(
    file: OpenFile,
    header: Header,
    wanted: Sequence[str],
    *,
    separator: str = ",",
    progress: Progress | None = None,
) -> Iterator[Piece]:
    """The wanted columns below the header, piece by piece.

    Raises UnreadableError where a row has fewer or more cells than the header.
    """
    names, use = list(header.names), list(dict.fromkeys(wanted))
    number, at_a_time = header.row + 1, _rows_at_a_time(file, len(names))
    with file.bytes(progress) as stream:
        shape = _Shape(stream, separator)
        try:
            with pd.read_csv(
                io.BufferedReader(shape, 1024**2),
                encoding=file.codec,
                sep=separator,
                header=None,
                names=names,
                usecols=use,
                index_col=False,
                skiprows=header.row,
                dtype=object,
                na_filter=False,
                chunksize=at_a_time,
            ) as pieces:
                for frame in pieces:
                    columns = {name: frame[name].to_numpy() for name in use}
                    yield Piece(columns, number)
                    number += len(frame)
        except pd.errors.ParserError as error:
            raise UnreadableError(_parser_said(error)) from error
        except pd.errors.EmptyDataError:
            return
    if not shape.is_even(len(header.names), header):
        _check_rows(file, header, separator)


def _rows_at_a_time(file: OpenFile, n_columns: int) -> int:
    """Few enough that a piece is small in memory, whether long rows or wide."""
    with file.bytes(None) as stream:
        sample = stream.read(_SAMPLE)
    width = len(sample) // max(1, sample.count(b"\n")) + 1
    most = min(_MOST_ROWS, _CELLS // n_columns, _BYTES // width)
    return max(_LEAST_ROWS, most)


def _parser_said(error: Exception) -> str:
    if "EOF inside string" in str(error):
        return "ends inside a quoted cell: it is cut short"
    return f"cannot be read as a table: {error}"


class _Shape(io.RawIOBase):
    """Counts separators and lines outside quotes while somebody else reads the bytes.

    Much quicker than looking at each row, and enough to know whether all have as many
    cells as the header.
    """

    def __init__(self, stream: IO[bytes], separator: str) -> None:
        self._stream, self._separator = stream, separator.encode()
        self._is_inside = 0
        self._separators = self._lines = 0
        self._last = b"\n"

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        if data:
            self._count(data)
        return len(data)

    def _count(self, data: bytes) -> None:
        parts = data.split(b'"')
        outside = b'"'.join(parts[self._is_inside :: 2])
        self._is_inside = (self._is_inside + len(parts) - 1) % 2
        self._separators += outside.count(self._separator)
        self._lines += outside.count(b"\n")
        self._last = data[-1:]

    def is_even(self, n_columns: int, header: Header) -> bool:
        lines = self._lines + (self._last != b"\n") - len(header.above)
        above = sum(len(cells) - 1 for cells in header.above if cells)
        return self._separators - above == lines * (n_columns - 1)


def _check_rows(file: OpenFile, header: Header, separator: str) -> None:
    """Look at each row: the counts of the whole file do not agree."""
    with file.bytes() as stream:
        text = io.TextIOWrapper(stream, encoding=file.codec, newline="")
        number = 0
        for cells in csv.reader(text, delimiter=separator):
            number += 1
            if number <= header.row or not cells or len(cells) == len(header.names):
                continue
            if not any(cells[len(header.names) :]) and len(cells) > len(header.names):
                continue
            ends = next(text, None) is None
            message = (
                f"row {number} has {len(cells)} cells, the header {len(header.names)}"
            )
            message += ": the file is cut short" if ends else ""
            raise UnreadableError(message)


# --- Workbooks ----------------------------------------------------------------------


@dataclass(frozen=True)
class Book:
    """A workbook: its sheets by name, in their order."""

    workbook: CalamineWorkbook

    @property
    def names(self) -> list[str]:
        return list(self.workbook.sheet_names)

    def rows(self, sheet: str) -> list[list[str]]:
        """Every row of a sheet, as text; blank cells at the right are left out."""
        cells = self.workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        return [[as_text(cell) for cell in row] for row in cells]


def open_book(file: OpenFile) -> Book:
    """Open a workbook. Raises UnreadableError."""
    try:
        with file.bytes() as stream:
            return Book(CalamineWorkbook.from_filelike(io.BytesIO(stream.read())))
    except Exception as error:
        message = f"cannot be opened as a workbook: {error}"
        raise UnreadableError(message) from error


def as_text(cell: Any) -> str:
    """The text that stands for a cell of a workbook.

    >>> as_text(2018.0), as_text(0.25), as_text(date(2024, 1, 30)), as_text(None)
    ('2018', '0.25', '2024-01-30', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).strip()


def piece_of(
    rows: Sequence[Sequence[str]], header: Header, wanted: Sequence[str]
) -> Piece:
    """The wanted columns of the rows below a header; rows without any text are gone.

    Row numbers stay right, because blank rows only count as rows without a cell.
    """
    at = {name: header.names.index(name) for name in wanted}
    below = rows[header.row :]
    columns = {}
    for name, index in at.items():
        cells = [row[index] if index < len(row) else "" for row in below]
        columns[name] = np.array(cells, dtype=object)
    return Piece(columns, header.row + 1)


def header_problem(file: str, missing: Sequence[str], found: Sequence[str]) -> Problem:
    """What to say when no row has the names that are needed."""
    shown = ", ".join(list(found)[:12]) + (" …" if len(found) > 12 else "")
    why = (
        f"has no header with {_listed(missing)}. It begins with: {shown or 'nothing'}"
        ". Is it the file of this source, as its publisher gives it"
    )
    return Problem(file, why)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)
