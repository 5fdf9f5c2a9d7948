"""SIPRI military expenditure: a column a year, states under the names of regions."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from treaties.copying import Block, Coded
from treaties.importers import series
from treaties.importers.cells import number
from treaties.importers.reading import Job, Reading, constant, present, selected

# Not available, and not a state then: neither is a number.
_MISSING = ("", "...", ". .", "..", "xxx", "xx")
_YEAR = re.compile(r"((?:19|20)\d\d)(?:\.0)?")


def read(job: Job) -> Iterator[Block]:
    for reading in job.tables():
        years = {
            column: int(match[1])
            for column in reading.piece.columns
            if (match := _YEAR.fullmatch(column))
        }
        if not years:
            job.note("has no column that is called by a year")
            return
        cells = [reading.text(column) != "" for column in years]
        # Regions and footnotes stand alone in their rows.
        reading.keep(np.logical_or.reduce(cells))
        states = reading.states("Country")
        if not reading.refused:
            named = [s or f"row {n}" for n, s in enumerate(states.spread())]
            reading.check_keys(named)
        for column, year in years.items():
            yield from _year(reading, states, column, year)


def _year(reading: Reading, states: Coded, column: str, year: int) -> Iterator[Block]:
    wanted = reading.job.settings.indicators[0]
    read_cell = number(wanted.scale_min, wanted.scale_max, missing=_MISSING)
    values = reading.column(column, read_cell)
    which = present(values) & present(states)
    reading.job.left_out[series.NO_NUMBER] += int((~present(values)).sum())
    reading.job.years.add(year)
    if which.any() and not reading.refused:
        yield series.block(
            wanted.code,
            selected(states, which),
            constant(year, int(which.sum())),
            reading.job.edition.known_from,
            selected(values, which),
        )


IMPORTER = series.importer(read)
