"""The Fragile States Index."""

from __future__ import annotations

from datetime import date

from tests.treaties.importers.contract import Contract
from treaties.models import IndicatorValue


class TestFsi(Contract):
    source = "fsi"
    file_name = "FSI-2023-DOWNLOAD.csv"
    asked = {"known_from": date(2023, 6, 14)}
    rows = (
        "Country,year,Rank,Total, S1 : demography resources ,P3 : Human Rights,"
        "Fragility_Level",
        "Arcadia,2023,1st,111.89999999999999,10,9,Extremely Fragile",
        "Borduria,2023-01-01,2nd,108.9,9.6,9.6,Extremely Fragile",
        "Carpania,2023,3rd,18.9,9.6,9.6,x",
        "Drassen,2023,3rd,18.9,9.6,9.6,x",
        "Elbonia,2023,3rd,18.9,9.6,9.6,x",
        "Freedonia,2023,3rd,18.9,9.6,9.6,x",
    )
    n_stored = 6
    older_name = "FSI-2022-DOWNLOAD.csv"
    older_asked = {"known_from": date(2022, 7, 1)}
    swap = (1, 3)
    wrong = "column year: “111.89999999999999” is not a year; were columns swapped."

    def test_the_first_of_january_is_its_year(self) -> None:
        self.do(self.write())
        assert IndicatorValue.objects.get(state__iso3="BBB").year == 2023

    def test_the_day_has_to_be_given(self) -> None:
        said = self.refused(self.write(), known_from=None)
        assert said == (
            "FSI-2023-DOWNLOAD.csv: is edition “2023”, which is not in the calendar of "
            "this source. Say on which day it appeared: --known-from 2024-03-07."
        )
