"""Days of a question: as of when, and with what was known when."""

from __future__ import annotations

from datetime import date
from typing import Any

from screening.intake import readers
from screening.intake.readers import Problem
from treaties.days import NoDayError, askable_day


def as_of_day(value: Any, today: date) -> date:
    """The day of a question. Raises Problem."""
    try:
        return askable_day(readers.day(value), today)
    except NoDayError as why:
        raise Problem(str(why)) from None


def known_at_day(value: Any, today: date) -> date:
    """The day whose knowledge is asked for. Raises Problem."""
    day = readers.day(value)
    if day > today:
        msg = f"Nothing is known yet of {day}. Give a day up to today, {today}."
        raise Problem(msg)
    return day
