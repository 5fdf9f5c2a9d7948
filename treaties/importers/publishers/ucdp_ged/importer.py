"""UCDP GED: one row an event of deadly violence, with place, days and deaths."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from treaties.copying import Block, Coded
from treaties.importers.cells import number, one_of, text, whole
from treaties.importers.kinds import BadValueError
from treaties.importers.reading import Importer, Job, Reading
from treaties.models import ConflictEvent

_KINDS = {"1": "state", "2": "non_state", "3": "one_sided"}
_MOST_DEATHS = 5_000_000
_DAY_LENGTH = 10
_COLUMNS = (
    "row_key",
    "year",
    "kind",
    "conflict_id",
    "dyad_id",
    "side_a",
    "side_b",
    "place_id",
    "place_text",
    "area",
    "latitude",
    "longitude",
    "starts",
    "ends",
    "date_precision",
    "deaths",
    "deaths_low",
    "deaths_high",
    "deaths_civilians",
)


def read(job: Job) -> Iterator[Block]:
    for reading in job.tables():
        filled = _columns(reading)
        if reading.refused:
            continue
        _check_days(reading, filled)
        keys = filled["row_key"].spread()
        reading.check_keys(keys)
        if not reading.refused:
            yield Block([filled[name] for name in _COLUMNS])


def _columns(reading: Reading) -> dict[str, Coded]:
    deaths = whole(0, _MOST_DEATHS)
    return {
        "row_key": reading.column("id", _number_as_text),
        "year": reading.years("year"),
        "kind": reading.column("type_of_violence", one_of(_KINDS)),
        "conflict_id": reading.column("conflict_new_id", _number_as_text),
        "dyad_id": reading.column("dyad_new_id", _number_as_text),
        "side_a": reading.column("side_a", text(150, needed=True)),
        "side_b": reading.column("side_b", text(150, needed=True)),
        "place_id": reading.states_in("country_id", "year", scheme="GW"),
        "place_text": reading.column("country", text(60, needed=True)),
        "area": reading.column("adm_1", text(150)),
        "latitude": reading.column("latitude", number(-90, 90)),
        "longitude": reading.column("longitude", number(-180, 180)),
        "starts": reading.column("date_start", _day),
        "ends": reading.column("date_end", _day_after),
        "date_precision": reading.column("date_prec", whole(1, 5)),
        "deaths": reading.column("best", deaths),
        "deaths_low": reading.column("low", deaths),
        "deaths_high": reading.column("high", deaths),
        "deaths_civilians": reading.column("deaths_civilians", deaths),
    }


def _number_as_text(cell: str) -> str:
    return str(whole(1, 2**62)(cell))


def _day(cell: str) -> date:
    """A day, to which the file adds a time of midnight."""
    try:
        return date.fromisoformat(cell.strip()[:_DAY_LENGTH])
    except ValueError:
        message = "is not a day of the calendar; 2019-06-20 is how one is written"
        raise BadValueError(message) from None


def _day_after(cell: str) -> date:
    return _day(cell) + timedelta(days=1)


def _check_days(reading: Reading, filled: dict[str, Coded]) -> None:
    pairs = zip(filled["starts"].spread(), filled["ends"].spread(), strict=True)
    for place, (starts, ends) in enumerate(pairs):
        if ends <= starts:
            why = f"is before date_start, {starts}: were columns swapped"
            told = str(ends - timedelta(days=1))
            reading.job.note(why, reading.row_number(place), "date_end", told)
            reading.job.stop_if_hopeless()


IMPORTER = Importer(ConflictEvent, ("row_key",), _COLUMNS, read)
