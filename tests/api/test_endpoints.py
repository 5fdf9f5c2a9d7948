"""What a partner sends and gets."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import override_settings
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient
from rest_framework.throttling import UserRateThrottle

from screening import services
from screening.models import Screening, Transfer, User
from tests.api.conftest import ClientOf
from tests.factories import make_draft, make_transfer, make_un_embargo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]

TODAY = timezone.now().date()
BODY: dict[str, Any] = {
    "exporter": "United Kingdom",
    "recipient": "Saudi Arabia",
    "end_user": "Royal Saudi Air Force",
    "items": [{"item": "Guided bomb", "quantity": 500}],
    "end_use_place": "YEM",
    "on": "2019-06-20",
}


@pytest.fixture
def client(partner: User, client_of: ClientOf) -> APIClient:
    return client_of(partner)


def test_screen_answers_with_the_verdict_and_stores_nothing(client: APIClient) -> None:
    response = client.post("/api/v1/screen", BODY, format="json")

    assert response.status_code == 200
    found = response.json()
    assert found["verdict"] in {"PROHIBITED", "REFUSE", "HIGH", "ELEVATED"}
    assert found["as_of"] == found["known_at"] == "2019-06-20"
    assert not Transfer.objects.exists()


def test_known_at_decides_what_is_known(client: APIClient) -> None:
    make_un_embargo("UN-SSD-2018", "SSD", date(2018, 7, 13))
    body = {**BODY, "recipient": "SSD", "end_user": "", "on": "2018-07-14"}

    then = client.post(
        "/api/v1/screen", {**body, "known_at": "2018-07-12"}, format="json"
    )
    now = client.post("/api/v1/screen", body, format="json")

    assert then.json()["verdict"] != "PROHIBITED"
    assert now.json()["verdict"] == "PROHIBITED"


def test_a_transfer_is_stored_with_its_screening(client: APIClient) -> None:
    response = client.post("/api/v1/transfers", BODY, format="json")

    assert response.status_code == 201
    made = response.json()
    assert made["transfer"]["reference"] == "2019-0001"
    assert made["transfer"]["force"] == "SAU-RSAF"
    assert made["transfer"]["latest_verdict"] == made["screening"]["verdict"]
    assert made["screening"]["explanation"]["findings"]


def test_a_second_screening_stands_beside_the_first(client: APIClient) -> None:
    client.post("/api/v1/transfers", BODY, format="json")

    url = "/api/v1/transfers/2019-0001/screenings"
    response = client.post(url, {"as_of": "2016-03-01"}, format="json")

    assert response.status_code == 201
    assert response.json()["known_at"] == "2016-03-01"
    days = [s["as_of"] for s in client.get(url).json()["results"]]
    assert days == ["2016-03-01", "2019-06-20"]


def test_errors_are_told_by_field_and_nothing_is_stored(client: APIClient) -> None:
    body = {**BODY, "recipient": "Yemen", "on": "2099-01-01", "items": []}

    response = client.post("/api/v1/transfers", body, format="json")

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == 400
    assert set(problem["errors"]) == {"end_user", "on", "items"}
    assert "belongs to Saudi Arabia" in problem["errors"]["end_user"][0]
    assert not Transfer.objects.exists()
    assert not Screening.objects.exists()


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        ("{", "application/json", 400),
        ("[]", "application/json", 400),
        ("a=b", "application/x-www-form-urlencoded", 415),
        ('"' + "x" * (1024 * 1024) + '"', "application/json", 413),
        ('{"on": "2019-06-20", "known_at": 5}', "application/json", 400),
    ],
)
def test_a_body_that_cannot_be_read_is_a_problem_in_the_same_shape(
    client: APIClient, body: str, content_type: str, status: int
) -> None:
    response = client.generic("POST", "/api/v1/screen", body, content_type)

    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert set(response.json()) >= {"type", "title", "status", "detail"}


@pytest.mark.parametrize(
    "path", ["/api/v1/nothing", "/api/v1/transfers/2019-9999", "/api/v1/states/QQQ"]
)
def test_what_is_not_there_is_a_problem_in_the_same_shape(
    client: APIClient, path: str
) -> None:
    response = client.get(path)

    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/api/v1/states/GBR?as_of=yesterday", "as_of"),
        ("/api/v1/states/GBR?as_of=2099-01-01", "as_of"),
        ("/api/v1/states/GBR?known_at=2099-01-01", "known_at"),
        ("/api/v1/transfers?colour=red", "colour"),
        ("/api/v1/transfers?exporter=Narnia", "exporter"),
        ("/api/v1/transfers?recipient=Narnia", "recipient"),
        ("/api/v1/transfers?verdict=zzz", "verdict"),
        (f"/api/v1/transfers?text={'x' * 301}", "text"),
        ("/api/v1/transfers?cursor=zzz", "cursor"),
        ("/api/v1/transfers?cursor=cD1hYmM=", "cursor"),
        ("/api/v1/transfers?page_size=many", "page_size"),
        ("/api/v1/screenings?page_size=0", "page_size"),
        ("/api/v1/screenings?page_size=201", "page_size"),
        ("/api/v1/screenings?colour=red", "colour"),
        ("/api/v1/states?colour=red", "colour"),
        ("/api/v1/states/SAU?foo=1", "foo"),
    ],
)
def test_a_query_that_cannot_be_used_names_the_parameter(
    client: APIClient, path: str, field: str
) -> None:
    response = client.get(path)

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    (says,) = response.json()["errors"][field]
    assert says.endswith((".", "?"))


def test_lists_page_by_cursor_without_loss(client: APIClient, partner: User) -> None:
    made = {make_transfer(partner).reference for _ in range(5)}

    page, seen = client.get("/api/v1/transfers?page_size=2").json(), set()
    while True:
        seen |= {t["reference"] for t in page["results"]}
        if not page["next"]:
            break
        page = client.get(page["next"]).json()

    assert seen == made


def test_a_list_is_narrowed_by_what_is_asked(client: APIClient, partner: User) -> None:
    make_transfer(partner, recipient="YEM")
    services.propose_transfer(make_draft(), by=partner, today=TODAY)

    def asked(query: str) -> list[str]:
        found = client.get(f"/api/v1/transfers?{query}").json()["results"]
        return [t["recipient"] for t in found]

    assert asked("recipient=YEM") == ["YEM"]
    assert asked("text=Royal") == ["SAU"]
    assert asked("exporter=Yemen") == []
    assert asked("exporter=&verdict=") == ["SAU", "YEM"]
    assert asked("exporter=United+Kingdom&verdict=low") == []


@pytest.mark.parametrize("path", ["/api/v1/transfers", "/api/v1/screenings"])
def test_a_list_costs_the_same_queries_however_long(
    client: APIClient,
    partner: User,
    path: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(7):
        services.propose_transfer(make_draft(), by=partner, today=TODAY)

    with django_assert_max_num_queries(4):
        assert len(client.get(path).json()["results"]) == 7


def test_states_say_what_is_held(visitor: APIClient) -> None:
    states = visitor.get("/api/v1/states").json()

    assert {"GBR", "SAU", "SSD", "YEM"} <= {state["iso3"] for state in states}


def test_too_many_calls_are_told_to_wait(
    client: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(UserRateThrottle, "rate", "2/min", raising=False)

    answers = [client.get("/api/v1/transfers") for _ in range(3)]

    assert [a.status_code for a in answers] == [200, 200, 429]
    assert int(answers[2]["Retry-After"]) > 0
    assert answers[2]["Content-Type"] == "application/problem+json"


@override_settings(DEBUG=False)
def test_a_bug_is_not_told_to_the_caller(
    client: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        message = "a secret of the database"
        raise RuntimeError(message)

    monkeypatch.setattr(services, "preview", fail)
    client.raise_request_exception = False

    response = client.post("/api/v1/screen", BODY, format="json")

    assert response.status_code == 500
    assert "secret" not in response.content.decode()
