"""Kinds of columns: how the text of a cell becomes a value, or why it cannot."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

# The codes of bodies that impose embargoes, beside the states.
BODIES = frozenset({"UN", "EU", "ECOWAS", "OSCE", "LAS"})
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class BadValueError(ValueError):
    """A cell holds something that its column cannot; the message says what."""


@dataclass(frozen=True)
class Column:
    """Where a column of a file goes, how its text is read, what it must refer to.

    refers_to: the table whose keys it names, "" for none; `many`: joined by "|".
    """

    field: str
    read: Callable[[str], Any]
    refers_to: str = ""
    many: bool = False

    def references(self, value: Any) -> list[str]:
        """The keys that a value of this column names."""
        if not self.refers_to or not value:
            return []
        return str(value).split("|") if self.many else [str(value)]


def text(field: str, longest: int = 0, *, needed: bool = False) -> Column:
    def read(cell: str) -> str:
        if needed and not cell:
            message = "is empty, and must not be"
            raise BadValueError(message)
        if longest and len(cell) > longest:
            message = f"is {len(cell)} characters long; {longest} fit"
            raise BadValueError(message)
        return cell

    return Column(field, read)


def day(field: str, *, needed: bool = False, blank: date | None = None) -> Column:
    def read(cell: str) -> date | None:
        if not cell:
            if needed:
                message = "is empty; a day is needed, as 2019-06-20"
                raise BadValueError(message)
            return blank
        if _DAY.fullmatch(cell):
            try:
                return date.fromisoformat(cell)
            except ValueError:
                pass
        message = "is not a day of the calendar; write it as 2019-06-20"
        raise BadValueError(message)

    return Column(field, read)


def flag(field: str) -> Column:
    def read(cell: str) -> bool:
        if cell not in {"y", "n"}:
            message = "is neither y nor n"
            raise BadValueError(message)
        return cell == "y"

    return Column(field, read)


def whole(field: str, lowest: int, highest: int, *, needed: bool = True) -> Column:
    def read(cell: str) -> int | None:
        if not cell and not needed:
            return None
        if not cell.isdecimal() or not lowest <= int(cell) <= highest:
            message = f"is not a whole number from {lowest} to {highest}"
            raise BadValueError(message)
        return int(cell)

    return Column(field, read)


def number(field: str) -> Column:
    def read(cell: str) -> float | None:
        if not cell:
            return None
        try:
            return float(cell)
        except ValueError:
            message = "is not a number"
            raise BadValueError(message) from None

    return Column(field, read)


def code(field: str, vocabulary: Iterable[str]) -> Column:
    known = frozenset(vocabulary)

    def read(cell: str) -> str:
        if cell not in known:
            message = f"is not one of: {', '.join(sorted(known - {''}))}"
            raise BadValueError(message)
        return cell

    return Column(field, read)


def codes(field: str, vocabulary: Iterable[str]) -> Column:
    """One or more codes of a vocabulary, joined by "|"; none is allowed."""
    single = code(field, vocabulary)

    def read(cell: str) -> str:
        for part in cell.split("|") if cell else []:
            single.read(part)
        return cell

    return Column(field, read)


def one(field: str, table: str, *, needed: bool = True) -> Column:
    """The key of a row of another table."""

    def read(cell: str) -> str | None:
        if not cell and needed:
            message = f"is empty; the key of one of the {table} is needed"
            raise BadValueError(message)
        return cell or None

    return Column(field, read, table)


def some(field: str, table: str) -> Column:
    """Keys of rows of another table, joined by "|"; none is allowed."""
    return Column(field, lambda cell: cell, table, many=True)
