"""Who may do what: each role, each action, two organisations, refused by default."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError

from screening.access import (
    Account,
    Action,
    NotAllowed,
    may,
    require,
    screenings_visible_to,
    transfers_visible_to,
)
from screening.models import Role, User
from tests.factories import make_organisation, make_transfer, make_user

pytestmark = pytest.mark.django_db

# Written out by hand: a slip in `screening.access.MATRIX` must show here.
ALLOWED = {
    Role.ANALYST: "PROPOSE SCREEN VIEW_TRANSFER VIEW_RUNS USE_API",
    Role.REVIEWER: "PROPOSE SCREEN CONFIRM VIEW_TRANSFER VIEW_RUNS USE_API",
    Role.STEWARD: "VIEW_TRANSFER VIEW_RUNS RESCREEN_ALL EDIT_FACTS USE_API",
    Role.PARTNER: "PROPOSE SCREEN VIEW_TRANSFER USE_API",
    Role.ADMINISTRATOR: (
        "SCREEN VIEW_TRANSFER VIEW_RUNS RESCREEN_ALL EDIT_FACTS USE_API MANAGE_ACCOUNTS"
    ),
}


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("role", Role)
def test_each_role_may_do_what_its_row_says_and_nothing_else(
    role: Role, action: Action
) -> None:
    user = make_user(role)

    assert may(user, action) is (action.name in ALLOWED[role].split())


@pytest.mark.parametrize("action", Action)
def test_a_visitor_an_account_without_role_and_a_closed_account_may_do_nothing(
    action: Action,
) -> None:
    nobody: list[Account] = [
        AnonymousUser(),
        make_user(""),
        make_user(Role.ANALYST, is_active=False),
    ]

    assert not any(may(user, action) for user in nobody)


@pytest.mark.parametrize("role", [r for r in Role if r != Role.ADMINISTRATOR])
def test_no_role_reaches_into_another_organisation(role: Role) -> None:
    user = make_user(role, organisation=make_organisation("South Desk"))
    theirs = make_transfer(make_user(organisation=make_organisation("North Desk")))

    assert not any(may(user, action, theirs) for action in Action)
    assert not transfers_visible_to(user).exists()


def test_an_organisation_sees_its_own_transfers(analyst: User) -> None:
    ours = make_transfer(analyst)

    assert may(analyst, Action.VIEW_TRANSFER, ours)
    assert list(transfers_visible_to(analyst)) == [ours]


def test_an_administrator_sees_the_transfers_of_every_organisation(
    analyst: User, stranger: User, administrator: User
) -> None:
    both = {make_transfer(analyst), make_transfer(stranger)}

    assert set(transfers_visible_to(administrator)) == both


def test_a_public_transfer_is_seen_by_everybody_and_changed_by_nobody_else(
    analyst: User, stranger: User
) -> None:
    public = make_transfer(analyst, is_public=True)
    make_transfer(analyst)

    assert may(AnonymousUser(), Action.VIEW_TRANSFER, public)
    assert list(transfers_visible_to(AnonymousUser())) == [public]
    assert list(transfers_visible_to(stranger)) == [public]
    assert not may(stranger, Action.SCREEN, public)


def test_screenings_are_seen_with_their_transfer(analyst: User, stranger: User) -> None:
    make_transfer(analyst)

    assert not screenings_visible_to(stranger).exists()
    assert not screenings_visible_to(AnonymousUser()).exists()


def test_a_reviewer_does_not_confirm_what_the_reviewer_proposed(
    analyst: User, reviewer: User
) -> None:
    assert may(reviewer, Action.CONFIRM, make_transfer(analyst))
    assert not may(reviewer, Action.CONFIRM, make_transfer(reviewer))


def test_require_says_what_is_not_allowed(analyst: User) -> None:
    with pytest.raises(NotAllowed, match="may not re-screen everything"):
        require(analyst, Action.RESCREEN_ALL)


def test_the_database_refuses_a_role_without_an_organisation() -> None:
    with pytest.raises(IntegrityError):
        User.objects.create(username="stray", role=Role.ANALYST, organisation=None)


def test_createsuperuser_makes_an_administrator() -> None:
    assert User.objects.create_superuser("root").role == Role.ADMINISTRATOR
