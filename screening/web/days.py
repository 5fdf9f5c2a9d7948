"""The day that a page asks about, and what was known on which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.http import QueryDict
from django.utils import timezone

from screening.services import known_then


@dataclass(frozen=True)
class Asked:
    """A question about a day: the facts as of it, as they were known on another."""

    as_of: date
    known: Literal["then", "now"]
    known_at: date

    @property
    def is_plain(self) -> bool:
        """Whether it asks about today, so that an address need not say so."""
        return self.as_of == self.known_at == today()


def today() -> date:
    """The day on which somebody looks: the only clock of the pages."""
    return timezone.localdate()


def asked(values: QueryDict) -> Asked:
    """The day in `as_of` (today when none is given) and `known`, "then" or "now"."""
    as_of = day_or(values.get("as_of"), today())
    if values.get("known") == "now":
        return Asked(as_of, "now", today())
    return Asked(as_of, "then", known_then(as_of, today()))


def day_or(text: str | None, otherwise: date) -> date:
    """The day that an address names; `otherwise` when it names none."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return otherwise
