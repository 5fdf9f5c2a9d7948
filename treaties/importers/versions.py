"""Files that name their edition in every row."""

from __future__ import annotations

from .kinds import BadValueError
from .publishers.settings import plainly
from .reading import Reading


def check_version(reading: Reading, column: str) -> None:
    """Note a row of another edition than the file is."""
    edition = reading.job.edition.label

    def read(cell: str) -> str:
        if plainly(cell) != plainly(edition):
            message = f"is another edition than {edition}, which the file is"
            raise BadValueError(message)
        return cell

    reading.column(column, read)
