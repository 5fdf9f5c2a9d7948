"""The pages of sources and of templates, written from what the importers read."""

from __future__ import annotations

from pathlib import Path

from .folders import Folder, folders_in
from .kinds import BadValueError, Column
from .publishers import publisher, slugs
from .publishers.settings import SourceSettings
from .tables import TABLES, Table
from .templates import TEMPLATE, is_needed

_HEAD = """\
# Sources

Written by `manage.py write_sources` from `fixtures/*/source.yml`; a test keeps it true.
Each source is one folder. A fact's own row says who published it, where to read it, and
whether somebody has read it there (`checked`). A correction goes into the files of its
source; `manage.py load_reference` then writes only what differs.
"""

_IMPORTABLE = """\
# Sources that can be imported

Written from `treaties/importers/publishers/*/source.yml`. A steward gets the file from
its publisher and imports it: `manage.py import_source <source> FILE`, or the same in
the browser (docs/importing.md). Nothing of these files is kept in the project.
"""
_TEMPLATES = """\
# Templates

Written by `manage.py write_sources` from the tables that the importers know; a test
keeps it true. For each of our own tables a plain CSV file can be imported:

    manage.py import_source template:<table> FILE

The first row names the columns; their order does not matter, and a column that is not
needed may be left out. Rows are added, or superseded when their key is there already;
rows that the file does not name stay. Rows of the project's own files (fixtures/) are
corrected there or by hand, not by a template. UTF-8, with or without a mark, and
Windows-1252 are read.
"""


def sources_page(root: Path) -> str:
    """The page about every source under `root` and every publisher, as Markdown."""
    parts = [_HEAD, *(_section(folder) for folder in folders_in(root))]
    parts += [_IMPORTABLE, *(_importable(slug) for slug in slugs())]
    return "\n".join(parts)


def _importable(slug: str) -> str:
    told = publisher(slug).settings
    passed_on = "may be passed on" if told.redistributable else "not to be passed on"
    lines = [
        f"## {told.title}",
        "",
        f"- source: `{slug}`",
        f"- publisher: {told.publisher}, <{told.url}>",
        f"- licence: {told.licence} ({passed_on})",
        f"- file: {told.get}",
        f"- known from: {told.known_from_rule}",
        f"- editions whose day is known: {_editions(told)}",
        f"- states it names: {_bounds(told)}",
    ]
    if told.indicators:
        listed = ", ".join(f"`{series.code}`" for series in told.indicators)
        lines.append(f"- series: {listed}")
    if told.traps:
        lines += ["", "What to know before using it:", ""]
        lines += [f"- {trap}" for trap in told.traps]
    return "\n".join(lines) + "\n"


def _editions(told: SourceSettings) -> str:
    listed = [f"{p.edition} ({p.published_on})" for p in told.editions]
    if told.edition.is_day:
        return "each is called by its day"
    return ", ".join(listed) or "none: give --known-from"


def _bounds(told: SourceSettings) -> str:
    if told.states is None:
        return "not asserted"
    return f"between {told.states[0]} and {told.states[1]}"


def templates_page() -> str:
    """The page about the plain CSV file of each table, as Markdown."""
    parts = [_TEMPLATES, *(_template(table) for table in TABLES.values()), _VALUES]
    return "\n".join(parts)


_VALUES = f"""\
## indicator_values

`manage.py import_source {TEMPLATE}indicator_values FILE`

| column | needed | holds |
| --- | --- | --- |
| indicator | yes | the code of one of the indicators |
| iso3 | yes | the key of one of the states |
| year | yes | a whole number from 1900 to 2100 |
| value | yes | a number |
| known_from | yes | a day of the calendar, the one on which the edition appeared |
"""


def _template(table: Table) -> str:
    lines = [
        f"## {table.name}",
        "",
        f"`manage.py import_source {TEMPLATE}{table.name} FILE`",
        "",
        "| column | needed | holds |",
        "| --- | --- | --- |",
    ]
    for name, column in table.columns.items():
        needed = "yes" if is_needed(column) else ""
        lines.append(f"| {name} | {needed} | {_holds(column)} |")
    return "\n".join(lines) + "\n"


def _holds(column: Column) -> str:
    """What a column says of a cell that it cannot hold, turned round."""
    if column.refers_to:
        keys = "keys" if column.many else "the key of one"
        joined = ", joined by \\|" if column.many else ""
        return f"{keys} of the {column.refers_to}{joined}"
    try:
        column.read("?")
    except BadValueError as error:
        said = str(error).replace("|", "\\|")
        for refusal, instead in _TURNED.items():
            if said.startswith(refusal):
                return instead + said.removeprefix(refusal)
        return said
    return "text"


_TURNED = {
    "is not one of: ": "one of: ",
    "is not a day of the calendar; write it as ": "a day, as ",
    "is neither y nor n": "y or n",
    "is not a whole number": "a whole number",
    "is not a number": "a number",
}


def _section(folder: Folder) -> str:
    told = folder.settings
    passed_on = "may be passed on" if told["redistributable"] else "not to be passed on"
    lines = [
        f"## {told['title']}",
        "",
        f"- folder: `{folder.path.parent.name}/{folder.slug}`",
        f"- publisher: {told['publisher']}"
        + (f", <{told['url']}>" if told["url"] else ""),
        f"- licence: {told['licence']} ({passed_on})",
        f"- retrieved on: {told['retrieved_on']}",
        f"- known from: {told['known_from_rule']}",
        f"- files: {_files(folder)}",
    ]
    if told.get("traps"):
        lines += ["", "What to know before using it:", ""]
        lines += [f"- {trap}" for trap in told["traps"]]
    return "\n".join(lines) + "\n"


def _files(folder: Folder) -> str:
    files = folder.settings["files"].items()
    return ", ".join(f"{name} ({about['rows']:,} rows)" for name, about in files)
