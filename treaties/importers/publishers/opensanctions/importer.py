"""OpenSanctions: entities of the FollowTheMoney model, one in JSON a line."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from treaties.copying import Block
from treaties.importers.kinds import BadValueError
from treaties.importers.reading import Importer, Job
from treaties.models import ListedEntity

# Kinds of things that can be listed. The model has others, which say how things hang
# together (ownership, addresses, papers): they are no rows of a list.
_KINDS = {
    "Person": "person",
    "LegalEntity": "body",
    "Organization": "body",
    "Company": "body",
    "PublicBody": "body",
    "Vessel": "vessel",
    "Airplane": "aircraft",
    "Vehicle": "other",
    "Asset": "other",
    "Security": "other",
    "CryptoWallet": "other",
}
_OTHERS = {
    *("Address", "Associate", "BankAccount", "Debt", "Directorship", "Documentation"),
    *("Employment", "Event", "Family", "Identification", "Membership", "Note"),
    *("Occupancy", "Ownership", "Passport", "Payment", "Position", "Representation"),
    *("Sanction", "Similar", "Succession", "UnknownLink", "Article", "Mention"),
    *("Interval", "Interest", "Project", "ProjectParticipant", "Contract", "License"),
    *("CourtCase", "CourtCaseParty", "ContractAward", "Permit", "Trip", "Call"),
}
_TOPICS = ("sanction", "export.control", "debarment")
_FIELDS = {
    *("id", "caption", "schema", "properties", "referents", "datasets", "target"),
    *("first_seen", "last_seen", "last_change", "origin"),
}
_COLUMNS = (
    "row_key",
    "name",
    "aliases",
    "kind",
    "states",
    "programmes",
    "reference",
    "listed_on",
    "changed_on",
)
_BATCH = 5000
_MOST_ALIASES = 50
_LONGEST = 500
_DAY_LENGTH = 10
_NOT_LISTED = "entities that no list of sanctions names"
_HANGING = "entities that only say how others hang together"


def read(job: Job) -> Iterator[Block]:
    batch: list[dict[str, Any]] = []
    for number, line in _lines(job):
        entity = _entity(job, number, line)
        row = _row(job, number, entity) if entity is not None else None
        if row is None:
            continue
        batch.append(row)
        if len(batch) == _BATCH and not job.problems:
            yield _block(batch)
            batch = []
    if batch and not job.problems:
        yield _block(batch)


def _lines(job: Job) -> Iterator[tuple[int, str]]:
    with job.file.bytes(job.progress) as stream:
        text = io.TextIOWrapper(
            io.BufferedReader(stream, 1024**2),  # type: ignore[type-var]
            encoding=job.file.codec,
        )
        for number, line in enumerate(text, start=1):
            if line.strip():
                job.n_rows += 1
                yield number, line


def _entity(job: Job, number: int, line: str) -> dict[str, Any] | None:
    """The entity of a line that a list names; None for the others."""
    try:
        entity = json.loads(line)
    except json.JSONDecodeError as error:
        ends = "" if line.endswith("\n") else ": the file is cut short"
        job.note(f"is not an entity in JSON ({error.msg}){ends}", number)
        job.stop_if_hopeless()
        return None
    if not isinstance(entity, dict) or not {"id", "schema", "properties"} <= set(
        entity
    ):
        job.note("is not an entity: it has no id, schema and properties", number)
        job.stop_if_hopeless()
        return None
    for field in sorted(set(entity) - _FIELDS):
        job.note("is a field that is neither read nor ignored", number, field)
        job.stop_if_hopeless()
    schema = entity["schema"]
    if schema in _OTHERS:
        job.left_out[_HANGING] += 1
        return None
    if schema not in _KINDS:
        job.note("is no kind of entity that is known here", number, "schema", schema)
        job.stop_if_hopeless()
        return None
    topics = entity["properties"].get("topics", [])
    if not any(topic.startswith(_TOPICS) for topic in topics):
        job.left_out[_NOT_LISTED] += 1
        return None
    return entity


def _row(job: Job, number: int, entity: dict[str, Any]) -> dict[str, Any] | None:
    told = entity["properties"]
    name = str(entity.get("caption") or next(iter(told.get("name", [])), ""))
    if not name:
        job.note("has no name", number, "caption")
        job.stop_if_hopeless()
    job.check_keys([entity["id"]], [number], number)
    names = dict.fromkeys(
        [*told.get("name", []), *told.get("alias", []), *told.get("weakAlias", [])]
    )
    names.pop(name, None)
    return {
        "row_key": entity["id"],
        "name": name[:300],
        "aliases": "|".join(n.replace("|", "/") for n in list(names)[:_MOST_ALIASES]),
        "kind": _KINDS[entity["schema"]],
        "states": "|".join(_states(job, number, told)),
        "programmes": "|".join(sorted(entity.get("datasets", [])))[:_LONGEST],
        "reference": entity["id"][:100],
        "listed_on": _day(job, number, told.get("createdAt", []), "createdAt", min),
        "changed_on": _day(
            job, number, [entity.get("last_change")], "last_change", max
        ),
    }


def _states(job: Job, number: int, told: dict[str, list[str]]) -> list[str]:
    found: dict[str, None] = {}
    for field in ("nationality", "jurisdiction", "flag", "country"):
        for code in sorted(told.get(field, [])):
            state = _state(job, number, field, code)
            if state:
                found[state] = None
                job.states.add(state)
    return list(found)[:20]


def _state(job: Job, number: int, field: str, code: str) -> str | None:
    # A part of a state (gb-sct), its predecessor (suhh) or a group is no single state.
    if "-" in code or len(code) != 2 or code in {"eu", "zz"}:
        return None
    try:
        return job.names.state(code.upper(), scheme="ISO2")
    except BadValueError as error:
        job.note(str(error), number, field, code)
        job.stop_if_hopeless()
        return None


def _day(
    job: Job, number: int, told: list[str | None], field: str, choose: Any
) -> date | None:
    days = []
    for text in told:
        if not text or len(text) < _DAY_LENGTH:
            continue
        try:
            days.append(date.fromisoformat(text[:_DAY_LENGTH]))
        except ValueError:
            job.note("is not a day, as 2012-11-12", number, field, text)
            job.stop_if_hopeless()
    return choose(days) if days else None


def _block(batch: list[dict[str, Any]]) -> Block:
    return Block([[row[name] for row in batch] for name in _COLUMNS])


IMPORTER = Importer(ListedEntity, ("row_key",), _COLUMNS, read)
