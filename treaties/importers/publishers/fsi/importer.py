"""Fragile States Index: one row a state and year, the total of twelve scores."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from treaties.copying import Block
from treaties.importers import series
from treaties.importers.reading import Job, Reading


def read(job: Job) -> Iterator[Block]:
    for reading in job.tables():
        reading.keep(np.array([bool(c) for c in reading.text("Country")], dtype=bool))
        column = "Year" if reading.has("Year") else "year"
        _shorten(reading, column)
        states = reading.states("Country")
        yield from series.values(reading, states, reading.years(column))


def _shorten(reading: Reading, column: str) -> None:
    """Some editions write the first day of the year."""
    cells = pd.Series(reading.text(column), dtype=object)
    short = cells.str.replace(r"^(\d{4})-01-01.*$", r"\1", regex=True).to_numpy()
    reading.replace({**reading.piece.columns, column: short})


IMPORTER = series.importer(read)
