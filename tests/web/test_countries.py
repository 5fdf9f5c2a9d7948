"""Country pages: two clocks, the matrix, the filter of reports, what is not known."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from screening import selectors
from tests.factories import copy_fact, correct_fact, retire_facts
from treaties.models import AbuseReport, Embargo, FactsVersion, Search, State


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def part(html: str, name: str) -> str:
    """The section with this heading."""
    found = re.search(
        rf'<section aria-labelledby="{name}">.*?</section>', html, re.DOTALL
    )
    assert found, f"there is no part {name}"
    return found[0]


def another_report(**changes: Any) -> None:
    """The report of the world once more, with what differs."""
    copy_fact(AbuseReport.objects.get(key="R-1"), **changes)


def test_what_was_published_later_is_not_known_then(visitor: Client) -> None:
    path = "/countries/SAU/?as_of=2018-08-16"
    then, now = page(visitor, path), page(visitor, f"{path}&known=now")
    assert "As of 16 August 2018, with what was known then" in then
    assert "Experts found strikes" not in then
    assert "No report of violations by its forces is recorded" in then
    assert "with what is known now" in now
    assert "Experts found strikes" in now


def test_an_embargo_counts_from_its_first_day(visitor: Client) -> None:
    before = page(visitor, "/countries/YEM/?as_of=2015-04-13")
    first = page(visitor, "/countries/YEM/?as_of=2015-04-14")
    assert "No embargo of an international body on it" in before
    assert "One embargo on groups in it is in force" in first
    assert "<em>named groups</em> in Yemen" in part(first, "embargoes")
    assert "S/RES/2216 (2015)" in part(first, "embargoes")


def test_the_stop_of_a_single_state_is_not_shown_as_an_embargo_of_all(
    visitor: Client,
) -> None:
    copy_fact(
        Embargo.objects.get(key="UN-YEM-2015"),
        key="GBR-SAU",
        issuer="GBR",
        targets="SAU",
        title="A national stop",
        target_kind="government",
        binding="national_law",
    )
    html = page(visitor, "/countries/SAU/?as_of=2020-01-01")
    assert "one state has stopped or limited exports" in html
    assert "Stopped by single states" in part(html, "embargoes")


def test_each_cell_of_the_matrix_opens_its_reasons_on_the_same_day(
    visitor: Client,
) -> None:
    html = page(visitor, "/countries/SAU/?as_of=2019-06-20&known=now")
    links = re.findall(r'href="(/countries/SAU/ask/[^"]+)"', part(html, "matrix"))
    assert len(links) == 8
    link = next(link for link in links if "BOMB_GUIDED" in link)
    reasons = page(visitor, link.replace("&amp;", "&"))
    assert "Guided bomb for Royal Saudi Air Force" in reasons
    assert 'value="2019-06-20"' in reasons
    assert ">Why</h2>" in reasons


def test_reports_are_filtered_by_force_violation_and_year(visitor: Client) -> None:
    another_report(
        key="R-2",
        violations="torture",
        summary="Guards beat detainees.",
        published_on=date(2020, 5, 1),
        known_from=date(2020, 5, 1),
        incident="PRISON",
    )
    strikes, beating = "Experts found strikes", "Guards beat detainees"
    both = part(page(visitor, "/countries/SAU/"), "reports")
    assert strikes in both
    assert beating in both
    for query in ("violation=torture", "year=2020"):
        found = part(page(visitor, f"/countries/SAU/?{query}"), "reports")
        assert beating in found
        assert strikes not in found
        assert "1 of 2 reports" in found
    nothing = part(page(visitor, "/countries/SAU/?year=1999"), "reports")
    assert "No report fits" in nothing


def test_an_unchecked_fact_says_so_and_a_checked_one_does_not(visitor: Client) -> None:
    mark = "Not checked against its source"
    assert mark in part(page(visitor, "/countries/SAU/"), "reports")
    correct_fact(AbuseReport.objects.get(key="R-1"), checked=True)
    assert mark not in part(page(visitor, "/countries/SAU/"), "reports")


def test_what_nobody_searched_is_not_known_and_says_what_would_settle_it(
    visitor: Client,
) -> None:
    looked = part(page(visitor, "/countries/SAU/"), "looked")
    assert "diverted from it" in looked
    assert "more abuse reports" not in looked
    retire_facts(Search.objects.all())
    looked = part(page(visitor, "/countries/SAU/"), "looked")
    assert "more abuse reports" in looked
    assert "No completed search about it is recorded" in looked
    assert looked.count("What would settle it") >= 2


def test_a_report_known_only_by_its_month_shows_only_the_month(
    visitor: Client,
) -> None:
    another_report(key="R-2", published_precision="month", incident="OTHER")
    assert ">August 2018<" in part(page(visitor, "/countries/SAU/"), "reports")


@pytest.mark.parametrize("day", ["soon", "2019-02-30", "0001-01-01", "2400-01-01"])
@pytest.mark.parametrize("path", ["/countries/SAU/", "/countries/SAU/ask/"])
def test_a_day_that_cannot_be_asked_about_is_told_beside_its_field(
    visitor: Client, path: str, day: str
) -> None:
    cell = "force=SAU-RSAF&item=BOMB_GUIDED"
    html = page(visitor, f"{path}?{cell}&as_of={day}")
    field = html.split('<label for="as_of">')[1].split("</div>")[0]
    assert 'class="error"' in field
    assert 'aria-invalid="true"' in field


def test_a_code_in_small_letters_leads_to_the_page(visitor: Client) -> None:
    answer = visitor.get("/countries/sau/")
    assert answer["Location"] == "/countries/SAU/"


def test_a_country_of_which_nothing_is_recorded_says_so_everywhere(
    visitor: Client,
) -> None:
    html = page(visitor, "/countries/PRT/")
    for sentence in (
        "No embargo of the United Nations",
        "No armed conflict with it as a party is recorded",
        "No report on its forces is recorded",
        "No arms that went astray from it are recorded",
        "which forces it has: none is recorded",
    ):
        assert sentence in html
    assert "INCOMPLETE" in part(html, "matrix")


def test_the_start_page_opens_the_country_that_was_typed(visitor: Client) -> None:
    answer = visitor.get("/", {"country": "saudi arabia"})
    assert answer.status_code == 302
    assert answer["Location"] == "/countries/SAU/"
    html = page(visitor, "/?country=Saudi+Arabbia")
    assert 'href="/countries/SAU/"' in html
    assert 'value="Saudi Arabbia"' in html
    assert "is the name of no country" in page(visitor, "/?country=qqqq")


def test_the_list_of_countries_asks_as_often_for_many_as_for_few(
    visitor: Client,
) -> None:
    def n_queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            page(visitor, "/countries/")
        return len(asked)

    n_queries()
    few = n_queries()
    said: dict[str, Any] = dict(State.objects.values("source_id", "publisher")[0])
    for number in range(30):
        State.objects.create(
            iso3=f"X{number:02}", name=f"Land {number}", status="un_member", **said
        )
    n_queries()
    assert n_queries() == few <= 4


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        (
            "/countries/sau/?as_of=2019-01-01&known=now",
            "/countries/SAU/?as_of=2019-01-01&known=now",
        ),
        ("/countries/sau/", "/countries/SAU/"),
    ],
)
def test_small_letters_lead_to_the_same_question(
    visitor: Client, path: str, leads_to: str
) -> None:
    answer = visitor.get(path)

    assert (answer.status_code, answer.headers["Location"]) == (302, leads_to)


@pytest.mark.parametrize("path", ["/countries/123/", "/countries/-/"])
def test_what_has_no_capitals_is_not_found_instead_of_leading_to_itself(
    visitor: Client, path: str
) -> None:
    assert visitor.get(path).status_code == 404


def test_the_same_matrix_is_worked_out_once_until_a_fact_changes(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked_out = []
    work_out = selectors.country_matrix

    def counting(*asked: Any) -> selectors.Matrix:
        worked_out.append(asked)
        return work_out(*asked)

    monkeypatch.setattr(selectors, "country_matrix", counting)
    pages = [page(visitor, "/countries/SAU/?as_of=2019-01-01") for _ in range(2)]
    assert len(worked_out) == 1
    assert part(pages[0], "matrix") == part(pages[1], "matrix")

    page(visitor, "/countries/SAU/?as_of=2019-01-02")
    page(visitor, "/countries/SAU/?as_of=2019-01-01&known=now")
    assert len(worked_out) == 3

    FactsVersion.bump(["world"])
    page(visitor, "/countries/SAU/?as_of=2019-01-01")
    assert len(worked_out) == 4
