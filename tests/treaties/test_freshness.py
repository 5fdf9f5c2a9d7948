"""The freshness board: editions and their age, counts, days that are due, searches."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.factories import make_source, make_state, make_un_embargo
from tests.treaties.small import SmallFixtures
from treaties import ledger, models
from treaties.importers.asserted import asserted_counts
from treaties.importers.reference import load_reference
from treaties.selectors.freshness import (
    SourceFreshness,
    renewals_due,
    searches_by_state,
    source_freshness,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = date(2026, 11, 25)


def sourced(key: str, **said: Any) -> dict[str, Any]:
    return {"key": key, "source": make_source(), "publisher": "The tests", **said}


# --- Sources -------------------------------------------------------------------------


def board(root: Path) -> dict[str, SourceFreshness]:
    rows = source_freshness(TODAY, asserted_counts(root))
    return {row.source.slug: row for row in rows}


def test_a_source_says_its_age_its_rows_and_what_nobody_checked(
    small: SmallFixtures,
) -> None:
    load_reference(small.write())
    states = board(small.root)["states"]
    assert (states.age, states.n_rows, states.n_unchecked) == (1, 3, 1)


def test_the_newest_fact_is_the_newest_that_was_known_by_the_day(
    small: SmallFixtures,
) -> None:
    load_reference(small.write())
    known = {
        day: {row.source.slug: row.newest for row in source_freshness(day)}["treaties"]
        for day in (date(2015, 1, 9), date(2015, 1, 10))
    }
    assert list(known.values()) == [date(2013, 6, 3), date(2015, 1, 10)]


def test_counts_asserted_hold_after_a_load_and_differ_after_a_retirement(
    small: SmallFixtures,
) -> None:
    where = {"file": "states.csv", "where": {"status": "un_member"}, "count": 2}
    small.settings["states"] = {"counts": [where]}
    load_reference(small.write())
    assert board(small.root)["states"].n_differing == 0

    state = models.State.objects.get(iso3="CCC")
    ledger.retire(state, by="stella", why="for a test")

    counts = board(small.root)["states"].counts
    assert [(c.asserted, c.held, c.differs) for c in counts] == [
        (3, 2, True),
        (2, 2, False),
    ]


def test_the_oldest_source_stands_first(small: SmallFixtures) -> None:
    load_reference(small.write())
    models.Source.objects.filter(slug="treaties").update(retrieved_on=date(2020, 1, 1))
    assert [row.source.slug for row in source_freshness(TODAY)] == [
        "treaties",
        "states",
    ]


def test_an_imported_edition_is_as_old_as_the_day_on_which_it_appeared(
    small: SmallFixtures,
) -> None:
    load_reference(small.write())
    source = models.Source.objects.get(slug="states")
    for label, appeared in (("13", date(2025, 1, 1)), ("14", date(2026, 11, 15))):
        models.ImportedEdition.objects.create(
            source=source,
            label=label,
            known_from=appeared,
            n_rows=1,
            imported_in=models.Change.objects.latest("at"),
            digest=label,
        )

    found = {row.source.slug: row for row in source_freshness(TODAY)}["states"]
    earlier = {row.source.slug: row for row in source_freshness(date(2026, 11, 14))}[
        "states"
    ]

    assert (found.edition and found.edition.label, found.age) == ("14", 10)
    assert earlier.edition is not None
    assert earlier.edition.label == "13"


def test_without_fixtures_nothing_is_asserted(tmp_path: Path) -> None:
    assert asserted_counts(tmp_path) == []


# --- What is due ---------------------------------------------------------------------


def instrument(embargo: models.Embargo, name: str, until: date | None) -> None:
    models.EmbargoInstrument.objects.create(
        embargo=embargo,
        instrument=name,
        on=date(2020, 1, 1),
        effect="renewed",
        until=until,
        **sourced(name),
    )


@pytest.mark.parametrize(
    ("until", "days"),
    [
        (TODAY + 90 * DAY, [90]),
        (TODAY + 91 * DAY, []),
        (TODAY, [0]),
        (TODAY - DAY, [-1]),
    ],
)
def test_an_instrument_is_due_from_ninety_days_before_it_runs_out(
    db: None, until: date, days: list[int]
) -> None:
    embargo = make_un_embargo("UN-AAA", "AAA", date(2019, 1, 1))
    instrument(embargo, "first", until)
    assert [due.days for due in renewals_due(TODAY)] == days


def test_a_newer_instrument_speaks_for_the_embargo(db: None) -> None:
    embargo = make_un_embargo("UN-AAA", "AAA", date(2019, 1, 1))
    instrument(embargo, "first", TODAY - DAY)
    instrument(embargo, "second", TODAY + 300 * DAY)
    assert renewals_due(TODAY) == []


def test_an_embargo_that_has_ended_needs_no_renewal(db: None) -> None:
    embargo = make_un_embargo("UN-AAA", "AAA", date(2019, 1, 1))
    instrument(embargo, "first", TODAY - DAY)
    ledger.correct(embargo, {"ends": TODAY}, by="stella", why="lifted")
    assert renewals_due(TODAY) == []
    assert [due.days for due in renewals_due(TODAY - DAY)] == [0, 1]


def test_a_measure_that_ends_before_its_embargo_is_due_by_itself(db: None) -> None:
    make_un_embargo("UN-AAA", "AAA", date(2019, 1, 1))
    measure = models.EmbargoMeasure.objects.get()
    ledger.correct(measure, {"ends": TODAY + DAY}, by="stella", why="a sunset clause")
    assert [(due.what, due.days) for due in renewals_due(TODAY)] == [
        ("the measure UN-AAA:1 ends", 1)
    ]


# --- Searches ------------------------------------------------------------------------


def search(iso3: str, looked_at: str, covers_to: date, **said: Any) -> None:
    key = f"{iso3}:{looked_at}:{covers_to}"
    stated = {"subject": "abuses", "searched_on": date(2026, 11, 1), **said}
    models.Search.objects.create(
        state_id=iso3,
        looked_at=looked_at,
        covers_to=covers_to,
        sources="public pages",
        result="none",
        **sourced(key, **stated),
    )


def looked(as_of: date = TODAY) -> dict[str, tuple[date | None, date | None]]:
    rows = searches_by_state(as_of)
    return {row.state.iso3: (row.police, row.armed_forces) for row in rows}


def test_police_and_armed_forces_are_looked_at_apart(db: None) -> None:
    make_state("AAA", "Aland")
    search("AAA", "police", date(2026, 1, 1))
    assert looked() == {"AAA": (date(2026, 1, 1), None)}
    assert searches_by_state(TODAY)[0].is_missing


def test_a_search_of_everybody_counts_for_both_and_the_newest_counts(db: None) -> None:
    make_state("AAA", "Aland")
    search("AAA", "all", date(2025, 1, 1))
    assert looked() == {"AAA": (date(2025, 1, 1), date(2025, 1, 1))}
    search("AAA", "police", date(2026, 1, 1))
    search("AAA", "police", date(2024, 1, 1))
    assert looked() == {"AAA": (date(2026, 1, 1), date(2025, 1, 1))}
    assert not searches_by_state(TODAY)[0].is_missing


def test_a_search_counts_from_the_day_it_was_made_and_only_for_abuses(
    db: None,
) -> None:
    make_state("AAA", "Aland")
    search("AAA", "all", date(2026, 1, 1))
    search("AAA", "all", date(2026, 2, 1), subject="diversion")
    assert looked(date(2026, 10, 31)) == {"AAA": (None, None)}
    assert looked()["AAA"][0] == date(2026, 1, 1)


def test_states_that_nobody_looked_at_stand_first_and_former_ones_do_not(
    db: None,
) -> None:
    for iso3, name in (("AAA", "Aland"), ("BBB", "Borduria"), ("CCC", "Cove")):
        make_state(iso3, name)
    models.State.objects.create(
        iso3="SUN", name="Old Union", status="former", **sourced("SUN")
    )
    search("AAA", "all", date(2026, 1, 1))
    search("BBB", "all", date(2024, 1, 1))
    assert list(looked()) == ["CCC", "BBB", "AAA"]
