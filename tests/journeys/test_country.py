"""Anybody looks up a country, without an account."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visitor


def test_the_start_page_leads_to_a_country(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/")
    visitor.look("start")
    country = page.locator("input[name=country]")
    country.fill("Saudi Arabia")
    country.press("Escape")
    page.get_by_role("button", name="Open its page").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Saudi Arabia")
    assert page.url.startswith(f"{visitor.site.url}/countries/SAU/")


def test_a_country_is_shown_as_of_a_day(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/countries/SSD/")
    page.get_by_label("As of").first.fill("2018-07-12")
    page.get_by_role("button", name="Show").first.click()
    expect(page).to_have_url(re.compile(r"as_of=2018-07-12"))
    expect(page.get_by_role("main")).to_contain_text("12 July 2018")
    visitor.look("country-before-the-embargo")


def test_a_cell_of_the_matrix_opens_its_reasons(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/countries/SAU/?as_of=2019-06-20")
    visitor.look("country")
    page.locator("a[href*='/countries/SAU/ask/']").first.click()
    expect(page.get_by_role("heading", name="Why", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="Findings")).to_be_visible()
    visitor.look("country-ask")


@pytest.mark.parametrize(
    "path",
    [
        "/countries/",
        "/countries/HKG/",
        "/embargoes/",
        "/treaties/",
        "/sources/",
        "/about/",
        "/sign-in/",
    ],
)
def test_open_pages_are_open(path: str, visitor: Visitor) -> None:
    visitor.open(path)
    expect(visitor.page.get_by_role("heading", level=1)).to_be_visible()
    visitor.look(path.strip("/").replace("/", "-"))


@pytest.mark.parametrize(
    ("list_path", "kind"), [("/embargoes/", "embargo"), ("/treaties/", "treaty")]
)
def test_a_list_leads_to_its_pages(list_path: str, kind: str, visitor: Visitor) -> None:
    visitor.open(list_path)
    visitor.page.locator(f"main a[href^='{list_path}']").first.click()
    expect(visitor.page.get_by_role("heading", level=1)).to_be_visible()
    visitor.look(kind)


def test_transfers_are_not_open(visitor: Visitor) -> None:
    visitor.open("/transfers/")
    expect(visitor.page).to_have_url(re.compile(r"/sign-in/"))


def test_the_description_of_the_api_can_be_read(visitor: Visitor) -> None:
    visitor.open("/api/docs/")
    expect(visitor.page.get_by_text("/api/v1/screen", exact=True)).to_be_visible()
    # Swagger UI is not ours: the policy refuses its inline style and its data: images,
    # and it can be read without them. Any other trouble still fails.
    visitor.troubles = [t for t in visitor.troubles if "Content Security" not in t]
