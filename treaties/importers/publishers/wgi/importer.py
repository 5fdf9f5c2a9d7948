"""Worldwide Governance Indicators: to the update of 2024, and as revised in 2025."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from treaties.copying import Block
from treaties.importers import series
from treaties.importers.cells import number, one_of
from treaties.importers.reading import (
    Job,
    Reading,
    present,
    selected,
)
from treaties.importers.sheets import find_header, open_book

# The publisher writes .. where it has no number.
_MISSING = ("..", "", "#N/A")
_LONG, _REVISED = "2024 update", "2025 revision"
_DIMENSIONS = ("va", "pv", "ge", "rq", "rl", "cc")
_ESTIMATE = "Governance estimate (approx. -2.5 to +2.5)"
_KNOWN = {name: name for name in _DIMENSIONS}


def read(job: Job) -> Iterator[Block]:
    if not job.file.encoding:
        book = open_book(job.file)
        if set(_DIMENSIONS) <= set(book.names):
            yield from _revised(job)
            return
    for reading in job.tables(_LONG):
        yield from _long(reading)


def _long(reading: Reading) -> Iterator[Block]:
    """One row a state, year and dimension; columns for the estimate and the rank."""
    states = reading.states("code")
    years = reading.years("year")
    dimensions = reading.column("indicator", one_of(_KNOWN))
    if reading.refused:
        return
    keys = zip(states.spread(), years.spread(), dimensions.spread(), strict=True)
    reading.check_keys(
        [f"{s} {y} {d}" if s else f"row {n}" for n, (s, y, d) in enumerate(keys)]
    )
    told = np.array(dimensions.spread(), dtype=object)
    for wanted in reading.job.settings.indicators:
        dimension, _, column = wanted.column.partition(":")
        read_cell = number(wanted.scale_min, wanted.scale_max, missing=_MISSING)
        values = reading.column(column, read_cell)
        which = (told == dimension) & present(values) & present(states)
        if not reading.refused and which.any():
            yield series.block(
                wanted.code,
                selected(states, which),
                selected(years, which),
                reading.job.edition.known_from,
                selected(values, which),
            )


def _revised(job: Job) -> Iterator[Block]:
    """A sheet a dimension; estimates only, whose method is a new one."""
    book = open_book(job.file)
    layout = job.settings.layouts[_REVISED]
    job.layout = _REVISED
    for dimension in _DIMENSIONS:
        rows = book.rows(dimension)
        header = find_header(rows, set(layout.read))
        if header is None:
            job.refuse_header(rows, (_REVISED,))
            continue
        for reading in job.sheet(rows, header, layout, dimension):
            yield from _estimates(reading, dimension)


def _estimates(reading: Reading, dimension: str) -> Iterator[Block]:
    filled = np.array([bool(cell) for cell in reading.text("Year")], dtype=bool)
    reading.keep(filled)
    states, years = reading.states("Economy (code)"), reading.years("Year")
    wanted = next(
        s
        for s in reading.job.settings.indicators
        if s.column == f"{dimension}:estimate"
    )
    read_cell = number(wanted.scale_min, wanted.scale_max, missing=_MISSING)
    values = reading.column(_ESTIMATE, read_cell)
    if reading.refused:
        return
    pairs = zip(states.spread(), years.spread(), strict=True)
    reading.check_keys(
        [
            f"{dimension} {s} {y}" if s else f"{dimension} {n}"
            for n, (s, y) in enumerate(pairs)
        ]
    )
    which = present(values) & present(states)
    if which.any() and not reading.refused:
        yield series.block(
            wanted.code,
            selected(states, which),
            selected(years, which),
            reading.job.edition.known_from,
            selected(values, which),
        )


IMPORTER = series.importer(read)
