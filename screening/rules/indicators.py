"""Yearly indicators as priors: what a published number says of a state."""

from __future__ import annotations

from typing import Any

from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Evidence
from treaties.facts import day_date


def latest(
    indicator: str, state: str, case: Case, index: FactIndex, reading: Reading
) -> Any | None:
    """The newest value known then, if it is recent enough to say something."""
    day = day_date(case.as_of)
    year = day.year if day is not None else 0
    oldest = year - reading("indicators/years_that_count")
    rows = [
        row
        for row in index.indicators.get((indicator, state), [])
        if row.known_from <= case.known_at and oldest <= row.year <= year
    ]
    return max(rows, key=lambda row: row.year, default=None)


def value_evidence(row: Any) -> Evidence:
    """An indicator value as an evidence row."""
    return Evidence(
        table="indicator_values",
        key=row.key,
        text=f"{row.indicator} of {row.iso3} in {row.year}: {row.value:g}",
        publisher=row.publisher,
        on=row.known_from,
        url=row.url,
        is_checked=row.checked,
    )
