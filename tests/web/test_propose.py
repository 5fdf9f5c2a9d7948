"""Propose a transfer, without JavaScript: plain forms, errors beside their fields."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from screening.models import Screening, Transfer
from tests.web.conftest import HOSTILE

PATH = "/transfers/propose/"
GOOD = {
    "exporter": "United Kingdom",
    "recipient": "Saudi Arabia",
    "end_user": "Royal Saudi Air Force",
    "end_user_kind": "UNKNOWN",
    "end_use": "EXTERNAL_OPERATION",
    "end_use_place": "Yemen",
    "activity": "EXPORT",
    "on": "2019-06-20",
    "items-TOTAL_FORMS": "1",
    "items-INITIAL_FORMS": "0",
    "items-0-item": "Guided bomb",
    "items-0-quantity": "500",
}


def body(client: Client, **changes: Any) -> str:
    return client.post(PATH, {**GOOD, **changes}).content.decode()


def field(html: str, name: str) -> str:
    """The block of one field, with its label, error and input."""
    found = re.search(
        rf'<div class="field[^"]*">\s*<label for="id_{name}".*?</div>', html, re.DOTALL
    )
    assert found, f"there is no field {name}"
    return found[0]


def test_check_shows_what_was_understood_and_the_verdict(at_analyst: Client) -> None:
    html = body(at_analyst, step="check")
    assert "Check your answers" in html
    assert "500 Guided bomb" in html
    assert "20 June 2019" in html
    assert "not known" in html
    assert 'class="verdict' in html
    assert Transfer.objects.count() == 0


def test_save_stores_the_transfer_with_its_screening(at_analyst: Client) -> None:
    answer = at_analyst.post(PATH, {**GOOD, "step": "save"}, follow=True)
    screening = Screening.objects.get()
    assert answer.redirect_chain == [(f"/screenings/{screening.pk}/", 302)]
    html = answer.content.decode()
    assert f"Saved as transfer {screening.transfer.reference}" in html
    assert "500 Guided bomb" in html
    assert screening.as_of == screening.known_at == screening.transfer.proposed_on


@pytest.mark.parametrize(
    ("changes", "name", "says"),
    [
        ({"exporter": "Atlantis"}, "exporter", "Atlantis"),
        ({"recipient": ""}, "recipient", "This is empty"),
        ({"recipient": "Yemen"}, "end_user", "Saudi Arabia"),
        ({"on": "2019-13-45"}, "on", "This is no day"),
        ({"on": "2400-01-01"}, "on", "two years ahead"),
        ({"items-0-item": "flying carpet"}, "items-0-item", "flying carpet"),
        ({"items-0-quantity": "-5"}, "items-0-quantity", "-5"),
        ({"items-0-quantity": "many"}, "items-0-quantity", "whole number"),
    ],
)
def test_an_error_stands_beside_its_field_and_what_was_typed_is_kept(
    at_analyst: Client, changes: dict[str, str], name: str, says: str
) -> None:
    html = body(at_analyst, step="save", **changes)
    block = field(html, name)
    assert "has-error" in block
    assert says in block
    assert 'aria-invalid="true"' in block
    assert f'href="#id_{name}"' in html
    kept = {**GOOD, **changes}
    for key in ("exporter", "end_user", "items-0-item"):
        if kept[key]:
            assert f'value="{kept[key]}"' in field(html, key)
    assert Transfer.objects.count() == 0


def test_the_summary_names_every_error(at_analyst: Client) -> None:
    html = body(at_analyst, step="check", exporter="", recipient="")
    assert "2 things need mending" in html
    assert html.count('<li><a href="#id_') == 2
    assert "<title>Error: Propose a transfer" in html


def test_an_error_on_the_second_filled_line_stands_on_that_line(
    at_analyst: Client,
) -> None:
    lines = {
        "items-TOTAL_FORMS": "3",
        "items-1-item": "",
        "items-2-item": "flying carpet",
    }
    html = body(at_analyst, step="check", **lines)
    assert "flying carpet" in field(html, "items-2-item")
    assert "has-error" in field(html, "items-2-item")
    assert "has-error" not in field(html, "items-0-item")


def test_a_line_is_added_and_removed_by_the_server(at_analyst: Client) -> None:
    html = body(at_analyst, step="add-line", exporter="Atlantis")
    assert 'name="items-1-item"' in html
    assert 'value="500"' in field(html, "items-0-quantity")
    assert 'value="Atlantis"' in field(html, "exporter")
    assert "has-error" not in html
    lines = {"items-TOTAL_FORMS": "2", "items-1-item": "Small arms"}
    html = body(at_analyst, step="remove-line-0", **lines)
    assert 'value="Small arms"' in field(html, "items-0-item")
    assert 'name="items-1-item"' not in html


def test_a_misspelt_name_is_mended_by_one_press(at_analyst: Client) -> None:
    html = body(at_analyst, step="check", exporter="Untied Kingdom")
    offered = re.search(r'value="(pick:exporter:[^"]+)"', html)
    assert offered
    html = body(at_analyst, step=offered[1], exporter="Untied Kingdom")
    assert 'value="United Kingdom"' in field(html, "exporter")


def test_changing_an_answer_keeps_the_others(at_analyst: Client) -> None:
    html = body(at_analyst, step="edit")
    assert 'value="Royal Saudi Air Force"' in field(html, "end_user")
    assert 'value="2019-06-20"' in field(html, "on")


def test_a_link_fills_the_form(at_analyst: Client) -> None:
    html = at_analyst.get(f"{PATH}?recipient=Saudi+Arabia&item=SALW").content.decode()
    assert 'value="Saudi Arabia"' in field(html, "recipient")
    assert 'value="SALW"' in field(html, "items-0-item")


def test_the_preview_stores_nothing_and_says_what_is_missing(
    at_analyst: Client,
) -> None:
    answer = at_analyst.post("/transfers/preview/", {**GOOD, "recipient": ""})
    assert "Receiving state" in answer.content.decode()
    answer = at_analyst.post("/transfers/preview/", GOOD)
    html = answer.content.decode()
    assert 'class="verdict' in html
    assert "<html" not in html
    assert "As of 20 June 2019" in html
    assert Transfer.objects.count() == 0


def test_what_was_typed_is_never_markup(at_analyst: Client) -> None:
    for step in ("check", "add-line"):
        html = body(at_analyst, step=step, exporter=HOSTILE, note=HOSTILE, end_user="")
        assert HOSTILE not in html
        assert "&lt;script&gt;" in html


def test_a_form_without_its_line_count_is_an_error_not_a_crash(
    at_analyst: Client,
) -> None:
    broken = {k: v for k, v in GOOD.items() if not k.startswith("items-")}
    answer = at_analyst.post(PATH, {**broken, "step": "check"})
    assert answer.status_code == 200
    assert "This is empty" in answer.content.decode()
