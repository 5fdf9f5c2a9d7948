"""The Political Terror Scale."""

from __future__ import annotations

from datetime import date

from tests.treaties.importers.contract import Contract
from treaties.models import IndicatorValue


class TestPts(Contract):
    source = "pts"
    file_name = "PTS-2024.csv"
    rows = (
        "Country,Country_OLD,Year,COW_Code_A,COW_Code_N,WordBank_Code_A,UN_Code_N,"
        "Region,PTS_A,PTS_H,PTS_S,NA_Status_A,NA_Status_H,NA_Status_S",
        "Arcadia,Arcadia,2022,ARC,1,AAA,4,x,2,NA,3,0,88,0",
        "Arcadia,Arcadia,2023,ARC,1,AAA,4,x,4,3,NA,0,0,77",
        "Borduria,Borduria,2023,BOR,2,BBB,8,x,5,5,5,0,0,0",
        "Carpania,Carpania,2023,CAR,3,CCC,8,x,1,1,1,0,0,0",
        "Drassen,Drassen,2023,DRA,4,DDD,8,x,NA,NA,NA,66,66,99",
        "Elbonia,Elbonia,2023,ELB,5,EEE,8,x,3,NA,3,0,66,0",
        "Freedonia,Freedonia,2023,FRE,6,FFF,8,x,1,NA,1,0,66,0",
    )
    n_stored = 14
    older_name = "PTS-2023.csv"
    older_asked = {"known_from": date(2023, 8, 1)}
    swap = (2, 8)
    wrong = "column Year: “2” is not a year; were columns swapped."
    misspelt = (",BBB,", ",BBX,")

    def test_a_missing_code_is_never_a_number(self) -> None:
        self.do(self.write())
        scores = set(IndicatorValue.objects.values_list("value", flat=True))
        assert scores == {1.0, 2.0, 3.0, 4.0, 5.0}
        assert not IndicatorValue.objects.filter(state__iso3="DDD").exists()

    def test_a_score_beside_a_status_of_none_is_refused(self) -> None:
        said = self.refused(self.write(self.text().replace("2,NA,3,0,", "2,NA,3,66,")))
        assert said == (
            "PTS-2024.csv, row 2, column PTS_A: “2” contradicts its NA_Status: were "
            "columns swapped."
        )

    def test_windows_1252_is_read_and_said(self) -> None:
        text = self.text().replace("Elbonia,Elbonia", "Élbonia,Élbonia")
        done = self.do(self.write(text, encoding="cp1252"))
        assert done.encoding == "CP1252"
        assert len(self.stored()) == self.n_stored

    def test_a_mark_before_the_text_is_no_part_of_the_first_name(self) -> None:
        done = self.do(self.write(encoding="utf-8-sig"))
        assert done.encoding == "UTF-8 with BOM"

    def test_the_day_of_an_edition_comes_from_the_calendar(self) -> None:
        self.do(self.write())
        days = {
            str(d) for d in IndicatorValue.objects.values_list("known_from", flat=True)
        }
        assert days == {"2024-08-13"}

    def test_an_edition_that_the_calendar_lacks_needs_its_day(self) -> None:
        said = self.refused(self.write(name="PTS-2031.csv"))
        assert said == (
            "PTS-2031.csv: is edition “PTS-2031”, which is not in the calendar of this "
            "source (it has PTS-2024). Say on which day it appeared: --known-from "
            "2024-03-07."
        )
