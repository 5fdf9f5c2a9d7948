"""Freedom in the World: one row a country or territory and edition."""

from __future__ import annotations

from collections.abc import Iterator

from treaties.copying import Block, Coded
from treaties.importers import series
from treaties.importers.cells import one_of, year
from treaties.importers.reading import Job

_STATUS = {"F": "free", "PF": "partly free", "NF": "not free"}
_KIND = {"c": "country", "t": "territory"}


def read(job: Job) -> Iterator[Block]:
    for reading in job.tables():
        reading.keep(reading.text("Country/Territory") != "")
        reading.column("Status", one_of(_STATUS))
        reading.column("C/T", one_of(_KIND))
        states = reading.states("Country/Territory")
        # An edition speaks of the year before the one it is called by.
        editions = reading.column("Edition", year)
        covered = [None if told is None else told - 1 for told in editions.distinct]
        job.years.update(told for told in covered if told is not None)
        yield from series.values(
            reading, states, Coded(covered, editions.codes), missing=("", "N/A")
        )


IMPORTER = series.importer(read)
