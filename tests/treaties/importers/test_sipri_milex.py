"""SIPRI's military expenditure."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.treaties.importers.contract import Contract, write_workbook
from treaties.models import IndicatorValue


class TestMilex(Contract):
    source = "sipri-milex"
    file_name = "SIPRI-Milex-data-1949-2023.csv"
    asked = {"known_from": date(2024, 4, 22)}
    above = (
        '"Military expenditure by country, made up",,,,\n'
        '""". ."" = data unavailable. ""xxx"" = country did not exist",,,,\n'
    )
    rows = (
        "Country,Notes,2022.0,2023.0,",
        "Arcadia,§4,0.054,0.0817,",
        "Borduria,‡16,...,xxx,",
        "Carpania,,. .,0.02,",
        "Drassen,,0.01,0.02,",
        "Elbonia,,0.01,0.02,",
        "Freedonia,,0.01,0.02,",
    )
    n_stored = 9
    older_name = "SIPRI-Milex-data-1949-2022.csv"
    older_asked = {"known_from": date(2023, 4, 24)}
    swap = (0, 2)
    wrong = "column Country: “0.054” is no state or territory that is known here"

    def test_dots_and_crosses_are_no_numbers(self) -> None:
        self.do(self.write())
        assert not IndicatorValue.objects.filter(state__iso3="BBB").exists()
        assert IndicatorValue.objects.filter(state__iso3="CCC").count() == 1

    def test_regions_between_the_states_are_passed_over(self) -> None:
        rows = [self.rows[0], "Africa,,,,", "North Africa,,,,", *self.rows[1:]]
        self.do(self.write(self.text(rows)))
        assert len(self.stored()) == self.n_stored

    def test_only_the_sheet_of_shares_is_read(self) -> None:
        header: list[Any] = ["Country", "Notes", 2023]
        rows = [[n, None, 0.02] for n in ("Arcadia", "Borduria", "Carpania")]
        sheets: dict[str, list[list[Any]]] = {
            "Current US$": [header, ["Arcadia", None, 5000]],
            "Share of GDP": [["made up"], header, ["Africa", None, None], *rows],
        }
        path = write_workbook(self.folder / "SIPRI-Milex-data-1949-2023.xlsx", sheets)
        self.do(path)
        values = IndicatorValue.objects.values_list("value", flat=True)
        assert list(values) == [pytest.approx(0.02)] * 3
