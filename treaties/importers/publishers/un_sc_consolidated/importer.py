"""The Security Council's consolidated list: persons and bodies under its sanctions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from treaties.copying import Block
from treaties.importers.files import UnreadableError
from treaties.importers.kinds import BadValueError
from treaties.importers.reading import Importer, Job
from treaties.models import ListedEntity

_KINDS = {"INDIVIDUAL": "person", "ENTITY": "body"}
_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_READ = {
    *_NAMES,
    *("DATAID", "UN_LIST_TYPE", "REFERENCE_NUMBER", "LISTED_ON", "NATIONALITY"),
    *("LAST_DAY_UPDATED", "INDIVIDUAL_ALIAS", "ENTITY_ALIAS", "ENTITY_ADDRESS"),
}
# Not taken over: births, papers, addresses of persons, and how the list sorts itself.
_IGNORED = {
    *("VERSIONNUM", "NAME_ORIGINAL_SCRIPT", "COMMENTS1", "NATIONALITY2", "TITLE"),
    *("DESIGNATION", "GENDER", "SUBMITTED_BY", "SUBMITTED_ON", "LIST_TYPE"),
    *("INDIVIDUAL_ADDRESS", "INDIVIDUAL_DATE_OF_BIRTH", "INDIVIDUAL_PLACE_OF_BIRTH"),
    *("INDIVIDUAL_DOCUMENT", "SORT_KEY", "SORT_KEY_LAST_MOD", "DELISTED_ON"),
    *("GOODQUALITY", "PASSPORT", "INTERPOL_LINK"),
}
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)")
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
_BATCH = 2000


def read(job: Job) -> Iterator[Block]:
    batch: list[dict[str, Any]] = []
    for element in _entries(job):
        batch.append(_row(job, element))
        if len(batch) == _BATCH and not job.problems:
            yield _block(batch)
            batch = []
    if batch and not job.problems:
        yield _block(batch)


def _entries(job: Job) -> Iterator[Element]:
    """Each person and body, and nothing of it kept in memory afterwards.

    Raises UnreadableError for anything that is not plain XML: entities of its own
    making, and those of other files, are refused.
    """
    try:
        with job.file.bytes(job.progress) as stream:
            for _, element in iterparse(stream, events=("end",), forbid_dtd=True):
                if element.tag in _KINDS:
                    job.n_rows += 1
                    yield element
                    element.clear()
    except DefusedXmlException as error:
        message = (
            "is XML that defines entities or a document type, which the list does not "
            "and which could harm; it was not read"
        )
        raise UnreadableError(message) from error
    except ParseError as error:
        message = f"is not whole XML: {error}. Is it cut short"
        raise UnreadableError(message) from error


def _row(job: Job, element: Element) -> dict[str, Any]:
    where = job.n_rows
    for child in element:
        if child.tag not in _READ | _IGNORED:
            why = "is an element of the list that is neither read nor ignored"
            job.note(why, where, child.tag)
            job.stop_if_hopeless()
    row_key = _text(element, "DATAID")
    name = " ".join(filter(None, (_text(element, tag) for tag in _NAMES)))
    for column, value in (("DATAID", row_key), ("FIRST_NAME", name)):
        if not value:
            job.note("is empty, and must not be", where, column)
    job.check_keys([row_key], [where], where)
    states = _states(job, element)
    return {
        "row_key": row_key,
        "name": name[:300],
        "aliases": "|".join(dict.fromkeys(_aliases(element))),
        "kind": _KINDS[element.tag],
        "states": "|".join(states),
        "programmes": _text(element, "UN_LIST_TYPE"),
        "reference": _text(element, "REFERENCE_NUMBER"),
        "listed_on": _day(job, _text(element, "LISTED_ON"), "LISTED_ON"),
        "changed_on": _last_change(job, element),
    }


def _text(element: Element, tag: str) -> str:
    return " ".join((element.findtext(tag) or "").split())


def _values(element: Element, tag: str) -> list[str]:
    found = [(value.text or "").strip() for value in element.findall(f"{tag}/VALUE")]
    return [value for value in found if value]


def _aliases(element: Element) -> Iterator[str]:
    for tag in ("INDIVIDUAL_ALIAS", "ENTITY_ALIAS"):
        for alias in element.findall(tag):
            for name in (alias.findtext("ALIAS_NAME") or "").split(";"):
                if name.strip():
                    yield " ".join(name.split()).replace("|", "/")


def _states(job: Job, element: Element) -> list[str]:
    """Nationalities of persons; where bodies have their addresses."""
    told = _values(element, "NATIONALITY")
    told += [_text(address, "COUNTRY") for address in element.findall("ENTITY_ADDRESS")]
    found: dict[str, None] = {}
    for name in told:
        if not name:
            continue
        try:
            state = job.names.state(name)
        except BadValueError as error:
            column = "NATIONALITY" if element.tag == "INDIVIDUAL" else "ENTITY_ADDRESS"
            job.note(str(error), job.n_rows, column, name)
            job.stop_if_hopeless()
            continue
        if state:
            found[state] = None
            job.states.add(state)
    return list(found)


def _day(job: Job, told: str, column: str) -> date | None:
    if not told:
        return None
    match = _DAY.match(told)
    try:
        return date.fromisoformat(match[1]) if match else _no_day()
    except ValueError:
        job.note("is not a day, as 2012-11-12", job.n_rows, column, told)
        job.stop_if_hopeless()
        return None


def _no_day() -> date:
    raise ValueError


def _last_change(job: Job, element: Element) -> date | None:
    days = [
        _day(job, told, "LAST_DAY_UPDATED")
        for told in _values(element, "LAST_DAY_UPDATED")
    ]
    return max((day for day in days if day), default=None)


def _block(batch: list[dict[str, Any]]) -> Block:
    return Block([[row[name] for row in batch] for name in _COLUMNS])


IMPORTER = Importer(ListedEntity, ("row_key",), _COLUMNS, read)
