"""The administration opens by role and shows no more than the pages would."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from screening.access import MATRIX, Action
from screening.models import Organisation, Role, Transfer, User
from tests.factories import PASSWORD, make_transfer, make_user
from treaties.models import AbuseReport, Change

Browser = Callable[[User], Client]
# Role: the index, adding a fact, the accounts, the transfers.
DOORS = (
    "/admin/",
    "/admin/treaties/abusereport/add/",
    "/admin/treaties/abusereport/1/correct/",
    "/admin/treaties/abusereport/1/retire/",
    "/admin/treaties/abusereport/1/history/",
    "/admin/treaties/abusereport/check/?pk=1",
    "/admin/treaties/abusereport/retired/",
    "/admin/treaties/change/",
    "/admin/treaties/source/freshness/",
    "/admin/treaties/source/import/",
    "/admin/screening/screening/trace/?table=reports&key=R-1",
)
ACCOUNTS = "/admin/screening/user/"
# Role: what every door of the facts answers, and what the accounts answer. An account
# that may not come in is told so; only a visitor is asked to sign in.
OPENS: dict[str, tuple[int, int]] = {
    "": (403, 403),
    Role.ANALYST: (403, 403),
    Role.REVIEWER: (403, 403),
    Role.PARTNER: (403, 403),
    Role.STEWARD: (200, 403),
    Role.ADMINISTRATOR: (200, 200),
}


def _opens(client: Client) -> tuple[int, int]:
    """The answer of all doors of the facts, which must agree, and of the accounts."""
    report = AbuseReport.objects.get()
    doors = [door.replace("/1/", f"/{report.pk}/") for door in DOORS]
    doors = [door.replace("pk=1", f"pk={report.pk}") for door in doors]
    answers = {client.get(door).status_code for door in doors}
    assert len(answers) == 1
    return answers.pop(), client.get(ACCOUNTS).status_code


@pytest.mark.parametrize("role", OPENS)
def test_each_role_reaches_what_it_looks_after_and_nothing_else(
    browser_of: Browser, role: str, north: Organisation
) -> None:
    client = browser_of(make_user(role, organisation=north))

    assert _opens(client) == OPENS[role]


@pytest.mark.parametrize("role", OPENS)
def test_no_flag_and_no_permission_gives_what_the_role_does_not(
    browser_of: Browser, role: str, north: Organisation
) -> None:
    user = make_user(role, organisation=north, is_staff=True, is_superuser=True)
    user.user_permissions.set(Permission.objects.all())

    client = browser_of(user)

    assert _opens(client) == OPENS[role]


def test_staff_with_every_permission_but_no_role_may_do_nothing(
    north: Organisation,
) -> None:
    user = make_user(Role.ANALYST, organisation=north, is_staff=True)
    user.user_permissions.set(Permission.objects.all())

    assert not user.has_perm("treaties.change_abusereport")
    assert not user.has_perm("screening.view_user")
    assert not user.has_module_perms("treaties")


def test_a_steward_signs_in_at_the_administration_without_a_staff_flag(
    visitor: Client, steward: User
) -> None:
    sent = {"username": steward.username, "password": PASSWORD, "next": "/admin/"}

    answer = visitor.post("/admin/login/", sent)

    assert answer.headers["Location"] == "/admin/"
    html = visitor.get("/admin/").content.decode()
    assert "Abuse reports" in html
    assert "/admin/screening/user/" not in html


@pytest.mark.parametrize("door", [*DOORS, ACCOUNTS])
def test_a_visitor_is_asked_to_sign_in(visitor: Client, door: str) -> None:
    answer = visitor.get(door)
    assert answer.headers["Location"].startswith("/admin/login/?next=")


def test_who_only_manages_accounts_does_not_reach_the_facts(
    browser_of: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    only = frozenset({Action.MANAGE_ACCOUNTS})
    monkeypatch.setitem(MATRIX, Role.ADMINISTRATOR, only)
    client = browser_of(make_user(Role.ADMINISTRATOR))
    pk = AbuseReport.objects.get().pk
    doors = [door.replace("/1/", f"/{pk}/").replace("=1", f"={pk}") for door in DOORS]

    assert client.get("/admin/").status_code == 200
    assert {client.get(door).status_code for door in doors[1:]} == {403}


@pytest.mark.parametrize("role", [Role.ANALYST, Role.PARTNER])
def test_an_account_that_may_not_write_facts_writes_none(
    browser_of: Browser, role: str, north: Organisation
) -> None:
    report, before = AbuseReport.objects.get(), Change.objects.count()
    client = browser_of(make_user(role, organisation=north))
    page = f"/admin/treaties/abusereport/{report.pk}"

    sent = {"why": "because", "record": "yes", "seen": report.recorded_in_id}
    answers = [
        client.post(f"{page}/retire/", sent),
        client.post(f"{page}/correct/", sent),
        client.post("/admin/treaties/abusereport/add/?source=world", sent),
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert Change.objects.count() == before


@pytest.mark.parametrize("role", [Role.STEWARD, Role.ADMINISTRATOR])
@pytest.mark.parametrize("table", ["transfer", "screening"])
def test_the_administration_lists_the_transfers_that_the_pages_show(
    browser_of: Browser, role: str, table: str, north: Organisation, stranger: User
) -> None:
    theirs = make_transfer(stranger)
    ours = make_transfer(make_user(organisation=north))
    client = browser_of(make_user(role, organisation=north))

    assert client.get(f"/admin/screening/{table}/").status_code == 200
    html = client.get("/admin/screening/transfer/").content.decode()
    theirs_page = client.get(f"/admin/screening/transfer/{theirs.pk}/change/")

    assert ours.reference in html
    assert (theirs.reference in html) == (role == Role.ADMINISTRATOR)
    assert theirs_page.status_code == (200 if role == Role.ADMINISTRATOR else 302)


@pytest.mark.parametrize("role", [Role.STEWARD, Role.ADMINISTRATOR])
def test_a_transfer_is_shown_there_and_never_changed(
    browser_of: Browser, role: str, north: Organisation
) -> None:
    transfer = make_transfer(make_user(organisation=north))
    client = browser_of(make_user(role, organisation=north))
    page = f"/admin/screening/transfer/{transfer.pk}"

    assert client.get(f"{page}/change/").status_code == 200
    assert client.post(f"{page}/change/", {"note": "x"}).status_code == 403
    assert client.post(f"{page}/delete/", {"post": "yes"}).status_code == 403
    assert client.get("/admin/screening/transfer/add/").status_code == 403
    assert Transfer.objects.filter(pk=transfer.pk, note="").exists()


def test_an_administrator_gives_an_account_its_role(
    browser_of: Browser, administrator: User, analyst: User
) -> None:
    client = browser_of(administrator)
    page = f"/admin/screening/user/{analyst.pk}/change/"
    sent = {"username": "alice", "organisation": analyst.organisation_id or ""}

    answer = client.post(page, {**sent, "role": "REVIEWER", "is_active": "on"})

    assert answer.status_code == 302
    analyst.refresh_from_db()
    assert analyst.role == Role.REVIEWER


@pytest.mark.parametrize("role", OPENS)
def test_the_link_to_it_stands_where_it_opens(
    browser_of: Browser, role: str, north: Organisation
) -> None:
    html = browser_of(make_user(role, organisation=north)).get("/").content.decode()

    assert ('href="/admin/"' in html) == (OPENS[role][0] == 200)
