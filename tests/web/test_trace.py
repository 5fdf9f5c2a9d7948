"""Trace: every screening whose stored explanation names a fact."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from screening import services
from screening.models import Role, Screening, Transfer, User
from screening.selectors import screenings_naming
from tests.factories import make_transfer, make_user
from treaties.models import AbuseReport, Force

Browser = Callable[[User], Client]
PAGE = "/admin/screening/screening/trace/"
DAY = date(2019, 6, 20)


def screened(transfer: Transfer, by: User) -> Screening:
    return services.screen_transfer(transfer, as_of=DAY, known_at=DAY, by=by)


@pytest.fixture
def screening(transfer: Transfer, analyst: User) -> Screening:
    """A screening that rests on the report R-1 and looked at the embargo on Yemen."""
    return screened(transfer, analyst)


@pytest.mark.parametrize(
    ("table", "key"),
    [("reports", "R-1"), ("forces", "SAU-RSAF"), ("states", "GBR")],
)
def test_a_fact_is_traced_to_the_screening_that_names_it(
    screening: Screening, analyst: User, table: str, key: str
) -> None:
    assert list(screenings_naming(analyst, table, key)) == [screening]


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("reports", "R-"),
        ("reports", "R-1%"),
        ("measures", "R-1"),
        ("forces", "SAU"),
        ("embargoes", "UN-NOWHERE"),
    ],
)
def test_a_fact_that_no_explanation_names_leads_nowhere(
    screening: Screening, analyst: User, table: str, key: str
) -> None:
    assert list(screenings_naming(analyst, table, key)) == []


def test_a_key_with_marks_of_its_own_is_found(
    screening: Screening, analyst: User, transfer: Transfer
) -> None:
    key = 'Décision "2013/255"\\PESC'
    row = {"table": "reports", "key": key, "is_counted": True}
    told = {"findings": [{"criterion": "x", "outcome_words": "y", "evidence": [row]}]}
    other = Screening.objects.create(
        **{
            name: getattr(screening, name)
            for name in ("transfer", "as_of", "known_at", "verdict", "is_complete")
        },
        **{n: getattr(screening, n) for n in ("facts_digest", "rulebook_digest")},
        **{n: getattr(screening, n) for n in ("lowest", "highest")},
    )
    type(screening.detail).objects.create(screening=other, explanation=told)
    assert list(screenings_naming(analyst, "reports", key)) == [other]


def test_the_page_of_a_fact_leads_to_its_trace(
    browser_of: Browser, steward: User, screening: Screening
) -> None:
    report = AbuseReport.objects.get(key="R-1")
    client = browser_of(steward)
    fact = client.get(f"/admin/treaties/abusereport/{report.pk}/change/")
    link = f"{PAGE}?table=reports&amp;key=R-1"
    assert link in fact.content.decode()

    trace = client.get(PAGE, {"table": "reports", "key": "R-1"}).content.decode()

    assert f'href="/screenings/{screening.pk}/"' in trace
    assert "clear risk" in trace


def test_a_steward_sees_no_screening_of_another_organisation(
    browser_of: Browser, screening: Screening, steward: User, stranger: User
) -> None:
    theirs = screened(
        make_transfer(stranger, force="SAU-RSAF", end_user_kind="AIR_FORCE"), stranger
    )
    asked = {"table": "reports", "key": "R-1"}

    mine = browser_of(steward).get(PAGE, asked).context["found"]
    all_of_them = browser_of(make_user(Role.ADMINISTRATOR)).get(PAGE, asked)

    assert [s.pk for s in mine] == [screening.pk]
    assert {s.pk for s in all_of_them.context["found"]} == {screening.pk, theirs.pk}


def test_a_trace_asks_the_database_as_often_for_one_screening_as_for_four(
    browser_of: Browser,
    screening: Screening,
    steward: User,
    analyst: User,
    transfer: Transfer,
    django_assert_max_num_queries: Any,
) -> None:
    asked = {"table": "forces", "key": Force.objects.get().key}
    client = browser_of(steward)
    client.get(PAGE, asked)
    with django_assert_max_num_queries(8) as few:
        client.get(PAGE, asked)
    for _ in range(3):
        screened(transfer, analyst)
    with django_assert_max_num_queries(len(few)):
        client.get(PAGE, asked)
