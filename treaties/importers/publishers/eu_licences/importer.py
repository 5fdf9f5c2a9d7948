"""European Union: a year's licences by exporter, destination and category."""

from __future__ import annotations

import re
from collections.abc import Iterator

from treaties.copying import Block
from treaties.importers.cells import text as words
from treaties.importers.cells import whole
from treaties.importers.kinds import BadValueError
from treaties.importers.reading import Importer, Job, constant
from treaties.models import RecordedTransfer

_CATEGORY = re.compile(r"ML([1-9]|1\d|2[0-2])")
_MOST = 10**12
_COLUMNS = (
    "row_key",
    "kind",
    "supplier_id",
    "supplier_text",
    "recipient_id",
    "recipient_text",
    "year",
    "goods",
    "n_licences",
    "licensed_eur",
    "exported_eur",
    *("is_year_certain", "is_n_ordered_certain", "is_n_delivered_certain"),
    *("designation", "condition", "delivery_years", "comments"),
)


def read(job: Job) -> Iterator[Block]:
    for reading in job.tables():
        n = len(reading)
        years = reading.years("year")
        exporters = reading.column("exporting_country", words(80, needed=True))
        importers = reading.column("importing_country", words(80, needed=True))
        goods = reading.column("ml_category", _category)
        columns = [
            constant("licences", n),
            reading.states("exporting_country"),
            exporters,
            reading.states("importing_country"),
            importers,
            years,
            goods,
            reading.column("num_licences", whole(0, 2**31 - 1, missing=("",))),
            reading.column("val_licences_eur", _euros),
            reading.column("val_arms_eur", _euros),
            *[constant(True, n)] * 3,
            *[constant("", n)] * 4,
        ]
        if reading.refused:
            continue
        parts = (c.spread() for c in (exporters, importers, goods))
        told = years.spread([str(value) for value in years.distinct])
        keys = list(map(":".join, zip(told, *parts, strict=True)))
        reading.check_keys(keys)
        if not reading.refused:
            yield Block([keys, *columns])


def _category(cell: str) -> str:
    if not _CATEGORY.fullmatch(cell.strip()):
        message = "is not a category of the Common Military List, ML1 to ML22"
        raise BadValueError(message)
    return cell.strip()


def _euros(cell: str) -> int | None:
    """Whole euros; a blank between thousands is let be."""
    return whole(0, _MOST, missing=("",))(cell.replace(" ", "").replace("\xa0", ""))


IMPORTER = Importer(RecordedTransfer, ("row_key",), _COLUMNS, read)
