"""Reads: two clocks, half-open periods, one digest, one reading for each stamp."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from tests.factories import correct_fact
from tests.treaties.small import SmallFixtures
from treaties import models, selectors
from treaties.facts import NEVER, Facts, columns_of, day_number
from treaties.importers.reference import load_reference

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def loaded(small: SmallFixtures) -> models.State:
    load_reference(small.write())
    return models.State.objects.get(iso3="BBB")


def common(state: models.State, **more: Any) -> dict[str, Any]:
    return {"source": state.source, "publisher": "The tests", **more}


def embargo_on(state: models.State, starts: date, ends: date | None) -> models.Embargo:
    return models.Embargo.objects.create(
        key="UN-BBB",
        issuer="UN",
        target_kind="territory",
        targets=state.iso3,
        binding="chapter_vii",
        starts=starts,
        ends=ends,
        title="Embargo on Borduria",
        **common(state, known_from=starts),
    )


def report_on(state: models.State, known_from: date) -> models.AbuseReport:
    force = models.Force.objects.create(
        key="BBB-ARMY", state=state, name="Army", kind="ARMY", **common(state)
    )
    return models.AbuseReport.objects.create(
        key="BBB-1",
        publisher_class="ngo",
        title="A report",
        published_on=date(2018, 5, 1),
        happened_from=date(2018, 1, 1),
        happened_to=date(2018, 2, 1),
        place=state,
        state=state,
        force=force,
        force_level="service",
        legal_class="war_crime",
        pattern=1,
        strength=2,
        accountability="none",
        finding="adverse",
        incident="BBB-1",
        summary="A village was shelled.",
        **common(state, known_from=known_from),
    )


def test_the_tables_have_the_columns_that_the_rules_read(loaded: models.State) -> None:
    facts = selectors.current_facts()
    for name, table in facts.tables.items():
        assert list(table.columns) == list(columns_of(name)), name


def test_days_are_numbers_and_blanks_say_nothing(loaded: models.State) -> None:
    states = selectors.current_facts().states.set_index("iso3")
    assert states.loc["CCC", "starts"] == day_number(date(1997, 7, 1))
    assert states.loc["AAA", "starts"] == NEVER
    assert states.loc["AAA", "known_from"] == NEVER
    assert states.loc["AAA", "parent"] == ""


def test_the_facts_are_read_once_until_they_change(
    loaded: models.State, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = selectors.current_facts()
    with django_assert_num_queries(1):
        assert selectors.current_facts() is first
    correct_fact(loaded, name="Greater Borduria")
    assert "Greater Borduria" in set(selectors.current_facts().states["name"])


def test_one_query_a_table(
    loaded: models.State, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    correct_fact(loaded, note="a word more")
    # Eighteen tables, the embargoes of the measures, the indicators of the values, the
    # stamp twice and the moment of the last change.
    with django_assert_num_queries(23):
        selectors.current_facts()


def test_a_fact_is_visible_from_the_day_on_which_it_was_known(
    loaded: models.State,
) -> None:
    known = date(2018, 5, 31)
    report_on(loaded, known)
    before = selectors.facts_as_of(date(2018, 6, 1), known - DAY)
    on_the_day = selectors.facts_as_of(date(2018, 6, 1), known)
    assert (len(before.reports), len(on_the_day.reports)) == (0, 1)
    profile = selectors.state_profile("BBB", date(2018, 6, 1), known - DAY)
    assert profile.reports == ()
    assert len(selectors.state_profile("BBB", known, known).reports) == 1


def test_a_report_on_later_days_is_not_of_the_day(loaded: models.State) -> None:
    report_on(loaded, date(2018, 5, 1))
    later = date(2020, 1, 1)
    assert selectors.state_profile("BBB", date(2017, 12, 31), later).reports == ()


def test_a_period_that_has_not_begun_is_left_out_of_a_page(
    loaded: models.State,
) -> None:
    day = date(1997, 7, 1)
    assert "CCC" not in set(selectors.facts_as_of(day - DAY, day).states["iso3"])
    assert "CCC" in set(selectors.facts_as_of(day, day).states["iso3"])


def test_an_embargo_holds_from_its_first_day_to_the_day_before_its_end(
    loaded: models.State,
) -> None:
    starts, ends = date(2018, 7, 13), date(2019, 5, 31)
    embargo_on(loaded, starts, ends)

    def holds(day: date) -> bool:
        profile = selectors.state_profile("BBB", day, date(2026, 1, 1))
        running, others = selectors.embargo_list(day)
        assert len(running) + len(others) == 1
        assert bool(running) == bool(profile.embargoes_now)
        return bool(running)

    assert [holds(d) for d in (starts - DAY, starts, ends - DAY, ends)] == [
        False,
        True,
        True,
        False,
    ]


def test_a_treaty_binds_from_entry_into_force_for_the_state(
    loaded: models.State,
) -> None:
    def standing(day: date) -> str:
        rows = selectors.treaty_standings("ATT", day, day)
        return next(row.standing for row in rows if row.iso3 == "AAA")

    assert standing(date(2013, 6, 2)) == "NOT_BOUND"
    assert standing(date(2013, 6, 3)) == "SIGNATORY"
    assert standing(date(2015, 1, 10)) == "NOT_YET"
    assert standing(date(2015, 4, 10)) == "BINDING"


def test_a_territory_is_never_read_as_its_parent(loaded: models.State) -> None:
    rows = selectors.treaty_standings("ATT", date(2020, 1, 1), date(2020, 1, 1))
    assert {row.iso3 for row in rows} == {"AAA", "BBB"}


def test_the_profile_of_nothing_is_not_held(loaded: models.State) -> None:
    with pytest.raises(selectors.NotHeldError):
        selectors.state_profile("QQQ", date(2020, 1, 1), date(2020, 1, 1))


def shuffled(facts: Facts) -> Facts:
    def mixed(table: pd.DataFrame) -> pd.DataFrame:
        return table.sample(frac=1, random_state=7).reset_index(drop=True)

    return Facts(**{name: mixed(table) for name, table in facts.tables.items()})


def test_the_digest_does_not_depend_on_the_order_of_rows(loaded: models.State) -> None:
    facts = selectors.current_facts()
    assert shuffled(facts).digest() == facts.digest()


def test_the_digest_is_the_same_in_every_database(loaded: models.State) -> None:
    # Pinned, because these tests run on SQLite and on PostgreSQL. A new column of
    # treaties.facts.COLUMNS changes it, and nothing else should.
    digest = selectors.facts_digest(date(2026, 1, 1))
    assert digest == "a76f4aa52b1f50fd540aec82c29adca9"


def test_the_digest_changes_with_a_value_and_with_the_day(
    loaded: models.State,
) -> None:
    before = selectors.facts_digest(date(2013, 6, 2))
    assert before != selectors.facts_digest(date(2013, 6, 3))
    correct_fact(loaded, note="a word more")
    assert before != selectors.facts_digest(date(2013, 6, 2))


def test_two_facts_bases_loaded_apart_have_one_digest(
    loaded: models.State, small: SmallFixtures
) -> None:
    digest = selectors.facts_digest(date(2026, 1, 1))
    small.change("treaties", "acts.csv", "2013-06-03,day", "2013-06-04,day")
    load_reference(small.write())
    assert selectors.facts_digest(date(2026, 1, 1)) != digest
    small.change("treaties", "acts.csv", "2013-06-04,day", "2013-06-03,day")
    load_reference(small.write())
    assert selectors.facts_digest(date(2026, 1, 1)) == digest


def test_sources_say_how_much_of_them_was_checked(loaded: models.State) -> None:
    rows = {r.source.slug: (r.n_rows, r.n_unchecked) for r in selectors.source_list()}
    assert rows == {"states": (3, 1), "treaties": (4, 0)}


def test_the_pages_read_in_few_queries(
    loaded: models.State, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    selectors.current_facts()
    # One a table, and the stamp of the facts.
    with django_assert_max_num_queries(22):
        selectors.state_profile("BBB", date(2020, 1, 1), date(2020, 1, 1))
