"""A small folder of fixtures that a test may break in one place."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

STATES = """\
iso3,name,status,parent,starts,ends,checked
AAA,Aland,un_member,,,,y
BBB,Borduria,un_member,,1990-01-01,,y
CCC,Cove of Borduria,territory,BBB,1997-07-01,,n
"""
TREATIES = """\
code,name,short_name,in_force,complete_to,known_from
ATT,Arms Trade Treaty,Arms Trade Treaty,2014-12-24,2026-06-30,2013-04-02
"""
ACTS = """\
key,iso3,treaty,act,on,precision,known_from
ATT:AAA:signature,AAA,ATT,signature,2013-06-03,day,2013-06-03
ATT:AAA:ratification,AAA,ATT,ratification,2015-01-10,day,2015-01-10
ATT:AAA:entry_into_force,AAA,ATT,entry_into_force,2015-04-10,day,2015-01-10
"""
SOURCE: Mapping[str, Any] = {
    "publisher": "The tests",
    "title": "A source of a test",
    "url": "https://example.org/",
    "licence": "CC0",
    "redistributable": True,
    "known_from_rule": "As the rows say.",
    "checked_by": "The tests",
}


class SmallFixtures:
    """Two sources under a folder; change `files` or `settings`, then `write`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files = {
            "states": {"states.csv": STATES},
            "treaties": {"treaties.csv": TREATIES, "acts.csv": ACTS},
        }
        self.settings: dict[str, dict[str, Any]] = {}
        self.constants: dict[str, Any] = {"publisher": "The tests"}

    def write(self) -> Path:
        """Write every folder; rows are counted unless the settings say otherwise."""
        for slug, files in self.files.items():
            folder = self.root / slug
            folder.mkdir(exist_ok=True)
            for name, text in files.items():
                (folder / name).write_text(text, encoding="utf-8")
            self._write_settings(folder, slug, files)
        return self.root

    def _write_settings(
        self, folder: Path, slug: str, files: Mapping[str, str]
    ) -> None:
        told = {
            **SOURCE,
            "files": {name: self._about(text) for name, text in files.items()},
            **self.settings.get(slug, {}),
        }
        text = yaml.safe_dump(told) + "retrieved_on: 2026-11-24\n"
        (folder / "source.yml").write_text(text, encoding="utf-8")

    def _about(self, text: str) -> dict[str, Any]:
        header, *rows = text.splitlines()
        constants = dict(self.constants)
        if "checked" not in header.split(","):
            constants["checked"] = "y"
        return {"rows": len(rows), "constants": constants}

    def change(self, slug: str, name: str, old: str, new: str) -> None:
        """Replace a text in one file; it must be there."""
        text = self.files[slug][name]
        assert old in text
        self.files[slug][name] = text.replace(old, new)
