"""A partner asks over HTTP and gets the verdict that the page shows."""

import json
import urllib.error
import urllib.request
from typing import Any

import pytest

from tests.journeys.conftest import Site

PAVEWAY = {
    "exporter": "United Kingdom",
    "recipient": "Saudi Arabia",
    "end_user": "Royal Saudi Air Force",
    "items": [{"item": "Paveway IV"}],
    "end_use_place": "Yemen",
    "on": "2019-06-20",
}


def ask(site: Site, path: str, body: object = None, *, token: str = "") -> Any:
    """The status and the JSON of the answer."""
    request = urllib.request.Request(  # noqa: S310
        site.url + path,
        None if body is None else json.dumps(body).encode(),
        {"Content-Type": "application/json"},
    )
    if token:
        request.add_header("Authorization", f"Token {token}")
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            kind = error.headers["Content-Type"]
            assert kind.startswith("application/problem+json"), kind
            return error.code, json.load(error)


def test_a_token_gets_the_verdict_with_its_reasons(site: Site) -> None:
    status, told = ask(site, "/api/v1/screen", PAVEWAY, token=site.token)
    assert status == 200
    assert told["verdict"] == "REFUSE"
    article = next(f for f in told["findings"] if f["criterion"] == "att-7.1b-i")
    assert article["evidence"][0]["publisher"]
    assert told["as_of"] == told["known_at"] == "2019-06-20"
    assert "not legal advice" in told["disclaimer"].lower()


def test_without_a_token_only_the_states_are_open(site: Site) -> None:
    assert ask(site, "/api/v1/states")[0] == 200
    assert ask(site, "/api/v1/screen", PAVEWAY)[0] in (401, 403)


@pytest.mark.parametrize("path", ["transfers", "screenings", "states"])
def test_a_partner_reads_lists(path: str, site: Site) -> None:
    status, _answer = ask(site, f"/api/v1/{path}", token=site.token)
    assert status == 200


def test_errors_are_named_by_field(site: Site) -> None:
    mistaken = {**PAVEWAY, "exporter": "Atlantis", "on": "2099-01-01"}
    status, problem = ask(site, "/api/v1/screen", mistaken, token=site.token)
    assert status == 400
    assert {"exporter", "on"} <= problem["errors"].keys()
    assert "Atlantis" in problem["errors"]["exporter"][0]


def test_the_api_describes_itself(site: Site) -> None:
    request = urllib.request.Request(  # noqa: S310
        f"{site.url}/api/schema/",
        headers={"Accept": "application/vnd.oai.openapi+json"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        schema = json.load(answer)
    assert schema["openapi"].startswith("3.1")
    assert "/api/v1/screen" in schema["paths"]
