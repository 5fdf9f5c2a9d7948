"""The page of sources, written from the source.yml of each."""

from __future__ import annotations

from pathlib import Path

from .folders import Folder, folders_in

_HEAD = """\
# Sources

Written by `manage.py write_sources` from `fixtures/*/source.yml`; a test keeps it true.
Each source is one folder. A fact's own row says who published it, where to read it, and
whether somebody has read it there (`checked`). A correction goes into the files of its
source; `manage.py load_reference` then writes only what differs.
"""


def sources_page(root: Path) -> str:
    """The page about every source under `root`, as Markdown."""
    parts = [_HEAD, *(_section(folder) for folder in folders_in(root))]
    return "\n".join(parts)


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
