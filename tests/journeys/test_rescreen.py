"""A data steward has everything screened again, and sees what moved."""

from playwright.sync_api import expect

from tests.journeys.conftest import Visitor


def test_a_steward_rescreens_everything_and_sees_the_report(visitor: Visitor) -> None:
    page = visitor.page
    visitor.sign_in("steward")
    visitor.open("/runs/")
    visitor.look("runs")
    page.get_by_role("button", name="Re-screen everything").click()

    # Nobody reloads: the page asks for news by itself.
    status = page.locator("#progress").get_by_role("status")
    expect(status).to_contain_text("Done", timeout=60_000)
    expect(status).not_to_contain_text("could not be")
    expect(page.get_by_role("heading", name="What moved")).to_be_visible()
    visitor.look("run")


def test_an_analyst_is_not_offered_a_run(visitor: Visitor) -> None:
    visitor.sign_in("analyst")
    visitor.open("/runs/")
    button = visitor.page.get_by_role("button", name="Re-screen everything")
    expect(button).to_have_count(0)
