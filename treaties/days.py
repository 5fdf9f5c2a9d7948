"""Days as people ask about them: how they are written, and which can be asked about.

Pure: pass today in.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

# A proposal further ahead than this is a slip of the keyboard.
FURTHEST_AHEAD = timedelta(days=2 * 365 + 1)
# The United Nations Charter: no rule in the rulebook is older.
EARLIEST = date(1945, 10, 24)


class NoDayError(ValueError):
    """What was typed is no day that can be asked about; the text says why."""


def read_day(typed: str) -> date:
    """A calendar day, written year-month-day. Raises NoDayError.

    >>> read_day("2019-06-20").year
    2019
    """
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", typed):
        msg = (
            f'"{typed}" cannot be read as a day. Write year-month-day, for example '
            "2019-06-20."
        )
        raise NoDayError(msg)
    try:
        return date.fromisoformat(typed)
    except ValueError:
        msg = f'"{typed}" is no day of the calendar. Check the month and the day.'
        raise NoDayError(msg) from None


def askable_day(day: date, today: date) -> date:
    """The same day, if a question about it can be meant. Raises NoDayError."""
    latest = today + FURTHEST_AHEAD
    if day > latest:
        msg = (
            f"{day} is more than two years ahead. Give a day up to {latest}; "
            "is the year right?"
        )
        raise NoDayError(msg)
    if day < EARLIEST:
        msg = (
            f"{day} is before the United Nations Charter ({EARLIEST}), the oldest rule "
            "that is held here. Is the year right?"
        )
        raise NoDayError(msg)
    return day
