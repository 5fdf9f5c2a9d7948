"""UCDP dyads: one row a pair of parties and year, which says each state's part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from treaties.copying import Block
from treaties.importers.cells import one_of, text, whole
from treaties.importers.kinds import BadValueError
from treaties.importers.reading import Importer, Job, Reading
from treaties.importers.versions import check_version
from treaties.models import ConflictYear

_KINDS = {
    "1": "extrasystemic",
    "2": "interstate",
    "3": "intrastate",
    "4": "internationalized intrastate",
}
_GOVERNMENT = "Government of "
_COLUMNS = (
    "key",
    "conflict",
    "conflict_id",
    "dyad_id",
    "kind",
    "actor",
    "state_id",
    "side",
    "role",
    "places",
    "year",
    "intensity",
    "is_abroad",
    "side_supporters",
    "publisher",
    "citation",
    "url",
    "known_from",
    "checked",
    "checked_by",
    "checked_on",
    "note",
)
_MOST_PLACES = 40


@dataclass(frozen=True)
class _Dyad:
    """A row of the file, as text, with the states that it was about."""

    row: dict[str, str]
    places: tuple[str, ...]
    year: int
    known_from: date

    @property
    def conflict(self) -> str:
        about = self.row["territory_name"] or "government"
        return f"{self.row['location']}: {about}"[:120]


def read(job: Job) -> Iterator[Block]:
    for reading in job.whole():
        check_version(reading, "version")
        _check(reading)
        if reading.refused:
            return
        rows = [row for dyad in _dyads(reading) for row in _parts(reading, dyad)]
        if reading.refused:
            return
        unique = {row["key"]: row for row in rows}
        job.left_out["dyads without a state of ours"] += len(reading) - len(
            {(row["dyad_id"], row["year"]) for row in rows}
        )
        if unique:
            cells = [[row[name] for row in unique.values()] for name in _COLUMNS]
            yield Block(cells)


def _check(reading: Reading) -> None:
    reading.years("year")
    reading.column("intensity_level", whole(1, 2))
    reading.column("type_of_conflict", one_of(_KINDS))
    reading.column("location", text(200, needed=True))
    for name in ("dyad_id", "conflict_id"):
        reading.column(name, whole(1, 10**9))
    if not reading.refused:
        pairs = zip(reading.text("dyad_id"), reading.text("year"), strict=True)
        reading.check_keys([f"{dyad} {year}" for dyad, year in pairs])


def _dyads(reading: Reading) -> Iterator[_Dyad]:
    names = reading.piece.columns
    for place in range(len(reading)):
        row = {name: str(cells[place]).strip() for name, cells in names.items()}
        year = int(row["year"])
        on = date(year, 7, 1)
        places = _states(reading, place, "gwno_loc", row, on)
        known = min(date(year + 1, 7, 1), reading.job.edition.known_from)
        yield _Dyad({**row, "place": str(place)}, tuple(places), year, known)


def _parts(reading: Reading, dyad: _Dyad) -> Iterator[dict[str, Any]]:
    """What each state did in a dyad: its parties and those who supported them."""
    for side in ("a", "b"):
        second = dyad.row[f"side_{side}_2nd"]
        supporters = _split(second)
        common = {"side": side.upper(), "side_supporters": len(supporters)}
        place = int(dyad.row["place"])
        on = date(dyad.year, 7, 1)
        for state in _states(reading, place, f"gwno_{side}", dyad.row, on):
            actor = dyad.row[f"side_{side}"]
            yield _row(reading, dyad, state, "primary", actor, common)
        named = _governments(reading, place, f"side_{side}_2nd", supporters)
        coded = _states(reading, place, f"gwno_{side}_2nd", dyad.row, on)
        if coded and set(coded) != set(named):
            why = (
                f"names {', '.join(sorted(named)) or 'no state'}, and gwno_{side}_2nd "
                f"{', '.join(sorted(coded))}: were columns swapped"
            )
            row = reading.row_number(place)
            reading.job.note(why, row, f"side_{side}_2nd", second)
            reading.job.stop_if_hopeless()
        for state, actor in named.items():
            yield _row(reading, dyad, state, "supporting", actor, common)


def _split(names: str) -> list[str]:
    """Parties joined by commas."""
    return [part.strip() for part in names.split(",") if part.strip()]


def _governments(
    reading: Reading, place: int, column: str, actors: list[str]
) -> dict[str, str]:
    """The states among supporting parties, by their ISO codes."""
    found: dict[str, str] = {}
    for actor in actors:
        if not actor.startswith(_GOVERNMENT):
            continue
        state = _noted(reading, place, column, actor.removeprefix(_GOVERNMENT), "UCDP")
        if state:
            found[state] = actor
    return found


def _states(
    reading: Reading, place: int, column: str, row: dict[str, str], on: date
) -> list[str]:
    """States by their numbers, joined by commas."""
    codes = [code for code in row[column].replace(";", ",").split(",") if code.strip()]
    found = [
        _noted(reading, place, column, code.strip(), "GW", on)
        for code in codes
        if code.strip() not in {"-99", "-1"}
    ]
    return [state for state in found if state]


def _noted(
    reading: Reading,
    place: int,
    column: str,
    text: str,
    scheme: str,
    on: date | None = None,
) -> str | None:
    job = reading.job
    try:
        state = job.names.state(text, scheme=scheme, on=on)
    except BadValueError as error:
        job.note(str(error), reading.row_number(place), column, text)
        job.stop_if_hopeless()
        return None
    if state:
        job.states.add(state)
    return state


def _row(
    reading: Reading,
    dyad: _Dyad,
    state: str,
    role: str,
    actor: str,
    common: dict[str, Any],
) -> dict[str, Any]:
    settings = reading.job.settings
    key = f"{dyad.row['dyad_id']}:{state}:{dyad.year}:{common['side']}:{role}"
    return {
        **common,
        "key": key,
        "conflict": dyad.conflict,
        "conflict_id": dyad.row["conflict_id"],
        "dyad_id": dyad.row["dyad_id"],
        "kind": _KINDS[dyad.row["type_of_conflict"]],
        "actor": actor[:100],
        "state_id": state,
        "role": role,
        "places": _joined(dyad.places),
        "year": dyad.year,
        "intensity": int(dyad.row["intensity_level"]),
        "is_abroad": state not in dyad.places,
        "publisher": settings.publisher,
        "citation": f"UCDP Dyadic {reading.job.edition.label}",
        "url": settings.url,
        "known_from": dyad.known_from,
        "checked": False,
        "checked_by": "",
        "checked_on": None,
        "note": "",
    }


def _joined(places: tuple[str, ...]) -> str:
    """The places, as many as fit whole."""
    fit = _MOST_PLACES // 4
    return "|".join(sorted(places)[:fit])


IMPORTER = Importer(ConflictYear, ("key",), _COLUMNS, read)
