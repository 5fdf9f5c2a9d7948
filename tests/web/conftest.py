"""A small world of facts, and browsers of each kind of account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from screening.models import Role, Transfer, User
from tests.factories import make_transfer, make_user
from treaties.models import (
    AbuseReport,
    Embargo,
    EmbargoInstrument,
    EmbargoMeasure,
    Force,
    ItemCategory,
    Search,
    Source,
    State,
    Treaty,
    TreatyAct,
)

HOSTILE = '<script>alert("x")</script>'
AS = Callable[..., Client]


@pytest.fixture(autouse=True)
def _plain_static_files(settings: Any) -> None:
    """Nobody collects static files for a test."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        },
    }
    settings.SECURE_SSL_REDIRECT = False


@pytest.fixture
def world(db: None) -> Source:
    """Two states, a force, an embargo, a treaty, a report, a search, two items."""
    source = Source.objects.create(
        slug="world",
        publisher="Test Publisher",
        title="A small world",
        licence="CC0",
        retrieved_on=date(2026, 11, 1),
    )
    said: dict[str, Any] = {"source": source, "publisher": "Test Publisher"}
    _states(said)
    _items(said)
    Treaty.objects.create(
        code="ATT",
        name="Arms Trade Treaty",
        short_name="Arms Trade Treaty",
        in_force=date(2014, 12, 24),
        complete_to=date(2026, 6, 30),
        **said,
    )
    TreatyAct.objects.create(
        key="GBR-ATT",
        state_id="GBR",
        treaty_id="ATT",
        act="entry_into_force",
        on=date(2014, 12, 24),
        known_from=date(2014, 4, 2),
        **said,
    )
    _embargo(said)
    _report(said)
    return source


def _states(said: dict[str, Any]) -> None:
    for iso3, iso2, name in [
        ("GBR", "GB", "United Kingdom"),
        ("SAU", "SA", "Saudi Arabia"),
        ("PRT", "PT", "Portugal"),
        ("YEM", "YE", "Yemen"),
    ]:
        State.objects.create(
            iso3=iso3, iso2=iso2, name=name, status="un_member", **said
        )
    Force.objects.create(
        key="SAU-RSAF",
        state_id="SAU",
        name="Royal Saudi Air Force",
        aliases="RSAF",
        kind="AIR_FORCE",
        **said,
    )


def _items(said: dict[str, Any]) -> None:
    for code, name in [("BOMB_GUIDED", "Guided bomb"), ("SALW", "Small arms")]:
        ItemCategory.objects.create(
            code=code,
            name=name,
            description=name,
            att_scope="art3",
            family="munition",
            rel_ihl=3,
            rel_ihrl=1,
            rel_gbv=1,
            rel_diversion=1,
            standard_tier="none",
            **said,
        )


def _embargo(said: dict[str, Any]) -> None:
    Embargo.objects.create(
        key="UN-YEM-2015",
        issuer="UN",
        target_kind="named_groups",
        targets="YEM",
        target_text="the Houthis",
        binding="chapter_vii",
        starts=date(2015, 4, 14),
        title="Embargo on the Houthis",
        known_from=date(2015, 4, 14),
        **said,
    )
    EmbargoMeasure.objects.create(
        key="UN-YEM-2015-1",
        embargo_id="UN-YEM-2015",
        direction="to",
        covers="all_arms_and_related",
        end_users="non_government",
        starts=date(2015, 4, 14),
        known_from=date(2015, 4, 14),
        **said,
    )
    EmbargoInstrument.objects.create(
        key="UN-YEM-2015-i1",
        embargo_id="UN-YEM-2015",
        instrument="S/RES/2216 (2015)",
        on=date(2015, 4, 14),
        effect="imposed",
        known_from=date(2015, 4, 14),
        **said,
    )


def _report(said: dict[str, Any]) -> None:
    AbuseReport.objects.create(
        key="R-1",
        publisher_class="un_mandated",
        title="Strikes on a market",
        published_on=date(2018, 8, 17),
        known_from=date(2018, 8, 17),
        place_id="YEM",
        state_id="SAU",
        force_id="SAU-RSAF",
        force_level="service",
        violations="indiscriminate_attack",
        legal_class="serious_ihl",
        items="BOMB_GUIDED",
        pattern=3,
        strength=3,
        accountability="none",
        finding="adverse",
        incident="MARKET",
        summary="Experts found strikes on markets.",
        checked=False,
        **said,
    )
    Search.objects.create(
        key="S-1",
        state_id="SAU",
        subject="abuses",
        searched_on=date(2026, 11, 1),
        covers_to=date(2026, 11, 1),
        depth="full",
        sources="public pages",
        result="One report.",
        **said,
    )


@pytest.fixture
def visitor(world: Source) -> Client:
    """Somebody without an account."""
    return Client()


@pytest.fixture
def browser_of(world: Source) -> Callable[[User], Client]:
    """A client in which an account is signed in."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


@pytest.fixture
def at_analyst(browser_of: Callable[[User], Client], analyst: User) -> Client:
    return browser_of(analyst)


@pytest.fixture
def transfer(analyst: User, world: Source) -> Transfer:
    """A made-up transfer of North Desk."""
    return make_transfer(
        analyst,
        force="SAU-RSAF",
        end_user="Royal Saudi Air Force",
        end_user_kind="AIR_FORCE",
        is_made_up=True,
    )


@pytest.fixture
def each_role(north: Any, south: Any) -> dict[str, User]:
    """An account of each role in North Desk, and an analyst of South Desk."""
    accounts = {role: make_user(role, organisation=north) for role in Role.values}
    accounts[Role.ADMINISTRATOR] = make_user(Role.ADMINISTRATOR)
    accounts["STRANGER"] = make_user(Role.ANALYST, organisation=south)
    return accounts
