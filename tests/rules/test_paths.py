"""The YAML cases by the two ways in that people use: the API and the browser's form."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from knox.models import AuthToken

from screening.models import Screening, User, Verdict
from tests.rules.cases import RuleCase, all_cases, failures

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_facts")]
SCALE = "|".join(Verdict.values)
UNKNOWN = {"end_user_kind": "UNKNOWN", "end_use": "UNKNOWN", "activity": "EXPORT"}


@pytest.fixture(autouse=True)
def _no_throttle_left_over() -> None:
    cache.clear()


@pytest.mark.parametrize("case", all_cases(), ids=str)
def test_the_api_answers_what_the_case_expects(case: RuleCase, partner: User) -> None:
    _, token = AuthToken.objects.create(partner)

    answer = Client().post(
        "/api/v1/screen",
        {**case.typed, "known_at": case.on.isoformat()},
        content_type="application/json",
        headers={"authorization": f"Token {token}"},
    )

    assert answer.status_code == 200, answer.json()
    assert not failures(case, answer.json())


@pytest.mark.parametrize("case", all_cases(), ids=str)
def test_the_form_previews_and_stores_what_the_case_expects(
    case: RuleCase, analyst: User
) -> None:
    client, fields = Client(), form_fields(case.typed)
    client.force_login(analyst, backend="django.contrib.auth.backends.ModelBackend")

    preview = client.post("/transfers/preview/", fields)
    saved = client.post("/transfers/propose/", {**fields, "step": "save"}, follow=True)

    stored = Screening.objects.get()
    assert not failures(case, stored.explanation)
    assert verdict_word(preview.content.decode()) == stored.verdict
    assert verdict_word(saved.content.decode()) == stored.verdict


def form_fields(typed: dict[str, Any]) -> dict[str, str]:
    """What the browser would send for a case: its item is the first line."""
    stated = {name: str(value) for name, value in typed.items() if name != "items"}
    return {
        **UNKNOWN,
        **stated,
        "items-TOTAL_FORMS": "1",
        "items-INITIAL_FORMS": "0",
        "items-0-item": str(typed["items"]),
        "items-0-quantity": "",
    }


def verdict_word(html: str) -> str:
    """The first verdict that a page shows."""
    found = re.search(rf"<span>({SCALE})</span>", html)
    return found[1] if found else html
