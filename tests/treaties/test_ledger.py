"""The ledger: nothing is overwritten, and a question asked before keeps its answer."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.treaties.small import SmallFixtures
from treaties import ledger, selectors
from treaties.importers.reference import load_reference
from treaties.models import (
    Change,
    FactsVersion,
    LedgerError,
    State,
    TreatyAct,
    changing,
    past_of,
)
from treaties.models.ledger import Entry
from treaties.syncing import sync

pytestmark = pytest.mark.django_db
NOW = date(2026, 11, 24)
WHO = {"by": "stella", "why": "the depositary says so"}


@pytest.fixture
def borduria(small: SmallFixtures) -> State:
    load_reference(small.write())
    return State.objects.get(iso3="BBB")


def names(moment: Any = None) -> set[str]:
    return set(selectors.facts_as_of(NOW, NOW, moment).states["name"])


def test_a_correction_is_a_new_version_that_says_who_and_why(borduria: State) -> None:
    before = selectors.held_facts().recorded_at
    ledger.correct(borduria, {"name": "Syldavia"}, **WHO)

    new, old = ledger.history(State, key="BBB")
    assert (old.values["name"], new.values["name"]) == ("Borduria", "Syldavia")
    assert old.superseded_at == new.recorded_at
    assert new.superseded_at is None
    assert (new.recorded_in.kind, new.recorded_in.by) == ("CORRECT", "stella")
    assert new.recorded_in.why == "the depositary says so"
    assert old.recorded_in.kind == "LOAD"
    assert "Syldavia" in names()
    assert "Borduria" in names(before)
    assert "Syldavia" not in names(before)


def test_a_retired_fact_is_still_there_for_a_question_of_before(
    borduria: State,
) -> None:
    act = TreatyAct.objects.get(act="signature")
    before = selectors.held_facts()
    ledger.retire(act, **WHO)

    now = selectors.current_facts()
    assert "ATT:AAA:signature" not in set(now.acts["key"])
    assert before.recorded_at is not None
    then = selectors.facts_recorded(before.recorded_at)
    assert then.digest() == before.facts.digest() != now.digest()
    assert ledger.history(TreatyAct, key=act.key)[0].superseded_in is not None


def test_a_fact_added_later_is_not_in_the_answer_of_before(borduria: State) -> None:
    before = selectors.held_facts().recorded_at
    told = {"name": "Syldavia", "status": "other", "publisher": "x", "key": "DDD"}
    state = State(iso3="DDD", source=borduria.source, **told)
    ledger.add(state, by="stella", why="it has come to be")
    assert "Syldavia" in names()
    assert "Syldavia" not in names(before)


def test_a_correction_needs_a_name_a_reason_and_a_difference(borduria: State) -> None:
    for told in ({"by": "", "why": "x"}, {"by": "x", "why": "  "}):
        with pytest.raises(LedgerError, match="who makes it and says why"):
            ledger.correct(borduria, {"name": "Syldavia"}, **told)
    with pytest.raises(LedgerError, match="Nothing differs"):
        ledger.correct(borduria, {"name": "Borduria"}, **WHO)
    with pytest.raises(LedgerError, match="key names a fact for ever"):
        ledger.correct(borduria, {"key": "BBC"}, **WHO)
    assert len(ledger.history(State, key="BBB")) == 1
    assert Change.objects.count() == 1


def test_a_refused_correction_leaves_everything_as_it_was(borduria: State) -> None:
    stamp = FactsVersion.current()
    with pytest.raises(DatabaseError), transaction.atomic():
        ledger.correct(borduria, {"status": "empire"}, **WHO)
    assert FactsVersion.current() == stamp
    assert [v.values["status"] for v in ledger.history(State, key="BBB")] == [
        "un_member"
    ]


def test_a_fact_that_others_need_cannot_be_retired(borduria: State) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        ledger.retire(borduria, **WHO)
    assert State.objects.filter(iso3="BBB").exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE treaties_state SET name = 'x' WHERE iso3 = 'BBB'",
        "DELETE FROM treaties_treatyact",
        "UPDATE treaties_change SET why = 'x'",
        "DELETE FROM treaties_change",
        "UPDATE treaties_paststate SET name = 'x'",
        "DELETE FROM treaties_paststate",
    ],
)
def test_the_database_refuses_to_lose_a_version(
    borduria: State, statement: str
) -> None:
    ledger.correct(borduria, {"note": "a word more"}, **WHO)
    with (
        pytest.raises(DatabaseError, match="ledger"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_saved_fact_is_not_saved_or_deleted_past_the_ledger(borduria: State) -> None:
    borduria.name = "Syldavia"
    with pytest.raises(LedgerError, match=r"ledger\.correct"):
        borduria.save()
    with pytest.raises(LedgerError, match="retire it instead"):
        borduria.delete()


def test_moments_of_the_ledger_follow_one_another_whatever_the_clock_says(
    borduria: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = timezone.now() - timedelta(days=400)
    monkeypatch.setattr(timezone, "now", lambda: earlier)
    ledger.correct(borduria, {"note": "one"}, **WHO)
    ledger.correct(borduria, {"note": "two"}, **WHO)
    moments = list(Change.objects.order_by("pk").values_list("at", flat=True))
    assert moments == sorted(set(moments))
    assert len(moments) == 3


# --- Files against hands -----------------------------------------------------------


def test_a_file_that_says_the_same_again_writes_nothing(small: SmallFixtures) -> None:
    load_reference(small.write())
    entries, stamp = Change.objects.count(), FactsVersion.current()
    load_reference(small.write())
    assert (Change.objects.count(), FactsVersion.current()) == (entries, stamp)


def test_a_row_that_its_file_changed_is_superseded(small: SmallFixtures) -> None:
    load_reference(small.write())
    small.change("states", "states.csv", "Borduria,un", "Syldavia,un")
    assert str(load_reference(small.write())[0]) == "states: 1 changed"
    new, old = ledger.history(State, key="BBB")
    assert (old.values["name"], new.values["name"]) == ("Borduria", "Syldavia")
    assert past_of(State)._default_manager.count() == 1


def test_what_a_steward_corrected_a_file_leaves_alone(small: SmallFixtures) -> None:
    load_reference(small.write())
    ledger.correct(State.objects.get(iso3="BBB"), {"name": "Syldavia"}, **WHO)
    small.change("states", "states.csv", "Borduria,un", "Great Borduria,un")
    done = load_reference(small.write())
    assert str(done[0]) == "states: 1 kept as a steward left them"
    assert State.objects.get(iso3="BBB").name == "Syldavia"


def test_what_a_steward_retired_a_file_does_not_bring_back(
    small: SmallFixtures,
) -> None:
    load_reference(small.write())
    ledger.retire(State.objects.get(iso3="CCC"), **WHO)
    small.change("states", "states.csv", "Aland,un", "Åland,un")
    done = load_reference(small.write())
    assert str(done[0]) == "states: 1 changed, 1 kept as a steward left them"
    assert not State.objects.filter(iso3="CCC").exists()


def test_what_a_steward_added_to_a_source_of_files_stays(small: SmallFixtures) -> None:
    load_reference(small.write())
    source = State.objects.get(iso3="BBB").source
    told = {"iso3": "DDD", "name": "Syldavia", "status": "other", "publisher": "x"}
    ledger.add(State(source=source, **told), by="stella", why="it has come to be")
    small.change("states", "states.csv", "Aland,un", "Åland,un")
    assert str(load_reference(small.write())[0]) == "states: 1 changed"
    assert State.objects.filter(iso3="DDD").exists()


def test_every_source_that_stewards_keep_has_a_short_name_of_its_own() -> None:
    said: dict[str, Any] = {"licence": "CC0", "retrieved_on": date(2026, 1, 1)}
    titles = ("Report", "Report", "Report of the Commission of Inquiry on Borduria")
    slugs = [
        ledger.add_source(publisher="The tests", title=title, **said).slug
        for title in titles
    ]
    assert slugs == [
        "the-tests-report",
        "the-tests-report-2",
        "the-tests-report-of-the-commission-of",
    ]


def rehearsal() -> AbstractContextManager[Entry]:
    kind = Change.Kind.IMPORT
    return changing(kind, by="stella", why="see", sources=["states"], is_rehearsal=True)


def test_a_rehearsal_counts_and_writes_nothing(borduria: State) -> None:
    rows = [{"key": "EEE", "iso3": "EEE", "name": "E", "status": "other"}]
    rows[0]["publisher"] = "x"
    with rehearsal() as entry:
        tally = sync(State, borduria.source, rows, entry)
    assert (tally.new, tally.gone, tally.unchanged) == (1, 3, 0)
    assert State.objects.count() == 3
    assert Change.objects.count() == 1


def test_a_comparison_shows_what_would_change(borduria: State) -> None:
    columns = ("key", "iso3", "name", "status", "publisher")
    rows = State.objects.values_list(*columns)
    changed = [(*row[:2], row[2].upper(), *row[3:]) for row in rows]
    with rehearsal() as entry:
        tally = sync(State, borduria.source, changed, entry, columns=columns)
    assert tally.changed == 3
    moved = {(m.key, m.column, m.before, m.after) for m in tally.examples}
    assert ("BBB", "name", "Borduria", "BORDURIA") in moved
    assert {column for _, column, _, _ in moved} == {"name"}
