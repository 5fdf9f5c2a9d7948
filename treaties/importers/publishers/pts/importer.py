"""The Political Terror Scale: one row a state and year, three reports read for each."""

from __future__ import annotations

from collections.abc import Iterator

from treaties.copying import Block
from treaties.importers import series
from treaties.importers.cells import one_of, whole
from treaties.importers.reading import Job, Reading

_LOWEST, _HIGHEST = 1, 5
_MISSING = "NA"
# Why a report gave no score: not a number, and not a score of 66.
_STATUS = {"0": "coded", "66": "no score", "77": "no score", "88": "no score"}
_STATUS |= {"99": "no score"}
_REPORTS = ("A", "H", "S")


def read(job: Job) -> Iterator[Block]:
    for reading in job.tables():
        states = reading.states("WordBank_Code_A")
        years = reading.years("Year")
        _check_status(reading)
        readers = {f"PTS_{report}": _score for report in _REPORTS}
        yield from series.values(reading, states, years, readers=readers)


def _score(cell: str) -> float | None:
    score = whole(_LOWEST, _HIGHEST, missing=(_MISSING, ""))(cell)
    return None if score is None else float(score)


def _check_status(reading: Reading) -> None:
    """A report with a score says 0, one without says why."""
    for report in _REPORTS:
        status = reading.column(f"NA_Status_{report}", one_of(_STATUS))
        scores = reading.text(f"PTS_{report}")
        for place, said in enumerate(status.spread()):
            has_score = scores[place] not in {_MISSING, ""}
            if said is not None and has_score != (said == "coded"):
                why = "contradicts its NA_Status: were columns swapped"
                row = reading.row_number(place)
                reading.job.note(why, row, f"PTS_{report}", scores[place])
                reading.job.stop_if_hopeless()


IMPORTER = series.importer(read)
