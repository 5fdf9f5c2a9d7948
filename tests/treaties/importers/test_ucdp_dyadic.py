"""Dyads of armed conflict by year."""

from __future__ import annotations

from datetime import date

from tests.treaties.importers.contract import Contract
from treaties.models import ConflictYear

_HEADER = (
    "dyad_id,conflict_id,location,side_a,side_a_id,side_a_2nd,side_b,side_b_id,"
    "side_b_2nd,incompatibility,territory_name,year,intensity_level,type_of_conflict,"
    "start_date,start_prec,start_date2,start_prec2,gwno_a,gwno_a_2nd,gwno_b,gwno_b_2nd,"
    "gwno_loc,region,version"
)


def _row(dyad: int, place: str, number: int, helpers: str = "", codes: str = "") -> str:
    return (
        f"{dyad},{dyad + 1},{place},Government of {place},1,{helpers},Rebels,2,,2,,"
        "2012,"
        f"2,4,2008-01-02,1,2008-01-17,1,{number},{codes},,,{number},4,25.1"
    )


class TestDyadic(Contract):
    source = "ucdp-dyadic"
    file_name = "Dyadic.csv"
    rows = (
        _HEADER,
        _row(
            11,
            "Arcadia",
            901,
            '"Government of Borduria, Government of Carpania, Militia"',
            '"903, 902"',
        ),
        _row(12, "Drassen", 904),
        _row(13, "Elbonia", 905),
        _row(14, "Freedonia", 906),
    )
    n_stored = 6
    older_name = "older.csv"
    swap = (11, 0)
    wrong = "column year: “11” is not a year; were columns swapped."
    misspelt = ("Government of Borduria", "Government of Bordurja")

    def older_text(self) -> str:
        return self.text().replace("25.1", "24.1")

    def test_supporters_fight_abroad_and_primary_parties_at_home(self) -> None:
        self.do(self.write())
        helper = ConflictYear.objects.get(key="11:BBB:2012:A:supporting")
        assert helper.is_abroad
        assert helper.actor == "Government of Borduria"
        assert (helper.places, helper.intensity) == ("AAA", 2)
        assert helper.side_supporters == 3
        assert helper.conflict == "Arcadia: government"
        assert helper.kind == "internationalized intrastate"
        party = ConflictYear.objects.get(key="11:AAA:2012:A:primary")
        assert not party.is_abroad

    def test_a_year_is_known_from_the_july_after_it(self) -> None:
        self.do(self.write())
        days = set(ConflictYear.objects.values_list("known_from", flat=True))
        assert days == {date(2013, 7, 1)}

    def test_names_and_numbers_that_disagree_are_refused(self) -> None:
        said = self.refused(self.write(self.text().replace("903, 902", "903, 904")))
        assert "names BBB, CCC, and gwno_a_2nd CCC, DDD: were columns swapped" in said

    def test_armed_groups_alone_make_no_row(self) -> None:
        self.do(self.write())
        assert not ConflictYear.objects.filter(actor__contains="Rebels").exists()
