"""Events of organised violence."""

from __future__ import annotations

from datetime import date

from tests.treaties.importers.contract import Contract
from treaties.models import ConflictEvent

_COLUMNS = (
    "id,relid,year,type_of_violence,conflict_new_id,dyad_new_id,side_a,side_b,adm_1,"
    "latitude,longitude,country,country_id,source_headline,date_prec,date_start,"
    "date_end,deaths_civilians,best,high,low"
)


def _row(number: int, place: str, code: int) -> str:
    return (
        f"{number},X-{number},2025,1,200,300,Government of {place},Rebels,North,"
        "1.5,-2.25,"
        f'{place},{code},"Said, somewhere",1,2025-03-01 00:00:00.000,'
        "2025-03-02 00:00:00.000,2,7,9,5"
    )


class TestGed(Contract):
    source = "ucdp-ged"
    file_name = "GEDEvent_v26_1.csv"
    rows = (
        _COLUMNS,
        _row(1, "Arcadia", 901),
        _row(2, "Borduria", 902),
        _row(3, "Carpania", 903),
        _row(4, "Drassen", 904),
        _row(5, "Elbonia", 905),
        _row(6, "Freedonia", 906),
    )
    n_stored = 6
    older_name = "GEDEvent_v25_1.csv"
    swap = (15, 16)
    wrong = (
        "column date_end: “2025-03-01” is before date_start, 2025-03-02: were columns "
        "swapped."
    )
    misspelt = (",902,", ",999,")

    def test_an_event_ends_on_the_day_after_its_last(self) -> None:
        self.do(self.write())
        event = ConflictEvent.objects.get(row_key="1")
        assert (event.starts, event.ends) == (date(2025, 3, 1), date(2025, 3, 3))
        assert (event.deaths_low, event.deaths, event.deaths_high) == (5, 7, 9)
        assert event.kind == "state"

    def test_a_place_off_the_globe_is_refused(self) -> None:
        said = self.refused(self.write(self.text().replace(",1.5,", ",91.5,", 1)))
        assert "row 2, column latitude: “91.5” is not between -90 and 90" in said

    def test_the_same_event_twice_is_refused(self) -> None:
        said = self.refused(self.write(self.text([*self.rows, self.rows[1]])))
        assert "GEDEvent_v26_1.csv, row 8: “1” names a second row" in said
