"""A data steward adds a report, corrects it, imports a file, sees how fresh all is."""

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


def test_a_steward_imports_an_edition(visitor: Visitor) -> None:
    page = visitor.page
    width = (page.viewport_size or {"width": 0})["width"]
    state = "ZMB" if width > 1000 else "MWI"
    visitor.sign_in("steward")
    visitor.open("/admin/")
    page.get_by_role("link", name="Import a file").click()
    visitor.look("steward-import")

    _give(page, _scores(state, score="7"))
    expect(page.get_by_role("alert")).to_contain_text("nothing was changed")
    refused = page.get_by_role("region", name="What is wrong with the file")
    expect(refused).to_contain_text("PTS_A")
    visitor.look("steward-import-refused")

    page.get_by_role("link", name="Give another file").click()
    _give(page, _scores(state, score="3"))
    heading(page, "What the file would change")
    expect(page.get_by_role("main")).to_contain_text("known from 13 August 2024")
    visitor.look("steward-import-plan")
    press(page, "Apply all of it")

    expect(page.get_by_role("main")).to_contain_text("none imported")
    page.get_by_role("link", name="The entry in the ledger").click()
    heading(page, "Entry of the ledger")
    expect(page.get_by_role("main")).to_contain_text("Indicator values")
    visitor.look("steward-import-entry")


def _scores(state: str, score: str) -> bytes:
    """A made-up file of the shape of the Political Terror Scale's, one state long."""
    header = "Country,Year,WordBank_Code_A,PTS_A,PTS_H,PTS_S"
    header += ",NA_Status_A,NA_Status_H,NA_Status_S"
    return f"{header}\nA state,2023,{state},{score},NA,2,0,66,0\n".encode()


def _give(page: Page, content: bytes) -> None:
    page.get_by_label("Source", exact=True).select_option("pts")
    page.get_by_label("File", exact=True).set_input_files(
        {"name": "PTS-2024.csv", "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_label("The file is a part").check()
    press(page, "Look at what it would change")


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
