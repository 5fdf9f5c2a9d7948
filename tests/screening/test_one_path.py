"""Form, API and CSV, one by one or in bulk: the same transfer, the same verdict."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from screening import services
from screening.bridge import Question, answer_to, answers_to
from screening.intake import drafts_from_csv, read_draft
from screening.models import Screening, User
from tests.factories import make_transfer, make_un_embargo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]

TODAY = date(2026, 11, 24)
TYPED = {
    "exporter": "United Kingdom",
    "recipient": "South Sudan",
    "end_use": "TERRITORIAL_DEFENCE",
    "on": "2018-07-13",
}
ITEM, QUANTITY = "Small arms and light weapons", "40"


@pytest.fixture(autouse=True)
def _embargo() -> None:
    make_un_embargo("UN-SSD-2018", "SSD", date(2018, 7, 13))


def by_form(analyst: User) -> Screening:
    browser = Client()
    browser.force_login(analyst)
    lines = {
        "items-TOTAL_FORMS": "1",
        "items-INITIAL_FORMS": "0",
        "items-0-item": ITEM,
        "items-0-quantity": QUANTITY,
    }
    url = reverse("transfer-propose")
    response = browser.post(url, {**TYPED, **lines, "step": "save"})
    assert response.status_code == 302, response.content.decode()[:3000]
    return Screening.objects.latest("pk")


def by_api(analyst: User) -> Screening:
    client = APIClient()
    client.force_authenticate(analyst)
    body = {**TYPED, "items": [{"item": ITEM, "quantity": int(QUANTITY)}]}
    response = client.post("/api/v1/transfers", body, format="json")
    assert response.status_code == 201, response.content
    return Screening.objects.latest("pk")


def by_csv(analyst: User) -> Screening:
    header = ",".join([*TYPED, "item", "quantity"])
    row = ",".join([*TYPED.values(), ITEM, QUANTITY])
    file = BytesIO(f"{header}\n{row}\n".encode())
    table = drafts_from_csv(file, today=TODAY)
    assert not table.errors
    (read,) = table.drafts
    return services.propose_transfer(read.draft, by=analyst, today=TODAY)


def test_form_api_and_csv_give_the_same_verdict_for_the_same_reasons(
    analyst: User,
) -> None:
    screenings = [way(analyst) for way in (by_form, by_api, by_csv)]

    first = screenings[0].explanation
    assert first["verdict"] == "PROHIBITED"
    assert all(screening.explanation == first for screening in screenings)
    stored = [s.transfer.items.get() for s in screenings]
    assert {(i.item, i.quantity) for i in stored} == {("SALW", 40)}


def test_a_draft_and_the_transfer_stored_from_it_are_answered_alike(
    analyst: User,
) -> None:
    data: dict[str, Any] = {**TYPED, "items": [ITEM]}
    draft = read_draft(data, today=TODAY)
    transfer = services.submit_transfer(draft, by=analyst)

    days = {"as_of": draft.on, "known_at": TODAY}
    assert answer_to(transfer, **days) == answer_to(draft, **days)


def test_many_transfers_in_one_table_are_answered_as_each_alone(
    analyst: User,
) -> None:
    recipients = ["SSD", "SAU", "YEM", "SSD"]
    transfers = [
        make_transfer(analyst, recipient=recipient, items=("SALW", "BOMB_GUIDED"))
        for recipient in recipients
    ]
    asked = [Question(t, date(2019, 6, 20), TODAY) for t in transfers]

    together = answers_to(asked)

    for question in asked:
        assert together[question.number] == answers_to([question])[question.number]
