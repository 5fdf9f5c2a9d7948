"""What was typed becomes a checked draft, or errors that say how to mend it."""

from __future__ import annotations

import contextlib
from datetime import date
from io import BytesIO
from typing import Any

import pytest

from screening.bridge import Question, question_rows
from screening.intake import (
    FIELDS,
    InvalidTransfer,
    ItemLine,
    drafts_from_csv,
    read_draft,
)
from screening.models import Transfer, User
from screening.services import submit_transfer
from tests.factories import make_force, make_source, make_state
from treaties.models import ItemSynonym

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
GOOD: dict[str, Any] = {
    "exporter": "United Kingdom",
    "recipient": "SAU",
    "end_user": "Royal Saudi Air Force",
    "items": [{"item": "Guided bomb", "quantity": 500}],
    "end_use": "EXTERNAL_OPERATION",
    "end_use_place": "Yemen",
    "on": "2019-06-20",
}


def errors_of(**changes: Any) -> dict[str, list[str]]:
    """The errors of a good proposal with these changes."""
    with pytest.raises(InvalidTransfer) as invalid:
        read_draft({**GOOD, **changes}, today=TODAY)
    return invalid.value.errors


def test_names_become_codes(world: None) -> None:
    draft = read_draft(GOOD, today=TODAY)

    assert (draft.exporter, draft.recipient) == ("GBR", "SAU")
    assert (draft.force, draft.end_user_kind) == ("SAU-RSAF", "AIR_FORCE")
    assert draft.items == (ItemLine("BOMB_GUIDED", "Guided bomb", 500),)
    assert draft.end_use_place == "YEM"
    assert draft.end_user_state == "SAU"
    assert draft.on == date(2019, 6, 20)


def test_an_end_user_that_is_no_force_keeps_its_name_and_stated_kind(
    world: None,
) -> None:
    draft = read_draft(
        {**GOOD, "end_user": "Desert Guns Ltd", "end_user_kind": "Dealer"}, today=TODAY
    )

    assert (draft.force, draft.end_user) == ("", "Desert Guns Ltd")
    assert draft.end_user_kind == "COMMERCIAL_DEALER"


def test_what_is_recorded_of_a_force_outweighs_the_stated_kind(world: None) -> None:
    draft = read_draft({**GOOD, "end_user_kind": "CIVILIAN"}, today=TODAY)

    assert draft.end_user_kind == "AIR_FORCE"


def test_a_force_of_another_state_is_refused_with_both_ways_out(world: None) -> None:
    assert errors_of(recipient="Yemen", end_use_place="") == {
        "end_user": [
            '"Royal Saudi Air Force" belongs to Saudi Arabia, but the recipient is '
            "Yemen. Choose a force of Yemen or change the recipient."
        ]
    }


def test_an_unknown_state_is_named_with_what_was_perhaps_meant(world: None) -> None:
    (error,) = errors_of(exporter="Untied Kingdom")["exporter"]

    assert '"Untied Kingdom" is not the name or code of a state' in error
    assert "Did you mean United Kingdom (GBR)" in error


def test_an_item_that_matches_nothing_is_refused(world: None) -> None:
    (error,) = errors_of(items="teaspoons")["items"]

    assert '"teaspoons" is not the name or code of a kind of item' in error


def test_an_item_that_can_mean_two_things_lists_both(world: None) -> None:
    ItemSynonym.objects.create(
        phrase="stinger",
        item_id="SALW",
        kind="model",
        alternatives="BOMB_GUIDED",
        key="stinger",
        source=make_source(),
        publisher="The tests",
    )

    (error,) = errors_of(items="stinger")["items"]

    assert "can mean" in error
    assert "Small arms and light weapons (SALW)" in error
    assert "Guided bomb (BOMB_GUIDED)" in error


@pytest.mark.parametrize("name", ["exporter", "recipient", "items", "on"])
@pytest.mark.parametrize("empty", ["", "  ", None, []])
def test_an_empty_field_that_is_needed_says_what_to_write(
    world: None, name: str, empty: Any
) -> None:
    (error,) = errors_of(**{name: empty})[name]

    assert error.startswith("This is empty.")
    assert "for example" in error


