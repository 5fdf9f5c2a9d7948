"""Coups, missions, listings, labels and judgments on pages; the law page; the API."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import copy_fact, make_force, make_state
from treaties import models


@pytest.fixture
def said(world: models.Source) -> dict[str, Any]:
    """What every row says of its source."""
    return {"source": world, "publisher": "Test Publisher", "url": "https://x.example/"}


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def part(html: str, name: str) -> str:
    """The text of the section with this heading, blanks made one."""
    found = re.search(
        rf'<section aria-labelledby="{name}">.*?</section>', html, re.DOTALL
    )
    assert found, f"there is no part {name}"
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


def a_judgment(said: dict[str, Any], key: str = "J-1", **more: Any) -> models.Judgment:
    values: dict[str, Any] = {
        "court": "Court of Appeal",
        "state_id": "GBR",
        "case_name": "A group v The minister",
        "case_number": "[2019] 1020",
        "decided_on": date(2019, 6, 20),
        "exporters": "GBR",
        "recipients": "SAU",
        "tests": "UK-2c|ATT-7.1b-i",
        "outcome": "dismissed",
        "holding": "Past breaches must be assessed.",
        "lesson": "Store what was assessed.",
        "known_from": date(2019, 6, 20),
    }
    return models.Judgment.objects.create(key=key, **{**values, **more}, **said)


# --- The country page --------------------------------------------------------------


def test_a_coup_tells_later_what_came_of_it(
    visitor: Client, said: dict[str, Any]
) -> None:
    models.Coup.objects.create(
        key="SAU:2012-03-22",
        state_id="SAU",
        on=date(2012, 3, 22),
        kind="military_coup",
        counts="disputed",
        order_restored_on=date(2013, 9, 4),
        known_from=date(2012, 3, 22),
        **said,
    )

    before = part(page(visitor, "/countries/SAU/?as_of=2012-03-21"), "coups")
    then = part(page(visitor, "/countries/SAU/?as_of=2013-09-03"), "coups")
    later = part(page(visitor, "/countries/SAU/?as_of=2013-09-04"), "coups")

    assert "No coup is recorded in it" in before
    assert "22 March 2012: military coup" in then
    assert "whether it was unconstitutional is disputed" in then
    assert "restored" not in then
    assert "Constitutional order restored on 4 September 2013" in later
    assert "Not checked against its source" in later


def test_what_came_of_a_coup_is_not_known_before_it_happened(
    visitor: Client, said: dict[str, Any]
) -> None:
    models.Coup.objects.create(
        key="SAU:2012-03-22",
        state_id="SAU",
        on=date(2012, 3, 22),
        kind="military_coup",
        counts="y",
        reversed_on=date(2012, 4, 10),
        known_from=date(2012, 3, 22),
        **said,
    )
    # As of a later day, with what was known earlier: only the endpoint asks that.
    answer = visitor.get("/api/v1/states/SAU?as_of=2012-05-01&known_at=2012-04-09")
    assert answer.json()["coups"][0]["reversed_on"] is None
    answer = visitor.get("/api/v1/states/SAU?as_of=2012-05-01&known_at=2012-04-10")
    assert answer.json()["coups"][0]["reversed_on"] == "2012-04-10"


def test_troops_in_a_mission_are_said_to_be_no_party(
    visitor: Client, said: dict[str, Any]
) -> None:
    models.Mission.objects.create(
        key="unx",
        mission="UNX",
        name="UN Mission in X",
        organisation="UN",
        kind="peacekeeping",
        theatre="YEM|SAU",
        starts=date(2013, 7, 1),
        starts_precision="month",
        ends=date(2024, 1, 1),
        known_from=date(2013, 7, 1),
        **said,
    )

    def missions(day: str) -> str:
        return part(page(visitor, f"/countries/SAU/?as_of={day}"), "missions")

    assert "No mission is recorded as at work" in missions("2013-06-30")
    at_work = missions("2023-12-31")
    assert "UN Mission in X (UNX), UN: peacekeeping, since July 2013" in at_work
    assert "is for that no party to the conflict" in at_work
    assert "2024" not in at_work
    over = missions("2024-01-01")
    assert "No mission is recorded as at work" in over
    assert "from July 2013 to" in over


def test_a_label_of_scholars_is_never_among_the_reports(
    visitor: Client, said: dict[str, Any]
) -> None:
    models.Episode.objects.create(
        key="SAU-2014-EWP",
        title="Episodes of mass killing",
        published_on=date(2014, 9, 8),
        state_id="SAU",
        force_id="SAU-RSAF",
        place_id="SAU",
        starts=date(1991, 1, 1),
        ends=date(1995, 1, 1),
        violations="unlawful_killing",
        incident="SAU-1991",
        summary="Villages were razed.",
        known_from=date(2014, 9, 8),
        **said,
    )

    html = page(visitor, "/countries/SAU/?as_of=2018-01-01")
    labels = part(html, "episodes")
    assert "1991 to 1994, Saudi Arabia: Villages were razed" in labels
    assert "no rule here reads them" in labels
    assert "razed" not in part(html, "reports")
    unknown = part(page(visitor, "/countries/SAU/?as_of=2014-09-07"), "episodes")
    assert "No such label is recorded that was known by then" in unknown


def test_a_listing_says_the_report_the_party_and_its_status(
    visitor: Client, said: dict[str, Any]
) -> None:
    models.Listing.objects.create(
        key="CAAC:2016:SAU:coalition:delisted",
        kind="CAAC",
        year=2016,
        state_id="SAU",
        party="The coalition",
        status="delisted",
        published_on=date(2016, 12, 31),
        published_precision="year",
        known_from=date(2016, 12, 31),
        **said,
    )
    listed = part(page(visitor, "/countries/SAU/?as_of=2016-12-31"), "listings")
    assert "2016 Children and armed conflict The coalition" in listed
    assert "Taken off the list" in listed
    assert "Not known" in listed
    before = part(page(visitor, "/countries/SAU/?as_of=2016-12-30"), "listings")
    assert "No listing of a party in it is recorded" in before


def test_armed_groups_stand_beside_the_conflict_that_they_fought_in(
    visitor: Client, said: dict[str, Any]
) -> None:
    models.ConflictYear.objects.create(
        key="1:SAU:2018",
        conflict="Saudi Arabia: government",
        actor="Government of Saudi Arabia",
        state_id="SAU",
        side="A",
        role="primary",
        year=2018,
        known_from=date(2019, 7, 1),
        **said,
    )
    for year, actor in ((2018, "First group"), (2019, "Second group")):
        models.ConflictParty.objects.create(
            key=f"p:{year}",
            conflict="Saudi Arabia: government",
            actor=actor,
            side="B",
            role="primary",
            year=year,
            known_from=date(year + 1, 7, 1),
            **said,
        )
    conflicts = part(page(visitor, "/countries/SAU/?as_of=2019-12-31"), "conflicts")
    assert "Armed groups in it: First group." in conflicts
    later = part(page(visitor, "/countries/SAU/?as_of=2020-07-01"), "conflicts")
    assert "Armed groups in it: Second group, First group." in later


def test_judgments_stand_on_the_pages_of_sender_and_receiver(
    visitor: Client, said: dict[str, Any]
) -> None:
    a_judgment(said)
    for state in ("GBR", "SAU"):
        html = page(visitor, f"/countries/{state}/?as_of=2019-06-20")
        assert "Past breaches must be assessed" in part(html, "judgments")
        assert f'href="/judgments/?state={state}&amp;as_of=2019-06-20"' in html
        before = page(visitor, f"/countries/{state}/?as_of=2019-06-19")
        assert "No judgment on such arms" in part(before, "judgments")
    assert "No judgment on such arms" in part(
        page(visitor, "/countries/YEM/?as_of=2019-06-20"), "judgments"
    )


def test_sanctions_without_arms_are_not_shown_as_an_embargo(
    visitor: Client, said: dict[str, Any]
) -> None:
    models.RegimeWithoutArms.objects.create(
        key="eu-sau",
        issuer="EU",
        target_id="SAU",
        title="EU Saudi framework",
        measures="asset freeze",
        base_act="Decision 1",
        starts=date(2018, 1, 1),
        known_from=date(2018, 1, 1),
        **said,
    )
    country = part(page(visitor, "/countries/SAU/?as_of=2018-01-01"), "embargoes")
    assert "Sanctions that are no arms embargo EU Saudi framework" in country
    assert "No embargo of the United Nations" in country
    assert "EU Saudi framework" in page(visitor, "/embargoes/?as_of=2018-01-01")
    assert "EU Saudi" not in page(visitor, "/embargoes/?as_of=2017-12-31")


def test_the_endpoint_of_a_country_carries_what_its_page_shows(
    visitor: Client, said: dict[str, Any]
) -> None:
    a_judgment(said)
    told = visitor.get("/api/v1/states/SAU?as_of=2019-06-20").json()
    assert [row["key"] for row in told["judgments"]] == ["J-1"]
    lists = {"coups", "missions_now", "missions_past", "listings", "episodes"}
    assert lists | {"judgments", "regimes_without_arms"} <= set(told)
    sourced = {"publisher", "citation", "url", "checked"}
    assert sourced <= set(told["judgments"][0])


# --- Judgments ---------------------------------------------------------------------


def test_a_judgment_says_court_transfer_outcome_and_rule_in_words(
    visitor: Client, said: dict[str, Any]
) -> None:
    a_judgment(said)
    html = page(visitor, "/judgments/?as_of=2019-06-20")
    text = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    assert "Court of Appeal United Kingdom" in text
    assert "United Kingdom to Saudi Arabia" in text
    assert "Dismissed, which does not say that the transfer was lawful" in text
    assert "UK criterion 2(c); Arms Trade Treaty 7(1)(b)(i)" in text
    assert 'href="https://x.example/"' in html
    assert "Not checked against its source" in text


def test_judgments_of_one_state_only(visitor: Client, said: dict[str, Any]) -> None:
    a_judgment(said)
    other = {"exporters": "", "recipients": "YEM", "state_id": None}
    a_judgment(said, "J-2", holding="Another holding.", **other)
    html = page(visitor, "/judgments/?state=YEM")
    assert "Another holding." in html
    assert "Past breaches" not in html
    assert "1 of 2 judgments" in html
    assert '<option value="YEM" selected>' in html
    assert "sender not named" in html


def test_a_state_that_is_not_held_is_told_and_hides_nothing(
    visitor: Client, said: dict[str, Any]
) -> None:
    a_judgment(said)
    html = page(visitor, "/judgments/?state=<b>")
    assert "No state with the code “&lt;B&gt;” is held" in html
    assert "Past breaches" in html


def test_judgments_after_the_day_are_left_out(
    visitor: Client, said: dict[str, Any]
) -> None:
    a_judgment(said, decided_on=date(2019, 6, 30), decided_precision="month")
    html = page(visitor, "/judgments/?as_of=2019-06-29")
    assert "No judgment is recorded up to that day" in html
    assert "June 2019</td>" in page(visitor, "/judgments/?as_of=2019-06-30")


def test_the_list_of_judgments_asks_as_often_for_many_as_for_one(
    visitor: Client, said: dict[str, Any]
) -> None:
    judgment = a_judgment(said)

    def n_queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            page(visitor, "/judgments/")
        return len(asked)

    n_queries()
    one = n_queries()
    for number in range(20):
        copy_fact(judgment, key=f"J-{number}-more")
    n_queries()
    assert n_queries() == one <= 6


# --- The law -----------------------------------------------------------------------


@pytest.fixture
def law(said: dict[str, Any]) -> None:
    make_state("CHE", "Switzerland")
    texts: list[dict[str, Any]] = [
        {
            "instrument": "Arms Trade Treaty",
            "article": "6(3)",
            "words": "has knowledge at the time",
            "rung": "P0",
            "effect": "refuse",
            "starts": date(2014, 12, 24),
        },
        {
            "instrument": "Swiss Ordinance",
            "issuer": "CHE",
            "article": "5",
            "words": "old words",
            "effect": "weigh",
            "starts": date(2010, 1, 1),
            "ends": date(2022, 5, 1),
        },
        {
            "instrument": "Swiss Ordinance",
            "issuer": "CHE",
            "article": "5",
            "words": "new words",
            "effect": "refuse",
            "starts": date(2022, 5, 1),
        },
    ]
    for number, values in enumerate(texts):
        models.LawText.objects.create(key=f"L-{number}", **values, **said)
    models.ListedGoods.objects.create(
        key="II:2.1:2019-02-20",
        regulation="Regulation (EU) 2019/125",
        annex="II",
        entry="2.1",
        what="devices worn on the body",
        tier="prohibited",
        cn_codes="85437090",
        items="BOMB_GUIDED",
        starts=date(2019, 2, 20),
        ends=date(2025, 8, 20),
        **said,
    )
    models.EmbargoText.objects.create(
        key="CHE:yemen",
        issuer_id="CHE",
        instrument="Swiss Ordinance on Yemen",
        target_id="YEM",
        article="1",
        prohibited="sale and supply",
        goods="arms of all kinds",
        to_whom="the Houthis",
        starts=date(2020, 1, 1),
        read_as_of=date(2025, 1, 1),
        **said,
    )


def wordings(html: str, instrument: str) -> tuple[str, str]:
    """What an instrument says on the day, and at other times."""
    fold = next(f for f in html.split("<details")[1:] if instrument in f)
    text = " ".join(re.sub(r"<[^>]+>", " ", fold).split())
    now, _, other = text.partition("At other times")
    return now, other


@pytest.mark.usefixtures("law")
def test_an_article_reads_as_it_did_on_the_day(visitor: Client) -> None:
    before = page(visitor, "/law/?as_of=2022-04-30")
    now, other = wordings(before, "Swiss Ordinance")
    assert "old words" in now
    assert "To be weighed" in now
    assert "new words" in other
    now, other = wordings(page(visitor, "/law/?as_of=2022-05-01"), "Swiss Ordinance")
    assert "new words" in now
    assert "old words" in other


@pytest.mark.usefixtures("law")
def test_an_article_says_how_sure_of_harm_it_asks_to_be(visitor: Client) -> None:
    html = page(visitor, "/law/?as_of=2020-01-01")
    now, _ = wordings(html, "Arms Trade Treaty")
    assert "To be refused; knowledge at the time of the decision" in now
    assert "from 24 December 2014" in now
    assert "1 not checked against its source" in now
    assert html.index("Arms Trade Treaty") < html.index("Swiss Ordinance")


@pytest.mark.usefixtures("law")
def test_annexes_and_national_embargoes_stand_as_of_the_day(visitor: Client) -> None:
    html = page(visitor, "/law/?as_of=2025-08-19")
    assert "Devices worn on the body" in part(html, "goods")
    assert "Trade prohibited" in part(html, "goods")
    assert "To: the Houthis" in part(html, "embargoes")
    after = page(visitor, "/law/?as_of=2025-08-20")
    assert "No annex is recorded for that day" in part(after, "goods")
    early = page(visitor, "/law/?as_of=2019-12-31")
    assert "No such text is recorded" in part(early, "embargoes")


def test_pages_with_nothing_to_show_say_so(visitor: Client, world: Any) -> None:
    assert "No text is recorded." in page(visitor, "/law/")
    assert "That does not say that there is none" in page(visitor, "/judgments/")


def test_a_force_of_a_listing_leads_to_its_page(
    visitor: Client, said: dict[str, Any]
) -> None:
    state = models.State.objects.get(iso3="YEM")
    make_force("YEM-GROUP", state, "A group", "NSAG")
    models.Listing.objects.create(
        key="CRSV:2018:YEM:a-group:listed",
        kind="CRSV",
        year=2018,
        state=state,
        party="A group",
        force_id="YEM-GROUP",
        status="listed",
        published_on=date(2018, 4, 16),
        known_from=date(2018, 4, 16),
        **said,
    )
    html = page(visitor, "/countries/YEM/?as_of=2018-04-16")
    assert '<a href="/forces/YEM-GROUP/">A group</a>' in html
