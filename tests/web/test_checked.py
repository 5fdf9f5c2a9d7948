"""Whether somebody has checked a fact stands beside it wherever it is shown."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.factories import copy_fact, correct_fact, retire_facts
from treaties.models import (
    ConflictYear,
    Fact,
    Indicator,
    IndicatorValue,
    Source,
    Treaty,
    TreatyAct,
)

UNCHECKED = "Not checked against its source."
DAY = "as_of=2019-06-20&known=now"


@pytest.fixture
def facts(world: Source) -> dict[str, Fact]:
    """One fact of each kind that a country's page shows, by the place on the page."""
    said: dict[str, Any] = {"source": world, "publisher": "Test Publisher"}
    said["citation"] = "Table 7"
    conflict = ConflictYear.objects.create(
        key="C-1",
        conflict="Yemen: Government",
        state_id="GBR",
        year=2018,
        role="supporting",
        side="A",
        places="YEM",
        is_abroad=True,
        intensity=2,
        **said,
    )
    indicator = Indicator.objects.create(
        code="calm", name="Calm", unit="points", higher_is="better", **said
    )
    IndicatorValue.objects.create(
        indicator=indicator,
        state_id="GBR",
        year=2018,
        value=0.5,
        known_from=date(2019, 3, 1),
        source=world,
    )
    act = TreatyAct.objects.get(key="GBR-ATT")
    correct_fact(act, citation="Table 7")
    return {"treaties": act, "conflicts": conflict, "indicators": indicator}


def section(client: Client, name: str) -> str:
    html = client.get(f"/countries/GBR/?{DAY}").content.decode()
    found = re.search(
        rf'<section aria-labelledby="{name}">.*?</section>', html, re.DOTALL
    )
    assert found
    return found[0]


@pytest.mark.parametrize("name", ["treaties", "conflicts", "indicators"])
def test_a_part_of_a_country_says_who_says_so_and_whether_it_is_checked(
    visitor: Client, facts: dict[str, Fact], name: str
) -> None:
    before = section(visitor, name)
    assert "Table 7, Test Publisher" in before
    assert UNCHECKED in before

    correct_fact(facts[name], checked=True)

    assert UNCHECKED not in section(visitor, name)


def test_one_unchecked_year_leaves_a_conflict_unchecked(
    visitor: Client, facts: dict[str, Fact]
) -> None:
    year = ConflictYear.objects.get(key="C-1")
    copy_fact(year, key="C-0", year=2017)
    correct_fact(year, checked=True)

    assert UNCHECKED in section(visitor, "conflicts")


def test_a_treaty_says_of_each_state_whether_the_deciding_act_is_checked(
    visitor: Client, facts: dict[str, Fact]
) -> None:
    correct_fact(Treaty.objects.get(), checked=True)

    def row(iso3: str) -> str:
        html = visitor.get("/treaties/ATT/?as_of=2019-06-20").content.decode()
        return html.split(f'href="/countries/{iso3}/"')[1].split("</tr>")[0]

    assert "Table 7, Test Publisher" in row("GBR")
    assert UNCHECKED in row("GBR")
    # Without an act the list decides, and the list is checked.
    retire_facts(TreatyAct.objects.filter(key="GBR-ATT"))
    assert UNCHECKED not in row("GBR")


def test_the_list_of_treaties_says_which_is_not_checked(
    visitor: Client, world: Source
) -> None:
    assert UNCHECKED in visitor.get("/treaties/").content.decode()

    correct_fact(Treaty.objects.get(), checked=True)

    assert UNCHECKED not in visitor.get("/treaties/").content.decode()
