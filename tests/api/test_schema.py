"""The OpenAPI schema is complete, valid, and tells what the API answers."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from jsonschema import Draft202012Validator
from rest_framework.test import APIClient

from screening import services
from screening.intake import FIELDS
from screening.models import User
from tests.api.conftest import ClientOf
from tests.factories import make_draft

OPERATIONS = {
    "screen",
    "list_transfers",
    "propose_transfer",
    "get_transfer",
    "list_screenings_of_transfer",
    "screen_transfer",
    "list_screenings",
    "get_screening",
    "list_states",
    "get_state",
}


@pytest.fixture(scope="module")
def schema() -> Any:
    out = StringIO()
    call_command("spectacular", format="openapi-json", stdout=out)
    return json.loads(out.getvalue())


def test_the_schema_is_openapi_3_1_and_made_without_a_warning(schema: Any) -> None:
    assert schema["openapi"] == "3.1.0"
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=StringIO())


def test_the_schema_names_every_operation(schema: Any) -> None:
    named = {
        operation["operationId"]
        for path in schema["paths"].values()
        for operation in path.values()
    }

    assert named == OPERATIONS


def test_a_proposal_in_the_schema_has_the_fields_that_intake_reads(schema: Any) -> None:
    shape = schema["components"]["schemas"]["TransferInput"]

    assert set(shape["properties"]) == set(FIELDS)
    assert set(shape["required"]) == {"exporter", "recipient", "items", "on"}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/api/schema/", "/api/docs/"])
def test_schema_and_documentation_are_open_to_all(path: str) -> None:
    assert APIClient().get(path).status_code == 200


@pytest.mark.django_db
@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("/api/v1/transfers", "/api/v1/transfers"),
        ("/api/v1/transfers/{reference}", "/api/v1/transfers/2019-0001"),
        (
            "/api/v1/transfers/{reference}/screenings",
            "/api/v1/transfers/2019-0001/screenings",
        ),
        ("/api/v1/screenings", "/api/v1/screenings"),
        ("/api/v1/states", "/api/v1/states"),
        ("/api/v1/states/{iso3}", "/api/v1/states/GBR"),
    ],
)
def test_what_is_answered_fits_the_schema(
    schema: Any, path: str, url: str, partner: User, client_of: ClientOf
) -> None:
    services.propose_transfer(make_draft(), by=partner, today=date(2026, 11, 24))

    answer = client_of(partner).get(url).json()

    ok = schema["paths"][path]["get"]["responses"]["200"]
    shape = ok["content"]["application/json"]["schema"]
    Draft202012Validator({**shape, "components": schema["components"]}).validate(answer)


@pytest.mark.django_db
@pytest.mark.usefixtures("world")
def test_an_explanation_fits_the_schema(
    schema: Any, partner: User, client_of: ClientOf
) -> None:
    body = {"exporter": "GBR", "recipient": "SAU", "items": [{"item": "SALW"}]}

    answer = client_of(partner).post(
        "/api/v1/screen", {**body, "on": "2019-06-20"}, format="json"
    )

    shape = schema["components"]["schemas"]["ExplanationOutput"]
    whole = {**shape, "components": schema["components"]}
    Draft202012Validator(whole).validate(answer.json())
    assert set(shape["required"]) == set(answer.json())