def test_a_missing_field_reads_as_an_empty_one(world: None) -> None:
    with pytest.raises(InvalidTransfer) as invalid:
        read_draft({}, today=TODAY)

    assert set(invalid.value.errors) == {"exporter", "recipient", "items", "on"}


def test_every_error_is_told_at_once(world: None) -> None:
    errors = errors_of(exporter="", on="yesterday", end_use="TRAINIG", note="\x00")

    assert set(errors) == {"exporter", "on", "end_use", "note"}
    assert errors["end_use"] == [
        '"TRAINIG" is not one of the choices. Did you mean TRAINING?'
    ]


@pytest.mark.parametrize(
    ("on", "says"),
    [
        ("2028-11-25", "more than two years ahead. Give a day up to 2028-11-24"),
        ("0019-06-20", "before the United Nations Charter"),
        ("20/06/2019", "cannot be read as a day. Write year-month-day"),
        ("2019-02-30", "is no day of the calendar"),
        (20190620, "Write a text in quotation marks"),
    ],
)
def test_a_day_that_cannot_be_meant_is_refused(world: None, on: Any, says: str) -> None:
    (error,) = errors_of(on=on)["on"]

    assert says in error


def test_the_last_day_two_years_ahead_is_taken(world: None) -> None:
    assert read_draft({**GOOD, "on": "2028-11-24"}, today=TODAY).on.year == 2028


@pytest.mark.parametrize(
    ("quantity", "says"),
    [
        (-2, "The quantity is -2"),
        ("1.500", "is not a whole number"),
        (True, "is not a whole number"),
        (10**12, "too large"),
    ],
)
def test_a_quantity_that_is_none_is_refused(
    world: None, quantity: Any, says: str
) -> None:
    (error,) = errors_of(items=[{"item": "SALW", "quantity": quantity}])["items"]

    assert says in error


def test_the_number_of_a_bad_item_is_told_when_there_are_several(world: None) -> None:
    errors = errors_of(items=["SALW", "teaspoons", {"quantity": 2}])["items"]

    assert errors[0].startswith('Item 2: "teaspoons"')
    assert errors[1].startswith("Item 3: The item is empty.")


def test_more_items_than_a_transfer_holds_are_refused(world: None) -> None:
    (error,) = errors_of(items=["SALW"] * 51)["items"]

    assert "at most 50" in error


@pytest.mark.parametrize("strange", [5, {"a": 1}, [["SALW"]], [None], "\x00", 1.5])
@pytest.mark.parametrize("name", FIELDS)
def test_a_value_of_another_kind_is_an_error_and_never_a_crash(
    world: None, name: str, strange: Any
) -> None:
    with contextlib.suppress(InvalidTransfer):
        read_draft({**GOOD, name: strange}, today=TODAY)


def test_a_field_that_does_not_exist_is_named_with_the_nearest(world: None) -> None:
    assert errors_of(recipent="SAU") == {
        "recipent": ["There is no such field. Did you mean recipient?"]
    }


def test_a_transfer_from_a_state_to_itself_is_refused(world: None) -> None:
    (error,) = errors_of(recipient="GBR", end_user="")["recipient"]

    assert "both exporter and recipient" in error


def test_states_are_read_from_a_list_or_a_text(world: None) -> None:
    as_text = read_draft({**GOOD, "transit": "Yemen; SSD"}, today=TODAY)
    as_list = read_draft({**GOOD, "transit": ["YEM", "South Sudan"]}, today=TODAY)

    assert as_text.transit == as_list.transit == ("YEM", "SSD")


def test_an_approval_under_an_embargo_that_is_not_held_is_refused(world: None) -> None:
    (error,) = errors_of(approvals="UN-NOWHERE-2001")["approvals"]

    assert "not the key of an embargo" in error


def test_a_force_of_the_end_user_state_is_taken_when_it_is_not_the_recipient(
    world: None,
) -> None:
    oman = make_state("OMN", "Oman")
    make_force("OMN-ARMY", oman, "Royal Army of Oman", "ARMY")

    draft = read_draft(
        {**GOOD, "recipient": "OMN", "end_user_state": "SAU"}, today=TODAY
    )

    assert (draft.recipient, draft.force) == ("OMN", "SAU-RSAF")


