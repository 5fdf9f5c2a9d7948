"""Tables of facts on a phone and by the keyboard: nothing is cut off out of reach."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor
from tests.journeys.test_keyboard import is_visibly_focused

# What scrolls sideways and that no key can scroll, by its class.
_OUT_OF_REACH = """() => [...document.querySelectorAll('body *')]
    .filter(e => ['auto', 'scroll'].includes(getComputedStyle(e).overflowX))
    .filter(e => e.scrollWidth > e.clientWidth + 1 && e.tabIndex < 0)
    .map(e => `${e.tagName}.${e.className}`)"""
_WIDER_THAN_ITS_FRAME = """() => [...document.querySelectorAll('.stack')]
    .filter(e => e.getClientRects().length)
    .filter(e => e.scrollWidth > e.parentElement.clientWidth + 1)
    .map(e => e.closest('section, .scroll')?.innerText.slice(0, 60))"""
# Words of which each letter or two has a line of its own.
_SQUEEZED = """() => [...document.querySelectorAll('td, th, summary > *')]
    .filter(e => e.innerText.length > 5 && e.getClientRects().length)
    .filter(e => e.clientWidth > 1 && e.getBoundingClientRect().width < 32)
    .map(e => e.innerText)"""
_UNFOLD = "() => document.querySelectorAll('main details').forEach(e => e.open = true)"
FACTS = ("/judgments/", "/law/", "/countries/YEM/", "/countries/TUV/")
STEWARD = (
    "/admin/treaties/abusereport/",
    "/admin/treaties/source/freshness/",
    "/admin/treaties/source/import/",
)


def assert_readable(visitor: Visitor) -> None:
    page = visitor.page
    page.evaluate(_UNFOLD)
    assert page.evaluate(_OUT_OF_REACH) == []
    assert page.evaluate(_SQUEEZED) == []
    if _is_narrow(page):
        assert page.evaluate(_WIDER_THAN_ITS_FRAME) == []


def _is_narrow(page: Page) -> bool:
    return (page.viewport_size or {"width": 0})["width"] < 640


@pytest.mark.parametrize("path", FACTS)
def test_facts_can_be_read_at_any_width(path: str, visitor: Visitor) -> None:
    visitor.open(path)
    visitor.look("facts" + path.replace("/", "-").rstrip("-"))
    assert_readable(visitor)


def test_what_a_steward_looks_at_can_be_read_at_any_width(visitor: Visitor) -> None:
    visitor.sign_in("steward")
    for path in STEWARD:
        visitor.open(path)
        visitor.look("steward" + path.replace("/", "-").rstrip("-"))
        assert_readable(visitor)


def test_a_judgment_on_a_phone_names_its_outcome(visitor: Visitor) -> None:
    visitor.open("/judgments/")
    page = visitor.page
    row = page.get_by_role("row").nth(1)
    # Still a table to who listens to it, whatever it looks like.
    expect(row.get_by_role("rowheader")).to_have_count(1)
    expect(row.get_by_role("cell")).to_have_count(5)
    script = "e => getComputedStyle(e, '::before').content"
    said = row.locator("td").nth(3).evaluate(script)
    assert said == ('"Outcome: "' if _is_narrow(page) else "none")


@pytest.mark.parametrize("path", ["/judgments/", "/law/"])
def test_every_stop_of_the_keyboard_is_seen(path: str, visitor: Visitor) -> None:
    visitor.open(path)
    for _ in range(40):
        visitor.page.keyboard.press("Tab")
        # The calendar of a day's field is the browser's own, and so is its ring.
        if visitor.page.locator("*:focus").count():
            assert is_visibly_focused(visitor.page)


def test_arrow_keys_scroll_the_list_of_a_table(visitor: Visitor) -> None:
    page = visitor.page
    visitor.sign_in("steward")
    visitor.open("/admin/treaties/abusereport/")
    frame = page.get_by_role("region", name="The list")
    frame.focus()
    if not frame.evaluate("e => e.scrollWidth > e.clientWidth"):
        return
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "e => e.scrollLeft > 0", arg=frame.element_handle(), timeout=5_000
    )
