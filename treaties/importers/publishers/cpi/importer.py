"""Corruption Perceptions Index: a workbook with a column a year."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from treaties.copying import Block, Coded
from treaties.importers import series
from treaties.importers.cells import number
from treaties.importers.reading import Job, Reading, constant, present, selected

_SCORE = re.compile(r"CPI [Ss]core (\d{4})")


def read(job: Job) -> Iterator[Block]:
    for reading in job.tables():
        reading.keep(np.array([bool(c) for c in reading.text("ISO3")], dtype=bool))
        states = reading.states("ISO3", scheme="")
        if not reading.refused:
            found = [s or f"row {n}" for n, s in enumerate(states.spread())]
            reading.check_keys(found)
        for column in reading.piece.columns:
            match = _SCORE.fullmatch(column)
            if match:
                yield from _year(reading, states, column, int(match[1]))


def _year(reading: Reading, states: Coded, column: str, year: int) -> Iterator[Block]:
    wanted = reading.job.settings.indicators[0]
    read_cell = number(wanted.scale_min, wanted.scale_max, missing=("", "NA", "-"))
    values = reading.column(column, read_cell)
    which = present(values) & present(states)
    reading.job.left_out[series.NO_NUMBER] += int((~present(values)).sum())
    reading.job.years.add(year)
    if which.any() and not reading.refused:
        n = int(which.sum())
        yield series.block(
            wanted.code,
            selected(states, which),
            constant(year, n),
            reading.job.edition.known_from,
            selected(values, which),
        )


IMPORTER = series.importer(read)
