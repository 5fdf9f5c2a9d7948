"""Signing in and out."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from screening.models import User
from tests.factories import PASSWORD

PATH = "/sign-in/"


def test_the_right_password_leads_back_to_where_one_was_going(
    visitor: Client, analyst: User
) -> None:
    answers = {"username": analyst.username, "password": PASSWORD}
    answer = visitor.post(PATH, {**answers, "next": "/runs/"})
    assert answer.status_code == 302
    assert answer["Location"] == "/runs/"


def test_nobody_is_led_to_another_site(visitor: Client, analyst: User) -> None:
    answers = {"username": analyst.username, "password": PASSWORD}
    answer = visitor.post(PATH, {**answers, "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/transfers/"


@pytest.mark.parametrize("username", ["alice", "nobody"])
def test_a_wrong_password_and_an_unknown_name_get_the_same_words(
    visitor: Client, analyst: User, username: str
) -> None:
    answer = visitor.post(PATH, {"username": username, "password": "wrong"})
    html = answer.content.decode()
    assert "do not go together" in html
    assert f'value="{username}"' in html
    assert "wrong" not in html.split("<form")[1].split("</form>")[0]


def test_many_wrong_passwords_are_answered_with_a_page_of_ours(
    visitor: Client, analyst: User
) -> None:
    wrong = {"username": analyst.username, "password": "wrong"}
    for _ in range(int(settings.AXES_FAILURE_LIMIT) - 1):
        assert visitor.post(PATH, wrong).status_code == 200
    answer = visitor.post(PATH, wrong)
    assert answer.status_code == 429
    assert "Too many wrong attempts" in answer.content.decode()


def test_signing_out_is_a_post(at_analyst: Client) -> None:
    assert at_analyst.get("/sign-out/").status_code == 405
    assert at_analyst.post("/sign-out/").status_code == 302
    assert at_analyst.get("/transfers/").status_code == 302


def test_a_form_from_elsewhere_is_refused_with_a_page_of_ours(analyst: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(PATH, {"username": "alice", "password": PASSWORD})
    assert answer.status_code == 403
    assert "The form has expired" in answer.content.decode()
