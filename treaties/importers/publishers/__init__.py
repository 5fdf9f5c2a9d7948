"""Publishers whose files can be imported: one folder a source, named as its slug.

A folder holds source.yml (who publishes what, under which licence, which columns are
read and which are ignored) and importer.py (how a row becomes a row of ours).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

from treaties.importers.reading import Importer

from .settings import SourceSettings, read_settings

ROOT = Path(__file__).parent


class UnknownSourceError(LookupError):
    """No publisher's folder has this slug; the text lists those there are."""


@dataclass(frozen=True)
class Publisher:
    """A source that can be imported."""

    slug: str
    settings: SourceSettings
    importer: Importer


def slugs() -> list[str]:
    """Every source that can be imported, in alphabetical order."""
    return sorted(_slug(path.parent) for path in ROOT.glob("*/source.yml"))


@cache
def publisher(slug: str) -> Publisher:
    """The source of a slug. Raises UnknownSourceError."""
    if slug not in slugs():
        message = f"No source is called “{slug}”. Sources: {', '.join(slugs())}."
        raise UnknownSourceError(message)
    folder = slug.replace("-", "_")
    module = import_module(f"{__name__}.{folder}.importer")
    settings = read_settings(ROOT / folder / "source.yml")
    return Publisher(slug, settings, module.IMPORTER)


def _slug(folder: Path) -> str:
    return folder.name.replace("_", "-")
