"""Plain CSV files for each of our own tables, read with the columns of `tables`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from treaties.copying import Block
from treaties.models import IndicatorValue, State, value_key

from .kinds import BODIES, BadValueError, Column
from .publishers import Publisher, UnknownSourceError
from .publishers.settings import EditionRule, Layout, SourceSettings
from .reading import Importer, Job, Reading, coded
from .tables import TABLES, VALUE_COLUMNS, Table

TEMPLATE = "template:"
VALUES = "indicator_values"
_PARTS = "PARTS:"


def template_names() -> list[str]:
    """The tables that have a template."""
    return [*TABLES, VALUES]


def template_publisher(source: str) -> Publisher:
    """The source that `template:<table>` stands for. Raises UnknownSourceError."""
    name = source.removeprefix(TEMPLATE)
    if name not in template_names():
        listed = ", ".join(template_names())
        message = f"No table is called “{name}”. Tables: {listed}."
        raise UnknownSourceError(message)
    slug = f"steward-{name.replace('_', '-')}"
    if name == VALUES:
        return Publisher(slug, _settings(name, _VALUES_LAYOUT), _VALUES_IMPORTER)
    table = TABLES[name]
    return Publisher(slug, _settings(name, layout_of(table)), _importer(table))


def layout_of(table: Table) -> Layout:
    """Which columns a table's file must have; the others may be left out."""
    needed = [n for n, column in table.columns.items() if is_needed(column)]
    others = [n for n in table.columns if n not in needed]
    return Layout(read=needed, optional=others)


def is_needed(column: Column) -> bool:
    """Whether a cell of the column may not be blank."""
    try:
        column.read("")
    except BadValueError:
        return True
    return False


def _settings(name: str, layout: Layout) -> SourceSettings:
    words = name.replace("_", " ")
    return SourceSettings(
        publisher="The data stewards of this installation; each row names its own",
        title=f"Rows that stewards gave for {words}",
        url="",
        licence="That of each row's own source",
        redistributable=False,
        known_from_rule="As each row says.",
        get=f"Made by hand from the template of {words} (docs/templates.md).",
        edition=EditionRule(is_today=True),
        editions_are_kept=True,
        removes=False,
        layouts={name: layout},
    )


def _importer(table: Table) -> Importer:
    def read(job: Job) -> Iterator[Block]:
        # Asked before the first row is written.
        checks = {name: _checked(column) for name, column in table.columns.items()}
        return (
            block for reading in job.tables() for block in _rows(table, reading, checks)
        )

    return Importer(table.model, ("key",), tuple(table.fields), read)


def _rows(table: Table, reading: Reading, checks: Mapping[str, Any]) -> Iterator[Block]:
    filled: dict[str, Any] = {}
    for name, column in table.columns.items():
        if reading.has(name):
            filled[column.field] = reading.column(name, checks[name])
        else:
            filled[column.field] = coded([column.read("")] * len(reading))
    if reading.refused:
        return
    filled["key"] = reading.column(table.key, str)
    reading.check_keys(filled["key"].spread())
    if not reading.refused:
        yield Block([filled[name] for name in table.fields])


def _checked(column: Column) -> Any:
    """The column's own reading, and that the rows it names are there."""
    known = _keys_of(column.refers_to) if column.refers_to else set()

    def read(cell: str) -> Any:
        value = column.read(cell.strip())
        for key in column.references(value):
            if key not in known:
                message = f"names “{key}”, which is not among the {column.refers_to}"
                raise BadValueError(message)
        return value

    return read


def _keys_of(table: str) -> set[str]:
    if table == "issuers":
        return set(State.objects.values_list("key", flat=True)) | BODIES
    keys = TABLES[table].model._default_manager.values_list("key", flat=True)
    return set(keys) | ({_PARTS + k for k in keys} if table == "items" else set())


# --- Indicator values, one a row ----------------------------------------------------

_VALUES_LAYOUT = Layout(read=["indicator", "iso3", "year", "value", "known_from"])


def _read_values(job: Job) -> Iterator[Block]:
    indicators = _keys_of("indicators")
    state = _checked(VALUE_COLUMNS["iso3"])

    def known(cell: str) -> str:
        if cell not in indicators:
            message = "is not among the indicators"
            raise BadValueError(message)
        return cell

    return (
        block for reading in job.tables() for block in _values(reading, known, state)
    )


def _values(reading: Reading, known: Any, state: Any) -> Iterator[Block]:
    columns = [
        reading.column("indicator", known),
        reading.column("iso3", state),
        reading.column("year", VALUE_COLUMNS["year"].read),
        reading.column("known_from", VALUE_COLUMNS["known_from"].read),
        reading.column("value", _needed_number),
    ]
    if reading.refused:
        return
    parts = zip(*(column.spread() for column in columns[:4]), strict=True)
    keys = [value_key(*part) for part in parts]
    reading.check_keys(keys)
    if not reading.refused:
        yield Block([keys, *columns])


def _needed_number(cell: str) -> float:
    try:
        return float(cell)
    except ValueError:
        message = "is not a number"
        raise BadValueError(message) from None


_VALUES_IMPORTER = Importer(
    IndicatorValue,
    ("key",),
    ("key", "indicator_id", "state_id", "year", "known_from", "value"),
    _read_values,
)
