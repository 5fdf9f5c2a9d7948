"""The one place that says who may see and do what. What is not listed is refused."""

from __future__ import annotations

from enum import Enum

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from screening.models import Role, Screening, Transfer, User

Account = User | AnonymousUser


class Action(Enum):
    """What can be asked of the product that not everybody may."""

    PROPOSE = "propose a transfer"
    SCREEN = "screen a transfer"
    CONFIRM = "confirm a finding"
    VIEW_TRANSFER = "see this transfer"
    VIEW_RUNS = "see re-screening runs"
    RESCREEN_ALL = "re-screen everything"
    EDIT_FACTS = "edit facts"
    USE_API = "use the API"
    MANAGE_ACCOUNTS = "manage accounts"


# A reviewer confirms and an administrator does not: confirming is a judgement of law.
MATRIX: dict[str, frozenset[Action]] = {
    Role.ANALYST: frozenset(
        {
            Action.PROPOSE,
            Action.SCREEN,
            Action.VIEW_TRANSFER,
            Action.VIEW_RUNS,
            Action.USE_API,
        }
    ),
    Role.REVIEWER: frozenset(
        {
            Action.PROPOSE,
            Action.SCREEN,
            Action.CONFIRM,
            Action.VIEW_TRANSFER,
            Action.VIEW_RUNS,
            Action.USE_API,
        }
    ),
    Role.STEWARD: frozenset(
        {
            Action.VIEW_TRANSFER,
            Action.VIEW_RUNS,
            Action.RESCREEN_ALL,
            Action.EDIT_FACTS,
            Action.USE_API,
        }
    ),
    Role.PARTNER: frozenset(
        {Action.PROPOSE, Action.SCREEN, Action.VIEW_TRANSFER, Action.USE_API}
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            Action.SCREEN,
            Action.VIEW_TRANSFER,
            Action.VIEW_RUNS,
            Action.RESCREEN_ALL,
            Action.EDIT_FACTS,
            Action.USE_API,
            Action.MANAGE_ACCOUNTS,
        }
    ),
}


class NotAllowed(Exception):
    """This account may not do this. `action` says what."""

    def __init__(self, action: Action) -> None:
        super().__init__(f"Your account may not {action.value}.")
        self.action = action


def may(user: Account, action: Action, obj: Transfer | Screening | None = None) -> bool:
    """Whether `user` may do `action`, with `obj` when it is about one object.

    A public transfer may be seen by everybody. An analyst's own proposal is confirmed
    by another person (four eyes).
    """
    transfer = obj.transfer if isinstance(obj, Screening) else obj
    if action is Action.VIEW_TRANSFER and transfer is not None and transfer.is_public:
        return True
    if not isinstance(user, User) or not user.is_active:
        return False
    if action not in MATRIX.get(user.role, frozenset()):
        return False
    if transfer is None:
        return True
    if action is Action.CONFIRM and transfer.created_by_id == user.pk:
        return False
    return _is_within_reach(user, transfer)


def may_administer(user: Account) -> bool:
    """Whether the administration has something for `user`."""
    return may(user, Action.EDIT_FACTS) or may(user, Action.MANAGE_ACCOUNTS)


def require(
    user: Account, action: Action, obj: Transfer | Screening | None = None
) -> None:
    """Raise NotAllowed unless `user` may do `action`."""
    if not may(user, action, obj):
        raise NotAllowed(action)


def transfers_visible_to(user: Account) -> QuerySet[Transfer]:
    """The transfers that `user` may see; for a visitor the public ones."""
    return Transfer.objects.filter(_reach(user))


def screenings_visible_to(user: Account) -> QuerySet[Screening]:
    """The screenings of the transfers that `user` may see."""
    return Screening.objects.filter(transfer__in=transfers_visible_to(user))


def _is_within_reach(user: User, transfer: Transfer) -> bool:
    if user.role == Role.ADMINISTRATOR:
        return True
    return transfer.organisation_id == user.organisation_id


def _reach(user: Account) -> Q:
    if not isinstance(user, User) or not may(user, Action.VIEW_TRANSFER):
        return Q(is_public=True)
    if user.role == Role.ADMINISTRATOR:
        return Q()
    return Q(is_public=True) | Q(organisation=user.organisation_id)
