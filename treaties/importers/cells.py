"""What publishers write in cells, read for what it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date, datetime

from .kinds import BadValueError

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_WHOLE = re.compile(r"-?\d+(\.0+)?")
_YEARS = (1900, 2100)


def number(
    lowest: float | None = None,
    highest: float | None = None,
    *,
    missing: Collection[str] = ("",),
) -> Callable[[str], float | None]:
    """A number within bounds; `missing`: what stands where there is none."""

    def read(cell: str) -> float | None:
        text = cell.strip()
        if text in missing:
            return None
        plain = text.replace(".", "", 1).isdecimal() and text.isascii()
        if not plain and not _NUMBER.fullmatch(text):
            message = "is not a number"
            raise BadValueError(message)
        return _within(float(text), lowest, highest)

    return read


def _within(value: float, lowest: float | None, highest: float | None) -> float:
    if (lowest is not None and value < lowest) or (
        highest is not None and value > highest
    ):
        low = "any" if lowest is None else f"{lowest:g}"
        high = "any" if highest is None else f"{highest:g}"
        message = f"is not between {low} and {high}: were columns swapped"
        raise BadValueError(message)
    return value


def whole(
    lowest: int,
    highest: int,
    *,
    missing: Collection[str] | None = None,
) -> Callable[[str], int | None]:
    """A whole number within bounds, which a workbook may write as 4.0."""

    def read(cell: str) -> int | None:
        text = cell.strip()
        if missing is not None and text in missing:
            return None
        plain = text.isdecimal() and text.isascii()
        if not plain and not _WHOLE.fullmatch(text):
            message = f"is not a whole number from {lowest} to {highest}"
            raise BadValueError(message)
        value = int(text if plain else text.partition(".")[0])
        if not lowest <= value <= highest:
            message = f"is not a whole number from {lowest} to {highest}"
            raise BadValueError(message)
        return value

    return read


def year(cell: str) -> int:
    """A year of this century or the last, which a workbook may write as 2019.0."""
    text = cell.strip()
    value = int(float(text)) if _WHOLE.fullmatch(text) else 0
    if not _YEARS[0] <= value <= _YEARS[1]:
        message = "is not a year; were columns swapped"
        raise BadValueError(message)
    return value


def day(*formats: str, needed: bool = True) -> Callable[[str], date | None]:
    """A day, written in one of the formats (as `%Y-%m-%d`)."""

    def read(cell: str) -> date | None:
        text = cell.strip()
        if not text and not needed:
            return None
        for form in formats or ("%Y-%m-%d",):
            try:
                return datetime.strptime(text, form).date()  # noqa: DTZ007
            except ValueError:
                continue
        message = "is not a day of the calendar; 2019-06-20 is how one is written"
        raise BadValueError(message)

    return read


def one_of(meanings: dict[str, str]) -> Callable[[str], str]:
    """One of the publisher's codes, as what it means here."""

    def read(cell: str) -> str:
        if cell.strip() not in meanings:
            known = ", ".join(f"“{code}”" for code in meanings)
            message = f"is not one of {known}"
            raise BadValueError(message)
        return meanings[cell.strip()]

    return read


def flag(yes: str, no: str) -> Callable[[str], bool]:
    """One of two marks."""

    def read(cell: str) -> bool:
        if cell.strip() not in {yes, no}:
            message = f"is neither “{yes}” nor “{no}”"
            raise BadValueError(message)
        return cell.strip() == yes

    return read


def text(longest: int, *, needed: bool = False) -> Callable[[str], str]:
    """Words that fit the column."""

    def read(cell: str) -> str:
        words = cell.strip()
        if needed and not words:
            message = "is empty, and must not be"
            raise BadValueError(message)
        if len(words) > longest:
            message = f"is {len(words)} characters long; {longest} fit"
            raise BadValueError(message)
        return words

    return read
