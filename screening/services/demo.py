"""The demonstration: organisations, accounts and transfers, all of them made up."""

from __future__ import annotations

import csv
import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q

from screening.intake import FIELDS, read_draft
from screening.models import Organisation, Role, Transfer, User
from screening.services.submit import propose_transfer

ORGANISATIONS = {"northgate": "Northgate Institute", "southbank": "Southbank Review"}
ACCOUNTS = {
    "analyst": (Role.ANALYST, "northgate"),
    "reviewer": (Role.REVIEWER, "northgate"),
    "steward": (Role.STEWARD, "northgate"),
    "partner": (Role.PARTNER, "northgate"),
    "administrator": (Role.ADMINISTRATOR, None),
    "other-analyst": (Role.ANALYST, "southbank"),
}
PROPOSERS = {"northgate": "analyst", "southbank": "other-analyst"}
NOTE = "Made up for the demonstration."
ITEM_COLUMNS = ("item", "description", "quantity")


@dataclass(frozen=True)
class DemoAccount:
    """A sign-in of the demonstration."""

    username: str
    password: str
    role: str
    organisation: str


class NameTaken(Exception):
    """A name of the demonstration belongs to somebody else here."""


@transaction.atomic
def create_demo_accounts() -> list[DemoAccount]:
    """Make those accounts of the demonstration that are missing, and return them.

    One that is there keeps its password and role. Raises NameTaken, and makes none,
    when a name belongs to an account or organisation outside the demonstration.
    """
    there = User.objects.filter(username__in=ACCOUNTS).select_related("organisation")
    for user in there:
        _refuse_stranger(user)
    missing = set(ACCOUNTS) - {user.username for user in there}
    return [_make(username) for username in ACCOUNTS if username in missing]


def _make(username: str) -> DemoAccount:
    role, slug = ACCOUNTS[username]
    organisation = _organisation(slug) if slug else None
    password = secrets.token_urlsafe(12)
    is_administrator = role == Role.ADMINISTRATOR
    User.objects.create_user(
        username,
        email=_address(username),
        password=password,
        role=role,
        organisation=organisation,
        is_staff=is_administrator,
        is_superuser=is_administrator,
    )
    return DemoAccount(username, password, role, str(organisation or ""))


def _address(username: str) -> str:
    """Marks an account as the demonstration's: no real address ends so (RFC 2606)."""
    return f"{username}@demo.invalid"


def _refuse_stranger(user: User) -> None:
    if user.email == _address(user.username):
        return
    msg = (
        f'There is an account "{user.username}" that is not of the demonstration, so '
        "nothing was made. Use an empty database for the demonstration, or rename "
        "that account first."
    )
    raise NameTaken(msg)


@transaction.atomic
def create_demo_transfers(file: Path, *, today: date) -> int:
    """Store and screen the transfers of a file, all or none; 0 when they are there.

    Raises InvalidTransfer for a row that the facts do not bear out, and NameTaken when
    they would be proposed by somebody who is not of the demonstration.
    """
    if Transfer.objects.filter(is_made_up=True, note=NOTE).exists():
        return 0
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        by = User.objects.get(username=PROPOSERS[row.pop("organisation")])
        _refuse_stranger(by)
        is_public = row.pop("is_public") == "yes"
        draft = read_draft(_input(row), today=today)
        propose_transfer(
            draft, by=by, today=today, is_made_up=True, is_public=is_public
        )
    return len(rows)


def _input(row: dict[str, str]) -> dict[str, Any]:
    data: dict[str, Any] = {k: v for k, v in row.items() if k in FIELDS}
    line = {k: v for k, v in row.items() if k in ITEM_COLUMNS}
    return {**data, "items": [line], "note": NOTE}


def _organisation(slug: str) -> Organisation:
    name = ORGANISATIONS[slug]
    found = Organisation.objects.filter(Q(slug=slug) | Q(name=name)).first()
    if found is None:
        return Organisation.objects.create(slug=slug, name=name)
    # Whoever has taken the organisation has people of its own in it.
    strangers = found.user_set.exclude(email__endswith="@demo.invalid")
    if (found.slug, found.name) != (slug, name) or strangers.exists():
        msg = (
            f'There is an organisation "{found.name}" that is not of the '
            "demonstration, so nothing was made. Use an empty database for it."
        )
        raise NameTaken(msg)
    return found
