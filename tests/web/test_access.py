"""Who gets which page: each URL as a visitor and as each role."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from screening.models import Transfer, User
from treaties.models import Source

Browser = Callable[[User], Client]

OPEN = [
    "/",
    "/about/",
    "/countries/",
    "/countries/SAU/",
    "/countries/SAU/ask/?force=SAU-RSAF&item=BOMB_GUIDED",
    "/embargoes/",
    "/embargoes/UN-YEM-2015/",
    "/treaties/",
    "/treaties/ATT/",
    "/forces/SAU-RSAF/",
    "/judgments/",
    "/judgments/?state=SAU",
    "/law/",
    "/sources/",
    "/sign-in/",
    "/search/states/?q=saud",
    "/search/forces/?q=royal&state=SAU",
    "/search/items/?q=bomb",
]
CLOSED = ["/transfers/", "/transfers/propose/", "/runs/"]
MISSING = [
    "/nowhere/",
    "/countries/ZZZ/",
    "/countries/SAU/ask/?force=NOBODY&item=BOMB_GUIDED",
    "/countries/SAU/ask/?force=SAU-RSAF&item=NOTHING",
    "/embargoes/NONE/",
    "/treaties/NONE/",
    "/forces/NONE/",
]
# What each role gets: the list of transfers, the proposal form, the runs.
STATUS = {
    "ANALYST": (200, 200, 200),
    "REVIEWER": (200, 200, 200),
    "STEWARD": (200, 403, 200),
    "PARTNER": (200, 200, 403),
    "ADMINISTRATOR": (200, 403, 200),
}


@pytest.mark.parametrize("path", OPEN)
def test_public_pages_answer_a_visitor(visitor: Client, path: str) -> None:
    assert visitor.get(path).status_code == 200


@pytest.mark.parametrize("path", CLOSED)
def test_a_visitor_is_sent_to_sign_in_and_comes_back(
    visitor: Client, path: str
) -> None:
    answer = visitor.get(path)
    assert answer.status_code == 302
    assert answer["Location"] == f"/sign-in/?next={path}"


@pytest.mark.parametrize("path", MISSING)
def test_what_is_not_there_is_not_found(visitor: Client, path: str) -> None:
    assert visitor.get(path).status_code == 404


@pytest.mark.parametrize("role", STATUS)
def test_each_role_gets_the_pages_of_its_work(
    browser_of: Browser, each_role: dict[str, User], role: str
) -> None:
    client = browser_of(each_role[role])
    found = tuple(client.get(path).status_code for path in CLOSED)
    assert found == STATUS[role]


def test_a_refusal_says_what_the_account_may_not_do(
    browser_of: Browser, steward: User
) -> None:
    answer = browser_of(steward).get("/transfers/propose/")
    assert "may not propose a transfer" in answer.content.decode()


def test_the_transfer_of_another_organisation_is_not_found(
    browser_of: Browser, stranger: User, transfer: Transfer
) -> None:
    client = browser_of(stranger)
    path = f"/transfers/{transfer.reference}/"
    assert client.get(path).status_code == 404
    assert client.post(f"{path}screen/", {"as_of": "2019-06-20"}).status_code == 404
    assert transfer.reference not in client.get("/transfers/").content.decode()


def test_a_visitor_sees_a_public_transfer_and_no_private_one(
    visitor: Client, transfer: Transfer
) -> None:
    path = f"/transfers/{transfer.reference}/"
    assert visitor.get(path).status_code == 404
    Transfer.objects.update(is_public=True)
    assert visitor.get(path).status_code == 200


def test_a_get_never_writes(at_analyst: Client, transfer: Transfer) -> None:
    for path in (
        f"/transfers/{transfer.reference}/screen/",
        "/transfers/preview/",
        "/runs/start/",
    ):
        assert at_analyst.get(path).status_code in {403, 405}


def test_only_a_steward_or_administrator_starts_a_run(
    browser_of: Browser, each_role: dict[str, User]
) -> None:
    found = {
        role: browser_of(user).post("/runs/start/").status_code
        for role, user in each_role.items()
    }
    started = {role for role, status in found.items() if status == 302}
    assert started == {"STEWARD", "ADMINISTRATOR"}


def test_probes_answer_without_an_account(visitor: Client, world: Source) -> None:
    assert visitor.get("/healthz").json() == {"status": "alive"}
    assert visitor.get("/readyz").json() == {"status": "ready"}


def test_a_copy_without_facts_is_not_ready(db: None) -> None:
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert "no reference facts" in answer.json()["because"]