CSV = """exporter,recipient,end_user,item,quantity,on
GBR,SAU,Royal Saudi Air Force,Guided bomb,500,2019-06-20
GBR,YEM,Royal Saudi Air Force,Guided bomb,500,2019-06-20

GBR,SAU,,"Guided bomb",-1,2019-06-20
GBR,SAU
"""


def test_good_rows_of_a_file_are_drafts_and_bad_ones_say_row_and_column(
    world: None,
) -> None:
    read = drafts_from_csv(BytesIO(CSV.encode()), today=TODAY)
    drafts, errors = read.drafts, read.errors

    assert [(d.row, d.draft.force) for d in drafts] == [(2, "SAU-RSAF")]
    assert [(e.row, e.column) for e in errors] == [
        (3, "end_user"),
        (5, "items"),
        (6, ""),
    ]
    assert str(errors[1]).startswith("Row 5, items: The quantity is -1.")


def test_a_file_from_a_spreadsheet_with_semicolons_and_a_mark_is_read(
    world: None,
) -> None:
    content = "\ufeff" + CSV.replace(",", ";")

    read = drafts_from_csv(BytesIO(content.encode()), today=TODAY)

    assert len(read.drafts) == 1
    assert read.encoding == "UTF-8 with a byte-order mark"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "The file is empty"),
        (b"exporter,colour\nGBR,red\n", "no such column"),
        (b"exporter,exporter\nGBR,GBR\n", "there twice"),
        (b"\xff\xfe\x00", "neither UTF-8 nor Windows-1252"),
        (b"exporter\x81", "neither UTF-8 nor Windows-1252"),
        (b"x" * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
        (b'exporter,on\n"GBR,2019', "not a CSV file"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(
    world: None, content: bytes, says: str
) -> None:
    read = drafts_from_csv(BytesIO(content), today=TODAY)

    assert read.drafts == []
    assert says in read.errors[0].text


SAFEGUARD = "End-use certificate; diversion; verified; 2019-03-01; letter; of 1 March"


def test_a_safeguard_is_read_from_a_line_of_five_parts(world: None) -> None:
    (one,) = read_draft({**GOOD, "safeguards": SAFEGUARD}, today=TODAY).safeguards
    assert (one.kind, one.risk, one.status, one.since, one.evidence) == (
        "END_USE_CERTIFICATE",
        "DIVERSION",
        "verified",
        "2019-03-01",
        "letter; of 1 March",
    )


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("End-use certificate; diversion; verified; 2019-03-01", "without evidence"),
        ("A promise; diversion; present; 2019-03-01; note", "Safeguard 1: "),
        ("Training on lawful use; IHL; present; soon; note", "Safeguard 1: "),
        (f"{SAFEGUARD}\nTRAINING;;;;", "Safeguard 2: the risk that it is tied to"),
        (["x"] * 21, "There are 21 safeguards; the most is 20."),
        ([{"kind": "TRAINING", "what": "x"}], "there is no field what"),
        ({"kind": "TRAINING"}, "Write one safeguard a line"),
    ],
)
def test_a_safeguard_that_cannot_be_used_says_what_where_and_how(
    world: None, typed: Any, said: str
) -> None:
    (error,) = errors_of(safeguards=typed)["safeguards"]
    assert said in error


def test_a_stored_transfer_keeps_its_safeguards_and_asks_the_rules_with_them(
    world: None, analyst: User
) -> None:
    stated = {
        "safeguards": SAFEGUARD,
        "force_size": "4000",
        "economic_argument": "jobs",
    }
    draft = read_draft({**GOOD, **stated}, today=TODAY)
    number = submit_transfer(draft, by=analyst).pk
    stored = Transfer.objects.get(pk=number)
    (line, *_) = question_rows([Question(stored, TODAY, TODAY)]).to_dict("records")
    assert line["mitigations"] == "END_USE_CERTIFICATE:DIVERSION:verified:17956"
    assert (line["force_size"], line["economic"]) == (4000, "yes")
