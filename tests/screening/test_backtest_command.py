"""`manage.py backtest`: files of cases in, answers or clear mistakes out."""

from __future__ import annotations

import csv
import json
import shutil
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from screening.intake.cases import cases_from_csv
from screening.models import EndUse, EndUserKind
from screening.rules.backtest import PastCase
from screening.rules.rulebook import FOLDER
from treaties.facts import Facts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]

TODAY = date(2026, 11, 24)
CASE = {
    "case_id": "MADE-UP-1",
    "decision_or_event_date": "2019-06-20",
    "as_of_date": "2019-06-20",
    "exporter_iso3": "GBR",
    "recipient_iso3": "SAU",
    "end_user": "Royal Saudi Air Force",
    "end_user_type": "AIR_FORCE",
    "item_class": "BOMB_GUIDED|SALW",
    "end_use": "EXTERNAL_OPERATION",
    "what_happened": "ruled_unlawful",
    "expected_verdict": "REFUSE",
    "expected_triggers": "ATT-7.1b-i;F-COUP",
    "acceptable_range": "REFUSE|PROHIBITED",
    "basis": "specific",
    "screened_state_iso3": "GBR",
    "facts_basis": "ex_ante",
    "pair_id": "",
    "partition": "calibrate",
}


def content(*rows: dict[str, str]) -> bytes:
    out = StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def read(**cells: str) -> PastCase:
    (case,) = cases_from_csv(content({**CASE, **cells}), today=TODAY)
    return case


def said(tmp_path: Path, data: bytes, *options: str) -> str:
    """What the command prints of a file with this content."""
    file = tmp_path / "cases.csv"
    file.write_bytes(data)
    out = StringIO()
    call_command("backtest", str(file), *options, stdout=out)
    return out.getvalue()


def test_the_json_is_one_object_of_cases_and_metrics(tmp_path: Path) -> None:
    found = json.loads(said(tmp_path, content(CASE), "--json"))

    assert set(found) == {"cases", "metrics"}
    (case,) = found["cases"]
    named = {"case_id", "covered", "verdict", "interval", "triggers"}
    assert named | {"facts_used", "facts_missing"} <= set(case)
    assert case["verdict"] == "ELEVATED"
    assert found["metrics"]["false_low_cases"] == ["MADE-UP-1"]
    assert found["metrics"]["lead_time"]["never"] == ["MADE-UP-1"]


def test_checked_facts_stand_beside_all_facts(tmp_path: Path) -> None:
    found = json.loads(said(tmp_path, content(CASE), "--json", "--checked-only"))

    beside = found["cases"][0]["checked_only"]
    assert set(beside) == {"case_id", "covered", "verdict", "interval", "triggers"}
    assert found["metrics"]["checked_only"]["cases"] == 1


def test_the_words_say_what_the_file_leaves_out(tmp_path: Path) -> None:
    row = {k: v for k, v in CASE.items() if k != "pair_id"}

    words = said(tmp_path, content(row))

    assert "OUTSIDE MADE-UP-1: ELEVATED" in words
    assert "does not have: pair_id." in words


def test_the_name_of_an_end_user_becomes_the_forces_it_means() -> None:
    assert read().forces == ("SAU-RSAF",)
    assert read(end_user="Royal Saudi Air Force (Typhoons)").forces == ("SAU-RSAF",)
    assert read(end_user="Guards / Royal Saudi Air Force").forces == ("SAU-RSAF",)
    assert read(end_user="Guards of the palace").forces == ()


def test_a_force_of_another_state_puts_the_end_user_there() -> None:
    case = read(end_user="Houthi forces")

    assert case.forces == ("YEM-HOUTHI",)
    assert case.stated["end_user_state"] == "YEM"


def test_the_state_that_is_screened_has_a_part_in_the_transfer() -> None:
    assert read().stated["brokers"] == ""
    assert read(screened_state_iso3="YEM").stated["brokers"] == "YEM"
    passing = read(screened_state_iso3="YEM", screened_role="transit")
    assert (passing.stated["brokers"], passing.stated["transit"]) == ("", "YEM")


def test_showing_goods_at_a_fair_is_promotion() -> None:
    assert read(end_use="PROMOTION").stated["activity"] == "PROMOTION"
    assert read().stated["activity"] == "EXPORT"


