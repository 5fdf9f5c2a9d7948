"""What is too long, too much or no text at all is refused before any work is done."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db.models import CharField
from rest_framework.test import APIClient

from screening.intake import InvalidTransfer, read_draft
from screening.models import Transfer, TransferItem, User
from tests.api.conftest import ClientOf
from tests.factories import make_state, make_un_embargo
from tests.screening.test_intake import GOOD, TODAY
from treaties.models import Force

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
PROPOSE = "/api/v1/transfers"
SCREEN = "/api/v1/screen"


@pytest.fixture
def client(partner: User, client_of: ClientOf) -> APIClient:
    return client_of(partner)


@pytest.fixture
def many_states() -> list[str]:
    """Codes of 21 states, one more than a list may name."""
    codes = [f"Q{a}{b}" for a in "ABC" for b in "ABCDEFG"]
    for code in codes:
        make_state(code, f"State {code} of the many")
    return codes


def sent(client: APIClient, path: str, **changes: Any) -> Any:
    return client.post(path, {**GOOD, **changes}, format="json")


@pytest.mark.parametrize("name", ["brokers", "transit"])
@pytest.mark.parametrize("joined", [None, "; ", ", "])
def test_twenty_states_fit_and_one_more_is_refused_with_a_sentence(
    client: APIClient, many_states: list[str], name: str, joined: str | None
) -> None:
    def listed(codes: list[str]) -> Any:
        return codes if joined is None else joined.join(codes)

    fits = sent(client, PROPOSE, **{name: listed(many_states[:20])})
    over = sent(client, PROPOSE, **{name: listed(many_states)})

    assert fits.status_code == 201, fits.json()
    assert len(fits.json()["transfer"][name]) == 20
    assert over.status_code == 400
    assert "There are 21 states; the most is 20." in over.json()["errors"][name][0]


def test_a_long_list_of_long_names_fits_the_field_of_a_form(
    many_states: list[str],
) -> None:
    names = ", ".join(f"State {code} of the many" for code in many_states[:20])

    assert len(read_draft({**GOOD, "transit": names}, today=TODAY).transit) == 20


def test_twenty_approvals_fit_and_one_more_is_refused(client: APIClient) -> None:
    keys = [f"UN-SSD-{n}" for n in range(2000, 2021)]
    for key in keys:
        make_un_embargo(key, "SSD", TODAY)

    fits = sent(client, PROPOSE, approvals=keys[:20])
    over = sent(client, PROPOSE, approvals=keys)

    assert fits.status_code == 201, fits.json()
    assert "There are 21 embargoes" in over.json()["errors"]["approvals"][0]


@pytest.mark.parametrize(
    ("field", "most"),
    [("end_user", 200), ("note", 5000), ("description", 300), ("item", 200)],
)
def test_a_text_fits_up_to_its_limit_and_not_beyond(
    client: APIClient, field: str, most: int
) -> None:
    def with_text(length: int) -> dict[str, Any]:
        if field in {"end_user", "note"}:
            return {field: "x" * length}
        return {"items": [{"item": "SALW", field: "x" * length}]}

    over = sent(client, PROPOSE, **with_text(most + 1)).json()["errors"]
    assert f"This has {most + 1} characters" in next(iter(over.values()))[0]
    if field != "item":  # no item has so long a name
        fits = sent(client, PROPOSE, **with_text(most))
        assert fits.status_code == 201, fits.json()


def test_every_column_has_room_for_the_most_that_intake_lets_through() -> None:
    """PostgreSQL refuses what is too long; SQLite stores it and says nothing."""
    room = {
        f.name: f.max_length or 0
        for model in (Transfer, TransferItem)
        for f in model._meta.get_fields()
        if isinstance(f, CharField)
    }
    states = 20 * 4 - 1
    name = max(f.max_length or 0 for f in Force._meta.fields if f.name == "name")

    assert room["brokers"] >= states
    assert room["transit"] >= states
    assert room["end_user"] >= max(200, name)
    assert room["description"] >= 300


def test_a_list_is_counted_before_anything_in_it_is_looked_up(
    client: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def looked_up(*_: Any) -> None:
        message = "an entry of an overlong list was looked up"
        raise AssertionError(message)

    monkeypatch.setattr("screening.intake.readers.item", looked_up)
    answer = sent(client, SCREEN, items=["SALW"] * 50_000, brokers=["GBR"] * 50_000)

    assert answer.status_code == 400
    errors = answer.json()["errors"]
    assert "There are 50000 items" in errors["items"][0]
    assert "There are 50000 states" in errors["brokers"][0]


@pytest.mark.parametrize("path", [SCREEN, "/api/v1/transfers/2019-0001/screenings"])
def test_of_many_strange_fields_the_first_twenty_are_told(
    client: APIClient, path: str
) -> None:
    body = {f"x{n:05}": 1 for n in range(30_000)} | {"y" * 100_000: 1}

    answer = client.post(path, body, format="json")

    assert answer.status_code == 400
    strange = [name for name in answer.json()["errors"] if name.startswith("x")]
    assert strange == [f"x{n:05}" for n in range(20)]
    assert len(answer.content) < 10_000


@pytest.mark.parametrize("bad", ["\ud800", "x\udfff", "a\x00b", "a\x01b", "a\x9bb"])
@pytest.mark.parametrize(
    "name",
    ["exporter", "end_user", "note", "items", "brokers", "approvals", "end_use", "on"],
)
def test_what_is_no_text_is_an_error_of_its_field(
    client: APIClient, name: str, bad: str
) -> None:
    body = json.dumps({**GOOD, name: bad})

    answer = client.post(PROPOSE, body, content_type="application/json")

    assert answer.status_code == 400
    assert "control character" in answer.json()["errors"][name][0]


@pytest.mark.parametrize(
    "body",
    [
        {**GOOD, "\ud800": 1},
        {**GOOD, "items": [{"item": "SALW", "\ud800": 1}]},
        {**GOOD, "items": [{"item": "SALW", "quantity": "\ud800"}]},
        {**GOOD, "items": [{"item": "SALW", "description": "\ud800"}]},
        {**GOOD, "known_at": "\ud800"},
    ],
)
def test_half_a_surrogate_pair_is_never_repeated(client: APIClient, body: Any) -> None:
    answer = client.post(SCREEN, json.dumps(body), content_type="application/json")

    assert answer.status_code == 400
    assert answer.json()["errors"]


@pytest.mark.parametrize(
    "body", ["[" * 200_000, '{"items":' + "[" * 200_000 + "]" * 200_000 + "}"]
)
def test_json_nested_too_deeply_is_a_problem_and_no_crash(
    client: APIClient, body: str
) -> None:
    answer = client.generic("POST", SCREEN, body, "application/json")

    assert answer.status_code == 400
    assert "nested too deeply" in answer.json()["detail"]


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/transfers/a%00b",
        "/api/v1/transfers?text=a%00b",
        "/countries/%00/",
        "/transfers/?q=%00",
        "/search/states/?q=%00",
        "/admin/screening/transfer/?q=%00",
    ],
)
def test_a_nul_in_the_address_is_refused_before_any_view(
    client: APIClient, path: str
) -> None:
    answer = client.get(path)

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


def test_a_force_of_the_wrong_state_names_the_side_that_is_wrong() -> None:
    elsewhere = {**GOOD, "end_user_state": "YEM", "recipient": "SAU"}
    with pytest.raises(InvalidTransfer) as invalid:
        read_draft(elsewhere, today=TODAY)

    (error,) = invalid.value.errors["end_user"]
    assert "but the state of the end user is Yemen." in error
    assert "or change the state of the end user." in error
