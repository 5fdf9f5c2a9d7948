"""SIPRI's trade register, in each of its forms."""

from __future__ import annotations

import random
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.treaties.importers import contract
from treaties.models import RecordedTransfer

_ABOVE = """\
Transfers of major conventional arms from All countries to All countries, made up
A '?' in a column indicates uncertain data.

Source: made up. Data generated: 13 Mar 2025 10:02:49 AM
"""
_HEADER = (
    "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,"
    "Weapon description,Number delivered, ,Year(s) of delivery,status,Comments,"
    "SIPRI TIV per unit,SIPRI TIV for total order,SIPRI TIV of delivered weapons"
)


class TestWebExport(contract.Contract):
    source = "sipri-trade-register"
    file_name = "trade-register.csv"
    above = _ABOVE
    rows = (
        _HEADER,
        "Arcadia,Borduria,2017,,6,,X-1,trainer aircraft,6,,2018,New,,4.5,27,27",
        "Arcadia,Borduria,2017,,6,,X-1,trainer aircraft,2,?,2019; 2020,New,,4.5,27,9",
        "Borduria,Carpania,1987,?,,?,T-9,tank,3,,1987,Second hand,Aid; old,8.5,,25.5",
        "Carpania,Drassen,1988,?,40,?,G-2,towed gun,0,,,New,,0.3,12,",
        "Drassen,Elbonia,1990,,1,,S-1,ship,1,,1994,Second hand but modernized,,1,1,1",
        "Elbonia,Freedonia,1990,,1,,S-1,frigate,1,,1994,New,,1,1,1",
        "Freedonia,Arcadia,1990,,1,,S-1,frigate,1,,1994,New,,1,1,1",
    )
    n_stored = 7
    older_name = "older.csv"
    swap = (2, 6)
    wrong = "column Year of order: “X-1” is not a year; were columns swapped."

    def older_text(self) -> str:
        return self.text().replace("13 Mar 2025", "11 Mar 2024")

    def test_the_day_of_the_export_is_its_edition(self) -> None:
        done = self.do(self.write())
        assert done.edition is not None
        assert (done.edition.label, done.edition.known_from) == (
            "2025-03-13",
            date(2025, 3, 13),
        )

    def test_marks_of_doubt_and_blanks_are_kept_as_such(self) -> None:
        self.do(self.write())
        row = RecordedTransfer.objects.get(designation="T-9")
        assert not row.is_year_certain
        assert not row.is_n_ordered_certain
        assert row.n_ordered is None
        assert row.tiv_ordered is None
        assert row.comments == "Aid; old"
        twice = RecordedTransfer.objects.filter(designation="X-1")
        assert {row.delivery_years for row in twice} == {"2018", "2019|2020"}

    def test_an_order_that_is_gone_is_retired_and_stays_in_the_ledger(self) -> None:
        self.do(self.write())
        text = self.text(self.rows[:-1]).replace("13 Mar", "14 Mar")
        done = self.do(self.write(text))
        assert done.tables is not None
        assert done.tables["recorded transfers"].gone == 1
        assert contract.superseded(self.source) == 1

    def test_a_year_of_delivery_that_is_none_is_refused(self) -> None:
        said = self.refused(self.write(self.text().replace("2019; 2020", "2019; soon")))
        assert said == (
            "trade-register.csv, row 7, column Year(s) of delivery: “2019; soon” is "
            "not a list of years, as 2015; 2016."
        )

    def test_a_kind_of_weapon_without_a_class_is_stored_and_said(self) -> None:
        done = self.do(self.write())
        assert any(n.startswith("kinds of weapons without") for n in done.notes)

    @settings(
        max_examples=20,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(seed=st.integers(0, 10**6), again=st.lists(st.integers(1, 7), max_size=3))
    def test_no_order_of_rows_changes_what_is_stored(
        self, seed: int, again: list[int]
    ) -> None:
        header, *rows = self.rows
        # The same order twice is two orders, wherever it stands.
        rows += [self.rows[place] for place in again]
        self.do(self.write(self.text([header, *rows])))
        held = self.stored()
        assert len(held) == len(rows)
        random.Random(seed).shuffle(rows)  # noqa: S311
        self.do(self.write(self.text([header, *rows])))
        assert self.stored() == held


class TestWireFormat(contract.Contract):
    source = "sipri-trade-register"
    file_name = "wire.csv"
    asked = {"known_from": date(2020, 1, 2)}
    rows = (
        "tidn,buyercod,sellercod,odat,odai,onum,onai,ldat,term,desig2,wcat,desc,coprod,"
        "nrdel,nrdelai,delyears,buyer,seller,status,tivunit,tivorder,tivdel",
        "63890,ARC,BOR,2015,,1100,X,0,N/A,M16,EN,Diesel engine,L,0,,,Arcadia,Borduria,"
        "N,0.02,22,0",
        "62447,BOR,CAR,2017,X,6,,0,N/A,DA40,AC,Light aircraft,L,,,,Borduria,Carpania,S,"
        "0.15,0.9,0",
        "58981,CAR,DRA,2017,,20,,2020,LIC,P-2,AV,APC,L,16,X,2020,Carpania,Drassen,M,"
        "0.31,6.2,4.96",
        "1,ELB,FRE,2017,,20,,2020,LIC,P-2,AV,APC,L,16,X,2020,Elbonia,Freedonia,N,"
        "0.31,6.2,4.96",
    )
    n_stored = 4
    older_name = "older.csv"
    older_asked = {"known_from": date(2019, 1, 2)}
    swap = (3, 9)
    wrong = "column odat: “M16” is not a year; were columns swapped."

    def test_an_order_has_the_same_key_in_both_forms(self) -> None:
        self.do(self.write())
        wire = RecordedTransfer.objects.get(designation="P-2", recipient__iso3="CCC")
        web = TestWebExport()
        web.folder = self.folder
        row = (
            "Carpania,Drassen,2017,,20,,P-2,APC,16,?,2020,Second hand but modernized,,"
            "0.31,6.2,4.96"
        )
        web.do(web.write(web.text([_HEADER, *web.rows[1:], row])))
        same = RecordedTransfer.objects.get(designation="P-2")
        assert same.row_key == wire.row_key
        assert not same.is_n_delivered_certain


class TestTable(contract.Contract):
    source = "sipri-trade-register"
    file_name = "table.csv"
    asked = {"known_from": date(2020, 1, 2)}
    rows = (
        "row_id,recipient,supplier,order_year,order_year_uncertain,number_ordered,"
        "number_ordered_uncertain,designation,description,number_delivered,"
        "number_delivered_uncertain,delivery_years,condition,comments,tiv_unit,"
        "tiv_order,tiv_delivered,recipient_iso3,supplier_iso3,recipient_kind,"
        "first_delivery,last_delivery",
        "1,Arcadia,Borduria,2002,0,3,0,M-1,helicopter,3,1,2002,New,,2,6,6,AAA,BBB,"
        "state,2002,2002",
        "2,Carpania,Drassen,2002,1,3,0,M-1,helicopter,3,0,2002; 2003,New,,2,6,6,CCC,"
        "DDD,state,2002,2002",
        "3,Elbonia,Freedonia,2002,0,3,0,M-1,helicopter,3,0,2002,New,,2,6,6,EEE,FFF,"
        "state,2002,2002",
    )
    n_stored = 3
    older_name = "older.csv"
    older_asked = {"known_from": date(2019, 1, 2)}
    swap = (3, 8)
    wrong = "column order_year: “helicopter” is not a year; were columns swapped."

    def test_a_register_without_its_day_is_refused(self) -> None:
        said = self.refused(self.write(), known_from=None)
        assert said == (
            "table.csv: does not say its edition, which is not in the calendar of this "
            "source. Say on which day it appeared: --known-from 2024-03-07, and "
            "--edition with its name."
        )
