"""The Corruption Perceptions Index."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.treaties.importers.contract import Contract, write_workbook
from treaties.models import IndicatorValue


class TestCpi(Contract):
    source = "cpi"
    file_name = "CPI2023_Global_Results.csv"
    above = "Corruption Perceptions Index 2023: made up,,,\n,,,\n"
    rows = (
        "Country / Territory,ISO3,Region,CPI score 2023,Rank 2023,Sources 2023,"
        "CPI Score 2012,Standard error 2012",
        "Arcadia,AAA,AP,20,162,5,8,3.3",
        "Borduria,BBB,AP,37,98,7,,",
        "Carpania,CCC,AP,37,98,7,33,2",
        "Drassen,DDD,AP,37,98,7,33,2",
        "Elbonia,EEE,AP,37,98,7,33,2",
        "Freedonia,FFF,AP,37,98,7,33,2",
    )
    n_stored = 11
    older_name = "CPI2022_Global_Results.csv"
    older_asked = {"known_from": date(2023, 1, 31)}
    swap = (3, 4)
    wrong = "“162” is not between 0 and 100: were columns swapped."
    misspelt = (",BBB,", ",BBX,")

    def test_each_year_stands_in_a_column(self) -> None:
        self.do(self.write())
        years = dict(
            IndicatorValue.objects.filter(state__iso3="AAA").values_list(
                "year", "value"
            )
        )
        assert years == {2023: 20, 2012: 8}

    def test_the_time_series_of_a_workbook_is_preferred(self) -> None:
        one: list[list[Any]] = [
            ["CPI"],
            ["Country / Territory", "ISO3", "Region", "CPI score 2023"],
        ]
        one += [[n, i, "AP", 50] for n, i in (("A", "AAA"), ("B", "BBB"), ("C", "CCC"))]
        series = [row.split(",") for row in self.rows]
        sheets = {"CPI 2023": one, "CPI Timeseries 2012 - 2023": series}
        path = write_workbook(self.folder / "CPI2023.xlsx", sheets)
        done = self.do(path)
        assert done.layout == "time series"
        assert len(self.stored()) == self.n_stored
