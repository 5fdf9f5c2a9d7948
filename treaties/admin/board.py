"""The freshness board: what is old, what is due, where nobody has looked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from treaties.importers.asserted import asserted_counts
from treaties.selectors.freshness import (
    Looked,
    Renewal,
    SourceFreshness,
    renewals_due,
    searches_by_state,
    source_freshness,
)


@dataclass(frozen=True)
class Board:
    """Everything on the board, as of a day."""

    as_of: date
    sources: list[SourceFreshness]
    renewals: list[Renewal]
    looked: list[Looked]

    @property
    def n_unchecked(self) -> int:
        return sum(row.n_unchecked for row in self.sources)

    @property
    def n_differing(self) -> int:
        return sum(row.n_differing for row in self.sources)

    @property
    def overdue(self) -> list[Renewal]:
        return [due for due in self.renewals if due.days < 0]

    @property
    def due(self) -> list[Renewal]:
        return [due for due in self.renewals if due.days >= 0]

    @property
    def without_search(self) -> list[Looked]:
        return [row for row in self.looked if row.is_missing]

    @property
    def with_search(self) -> list[Looked]:
        return [row for row in self.looked if not row.is_missing]


def board(as_of: date) -> Board:
    """The board on a day."""
    asserted = asserted_counts(Path(settings.BASE_DIR) / "fixtures")
    return Board(
        as_of,
        source_freshness(as_of, asserted),
        renewals_due(as_of),
        searches_by_state(as_of),
    )
