"""UCDP organised violence, country-year: a column a count, states by their numbers."""

from __future__ import annotations

from collections.abc import Iterator

from treaties.copying import Block
from treaties.importers import series
from treaties.importers.reading import Job
from treaties.importers.versions import check_version


def read(job: Job) -> Iterator[Block]:
    for reading in job.tables():
        check_version(reading, "version")
        states = reading.states_in("country_id_cy", "year_cy", scheme="GW")
        yield from series.values(reading, states, reading.years("year_cy"))


IMPORTER = series.importer(read)
