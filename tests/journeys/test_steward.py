"""A data steward adds a report, corrects its date, sees how fresh the facts are."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor


def fill(page: Page, answers: dict[str, str]) -> None:
    for label, answer in answers.items():
        page.get_by_label(label, exact=True).fill(answer)


def choose(page: Page, answers: dict[str, str]) -> None:
    for label, answer in answers.items():
        page.get_by_label(label, exact=True).select_option(answer)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def heading(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()


def test_a_steward_adds_a_report_and_corrects_its_date(visitor: Visitor) -> None:
    page = visitor.page
    width = (page.viewport_size or {"width": 0})["width"]
    visitor.sign_in("steward")
    visitor.open("/admin/")
    visitor.look("steward-start")
    page.get_by_role("link", name="Abuse reports", exact=True).click()
    visitor.look("steward-list")

    # The source first.
    page.get_by_role("link", name="Add abuse report").click()
    fill(
        page,
        {
            "Publisher": "Commission of a journey",
            "Title": f"Report of a journey, {width} pixels wide",
            "Address or document symbol": "A/HRC/99/1",
            "Licence": "free to cite",
        },
    )
    visitor.look("steward-source")
    press(page, "Make this source")

    # Then the fact; what is missing is said first.
    press(page, "Add this fact")
    expect(page.get_by_role("alert")).to_contain_text("Nothing was recorded")
    visitor.look("steward-refused")
    _state_the_fact(page)
    press(page, "Add this fact")
    heading(page, "Detainees beaten in Lusaka")
    visitor.look("steward-fact")

    page.get_by_role("link", name="Correct", exact=True).click()
    fill(
        page,
        {
            "Published on": "2019-02-28",
            "Known from": "2019-02-28",
            "Reason, for the ledger": "The cover says 28 February.",
        },
    )
    visitor.look("steward-correct")
    press(page, "Look at both versions")
    changed = page.get_by_role("row").filter(has_text="changes")
    expect(changed).to_have_count(2)
    visitor.look("steward-preview")
    press(page, "Record this correction")

    newest = page.get_by_role("article").first
    expect(newest).to_contain_text("Version 2, recorded now")
    expect(newest).to_contain_text("The cover says 28 February.")
    visitor.look("steward-history")


def test_a_steward_sees_how_fresh_the_facts_are(visitor: Visitor) -> None:
    page = visitor.page
    visitor.sign_in("steward")
    visitor.open("/admin/")
    page.get_by_role("link", name="Freshness").click()

    heading(page, "Freshness")
    due = page.get_by_role("heading", name="Embargoes: what ends within 90 days")
    expect(due).to_be_visible()
    sources = page.get_by_role("region", name="Sources")
    expect(sources.get_by_role("row")).not_to_have_count(1)
    visitor.look("steward-freshness")


def test_an_analyst_does_not_come_in(visitor: Visitor) -> None:
    visitor.sign_in("analyst")
    answer = visitor.page.request.get(f"{visitor.site.url}/admin/")
    assert answer.status == 403


def _state_the_fact(page: Page) -> None:
    choose(
        page,
        {
            "Publisher class": "un_mandated",
            "Place": "ZMB",
            "State": "ZMB",
            "Force": "ZMB-ZPS",
            "Force level": "service",
            "Legal class": "serious_ihrl",
            "Accountability": "unknown",
            "Finding": "adverse",
        },
    )
    fill(
        page,
        {
            "Title": "Detainees beaten in Lusaka",
            "Published on": "2019-03-01",
            "Known from": "2019-03-01",
            "Pattern": "1",
            "Strength": "2",
            "Incident": "ZMB-2019-JOURNEY",
            "Summary": "Made up for a journey: officers beat detainees.",
        },
    )
    page.get_by_label("torture", exact=True).check()
