"""Freedom in the World."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.treaties.importers.contract import Contract, write_workbook
from treaties.models import IndicatorValue


class TestFreedomHouse(Contract):
    source = "freedom-house"
    file_name = "All_data_FIW_2013-2025.csv"
    above = "Freedom in the World, made up,,,,,,\n"
    rows = (
        "Country/Territory,Region,C/T,Edition,Status,PR rating,A1,Total",
        "Arcadia,X,c,2025,F,1,4,95",
        "Arcadia,X,c,2024,F,1,4,94",
        "Borduria,X,c,2025,NF,7,0,-2",
        "Crimea,X,t,2025,NF,7,0,2",
        "Carpania,X,c,2025,PF,4,2,45",
        "Drassen,X,c,2025,PF,4,2,45",
        "Elbonia,X,c,2025,PF,4,2,45",
        "Freedonia,X,c,2025,PF,4,2,45",
    )
    n_stored = 7
    older_name = "All_data_FIW_2013-2024.csv"
    older_asked = {"known_from": date(2024, 2, 29)}
    swap = (3, 7)
    wrong = "column Edition: “95” is not a year; were columns swapped."

    def test_an_edition_speaks_of_the_year_before(self) -> None:
        self.do(self.write())
        years = dict(
            IndicatorValue.objects.filter(state__iso3="AAA").values_list(
                "year", "value"
            )
        )
        assert years == {2024: 95, 2023: 94}

    def test_a_territory_rated_apart_is_left_out_and_counted(self) -> None:
        done = self.do(self.write())
        assert done.left_out is not None
        assert done.left_out["rows about no single state"] == 1

    def test_the_workbook_is_read_as_its_sheet(self) -> None:
        self.do(self.write())
        held = self.stored()
        cells: list[list[Any]] = [row.split(",") for row in self.rows]
        for row in cells[1:]:
            row[7] = float(row[7])
        sheets: dict[str, list[list[Any]]] = {
            "Index": [["made up"]],
            "FIW13-25": [["Freedom, made up"], *cells],
        }
        path = write_workbook(self.folder / "All_data_FIW_2013-2025.xlsx", sheets)
        assert self.do(path).changes_nothing
        assert self.stored() == held
