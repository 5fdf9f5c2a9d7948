"""Many rows at once, column by column, by the quickest way the database has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.db import connection

from treaties.statements import literal


@dataclass(frozen=True)
class Coded:
    """A column as its distinct values and, for each row, which of them it holds."""

    distinct: Sequence[Any]
    codes: np.ndarray

    def __len__(self) -> int:
        return len(self.codes)

    def spread(self, values: Sequence[Any] | None = None) -> list[Any]:
        """One value a row; of other values in the same places, when given."""
        cells = np.empty(len(self.distinct), dtype=object)
        cells[:] = self.distinct if values is None else values
        spread: list[Any] = cells[self.codes].tolist()
        return spread


@dataclass(frozen=True)
class Block:
    """Rows column by column: columns of one length, in the order of the fields."""

    columns: Sequence[Sequence[Any] | Coded]

    def __len__(self) -> int:
        return len(self.columns[0]) if self.columns else 0


def copy_rows(
    table: str,
    columns: Sequence[str],
    blocks: Iterator[Block],
    constant: Mapping[str, Any],
) -> int:
    """Write rows by the quickest way the database has; returns how many.

    constant: what every row holds in further columns.
    """
    into = f"{table} ({', '.join([*columns, *constant])})"
    if connection.vendor == "postgresql":
        return _copy_in(into, blocks, list(constant.values()))
    return _insert_many(into, blocks, list(constant.values()))


def _copy_in(into: str, blocks: Iterator[Block], constant: list[Any]) -> int:
    stream = _CopyText(blocks, constant)
    # The driver's own call: its errors are made Django's here.
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.cursor.copy_expert(f"COPY {into} FROM STDIN", stream, size=1 << 16)
    if stream.error is not None:
        raise stream.error
    return stream.n_rows


class _CopyText:
    """Blocks in the text format of PostgreSQL's COPY, as a file that it reads.

    One COPY for all, so that the database writes one while the next is made.
    """

    def __init__(self, blocks: Iterator[Block], constant: list[Any]) -> None:
        self._blocks = blocks
        self._end = "".join("\t" + _copied(value) for value in constant) + "\n"
        self.n_rows = 0
        # Raised after the COPY: the driver would put its own error in this one's place.
        self.error: Exception | None = None

    def read(self, size: int = -1) -> str:
        try:
            block = next((block for block in self._blocks if len(block)), None)
            if block is None:
                return ""
            self.n_rows += len(block)
            texts = [_column_text(column) for column in block.columns]
            lines = map("\t".join, zip(*texts, strict=True))
            return self._end.join(lines) + self._end
        except Exception as error:  # noqa: BLE001
            self.error = error
            return ""


def _column_text(column: Sequence[Any] | Coded) -> list[str]:
    if isinstance(column, Coded):
        return column.spread([_copied(value) for value in column.distinct])
    text = {value: _copied(value) for value in set(column)}
    return [text[value] for value in column]


def _copied(value: Any) -> str:
    """A value in the text format of PostgreSQL's COPY."""
    if isinstance(value, str):
        if "\\" in value or "\n" in value or "\t" in value or "\r" in value:
            return value.translate(_ESCAPED)
        return value
    return "\\N" if value is None else str(value)


_ESCAPED = str.maketrans({"\\": r"\\", "\n": r"\n", "\t": r"\t", "\r": r"\r"})


def _insert_many(into: str, blocks: Iterator[Block], constant: list[Any]) -> int:
    n = 0
    with connection.cursor() as cursor:
        for block in blocks:
            columns = [_with_days_as_text(column) for column in block.columns]
            marks = ["%s"] * len(columns) + [literal(value) for value in constant]
            statement = f"INSERT INTO {into} VALUES ({', '.join(marks)})"
            rows = zip(*columns, strict=True)
            cursor.executemany(statement, rows)  # type: ignore[arg-type]
            n += len(block)
    return n


def _with_days_as_text(column: Sequence[Any] | Coded) -> Sequence[Any]:
    if isinstance(column, Coded):
        return column.spread(_with_days_as_text(column.distinct))
    # A field holds days or none; blanks may come first.
    if not isinstance(next((v for v in column if v is not None), None), date):
        return column
    return [str(value) if isinstance(value, date) else value for value in column]
