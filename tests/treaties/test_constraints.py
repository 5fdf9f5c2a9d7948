"""What the database itself refuses, whoever writes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from tests.factories import correct_fact, retire_facts
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


def test_every_table_of_facts_has_a_source_that_may_not_be_empty() -> None:
    tables = apps.get_app_config("treaties").get_models()
    facts = [m for m in tables if issubclass(m, models.Fact)]
    assert len(facts) == 21
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
