"""Yearly numbers about states: from tables with a column an indicator, or of one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date

from treaties.copying import Block, Coded
from treaties.models import IndicatorValue, value_key

from .cells import number
from .reading import Importer, Job, Reading, constant, present, selected

KEY = ("key",)
COLUMNS = ("key", "indicator_id", "state_id", "year", "known_from", "value")
NOT_ONE_STATE = "rows about no single state"
NO_NUMBER = "cells without a number"

Read = Callable[[str], float | None]


def importer(read: Callable[[Job], Iterator[Block]]) -> Importer:
    """An importer of indicators."""
    return Importer(IndicatorValue, KEY, COLUMNS, read)


def values(
    reading: Reading,
    states: Coded,
    years: Coded,
    *,
    missing: Collection[str] = ("",),
    readers: Mapping[str, Read] | None = None,
) -> Iterator[Block]:
    """A block an indicator of the source, out of a table with a column for each.

    readers: by column, for columns that are not simply numbers within the scale.
    """
    if not reading.refused:
        reading.check_keys(_keys(states, years))
    named = present(states)
    reading.job.left_out[NOT_ONE_STATE] += int((~named).sum())
    for series in reading.job.settings.indicators:
        if not reading.has(series.column):
            continue
        read = (readers or {}).get(series.column) or number(
            series.scale_min, series.scale_max, missing=missing
        )
        found = reading.column(series.column, read)
        which = present(found) & named
        reading.job.left_out[NO_NUMBER] += int((named & ~present(found)).sum())
        if reading.refused or not which.any():
            continue
        yield block(
            series.code,
            selected(states, which),
            selected(years, which),
            reading.job.edition.known_from,
            selected(found, which),
        )


def block(
    code: str, states: Coded, years: Coded, known_from: date, numbers: Coded
) -> Block:
    """Values of one indicator."""
    n = len(states)
    pairs = zip(states.spread(), years.spread(), strict=True)
    keys = [value_key(code, state, year, known_from) for state, year in pairs]
    told = [constant(code, n), states, years, constant(known_from, n), numbers]
    return Block([keys, *told])


def _keys(states: Coded, years: Coded) -> list[str]:
    """State and year of each row; rows about no single state never repeat one."""
    pairs = zip(states.spread(), years.spread(), strict=True)
    return [f"{s} {y}" if s else f"row {n}" for n, (s, y) in enumerate(pairs)]
