"""United Kingdom: one row a licence group, destination and rating."""

from __future__ import annotations

import re
from collections.abc import Iterator

from treaties.copying import Block, Coded
from treaties.importers.cells import day, flag, number, text, whole
from treaties.importers.kinds import BadValueError
from treaties.importers.reading import Importer, Job, Reading, constant
from treaties.models import LicenceDecision

_CRITERIA = re.compile(r"[1-8](;[1-8])*")
_COLUMNS = (
    "row_key",
    "licence_group",
    "decided_on",
    "recipient_id",
    "recipient_text",
    "rating",
    "n_licences",
    "value_gbp",
    "is_refused",
    "criteria",
)


def read(job: Job) -> Iterator[Block]:
    ratings: set[str] = set()
    for reading in job.tables():
        filled = _columns(reading)
        if reading.refused:
            continue
        ratings.update(filled["rating"].distinct)
        keys = _keys(filled)
        reading.check_keys(keys)
        if not reading.refused:
            yield Block([keys, *(filled[name] for name in _COLUMNS[1:])])
    _say_unknown(job, ratings)


def _columns(reading: Reading) -> dict[str, Coded]:
    filled = {
        "licence_group": reading.column("licence_group", whole(1, 2**31 - 1)),
        "decided_on": reading.column("date", day()),
        "recipient_id": reading.states("country"),
        "recipient_text": reading.column("country", text(60, needed=True)),
        "rating": reading.column("rating", text(16, needed=True)),
        "n_licences": reading.column("count", whole(0, 32767)),
        "value_gbp": reading.column("value", number(0)),
        "is_refused": reading.column("refused", flag("1", "0")),
        "criteria": constant("", len(reading)),
    }
    if reading.has("refusal_criteria"):
        filled["criteria"] = reading.column("refusal_criteria", _criteria)
    reading.job.years.update(d.year for d in filled["decided_on"].distinct if d)
    return filled


def _criteria(cell: str) -> str:
    if cell and not _CRITERIA.fullmatch(cell):
        message = "is not a list of criteria from 1 to 8, as 2;7"
        raise BadValueError(message)
    return cell.replace(";", "|")


def _keys(filled: dict[str, Coded]) -> list[str]:
    group, name, rating = (
        filled[column] for column in ("licence_group", "recipient_text", "rating")
    )
    parts = (group.spread([f"{g:07d}" for g in group.distinct]), name.spread())
    return list(map(":".join, zip(*parts, rating.spread(), strict=True)))


def _say_unknown(job: Job, ratings: set[str]) -> None:
    """Ratings that no item class is known for are kept, and said."""
    unknown = job.names.unknown_goods(ratings)
    if unknown:
        job.say(f"ratings without an item class: {', '.join(unknown)}")


IMPORTER = Importer(LicenceDecision, ("row_key",), _COLUMNS, read, terms="UK_RATING")
