"""Loading: strict, all or nothing, and the same however often it is done."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.treaties.small import SmallFixtures
from treaties.importers.folders import BadFixturesError
from treaties.importers.reference import load_reference
from treaties.models import FactsVersion, Source, State, Treaty, TreatyAct
from treaties.signals import facts_changed

pytestmark = pytest.mark.django_db


def problems_of(small: SmallFixtures) -> str:
    """What a load complains of; the database must be as empty as before."""
    with pytest.raises(BadFixturesError) as caught:
        load_reference(small.write())
    assert not State.objects.exists()
    assert not Source.objects.exists()
    assert FactsVersion.current() == ""
    return str(caught.value)


def test_a_load_fills_every_table(small: SmallFixtures) -> None:
    done = load_reference(small.write())
    assert [str(one) for one in done] == ["states: 3 added", "treaties: 4 added"]
    assert Treaty.objects.get(code="ATT").complete_to == date(2026, 6, 30)
    territory = State.objects.get(iso3="CCC")
    assert (territory.parent_id, territory.checked) == ("BBB", False)
    assert territory.source.licence == "CC0"


def test_loading_twice_changes_nothing(small: SmallFixtures) -> None:
    load_reference(small.write())
    stamp = FactsVersion.current()
    recorded = dict(TreatyAct.objects.values_list("key", "recorded_at"))
    done = load_reference(small.root)
    assert all(one.is_unchanged for one in done)
    assert FactsVersion.current() == stamp
    assert dict(TreatyAct.objects.values_list("key", "recorded_at")) == recorded


def test_a_changed_file_writes_only_the_rows_that_differ(small: SmallFixtures) -> None:
    load_reference(small.write())
    stamp = FactsVersion.current()
    small.change("treaties", "acts.csv", "2013-06-03,day", "2013-06-04,day")
    done = load_reference(small.write())
    assert [str(one) for one in done] == ["states: unchanged", "treaties: 1 changed"]
    signed = TreatyAct.objects.get(act="signature")
    assert signed.on == date(2013, 6, 4)
    assert FactsVersion.current() != stamp


def test_a_row_that_left_its_file_leaves_the_database(small: SmallFixtures) -> None:
    load_reference(small.write())
    small.change(
        "states", "states.csv", "CCC,Cove of Borduria,territory,BBB,1997-07-01,,n\n", ""
    )
    done = load_reference(small.write())
    assert str(done[0]) == "states: 1 retired"
    assert not State.objects.filter(iso3="CCC").exists()


def test_a_row_and_its_parent_leave_together(small: SmallFixtures) -> None:
    load_reference(small.write())
    small.change(
        "states", "states.csv", "CCC,Cove of Borduria,territory,BBB,1997-07-01,,n\n", ""
    )
    small.change("states", "states.csv", "BBB,Borduria,un_member,,1990-01-01,,y\n", "")
    done = load_reference(small.write())
    assert str(done[0]) == "states: 2 retired"
    assert list(State.objects.values_list("iso3", flat=True)) == ["AAA"]


def test_a_row_that_others_need_cannot_leave(small: SmallFixtures) -> None:
    load_reference(small.write())
    small.change("states", "states.csv", "AAA,Aland,un_member,,,,y\n", "")
    with pytest.raises(BadFixturesError, match="refused"):
        load_reference(small.write())
    assert State.objects.filter(iso3="AAA").exists()


@pytest.mark.parametrize(
    ("slug", "name", "old", "new", "said"),
    [
        (
            "treaties",
            "acts.csv",
            "signature,AAA",
            "signature,AAB",
            "treaties/acts.csv, row 2, column iso3: “AAB” is not among the states.",
        ),
        (
            "treaties",
            "acts.csv",
            "2015-04-10,day",
            "2015-04-31,day",
            "treaties/acts.csv, row 4, column on: “2015-04-31” is not a day of the "
            "calendar; write it as 2019-06-20.",
        ),
        (
            "treaties",
            "acts.csv",
            "precision,known",
            "how_exact,known",
            "treaties/acts.csv, row 1, column how_exact: is not a column of this table",
        ),
        (
            "treaties",
            "acts.csv",
            "ratification,2015",
            "ratified,2015",
            "row 3, column act: “ratified” is not one of: acceptance, accession",
        ),
        (
            "treaties",
            "acts.csv",
            "ATT:AAA:ratification",
            "ATT:AAA:signature",
            "row 3, column key: “ATT:AAA:signature” names a second row",
        ),
        (
            "states",
            "states.csv",
            "1997-07-01,,n",
            "1997-07-01,1996-07-01,n",
            "row 4, column ends: “1996-07-01” is not after the start, 1997-07-01: were "
            "starts and ends swapped.",
        ),
        (
            "states",
            "states.csv",
            "un_member,,,,y",
            "un_member,,,,yes",
            "row 2, column checked: “yes” is neither y nor n.",
        ),
        (
            "states",
            "states.csv",
            "AAA,Aland,un_member,,,,y",
            "AAA,Aland,un_member,,,y",
            "states/states.csv, row 2: has 6 cells; the header has 7.",
        ),
    ],
    ids=[
        "unknown state",
        "bad day",
        "unknown column",
        "unknown code",
        "key twice",
        "swapped period",
        "bad flag",
        "short row",
    ],
)
def test_a_broken_row_stops_with_its_place_and_leaves_nothing(
    small: SmallFixtures, slug: str, name: str, old: str, new: str, said: str
) -> None:
    small.change(slug, name, old, new)
    assert said in problems_of(small)


def test_a_short_file_stops(small: SmallFixtures) -> None:
    about = {"rows": 4, "constants": {"publisher": "The tests"}}
    small.settings["states"] = {"files": {"states.csv": about}}
    assert "states/states.csv: has 3 rows; source.yml says 4." in problems_of(small)


def test_a_count_that_does_not_hold_stops(small: SmallFixtures) -> None:
    count = {"file": "acts.csv", "where": {"act": "signature"}, "count": 2}
    small.settings["treaties"] = {"counts": [count]}
    said = "treaties/acts.csv: has 1 rows with act = signature; source.yml says 2."
    assert said in problems_of(small)


def test_a_column_may_be_ignored_by_name(small: SmallFixtures) -> None:
    small.change("states", "states.csv", "checked\n", "checked,capital\n")
    for line in ("y\nBBB", "y\nCCC", "n\n"):
        small.change("states", "states.csv", line, line.replace("\n", ",X\n", 1))
    about = {
        "rows": 3,
        "constants": {"publisher": "The tests"},
        "ignored": ["capital"],
    }
    small.settings["states"] = {"files": {"states.csv": about}}
    load_reference(small.write())
    assert State.objects.count() == 3


def test_a_file_that_source_yml_does_not_name_stops(small: SmallFixtures) -> None:
    root = small.write()
    (root / "states" / "more.csv").write_text("iso3\nDDD\n", encoding="utf-8")
    with pytest.raises(BadFixturesError, match=r"more.csv: is not named in source.yml"):
        load_reference(root)


def test_a_missing_setting_stops(small: SmallFixtures) -> None:
    root = small.write()
    path = root / "states" / "source.yml"
    path.write_text(path.read_text().replace("licence: CC0\n", ""))
    with pytest.raises(BadFixturesError, match="column licence: is missing"):
        load_reference(root)


def test_who_checked_a_row_is_who_made_the_file_unless_the_row_says(
    small: SmallFixtures,
) -> None:
    small.change("states", "states.csv", "checked\n", "checked,checked_by\n")
    small.change("states", "states.csv", "un_member,,,,y", "un_member,,,,y,stella")
    small.change("states", "states.csv", "1990-01-01,,y", "1990-01-01,,y,")
    small.change("states", "states.csv", "1997-07-01,,n", "1997-07-01,,n,")
    load_reference(small.write())
    who = dict(State.objects.values_list("iso3", "checked_by"))
    assert who == {"AAA": "stella", "BBB": "The tests", "CCC": ""}


def test_a_check_by_nobody_stops(small: SmallFixtures) -> None:
    small.settings["states"] = {"checked_by": ""}
    said = (
        "states.csv, row 2, column checked: is y, and neither the row nor checked_by "
        "in source.yml says by whom."
    )
    assert said in problems_of(small)


def test_every_problem_is_told_at_once(small: SmallFixtures) -> None:
    small.change("states", "states.csv", "un_member,,,,y", "kingdom,,,,y")
    small.change("treaties", "acts.csv", "2015-04-10,day", "soon,day")
    told = problems_of(small)
    assert "kingdom" in told
    assert "soon" in told


def test_the_command_says_that_nothing_was_loaded(small: SmallFixtures) -> None:
    small.change("states", "states.csv", "un_member,,,,y", "kingdom,,,,y")
    with pytest.raises(CommandError, match="Nothing was loaded"):
        call_command("load_reference", fixtures=small.write(), stdout=StringIO())


def test_the_command_prints_a_line_a_source(small: SmallFixtures) -> None:
    out = StringIO()
    call_command("load_reference", fixtures=small.write(), stdout=out)
    assert out.getvalue() == "states: 3 added\ntreaties: 4 added\n"


@pytest.mark.django_db(transaction=True)
def test_the_change_is_told_after_the_commit_with_its_sources(
    small: SmallFixtures,
) -> None:
    told: list[list[str]] = []

    def listen(sources: list[str], **_: object) -> None:
        told.append(sources)

    facts_changed.connect(listen)
    try:
        load_reference(small.write())
        load_reference(small.root)
    finally:
        facts_changed.disconnect(listen)
    assert told == [["states", "treaties"]]
