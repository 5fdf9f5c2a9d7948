"""Varieties of Democracy, country-year: a column an indicator among some thousands."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from treaties.copying import Block
from treaties.importers import series
from treaties.importers.cells import whole
from treaties.importers.reading import Job

# The tables of facts begin after the United Nations Charter; V-Dem's with 1789.
_FIRST_YEAR = 1946
_any_year = whole(1700, 2100)


def read(job: Job) -> Iterator[Block]:
    for reading in job.tables():
        years = reading.column("year", _any_year)
        recent = [y is None or y >= _FIRST_YEAR for y in years.distinct]
        which = np.array(recent, dtype=bool)[years.codes]
        reading.keep(which, f"rows before {_FIRST_YEAR}")
        if not len(reading):
            continue
        states = reading.states("country_text_id")
        recent_years = reading.years("year")
        yield from series.values(reading, states, recent_years, missing=("", "NA"))


IMPORTER = series.importer(read)
