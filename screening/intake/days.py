"""Days of a question: as of when, and with what was known when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from screening.intake import readers
from screening.intake.readers import Problem

# A proposal further ahead than this is a slip of the keyboard.
FURTHEST_AHEAD = timedelta(days=2 * 365 + 1)
# The United Nations Charter: no rule in the rulebook is older.
EARLIEST = date(1945, 10, 24)


def as_of_day(value: Any, today: date) -> date:
    """The day of a question. Raises Problem."""
    day = readers.day(value)
    latest = today + FURTHEST_AHEAD
    if day > latest:
        msg = (
            f"{day} is more than two years ahead. Give a day up to {latest}; "
            "is the year right?"
        )
        raise Problem(msg)
    if day < EARLIEST:
        msg = (
            f"{day} is before the United Nations Charter ({EARLIEST}), the oldest rule "
            "that is held here. Is the year right?"
        )
        raise Problem(msg)
    return day


def known_at_day(value: Any, today: date) -> date:
    """The day whose knowledge is asked for. Raises Problem."""
    day = readers.day(value)
    if day > today:
        msg = f"Nothing is known yet of {day}. Give a day up to today, {today}."
        raise Problem(msg)
    return day
