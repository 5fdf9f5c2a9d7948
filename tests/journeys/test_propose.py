"""An analyst proposes a transfer and gets a reasoned verdict."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Visitor

PAVEWAY = {
    "Exporting state": "United Kingdom",
    "Receiving state": "Saudi Arabia",
    "Force or body that will hold the items": "Royal Saudi Air Force",
    "Item": "Paveway IV",
    "Where they will be used": "Yemen",
    "Day of the decision": "2019-06-20",
}


def field(page: Page, label: str) -> Locator:
    """The field itself, and not the list of suggestions that has the same name."""
    named = page.get_by_label(re.compile(rf"^{label}( \(optional\))?$"))
    return named.and_(page.locator("input"))


def fill(page: Page, answers: dict[str, str]) -> None:
    for label, answer in answers.items():
        field(page, label).fill(answer)
        field(page, label).press("Tab")


def check_answers(page: Page) -> None:
    buttons = page.locator("form .buttons")
    buttons.get_by_role("button", name="Check your answers").click()


@pytest.fixture
def analyst(visitor: Visitor) -> Visitor:
    visitor.sign_in("analyst")
    visitor.open("/transfers/propose/")
    return visitor


def test_the_verdict_stands_beside_the_form_while_one_types(analyst: Visitor) -> None:
    fill(analyst.page, PAVEWAY)
    preview = analyst.page.locator("#preview")
    expect(preview).to_contain_text("REFUSE")
    expect(preview).to_contain_text("Why")
    expect(preview).to_contain_text("As of 20 June 2019")
    analyst.look("propose-preview")


def test_a_saved_transfer_says_why_with_evidence_and_who_is_bound(
    analyst: Visitor,
) -> None:
    page = analyst.page
    fill(page, PAVEWAY)
    check_answers(page)
    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()
    analyst.look("propose-check")
    page.get_by_role("button", name="Save and screen").click()

    expect(page.locator("#verdict-word")).to_contain_text("REFUSE")
    laws = page.get_by_role("region", name="Law by law")
    expect(laws).to_contain_text("Arms Trade Treaty")
    expect(laws).to_contain_text("United Kingdom")
    finding = page.locator("details.fold", has_text="7(1)(b)(i)").first
    finding.locator("summary").click()
    expect(finding).to_contain_text("Standard of proof")
    evidence = finding.get_by_role("table", name="Evidence")
    source = evidence.get_by_role("link", name="Read it at its publisher").first
    expect(source).to_have_attribute("href", re.compile(r"^https?://"))
    analyst.look("screening")


def test_another_day_makes_a_second_screening_beside_the_first(
    analyst: Visitor,
) -> None:
    page = analyst.page
    fill(page, PAVEWAY)
    check_answers(page)
    page.get_by_role("button", name="Save and screen").click()
    history = page.get_by_role("region", name="This transfer over time")
    expect(history.locator("tbody tr")).to_have_count(1)

    page.get_by_label("Screen it as of another day").fill("2014-06-20")
    page.get_by_role("button", name="Screen again").click()

    expect(history.locator("tbody tr")).to_have_count(2)
    expect(history).to_contain_text("20 June 2019")
    expect(history).to_contain_text("20 June 2014")
    analyst.look("screening-again")


def test_a_mistake_is_told_beside_its_field_and_what_was_typed_is_kept(
    analyst: Visitor,
) -> None:
    page = analyst.page
    fill(page, {**PAVEWAY, "Exporting state": "Atlantis", "Item": "flying carpet"})
    check_answers(page)

    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("Atlantis")
    expect(summary).to_contain_text("flying carpet")
    exporter = field(page, "Exporting state")
    expect(exporter).to_have_value("Atlantis")
    expect(exporter).to_have_attribute("aria-invalid", "true")
    expect(field(page, "Receiving state")).to_have_value("Saudi Arabia")
    analyst.look("propose-errors")


def test_a_force_of_another_state_is_told_to_be_one(analyst: Visitor) -> None:
    fill(analyst.page, {**PAVEWAY, "Receiving state": "Germany"})
    check_answers(analyst.page)
    expect(analyst.page.get_by_role("alert")).to_contain_text("Royal Saudi Air Force")
