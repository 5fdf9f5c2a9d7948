"""The Worldwide Governance Indicators, before and after the revision."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.treaties.importers.contract import Contract, write_workbook
from treaties.models import IndicatorValue

_ESTIMATE = "Governance estimate (approx. -2.5 to +2.5)"


class TestUpdateOf2024(Contract):
    source = "wgi"
    file_name = "wgidataset_2024update.csv"
    rows = (
        "codeindyr,code,countryname,year,indicator,estimate,stddev,nsource,pctrank,"
        "pctranklower,pctrankupper",
        "AAAcc2023,AAA,Arcadia,2023,cc,-1.29,0.34,2,4.3,0,27.4",
        "AAArl2023,AAA,Arcadia,2023,rl,1.25,0.34,2,80.5,0,27.4",
        "BBBcc2023,BBB,Borduria,2023,cc,..,..,..,..,..,..",
        'CCCcc2023,CCC,"Carpania, The",2023,cc,0.5,0.34,2,60,0,27.4',
        "DDDge2023,DDD,Drassen,2023,ge,0.5,0.34,2,60,0,27.4",
        "EEEcc2023,EEE,Elbonia,2023,cc,0.5,0.34,2,60,0,27.4",
        "FFFcc2023,FFF,Freedonia,2023,cc,0.5,0.34,2,60,0,27.4",
    )
    n_stored = 11
    older_name = "wgidataset_2023update.csv"
    older_asked = {"known_from": date(2023, 9, 29)}
    swap = (5, 8)
    wrong = "column estimate: “4.3” is not between -3.5 and 3.5: were columns swapped."
    misspelt = (",BBB,", ",BBX,")

    def test_two_dots_are_no_number(self) -> None:
        self.do(self.write())
        assert not IndicatorValue.objects.filter(state__iso3="BBB").exists()

    def test_an_unknown_dimension_is_refused(self) -> None:
        said = self.refused(self.write(self.text().replace(",rl,", ",xy,")))
        assert "column indicator: “xy” is not one of “va”, “pv”, “ge”" in said

    def test_the_revised_workbook_is_read_sheet_by_sheet(self) -> None:
        header: list[Any] = [
            "Economy (code)",
            "Economy (name)",
            "Year",
            _ESTIMATE,
            "FRH mean",
        ]
        rows: list[list[Any]] = [header] + [
            [iso3, "Somewhere", 2024, number, 0.5]
            for iso3, number in (("AAA", 0.5), ("BBB", -1.5), ("CCC", 2), ("DDD", ".."))
        ]
        sheets: dict[str, list[list[Any]]] = dict.fromkeys(
            ("va", "pv", "ge", "rq", "rl", "cc"), rows
        )
        path = write_workbook(self.folder / "wgidataset_2025.xlsx", sheets)
        done = self.do(path, known_from=date(2025, 10, 1))
        assert done.layout == "2025 revision"
        assert IndicatorValue.objects.count() == 18
        broken: dict[str, list[list[Any]]] = {
            **sheets,
            "rl": [header, ["AAA", "x", 2024, 7.5, 1]],
        }
        path = write_workbook(self.folder / "wgidataset_2025.xlsx", broken)
        said = self.refused(path, known_from=date(2025, 10, 1))
        assert (
            f"row 2, column rl!{_ESTIMATE}: “7.5” is not between -3.5 and 3.5" in said
        )

    def test_text_with_the_name_of_a_workbook_is_refused(self) -> None:
        path = self.folder / "wgidataset_2024.xlsx"
        path.write_text(self.text())
        assert self.refused(path) == (
            "wgidataset_2024.xlsx: is not a workbook (.xlsx)."
        )
