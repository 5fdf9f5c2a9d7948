"""Every page: no inline script or style, nothing from elsewhere, escaped names."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from screening.models import Transfer
from tests.factories import correct_fact
from tests.web.conftest import HOSTILE
from tests.web.test_access import OPEN
from treaties.models import Force, State

PRIVATE = ["/transfers/", "/transfers/propose/", "/runs/"]
LOADS = {"script": "src", "img": "src", "link": "href", "iframe": "src"}


class Reader(HTMLParser):
    """Collects what the content-security policy would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.troubles: list[str] = []
        self.ids: list[str] = []
        self.h1 = 0
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.h1 += tag == "h1"
        self._in_script = tag == "script"
        if tag == "style" or "style" in values:
            self.troubles.append(f"inline style in <{tag}>")
        self.troubles += [f"{n} in <{tag}>" for n in values if n.startswith("on")]
        address = values.get(LOADS.get(tag, ""), "") or ""
        if re.match(r"https?:|//", address):
            self.troubles.append(f"<{tag}> loads {address}")
        if values.get("id"):
            self.ids.append(str(values["id"]))

    def handle_data(self, data: str) -> None:
        if self._in_script and data.strip():
            self.troubles.append("inline script")
        self._in_script = False


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


@pytest.mark.parametrize("path", [*OPEN, *PRIVATE])
def test_a_page_has_no_inline_code_and_loads_nothing_from_elsewhere(
    at_analyst: Client, path: str
) -> None:
    answer = at_analyst.get(path, follow=True)
    reader = read(answer.content.decode())
    assert reader.troubles == []
    assert len(reader.ids) == len(set(reader.ids))
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize("path", [p for p in OPEN + PRIVATE if "search" not in p])
def test_a_page_says_what_it_is(at_analyst: Client, path: str) -> None:
    html = at_analyst.get(path, follow=True).content.decode()
    assert read(html).h1 == 1
    assert re.search(r"<title>\S.* · MSP</title>", html)
    assert '<meta name="description" content="' in html
    assert "Not legal advice; Article 6(3) needs human confirmation" in html
    assert 'href="#main"' in html


def test_names_from_the_facts_are_never_markup(
    at_analyst: Client, transfer: Transfer
) -> None:
    correct_fact(State.objects.get(iso3="SAU"), name=HOSTILE)
    correct_fact(Force.objects.get(key="SAU-RSAF"), name=HOSTILE)
    for path in (
        "/countries/",
        "/countries/SAU/",
        "/forces/SAU-RSAF/",
        "/transfers/",
        "/transfers/propose/",
        "/search/states/?q=script",
        "/search/forces/?q=script&state=SAU",
    ):
        html = at_analyst.get(path).content.decode()
        assert HOSTILE not in html
        assert "&lt;script&gt;" in html, path


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_error_pages_have_the_same_sheet_and_no_inline_code(name: str) -> None:
    from django.template.loader import render_to_string

    html = render_to_string(f"{name}.html")
    reader = read(html)
    assert reader.troubles == []
    assert reader.h1 == 1
    assert "css/msp.css" in html
