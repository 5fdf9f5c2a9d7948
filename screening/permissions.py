"""How Django's admin asks `screening.access`: a backend that answers by role alone."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from screening.access import Account, Action, may

# What each table of ours needs; accounts, tokens and all else are for those who manage
# accounts.
VIEWED = {
    "transfer": Action.VIEW_TRANSFER,
    "transferitem": Action.VIEW_TRANSFER,
    "screening": Action.VIEW_TRANSFER,
    "confirmation": Action.VIEW_TRANSFER,
    "screeningrun": Action.VIEW_RUNS,
}


class RolePermissions:
    """Answers "view, add, change, delete" by the role of the account.

    It refuses by raising, so that no group and no single permission in the database
    can give what the role does not.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        """Signs nobody in."""

    def has_perm(self, user: Account, perm: str, obj: object = None) -> bool:
        app, _, name = perm.partition(".")
        return _answer(user, [_needed(app, name.partition("_")[2])])

    def has_module_perms(self, user: Account, app: str) -> bool:
        tables = VIEWED if app == "screening" else {}
        return _answer(user, [_needed(app, ""), *tables.values()])


def _needed(app: str, table: str) -> Action:
    if app == "treaties":
        return Action.EDIT_FACTS
    if app == "screening":
        return VIEWED.get(table, Action.MANAGE_ACCOUNTS)
    return Action.MANAGE_ACCOUNTS


def _answer(user: Account, actions: list[Action]) -> bool:
    if any(may(user, action) for action in actions):
        return True
    raise PermissionDenied
