"""The Security Council's list: XML, which can harm."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tests.treaties.importers.contract import Contract
from treaties.models import ListedEntity


def _person(number: int, state: str) -> str:
    return (
        f"<INDIVIDUAL><DATAID>{number}</DATAID><VERSIONNUM>1</VERSIONNUM>"
        f"<FIRST_NAME>MADE</FIRST_NAME><SECOND_NAME>UP {number}</SECOND_NAME>"
        "<UN_LIST_TYPE>DRC</UN_LIST_TYPE>"
        f"<REFERENCE_NUMBER>CDi.00{number}</REFERENCE_NUMBER>"
        "<LISTED_ON>2012-11-12</LISTED_ON><COMMENTS1>Words.</COMMENTS1>"
        f"<NATIONALITY><VALUE>{state}</VALUE></NATIONALITY>"
        "<LAST_DAY_UPDATED><VALUE>2020-01-02</VALUE><VALUE>2021-01-02</VALUE>"
        "</LAST_DAY_UPDATED>"
        "<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>M. U.; Muh</ALIAS_NAME>"
        "</INDIVIDUAL_ALIAS><INDIVIDUAL_DATE_OF_BIRTH><YEAR>1970</YEAR>"
        "</INDIVIDUAL_DATE_OF_BIRTH></INDIVIDUAL>"
    )


_BODY = (
    "<ENTITY><DATAID>99</DATAID><FIRST_NAME>ALLIED MADE-UP FORCES</FIRST_NAME>"
    "<UN_LIST_TYPE>DRC</UN_LIST_TYPE><REFERENCE_NUMBER>CDe.001</REFERENCE_NUMBER>"
    "<LISTED_ON>2014-07-01</LISTED_ON><ENTITY_ADDRESS><COUNTRY>Borduria</COUNTRY>"
    "</ENTITY_ADDRESS></ENTITY>"
)


class TestUnList(Contract):
    source = "un-sc-consolidated"
    file_name = "consolidated.xml"
    rows = (
        "",
        _person(1, "Arcadia"),
        _person(2, "Borduria"),
        _person(3, "Carpania"),
        _person(4, "Drassen"),
        _person(5, "Elbonia"),
        _person(6, "Freedonia"),
        _BODY,
    )
    n_stored = 7
    older_name = "older.xml"
    misspelt = ("<VALUE>Borduria", "<VALUE>Bordurja")

    def text(self, rows: Sequence[str] | None = None) -> str:
        told = list(self.rows if rows is None else rows)
        people = [row for row in told if row.startswith("<INDIVIDUAL")]
        bodies = [row for row in told if row.startswith("<ENTITY")]
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<CONSOLIDATED_LIST dateGenerated="2026-05-03T23:00:03.428Z">'
            f"<INDIVIDUALS>\n{chr(10).join(people)}\n</INDIVIDUALS>"
            f"<ENTITIES>{chr(10).join(bodies)}</ENTITIES></CONSOLIDATED_LIST>\n"
        )

    def older_text(self) -> str:
        return self.text().replace("2026-05-03", "2025-05-03")

    def _is_about(self, row: str, iso3: str, name: str) -> bool:
        return name in row

    def swapped(self) -> str:
        return self.text().replace("2012-11-12", "DRC", 1)

    wrong = "row 1, column LISTED_ON: “DRC” is not a day, as 2012-11-12."

    def test_a_column_that_nobody_knows_is_refused(self) -> None:
        text = self.text().replace("<VERSIONNUM>1</VERSIONNUM>", "<NEW>1</NEW>", 1)
        said = self.refused(self.write(text))
        assert said == (
            "consolidated.xml, row 1, column NEW: is an element of the list that is "
            "neither read nor ignored."
        )

    def test_who_is_listed_since_when_and_by_which_list(self) -> None:
        done = self.do(self.write())
        assert done.edition is not None
        assert done.edition.known_from == date(2026, 5, 3)
        person = ListedEntity.objects.get(row_key="1")
        assert (person.name, person.kind) == ("MADE UP 1", "person")
        assert person.aliases == "M. U.|Muh"
        assert (person.states, person.programmes) == ("AAA", "DRC")
        assert person.listed_on == date(2012, 11, 12)
        assert person.changed_on == date(2021, 1, 2)
        body = ListedEntity.objects.get(kind="body")
        assert (body.name, body.states) == ("ALLIED MADE-UP FORCES", "BBB")

    def test_who_is_taken_off_the_list_is_retired(self) -> None:
        self.do(self.write())
        text = self.text(self.rows[:-1]).replace("2026-05-03", "2026-05-09")
        done = self.do(self.write(text))
        assert done.tables is not None
        assert done.tables["listed entities"].gone == 1

    def test_entities_that_grow_are_refused(self) -> None:
        bomb = (
            '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
            '<CONSOLIDATED_LIST dateGenerated="2026-05-03"><INDIVIDUALS><INDIVIDUAL>'
            "<DATAID>1</DATAID><FIRST_NAME>&b;</FIRST_NAME></INDIVIDUAL></INDIVIDUALS>"
            "</CONSOLIDATED_LIST>"
        )
        assert self.refused(self.write(bomb)) == (
            "consolidated.xml: is XML that defines entities or a document type, which "
            "the list does not and which could harm; it was not read."
        )

    def test_entities_of_other_files_are_refused(self) -> None:
        secret = self.folder / "secret.txt"
        secret.write_text("Arcadia")
        text = (
            f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY x SYSTEM "file://{secret}">]>'
            '<CONSOLIDATED_LIST dateGenerated="2026-05-03"><INDIVIDUALS><INDIVIDUAL>'
            "<DATAID>1</DATAID><FIRST_NAME>&x;</FIRST_NAME></INDIVIDUAL></INDIVIDUALS>"
            "</CONSOLIDATED_LIST>"
        )
        assert "which could harm; it was not read" in self.refused(self.write(text))
