"""Each role at each endpoint, two organisations, and no token: refused by default."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import get_resolver
from django.utils import timezone
from knox.models import AuthToken
from rest_framework.test import APIClient

from screening import services
from screening.api import urls
from screening.models import Role, Screening, User
from tests.api.conftest import ClientOf
from tests.factories import PASSWORD, make_draft, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]

TODAY = timezone.now().date()
BODY: dict[str, Any] = {
    "exporter": "GBR",
    "recipient": "SAU",
    "items": [{"item": "SALW"}],
    "on": "2019-06-20",
}
WRITERS = {Role.ANALYST, Role.REVIEWER, Role.PARTNER}
EVERYBODY = set(Role)
# What each may be answered with: the roles for which the call goes through.
ENDPOINTS: dict[tuple[str, str], tuple[dict[str, Any] | None, set[Role]]] = {
    ("post", "/api/v1/screen"): (BODY, WRITERS | {Role.ADMINISTRATOR}),
    ("get", "/api/v1/transfers"): (None, EVERYBODY),
    ("post", "/api/v1/transfers"): (BODY, WRITERS),
    ("get", "/api/v1/transfers/{reference}"): (None, EVERYBODY),
    ("get", "/api/v1/transfers/{reference}/screenings"): (None, EVERYBODY),
    ("post", "/api/v1/transfers/{reference}/screenings"): (
        {},
        WRITERS | {Role.ADMINISTRATOR},
    ),
    ("get", "/api/v1/screenings"): (None, EVERYBODY),
    ("get", "/api/v1/screenings/{pk}"): (None, EVERYBODY),
}
OPEN = ["/api/v1/states", "/api/v1/states/GBR"]


@pytest.fixture
def screening(analyst: User) -> Screening:
    return services.propose_transfer(make_draft(), by=analyst, today=TODAY)


def call(client: APIClient, method: str, path: str, at: Screening) -> Any:
    body, _ = ENDPOINTS[method, path]
    url = path.format(reference=at.transfer.reference, pk=at.pk)
    return getattr(client, method)(url, body, format="json")


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(("method", "path"), ENDPOINTS)
def test_a_role_passes_where_its_row_says_and_nowhere_else(
    method: str, path: str, role: Role, screening: Screening, client_of: ClientOf
) -> None:
    response = call(client_of(make_user(role)), method, path, screening)

    expected = {200, 201} if role in ENDPOINTS[method, path][1] else {403}
    assert response.status_code in expected


@pytest.mark.parametrize(("method", "path"), ENDPOINTS)
def test_without_a_token_every_endpoint_answers_401(
    method: str, path: str, screening: Screening, visitor: APIClient
) -> None:
    response = call(visitor, method, path, screening)

    assert response.status_code == 401
    assert response["Content-Type"] == "application/problem+json"
    assert response["WWW-Authenticate"] == "Token"


@pytest.mark.parametrize(("method", "path"), ENDPOINTS)
def test_an_account_without_a_role_is_refused_everywhere(
    method: str, path: str, screening: Screening, client_of: ClientOf
) -> None:
    response = call(client_of(make_user("")), method, path, screening)

    assert response.status_code == 403


@pytest.mark.parametrize(
    ("method", "path"), [key for key in ENDPOINTS if "{" in key[1]]
)
def test_what_another_organisation_has_is_not_even_there(
    method: str,
    path: str,
    screening: Screening,
    stranger: User,
    client_of: ClientOf,
) -> None:
    response = call(client_of(stranger), method, path, screening)

    assert response.status_code == 404
    assert Screening.objects.count() == 1


@pytest.mark.parametrize("path", ["/api/v1/transfers", "/api/v1/screenings"])
def test_lists_hold_nothing_of_another_organisation(
    path: str, screening: Screening, stranger: User, client_of: ClientOf
) -> None:
    assert client_of(stranger).get(path).json()["results"] == []


@pytest.mark.parametrize("path", OPEN)
def test_states_are_open_to_all(path: str, visitor: APIClient) -> None:
    assert visitor.get(path).status_code == 200


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
@pytest.mark.parametrize("path", sorted({path for _, path in ENDPOINTS}))
def test_nothing_can_be_changed_or_deleted(
    method: str, path: str, screening: Screening, analyst: User, client_of: ClientOf
) -> None:
    url = path.format(reference=screening.transfer.reference, pk=screening.pk)

    response = getattr(client_of(analyst), method)(url, {}, format="json")

    assert response.status_code in {403, 405}


def test_every_endpoint_is_in_this_test() -> None:
    tested = {path.replace("/api/v1/", "") for _, path in ENDPOINTS}
    tested |= {"states", "states/{iso3}"}
    served = {str(pattern.pattern) for pattern in urls.urlpatterns}

    names = {
        "<str:reference>": "{reference}",
        "<int:pk>": "{pk}",
        "<str:iso3>": "{iso3}",
    }
    for written, name in names.items():
        served = {path.replace(written, name) for path in served}
    assert served - {"^"} == tested
    assert get_resolver().resolve("/api/v1/screen")


def test_a_token_that_ran_out_is_refused(analyst: User, visitor: APIClient) -> None:
    _, token = AuthToken.objects.create(analyst, expiry=timedelta(seconds=-1))
    visitor.credentials(HTTP_AUTHORIZATION=f"Token {token}")

    assert visitor.get("/api/v1/transfers").status_code == 401


def test_a_token_is_stored_only_as_a_hash(analyst: User) -> None:
    stored, token = AuthToken.objects.create(analyst)

    assert token not in {stored.digest, stored.token_key}


def test_a_session_does_as_well_as_a_token(analyst: User, visitor: APIClient) -> None:
    visitor.force_login(analyst)

    assert visitor.get("/api/v1/transfers").status_code == 200


def test_a_session_needs_its_csrf_token_to_write(analyst: User) -> None:
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(analyst)

    response = client.post("/api/v1/transfers", BODY, format="json")

    assert response.status_code == 403
    assert PASSWORD not in response.content.decode()