def test_a_case_may_be_named_as_a_seed_and_stop_at_what_is_needed() -> None:
    row = {"seed_id": "SEED-X", **{k: v for k, v in CASE.items() if k != "case_id"}}
    del row["decision_or_event_date"], row["what_happened"]

    (case,) = cases_from_csv(b"\xef\xbb\xbf" + content(row), today=TODAY)

    assert (case.case_id, case.acted) == ("SEED-X", False)
    assert case.decided_on == case.as_of


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"as_of_date": "20/06/2019"}, "Row 2, as_of_date: .*Write year-month-day"),
        ({"as_of_date": "2019-06-31"}, "Row 2, as_of_date: .*no day of the calendar"),
        ({"as_of_date": ""}, "Row 2, as_of_date: This is empty. Give the day"),
        ({"recipient_iso3": "SAX"}, "Row 2, recipient_iso3: .*Check the spelling"),
        ({"item_class": "BOMB_GIUDED"}, "Row 2, item_class: .*mean BOMB_GUIDED"),
        ({"item_class": "SALW:C4ISR"}, "only PARTS can have a parent"),
        ({"end_user_type": "AIRFORCE"}, "Row 2, end_user_type: .*mean AIR_FORCE"),
        ({"end_use": "WAR"}, "Row 2, end_use: .*not one of the choices"),
        ({"expected_verdict": "MAYBE"}, "expected_verdict: .*Use one of PROHIBITED"),
        ({"acceptable_range": "LOW|NONE"}, "acceptable_range: .*is no verdict"),
        ({"expected_triggers": "see text"}, "expected_triggers: .*no trigger code"),
        ({"screened_state_iso3": "YEM", "screened_role": "x"}, "screened_role: .*tran"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_how_to_mend_it(
    cells: dict[str, str], says: str, tmp_path: Path
) -> None:
    row = {**CASE, "screened_role": "", **cells}

    with pytest.raises(CommandError, match=says):
        said(tmp_path, content(row))


def test_every_mistake_is_told_at_once_and_once(tmp_path: Path) -> None:
    wrong = {**CASE, "case_id": "MADE-UP-2", "exporter_iso3": "GBX", "end_use": "WAR"}
    rows = [CASE, wrong, CASE, {**wrong, "case_id": "MADE-UP-3"}]

    with pytest.raises(CommandError) as error:
        said(tmp_path, content(*rows))

    lines = str(error.value).splitlines()[1:]
    assert [line.split(":")[0] for line in lines] == [
        "Row 3, exporter_iso3",
        "Row 3, end_use",
        "Row 4, case_id",
        "Row 5, exporter_iso3",
        "Row 5, end_use",
    ]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (content({**CASE, "x": "1"}).replace(b"as_of_date", b"as_of_day"), "as_of_day"),
        (content({"case_id": "A"}), "Row 1, item_class: This column is missing"),
        (content(CASE).replace(b"pair_id", b"basis"), "basis: This column is there tw"),
        (content(CASE) + b"A,B\r\n", "Row 3: There are 2 cells under 18 columns"),
        (content(CASE) + b"\xe9", "Row 3: The letters cannot be read"),
        (b"", "Row 1: The file is empty"),
    ],
)
def test_a_file_that_is_no_list_of_cases_is_refused(
    data: bytes, says: str, tmp_path: Path
) -> None:
    with pytest.raises(CommandError, match=says):
        said(tmp_path, data)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"none\.csv cannot be read"):
        call_command("backtest", str(tmp_path / "none.csv"))


def test_another_rulebook_is_asked_and_must_be_whole(tmp_path: Path) -> None:
    other = tmp_path / "rules"
    shutil.copytree(FOLDER, other)
    note = other / "search" / "max_age_days.yaml"
    note.write_text(note.read_text() + "\n", encoding="utf-8")
    whole = json.loads(said(tmp_path, content(CASE), "--json"))

    changed = json.loads(said(tmp_path, content(CASE), "--json", f"--rulebook={other}"))

    digests = [found["metrics"]["rulebook_digest"] for found in (whole, changed)]
    assert digests[0] != digests[1]
    part = tmp_path / "part"
    shutil.copytree(FOLDER, part)
    (part / "search" / "max_age_days.yaml").unlink()
    with pytest.raises(CommandError, match=r"lacks search/max_age_days\.yaml"):
        said(tmp_path, content(CASE), f"--rulebook={part}")


def test_kinds_and_uses_are_those_of_the_form() -> None:
    for kind in EndUserKind.values:
        assert read(end_user_type=kind).stated["end_user_kind"] == kind
    for use in EndUse.values:
        assert read(end_use=use).stated["end_use"] == use


def test_without_facts_it_says_how_to_load_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("treaties.selectors.current_facts", Facts)

    with pytest.raises(CommandError, match=r"Run manage\.py load_reference"):
        said(tmp_path, content(CASE))
