"""The demonstration: organisations, accounts and transfers, all of them made up."""

from __future__ import annotations

import csv
import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

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


@transaction.atomic
def create_demo_accounts() -> list[DemoAccount]:
    """Make the demonstration's accounts, or give those that are there new passwords."""
    made = []
    for username, (role, slug) in ACCOUNTS.items():
        organisation = _organisation(slug) if slug else None
        password = secrets.token_urlsafe(12)
        is_administrator = role == Role.ADMINISTRATOR
        user, _ = User.objects.update_or_create(
            username=username,
            defaults={
                "role": role,
                "organisation": organisation,
                "is_staff": is_administrator,
                "is_superuser": is_administrator,
            },
        )
        user.set_password(password)
        user.save(update_fields=["password"])
        name = organisation.name if organisation else ""
        made.append(DemoAccount(username, password, role, name))
    return made


@transaction.atomic
def create_demo_transfers(file: Path, *, today: date) -> int:
    """Store and screen the transfers of a file, all or none; 0 when they are there.

    Raises InvalidTransfer for a row that the facts do not bear out.
    """
    if Transfer.objects.filter(is_made_up=True, note=NOTE).exists():
        return 0
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        by = User.objects.get(username=PROPOSERS[row.pop("organisation")])
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
    return Organisation.objects.get_or_create(slug=slug, defaults={"name": name})[0]
