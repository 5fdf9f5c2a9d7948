"""Organised violence by country and year."""

from __future__ import annotations

from datetime import date

from tests.treaties.importers.contract import Contract
from treaties.importers.publishers import publisher
from treaties.models import IndicatorValue

_SERIES = [
    series.column for series in publisher("ucdp-organized-violence").settings.indicators
]
_HEADER = [
    "country_id_cy",
    "country_cy",
    "year_cy",
    *_SERIES,
    "sb_dyad_ids_cy",
    "version",
]


def _row(number: int, name: str, first: str = "1") -> str:
    values = [first, *("1" for _ in _SERIES[1:])]
    return ",".join([str(number), name, "2024", *values, "724; 726", "25.1"])


class TestOrganizedViolence(Contract):
    source = "ucdp-organized-violence"
    file_name = "organizedviolencecy.csv"
    rows = (
        ",".join(_HEADER),
        _row(901, "Arcadia"),
        _row(902, "Borduria", "0"),
        _row(903, "Carpania"),
        _row(904, "Drassen"),
        _row(905, "Elbonia"),
        _row(906, "Freedonia"),
    )
    n_stored = 6 * len(_SERIES)
    older_name = "older.csv"
    swap = (0, 2)
    wrong = "column year_cy: “901” is not a year; were columns swapped."
    misspelt = ("902,", "999,")

    def older_text(self) -> str:
        return self.text().replace("25.1", "24.1")

    def test_the_edition_stands_in_the_rows(self) -> None:
        done = self.do(self.write())
        assert done.edition is not None
        assert done.edition.label == "25.1"
        assert done.edition.known_from == date(2025, 6, 30)

    def test_a_row_of_another_edition_is_refused(self) -> None:
        lines = self.text().splitlines()
        lines[3] = lines[3].replace("25.1", "24.1")
        said = self.refused(self.write("\n".join(lines) + "\n"))
        assert said == (
            "organizedviolencecy.csv, row 4, column version: “24.1” is another edition "
            "than 25.1, which the file is."
        )

    def test_none_is_a_number_here(self) -> None:
        self.do(self.write())
        value = IndicatorValue.objects.get(
            indicator__code="ucdp.sb_exist", state__iso3="BBB"
        )
        assert value.value == 0
