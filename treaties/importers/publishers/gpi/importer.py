"""Global Peace Index: one row a state and year, with slips of the keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator

from treaties.copying import Block
from treaties.importers import series
from treaties.importers.cells import number
from treaties.importers.reading import Job

_LOWEST, _HIGHEST = 1, 5
# 02.09 for 2.09: a nought typed before the number.
_SLIP = re.compile(r"0\d\.\d+")
_SLIPS = "scores written with a nought before them (02.09), read without it"


def read(job: Job) -> Iterator[Block]:
    def score(cell: str) -> float | None:
        if _SLIP.fullmatch(cell.strip()):
            job.say(_SLIPS)
        # Nought is below the scale: it stands for a state that was not rated.
        return number(_LOWEST, _HIGHEST, missing=("", "0", "0.0"))(cell)

    for reading in job.tables():
        states = reading.states("Code", scheme="")
        years = reading.years("Year")
        yield from series.values(
            reading, states, years, readers={"Overall_Scores": score}
        )


IMPORTER = series.importer(read)
