"""The day that a page asks about, and what was known on which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.http import QueryDict
from django.utils import timezone

from screening.intake import as_of_day, readers
from screening.services import known_then


@dataclass(frozen=True)
class Asked:
    """A question about a day: the facts as of it, as they were known on another.

    error: why what was typed is no day; the question is then about today.
    """

    as_of: date
    known: Literal["then", "now"]
    known_at: date
    error: str = ""


def today() -> date:
    """The day on which somebody looks: the only clock of these pages."""
    return timezone.localdate()


def asked(values: QueryDict) -> Asked:
    """The day in `as_of` (today when there is none) and `known`, "then" or "now"."""
    as_of, error = _day(values.get("as_of", "").strip())
    if values.get("known") == "now":
        return Asked(as_of, "now", today(), error)
    return Asked(as_of, "then", known_then(as_of, today()), error)


def _day(typed: str) -> tuple[date, str]:
    if not typed:
        return today(), ""
    try:
        return as_of_day(typed, today()), ""
    except readers.Problem as problem:
        return today(), str(problem)
