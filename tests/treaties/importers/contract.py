"""What every importer owes: the same questions to each, with files of its own.

A test of a source derives from `Contract` and gives a good file of made-up rows; what
else a source is asked stands beside it.
"""

from __future__ import annotations

import csv
import io
import signal
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, ClassVar
from xml.sax.saxutils import escape

import pytest

from tests.treaties.importers.killed import End, Killed
from treaties.importers.importing import Asked, Plan, import_file, plan_import
from treaties.importers.publishers import publisher
from treaties.importers.reading import RefusedError
from treaties.models import Change, ImportedEdition, own_fields, past_of

TODAY = date(2026, 6, 1)


class Contract:
    """A good file, the same again, an older edition, and files with one thing wrong.

    rows: of the good file, the header first; `above`: lines before the header. swap:
    two columns whose cells are exchanged; wrong: what is said of it. older: how the
    file is called or asked for when it is an older edition.
    """

    source: ClassVar[str]
    file_name: ClassVar[str]
    rows: ClassVar[Sequence[str]]
    above: ClassVar[str] = ""
    asked: ClassVar[Mapping[str, Any]] = {}
    older_name: ClassVar[str] = ""
    older_asked: ClassVar[Mapping[str, Any]] = {}
    swap: ClassVar[tuple[int, int]]
    wrong: ClassVar[str]
    separator: ClassVar[str] = ","
    n_stored: ClassVar[int]

    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path) -> None:
        self.folder = tmp_path

    # --- Helpers -----------------------------------------------------------------

    def text(self, rows: Sequence[str] | None = None) -> str:
        return self.above + "\n".join(self.rows if rows is None else rows) + "\n"

    def write(
        self, text: str | None = None, name: str = "", encoding: str = "utf-8"
    ) -> Path:
        path = self.folder / (name or self.file_name)
        path.write_text(self.text() if text is None else text, encoding, newline="")
        return path

    def do(self, path: Path, **options: Any) -> Plan:
        asked = Asked(self.source, path, **{**self.asked, **options})
        return import_file(asked, by="stella", today=TODAY)

    def refused(self, path: Path, **options: Any) -> str:
        """What is said of a file that is refused; nothing of it may be left."""
        before = self.stored()
        with pytest.raises(RefusedError) as caught:
            self.do(path, **options)
        assert self.stored() == before
        return str(caught.value)

    def stored(self) -> list[tuple[Any, ...]]:
        """Every row of the source, as its own columns say, whatever their order."""
        model = publisher(self.source).importer.model
        names = [field.attname for field in own_fields(model)]
        rows = model._default_manager.filter(source__slug=self.source)
        return sorted(rows.values_list(*names), key=repr)

    def swapped(self) -> str:
        header, *rows = self._cells()
        one, other = self.swap
        for row in rows:
            row[one], row[other] = row[other], row[one]
        return self.above + _joined([header, *rows], self.separator)

    def _cells(self) -> list[list[str]]:
        return list(csv.reader(self.rows, delimiter=self.separator))

    # --- The questions -----------------------------------------------------------

    def test_a_good_file_is_stored_whole(self) -> None:
        done = self.do(self.write())
        assert done.is_applied
        assert len(self.stored()) == self.n_stored
        edition = ImportedEdition.objects.get(source__slug=self.source)
        assert edition.imported_in.kind == Change.Kind.IMPORT
        assert edition.imported_in.by == "stella"

    def test_a_rehearsal_says_the_same_and_changes_nothing(self) -> None:
        path = self.write()
        plan = plan_import(self.source, path, today=TODAY, **self.asked)
        assert not plan.is_refused, plan.refused
        assert self.stored() == []
        assert not ImportedEdition.objects.exists()
        assert plan.tables == self.do(path).tables

    def test_the_same_file_again_changes_nothing(self) -> None:
        path = self.write()
        self.do(path)
        held, entries = self.stored(), Change.objects.count()
        again = self.do(path)
        assert again.changes_nothing
        assert self.stored() == held
        assert Change.objects.count() == entries

    def test_the_order_of_the_rows_does_not_matter(self) -> None:
        self.do(self.write())
        held, entries = self.stored(), Change.objects.count()
        header, *rows = self.rows
        plan = self.do(self.write(self.text([header, *reversed(rows)])))
        assert plan.changes_nothing
        assert self.stored() == held
        assert Change.objects.count() >= entries

    def test_an_older_edition_does_not_overwrite_a_newer_one(self) -> None:
        self.do(self.write())
        held = self.stored()
        older = self.write(self.older_text(), self.older_name)
        if publisher(self.source).settings.editions_are_kept:
            self.do(older, **self.older_asked)
            assert set(held) < set(self.stored())
            first = min(row.known_from for row in ImportedEdition.objects.all())
            assert first < max(row.known_from for row in ImportedEdition.objects.all())
        else:
            said = self.refused(older, **self.older_asked)
            assert "An older edition does not overwrite a newer one" in said
            assert self.stored() == held

    def older_text(self) -> str:
        return self.text()

    def test_a_process_killed_half_way_leaves_nothing(self, killed: Killed) -> None:
        asked = Asked(self.source, self.write(), **self.asked)
        assert_nothing_is_left(killed.importing(asked))

    def test_cells_in_each_others_columns_are_refused(self) -> None:
        assert self.wrong in self.refused(self.write(self.swapped()))

    def test_a_file_in_utf_16_is_refused(self) -> None:
        path = self.write(encoding="utf-16")
        said = self.refused(path)
        assert said == f"{path.name}: is written in UTF-16; save it as UTF-8."

    def test_a_file_that_is_cut_short_is_refused(self) -> None:
        text = self.text().rstrip("\n")
        cut = text[: len(text) - len(self.rows[-1]) // 2]
        said = self.refused(self.write(cut))
        assert "cut short" in said

    def test_a_state_less_is_said_and_a_third_less_is_refused(self) -> None:
        self.do(self.write())
        header, *rows = self.rows
        fewer = [row for row in rows if not self._is_about(row, "FFF", "Freedonia")]
        plan = self._rehearsed([header, *fewer])
        assert any("not in it:" in n and "FFF" in n for n in plan.notes), plan.notes
        few = [row for row in rows if self._is_about(row, "AAA", "Arcadia")]
        plan = self._rehearsed([header, *few])
        (problem,) = plan.refused
        assert "Is the file cut short? If it is a part" in str(problem)
        assert "--partial" in str(problem)
        assert not self._rehearsed([header, *few], partial=True).is_refused

    def _is_about(self, row: str, iso3: str, name: str) -> bool:
        number = {"AAA": "901", "FFF": "906"}[iso3]
        cells = next(csv.reader([row], delimiter=self.separator))
        return bool({iso3, name, number, iso3[:2]} & set(cells))

    def _rehearsed(self, rows: Sequence[str], **options: Any) -> Plan:
        told = {**self.asked, **options}
        path = self.write(self.text(rows))
        return plan_import(self.source, path, today=TODAY, **told)

    def test_a_column_that_nobody_knows_is_refused(self) -> None:
        header, *rows = self._cells()
        more = [[*header, "novelty"], *([*row, "1"] for row in rows)]
        said = self.refused(self.write(self.above + _joined(more, self.separator)))
        assert "column novelty: is neither read nor ignored" in said
        assert "name it under `ignored` in the source.yml" in said

    def test_a_name_of_no_state_is_refused_with_the_nearest(self) -> None:
        said = self.refused(self.write(self.text().replace(*self.misspelt)))
        assert "is no state or territory that is known here" in said
        assert self.misspelt[1].strip(",").rpartition(">")[2].strip('"') in said

    misspelt: ClassVar[tuple[str, str]] = ("Borduria", "Bordurja")


def assert_nothing_is_left(end: End) -> None:
    """No row, edition, entry of the ledger or source of an import that was killed."""
    assert end.signal == signal.SIGKILL
    assert end.n_written > 0
    assert end.left == set()


def _joined(rows: Sequence[Sequence[str]], separator: str) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows(rows)
    return text.getvalue()


def superseded(source: str) -> int:
    """How many versions of the source's rows were superseded."""
    model = publisher(source).importer.model
    return past_of(model)._default_manager.filter(source__slug=source).count()


_TYPES = """\
<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
<Default Extension="rels" \
ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/>\
<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-\
officedocument.spreadsheetml.sheet.main+xml"/></Types>"""
_RELATED = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def write_workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    """A workbook (.xlsx) of made-up cells: text, numbers and None."""
    named = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, name in enumerate(sheets, start=1)
    )
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" '
        f'Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_RELATED}"><Relationship Id="rId1" '
            f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>",
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{named}</sheets>'
            "</workbook>",
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{_RELATED}">{related}</Relationships>',
        )
        for n, rows in enumerate(sheets.values(), start=1):
            archive.writestr(f"xl/worksheets/sheet{n}.xml", _sheet(rows))
    return path


def _sheet(rows: Sequence[Sequence[Any]]) -> str:
    told = "".join(
        f'<row r="{n}">' + "".join(_cell(c, n, v) for c, v in enumerate(row)) + "</row>"
        for n, row in enumerate(rows, start=1)
    )
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{told}</sheetData></worksheet>'


def _cell(column: int, row: int, value: Any) -> str:
    place = f"{chr(ord('A') + column)}{row}"
    if value is None:
        return ""
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
