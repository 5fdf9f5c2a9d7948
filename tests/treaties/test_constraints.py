"""What the database itself refuses, whoever writes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from tests.factories import correct_fact, make_item, retire_facts
from treaties import models

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> models.Source:
    return models.Source.objects.create(
        slug="a-source",
        publisher="The tests",
        title="A source",
        licence="CC0",
        retrieved_on=date(2026, 11, 24),
    )


@pytest.fixture
def aland(source: models.Source) -> models.State:
    return models.State.objects.create(
        iso3="AAA",
        name="Aland",
        status="un_member",
        source=source,
        publisher="The tests",
    )


def refused(write: Callable[[], Any], because: str) -> None:
    with pytest.raises(IntegrityError, match=because), transaction.atomic():
        write()


def test_a_period_that_ends_as_it_starts_is_refused(
    source: models.Source, aland: models.State
) -> None:
    day = date(2020, 1, 1)
    refused(
        lambda: models.Force.objects.create(
            key="AAA-ARMY",
            state=aland,
            name="Army",
            kind="ARMY",
            starts=day,
            ends=day,
            source=source,
            publisher="The tests",
        ),
        "force_ends_after_starts",
    )


def test_an_unknown_code_is_refused(source: models.Source, aland: models.State) -> None:
    refused(
        lambda: models.Force.objects.create(
            key="AAA-ARMY",
            state=aland,
            name="Army",
            kind="CAVALRY",
            source=source,
            publisher="The tests",
        ),
        "force_kind_known",
    )


def test_a_fact_without_a_source_is_refused(aland: models.State) -> None:
    sourceless = models.State(
        key="AAB",
        iso3="AAB",
        name="A",
        status="other",
        publisher="x",
        recorded_at=aland.recorded_at,
        recorded_in=aland.recorded_in,
    )
    refused(
        lambda: models.State.objects.bulk_create([sourceless]),
        "source_id",
    )


def test_a_fact_without_a_publisher_is_refused(source: models.Source) -> None:
    refused(
        lambda: models.State.objects.create(
            iso3="AAA", name="Aland", status="un_member", source=source
        ),
        "state_has_key_publisher_and_checker",
    )


def test_a_key_names_one_fact(source: models.Source, aland: models.State) -> None:
    refused(
        lambda: models.State.objects.create(
            key="AAA",
            iso3="AAB",
            name="Another",
            status="other",
            source=source,
            publisher="The tests",
        ),
        "key",
    )


def test_an_act_is_recorded_once(source: models.Source, aland: models.State) -> None:
    common: dict[str, Any] = {"source": source, "publisher": "The tests"}
    att = models.Treaty.objects.create(code="ATT", name="A", short_name="A", **common)
    act = {"state": aland, "treaty": att, "act": "signature", "on": date(2013, 6, 3)}
    models.TreatyAct.objects.create(key="one", **act, **common)
    refused(
        lambda: models.TreatyAct.objects.create(key="two", **act, **common),
        # SQLite names the columns, PostgreSQL the constraint.
        "act_is_recorded_once|treaty_id",
    )


def test_a_source_without_a_licence_is_refused() -> None:
    refused(
        lambda: models.Source.objects.create(
            slug="bare", publisher="x", title="x", retrieved_on=date(2026, 1, 1)
        ),
        "source_has_publisher_and_licence",
    )


def test_a_word_without_a_start_stands_once(source: models.Source) -> None:
    item = make_item("ISR_UAV", "Unarmed drone")

    def add(key: str, starts: date | None) -> None:
        models.ItemSynonym.objects.create(
            key=key,
            phrase="heron",
            item=item,
            kind="model",
            starts=starts,
            source=source,
            publisher="The tests",
        )

    add("word:heron", None)
    add("word:heron:2020", date(2020, 1, 1))
    refused(lambda: add("word:heron:again", None), "synonym_without_start|phrase")
    refused(
        lambda: add("word:heron:2020:again", date(2020, 1, 1)),
        "synonym_starts_once|phrase",
    )


def test_a_term_of_a_register_means_a_class_or_says_that_it_names_no_goods(
    source: models.Source,
) -> None:
    def add(confidence: str) -> models.GoodsTerm:
        return models.GoodsTerm.objects.create(
            key=f"UK_RATING:{confidence}",
            scheme="UK_RATING",
            term=confidence,
            confidence=confidence,
            source=source,
            publisher="The tests",
        )

    assert str(add("none")) == "none: no goods"
    refused(lambda: add("clear"), "goods_term_means_a_class_or_none")


def test_a_code_of_a_state_is_recorded_once_a_period(
    source: models.Source, aland: models.State
) -> None:
    def add(key: str) -> None:
        models.StateCode.objects.create(
            key=key,
            state=aland,
            scheme="COW",
            code="345",
            starts=date(2006, 6, 3),
            source=source,
            publisher="The tests",
        )

    add("COW:345:AAA")
    refused(lambda: add("COW:345:AAA:2"), "state_code_is_recorded_once|code")


def test_order_is_restored_after_a_coup_only(
    source: models.Source, aland: models.State
) -> None:
    refused(
        lambda: models.Coup.objects.create(
            key="AAA:2020-01-01",
            state=aland,
            on=date(2020, 1, 1),
            kind="military_coup",
            counts="y",
            order_restored_on=date(2019, 12, 31),
            source=source,
            publisher="The tests",
        ),
        "coup_order_restored_after_it",
    )


def test_a_mission_has_a_theatre(source: models.Source) -> None:
    refused(
        lambda: models.Mission.objects.create(
            key="unx",
            mission="UNX",
            name="A mission",
            organisation="UN",
            kind="peacekeeping",
            source=source,
            publisher="The tests",
        ),
        "mission_has_a_theatre",
    )


@pytest.mark.parametrize(
    ("model", "values", "because"),
    [
        (models.StateName, {"kind": "nickname"}, "state_name_kind_known"),
        (models.StateCode, {"scheme": "OLYMPIC"}, "state_code_scheme_known"),
        (models.Coup, {"counts": "perhaps"}, "coup_counts_known"),
        (models.Mission, {"kind": "tourism"}, "mission_kind_known"),
        (models.Listing, {"status": "praised"}, "listing_status_known"),
        (models.ConflictParty, {"role": "onlooker"}, "conflict_party_role_known"),
        (models.Judgment, {"outcome": "applauded"}, "judgment_outcome_known"),
        (models.LawText, {"rung": "Q1"}, "law_text_rung_known"),
        (models.ListedGoods, {"tier": "welcome"}, "listed_goods_tier_known"),
    ],
)
def test_a_code_outside_the_vocabulary_is_refused(
    source: models.Source,
    aland: models.State,
    model: type[models.Fact],
    values: dict[str, str],
    because: str,
) -> None:
    fact = _blank_fact(model, source, aland)
    for name, value in values.items():
        setattr(fact, name, value)
    refused(fact.save, because)


@pytest.mark.parametrize(
    "model",
    [
        models.StateName,
        models.StateCode,
        models.Mission,
        models.Episode,
        models.LawText,
        models.EmbargoText,
        models.ListedGoods,
        models.EasedDestination,
        models.RegimeWithoutArms,
    ],
)
def test_every_period_ends_after_it_starts(
    source: models.Source, aland: models.State, model: type[Any]
) -> None:
    fact = _blank_fact(model, source, aland)
    fact.starts = fact.ends = date(2020, 1, 1)
    refused(fact.save, "_ends_after_starts")


def _blank_fact(model: type[Any], source: models.Source, state: models.State) -> Any:
    """A row of a table with everything that it must have, and no more."""
    told = {
        "counts": "y",
        "tier": "controlled",
        "role": "primary",
        "outcome": "upheld",
        "effect": "refuse",
        "annex": "II",
        "scheme": "COW" if model is models.StateCode else "",
        "status": "listed",
        "theatre": "AAA",
        "year": 2020,
    }
    kinds = {
        models.Coup: "other",
        models.Mission: "training",
        models.Listing: "CAAC",
        models.StateName: "former",
    }
    day = date(2020, 1, 1)
    days = ("on", "published_on", "decided_on", "starts", "read_as_of")
    values = told | dict.fromkeys(days, day) | {"kind": kinds.get(model, "state")}
    states = dict.fromkeys(("state", "place", "target", "issuer"), state)
    if model not in {models.EmbargoText}:
        states["issuer"] = "AAA"  # type: ignore[assignment]
    names = {field.name for field in model._meta.fields}
    fitting = {n: v for n, v in (values | states).items() if n in names}
    return model(key="a-key", source=source, publisher="The tests", **fitting)


def test_every_table_of_facts_has_a_source_that_may_not_be_empty() -> None:
    tables = apps.get_app_config("treaties").get_models()
    facts = [m for m in tables if issubclass(m, models.Fact)]
    assert len(facts) == 32
    assert not [m for m in facts if m._meta.get_field("source").null]
    assert not models.IndicatorValue._meta.get_field("source").null


def test_correcting_and_retiring_a_fact_marks_the_facts_as_changed(
    source: models.Source, aland: models.State
) -> None:
    first = models.FactsVersion.current()
    correct_fact(aland, name="Åland")
    second = models.FactsVersion.current()
    retire_facts([aland])
    assert len({first, second, models.FactsVersion.current()}) == 3
