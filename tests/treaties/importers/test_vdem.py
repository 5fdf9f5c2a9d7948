"""Varieties of Democracy."""

from __future__ import annotations

import gzip
import zipfile
from datetime import date

import pytest

from tests.treaties.importers import contract
from treaties.importers import files
from treaties.models import Indicator, IndicatorValue, Source

_NEEDED = "v2cltort,v2clkill,v2x_clphy,v2x_corr,v2x_rule"


class TestVdem(contract.Contract):
    source = "vdem"
    file_name = "V-Dem-CY-Core-v14.csv"
    rows = (
        f"country_name,country_text_id,country_id,year,{_NEEDED},v2x_other,e_gdp",
        "Arcadia,AAA,3,1850,,,,,0.5,,",
        "Arcadia,AAA,3,2022.0,-1.5,-2.25,0.1,0.9,0.05,0.5,7",
        "Arcadia,AAA,3,2023.0,-1.25,-2,0.125,0.9,0.06,0.5,7",
        "Borduria,BBB,4,2023,1.5,2,0.9,,0.7,0.5,",
        "Carpania,CCC,5,2023,1.5,2,0.9,0.1,0.7,0.5,",
        "Drassen,DDD,6,2023,1.5,2,0.9,0.1,0.7,0.5,",
        "Elbonia,EEE,7,2023,1.5,2,0.9,0.1,0.7,0.5,",
        "Freedonia,FFF,8,2023,1.5,2,0.9,0.1,0.7,0.5,",
    )
    n_stored = 34
    older_name = "V-Dem-CY-Core-v13.csv"
    swap = (3, 6)
    wrong = "column v2x_clphy: “2022.0” is not between 0 and 1: were columns swapped."
    misspelt = (",BBB,", ",BBX,")

    def test_rows_before_the_charter_are_left_out_and_counted(self) -> None:
        done = self.do(self.write())
        assert done.left_out is not None
        assert done.left_out["rows before 1946"] == 1

    def test_an_edition_is_known_from_its_own_day(self) -> None:
        self.do(self.write(self.older_text(), self.older_name))
        self.do(self.write())
        values = IndicatorValue.objects.filter(
            indicator__code="vdem.v2x_rule", state__iso3="AAA", year=2023
        )
        days = sorted(values.values_list("known_from", flat=True))
        assert days == [date(2023, 3, 2), date(2024, 3, 7)]

    def test_an_edition_that_was_corrected_supersedes_its_own_rows_only(self) -> None:
        self.do(self.write(self.older_text(), self.older_name))
        self.do(self.write())
        self.do(self.write(self.text().replace("0.05", "0.07")))
        assert contract.superseded("vdem") == 1
        value = IndicatorValue.objects.get(
            indicator__code="vdem.v2x_rule", year=2022, known_from=date(2024, 3, 7)
        )
        assert value.value == pytest.approx(0.07)

    def test_columns_that_are_not_there_are_said(self) -> None:
        done = self.do(self.write())
        assert any("columns that the file does not have: " in n for n in done.notes)

    def test_a_needed_column_that_is_not_there_is_refused(self) -> None:
        said = self.refused(self.write(self.text().replace("v2x_clphy", "v2x_clphy2")))
        assert "has no header with “v2x_clphy”" in said
        assert "It begins with: country_name, country_text_id" in said

    def test_rows_of_another_source_stay_where_they_are(self) -> None:
        other = Source.objects.get(slug="made-up")
        told = {"source": other, "publisher": "V-Dem"}
        Indicator.objects.create(
            code="vdem.v2x_rule", name="Rule", unit="index", higher_is="better", **told
        )
        for iso3, number in (("AAA", 0.0601), ("BBB", 0.2)):
            IndicatorValue.objects.create(
                source=other,
                indicator_id="vdem.v2x_rule",
                state_id=iso3,
                year=2023,
                value=number,
                known_from=date(2024, 3, 7),
            )
        done = self.do(self.write())
        assert done.left_out is not None
        assert done.left_out["rows that another source holds already"] == 1
        other_number = "rows that another source holds with another number, which stays"
        assert done.left_out[other_number] == 1
        assert IndicatorValue.objects.get(source=other, state__iso3="BBB").value == 0.2

    def test_packed_files_are_read(self) -> None:
        packed = self.folder / "V-Dem-CY-Core-v14.csv.gz"
        packed.write_bytes(gzip.compress(self.text().encode()))
        assert self.do(packed).tables is not None
        archive = self.folder / "V-Dem-CY-Core-v14_csv.zip"
        with zipfile.ZipFile(archive, "w") as inside:
            inside.writestr("codebook.pdf", "x")
            inside.writestr("V-Dem-CY-Core-v14.csv", self.text())
        assert self.do(archive).changes_nothing

    def test_a_packed_file_that_is_cut_short_is_refused(self) -> None:
        packed = self.folder / "V-Dem-CY-Core-v14.csv.gz"
        packed.write_bytes(gzip.compress(self.text().encode())[:-20])
        assert "is packed, and the archive is cut short" in self.refused(packed)

    def test_an_archive_with_two_tables_is_refused(self) -> None:
        archive = self.folder / "V-Dem-CY-v14.zip"
        with zipfile.ZipFile(archive, "w") as inside:
            inside.writestr("a.csv", self.text())
            inside.writestr("b.csv", self.text())
        assert self.refused(archive) == (
            "V-Dem-CY-v14.zip: is an archive with 2 files like *.csv; one is needed. "
            "It holds a.csv, b.csv."
        )

    def test_a_file_that_unpacks_to_far_more_is_refused(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(files, "_SMALL", 10_000)
        bomb = self.folder / "V-Dem-CY-Core-v14.csv.gz"
        bomb.write_bytes(gzip.compress(b"0" * 10_000_000))
        assert self.refused(bomb) == (
            "V-Dem-CY-Core-v14.csv.gz: unpacks to more than 120 times its size, as no "
            "honest file does."
        )
