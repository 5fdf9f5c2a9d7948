"""The Global Peace Index."""

from __future__ import annotations

from datetime import date

from tests.treaties.importers.contract import Contract
from treaties.models import IndicatorValue


class TestGpi(Contract):
    source = "gpi"
    file_name = "GPI_2008-2023_long.csv"
    asked = {"known_from": date(2023, 6, 28)}
    rows = (
        "Country,Code,Year,Overall_Scores,Safety_and_Security,Ongoing_Conflict,Militarian",
        "Arcadia,AAA,2008,3.104,3.372,3.153,2.594",
        "Borduria,BBB,2008,02.09,2.21,1.811,2.243",
        "Carpania,CCC,2008,,0,0,0",
        "Drassen,DDD,2008,0,0,0,0",
        "Elbonia,EEE,2008,1.5,0,0,0",
        "Freedonia,FFF,2008,1.5,0,0,0",
    )
    n_stored = 4
    older_name = "GPI_2008-2022_long.csv"
    older_asked = {"known_from": date(2022, 6, 15)}
    swap = (2, 3)
    wrong = "column Year: “3.104” is not a year; were columns swapped."
    misspelt = (",BBB,", ",BBX,")

    def test_a_slip_of_the_keyboard_is_mended_and_said(self) -> None:
        done = self.do(self.write())
        assert IndicatorValue.objects.get(state__iso3="BBB").value == 2.09
        assert any("02.09" in note for note in done.notes)

    def test_nought_and_blank_are_no_score(self) -> None:
        self.do(self.write())
        assert not IndicatorValue.objects.filter(
            state__iso3__in=["CCC", "DDD"]
        ).exists()
