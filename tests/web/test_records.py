"""Pages of what was recorded: embargoes, treaties, forces, sources."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import copy_fact
from treaties.models import Embargo, Source


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_embargo_stands_under_the_state_it_has_on_the_day(visitor: Client) -> None:
    before = page(visitor, "/embargoes/?as_of=2015-04-13")
    first = page(visitor, "/embargoes/?as_of=2015-04-14")
    title = "Embargo on the Houthis"
    assert before.index("Ended before, or not yet begun") < before.index(title)
    assert first.index(title) < first.index("Ended before, or not yet begun")


def test_an_embargo_shows_whom_it_is_aimed_at_and_its_chain(visitor: Client) -> None:
    html = page(visitor, "/embargoes/UN-YEM-2015/")
    assert "<em>named groups</em> in Yemen: the Houthis" in html
    assert "binding on all states under Chapter VII" in html
    assert "non government end users" in html
    assert '<time datetime="2015-04-14">14 April 2015</time>' in html
    assert "No exemption is recorded" in html
    assert "no end set" in html


def test_a_treaty_says_who_is_bound_since_when(visitor: Client) -> None:
    before = page(visitor, "/treaties/ATT/?as_of=2014-12-23")
    first = page(visitor, "/treaties/ATT/?as_of=2014-12-24")
    assert "In force for it since 24 December 2014" not in before
    assert "In force for it since 24 December 2014" in first
    assert "1 bound" in first


def test_a_force_shows_its_reports(visitor: Client) -> None:
    html = page(visitor, "/forces/SAU-RSAF/")
    assert "Also called RSAF" in html
    assert "Experts found strikes on markets." in html


def test_a_source_shows_its_licence_and_how_much_nobody_checked(
    visitor: Client, world: Source
) -> None:
    html = page(visitor, "/sources/")
    for words in ("A small world", "Test Publisher", "CC0", "1 November 2026"):
        assert words in html


def test_the_list_of_embargoes_asks_as_often_for_many_as_for_one(
    visitor: Client,
) -> None:
    def n_queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            page(visitor, "/embargoes/")
        return len(asked)

    n_queries()
    one = n_queries()
    embargo = Embargo.objects.get(key="UN-YEM-2015")
    for number in range(20):
        copy_fact(embargo, key=f"UN-{number}")
    n_queries()
    assert n_queries() == one <= 6


def test_a_day_that_is_none_is_told_beside_its_field(visitor: Client) -> None:
    for path in ("/embargoes/", "/treaties/ATT/"):
        html = page(visitor, f"{path}?as_of=<soon>")
        assert "&lt;soon&gt;&quot; cannot be read as a day" in html
        assert 'aria-invalid="true"' in html


@pytest.mark.parametrize("path", ["/embargoes/", "/treaties/ATT/"])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "20190620"])
def test_a_day_out_of_bounds_is_told_as_on_every_page(
    visitor: Client, path: str, day: str
) -> None:
    html = visitor.get(path, {"as_of": day}).content.decode()

    assert 'id="as_of_error"' in html
