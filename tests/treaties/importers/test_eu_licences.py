"""Licences of the European Union's states, by year."""

from __future__ import annotations

from datetime import date

from tests.treaties.importers.contract import Contract
from treaties.models import RecordedTransfer


class TestEuLicences(Contract):
    source = "eu-licences"
    file_name = "eu.csv"
    asked = {"known_from": date(2015, 1, 1)}
    rows = (
        "unique_id,year,importing_country,exporting_country,ml_category,num_licences,"
        "val_licences_eur,val_arms_eur,importer_iso3,exporter_iso3",
        "2,2006,Arcadia,Borduria,ML3,2,189000,20000,AAA,BBB",
        "3,2006,Borduria,Carpania,ML1,7,386 000,,BBB,CCC",
        "4,2006,Drassen,Elbonia,ML15,,131.354,75556,DDD,EEE",
        "5,2007,Freedonia,Elbonia,ML22,1,0,0,FFF,EEE",
    )
    n_stored = 4
    older_name = "older.csv"
    older_asked = {"known_from": date(2014, 1, 1)}
    swap = (1, 5)
    wrong = "column year: “2” is not a year; were columns swapped."

    def test_no_figure_is_not_zero(self) -> None:
        self.do(self.write())
        values = dict(RecordedTransfer.objects.values_list("goods", "licensed_eur"))
        assert values == {"ML3": 189000, "ML1": 386000, "ML15": None, "ML22": 0}

    def test_a_category_that_is_none_is_refused(self) -> None:
        said = self.refused(self.write(self.text().replace("ML22", "ML23")))
        assert said == (
            "eu.csv, row 5, column ml_category: “ML23” is not a category of the Common "
            "Military List, ML1 to ML22."
        )
