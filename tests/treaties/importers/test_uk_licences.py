"""Licence decisions of the United Kingdom."""

from __future__ import annotations

from datetime import date

from tests.treaties.importers.contract import Contract
from treaties.models import LicenceDecision


class TestUkLicences(Contract):
    source = "uk-licences"
    file_name = "decisions.csv"
    asked = {"known_from": date(2015, 7, 29)}
    rows = (
        "row_id,licence_group,date,rating,count,value,country,refused,iso3,"
        "refusal_criteria,military,short_description",
        '1,1,2008-01-02,ML10,1,3540.0,Arcadia,0,AAA,,1,"Aircraft, drones"',
        "2,2,2008-01-02,End Use,1,,Borduria,1,BBB,2;7,0,End use",
        "3,3,2008-01-03,ML7,1,3600.5,Carpania,0,CCC,,1,Agents",
        "4,3,2008-01-03,ML7,1,3600.5,Drassen,0,DDD,,1,Agents",
        "5,3,2008-01-03,ML7,1,3600.5,Elbonia,0,EEE,,1,Agents",
        "6,3,2008-01-03,ML7,1,3600.5,Freedonia,0,FFF,,1,Agents",
    )
    n_stored = 6
    older_name = "older.csv"
    older_asked = {"known_from": date(2014, 7, 29)}
    swap = (2, 6)
    wrong = (
        "column date: “Arcadia” is not a day of the calendar; 2019-06-20 is how one is "
        "written."
    )

    def test_a_refusal_names_its_criteria(self) -> None:
        self.do(self.write())
        refusal = LicenceDecision.objects.get(is_refused=True)
        assert refusal.criteria == "2|7"
        assert refusal.value_gbp is None
        assert refusal.recipient_id == "BBB"

    def test_criteria_that_are_none_are_refused(self) -> None:
        said = self.refused(self.write(self.text().replace("2;7", "2;9")))
        assert said == (
            "decisions.csv, row 3, column refusal_criteria: “2;9” is not a list of "
            "criteria from 1 to 8, as 2;7."
        )

    def test_criteria_of_a_licence_that_was_issued_are_refused_by_the_database(
        self,
    ) -> None:
        said = self.refused(self.write(self.text().replace("1,BBB,2;7", "0,BBB,2;7")))
        assert "the database refused a row" in said

    def test_the_same_decision_twice_is_refused(self) -> None:
        said = self.refused(self.write(self.text([*self.rows, self.rows[1]])))
        assert "row 8: “0000001:Arcadia:ML10” names a second row" in said

    def test_the_values_alone_are_read_without_criteria(self) -> None:
        text = (
            "licence_group,date,rating,count,value,country,refused\n"
            "1,2008-01-02,ML10,1,3540,Arcadia,0\n"
            "2,2008-01-02,ML10,1,3540,Borduria,1\n"
            "3,2008-01-02,ML10,1,,Carpania,0\n"
        )
        done = self.do(self.write(text))
        assert done.layout == "values"
        assert set(LicenceDecision.objects.values_list("criteria", flat=True)) == {""}
