"""Somebody without a mouse signs in."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor

MANY = 40


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the focus is on the link, field or button called `name`."""
    focused = page.locator("*:focus")
    for _ in range(MANY):
        page.keyboard.press("Tab")
        said = focused.evaluate(
            "e => (e.labels?.[0]?.innerText || e.innerText || '').trim()"
        )
        if said == name:
            assert is_visibly_focused(page), f"nobody sees that {name} has the focus"
            return
    message = f"{MANY} presses of Tab do not reach {name!r}"
    raise AssertionError(message)


def is_visibly_focused(page: Page) -> bool:
    script = """e => {
        const style = getComputedStyle(e);
        return style.outlineStyle !== 'none' || style.boxShadow !== 'none';
    }"""
    return bool(page.locator("*:focus").evaluate(script))


def test_the_first_stop_skips_to_the_content(visitor: Visitor) -> None:
    visitor.open("/")
    tab_to(visitor.page, "Skip to the content")
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator("#main")).to_be_focused()


def test_signing_in_needs_no_mouse(visitor: Visitor) -> None:
    page = visitor.page
    name, password = visitor.site.accounts["analyst"]
    visitor.open("/")
    tab_to(page, "Sign in")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    tab_to(page, "Account name")
    page.keyboard.type(name)
    tab_to(page, "Password")
    page.keyboard.type(password)
    tab_to(page, "Sign in")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Transfers")).to_be_visible()
    visitor.look("transfers")


def test_a_wrong_password_says_so_without_saying_which_was_wrong(
    visitor: Visitor,
) -> None:
    page = visitor.page
    visitor.open("/sign-in/")
    page.get_by_label("Account name").fill("nobody")
    page.get_by_label("Password").fill("wrong horse battery staple")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("do not go together")
    expect(page.get_by_label("Account name")).to_have_value("nobody")
    visitor.look("sign-in-again")
