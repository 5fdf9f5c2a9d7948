"""Makers of small honest objects for tests: pass only what the test is about.

Plain functions, so that mypy checks the tests too.
"""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from django.utils.text import slugify

from screening.models import Organisation, Role, Transfer, TransferItem, User

PASSWORD = "correct horse battery staple"
_numbers = count(1)


def make_organisation(name: str = "North Desk") -> Organisation:
    """The organisation of this name; the same one when asked again."""
    slug = slugify(name)
    return Organisation.objects.get_or_create(slug=slug, defaults={"name": name})[0]


def make_user(
    role: str = Role.ANALYST,
    *,
    username: str = "",
    organisation: Organisation | None = None,
    **values: Any,
) -> User:
    """An account with `PASSWORD`, in North Desk unless an administrator."""
    if organisation is None and role != Role.ADMINISTRATOR:
        organisation = make_organisation()
    return User.objects.create_user(
        username or f"account-{next(_numbers)}",
        password=PASSWORD,
        role=role,
        organisation=organisation,
        **values,
    )


def make_transfer(
    by: User | None = None, *, items: tuple[str, ...] = ("BOMB_GUIDED",), **values: Any
) -> Transfer:
    """A stored transfer, by default guided bombs from the United Kingdom to Saudi Arabia."""
    by = by or make_user()
    stated = {"exporter": "GBR", "recipient": "SAU", "proposed_on": date(2019, 6, 20)}
    stated |= values
    stated.setdefault("end_user_state", stated["recipient"])
    stated.setdefault("organisation", by.organisation)
    stated.setdefault("reference", f"1999-{next(_numbers):04}")
    transfer = Transfer.objects.create(created_by=by, **stated)
    TransferItem.objects.bulk_create(
        TransferItem(transfer=transfer, line=line, item=item)
        for line, item in enumerate(items, start=1)
    )
    return transfer
