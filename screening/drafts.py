"""The one checked shape of a proposed transfer, before it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from screening.models import Activity, EndUse, EndUserKind


@dataclass(frozen=True)
class ItemLine:
    """One line of a draft. `description` is what was typed; quantity 0: not known."""

    item: str
    description: str = ""
    quantity: int = 0
    parent_item: str = ""


@dataclass(frozen=True)
class Safeguard:
    """A measure put forward against a risk. `since`: ISO day from which it holds."""

    kind: str
    risk: str
    status: str
    since: str
    evidence: str


@dataclass(frozen=True)
class TransferDraft:
    """A transfer that was read and understood: codes throughout, "" for not stated."""

    exporter: str
    recipient: str
    end_user_state: str
    items: tuple[ItemLine, ...]
    on: date
    force: str = ""
    end_user: str = ""
    end_user_kind: str = EndUserKind.UNKNOWN
    end_use: str = EndUse.UNKNOWN
    end_use_place: str = ""
    origin: str = ""
    brokers: tuple[str, ...] = ()
    transit: tuple[str, ...] = ()
    activity: str = Activity.EXPORT
    approvals: tuple[str, ...] = ()
    safeguards: tuple[Safeguard, ...] = ()
    # Members of the force that will hold the items; 0: not stated.
    force_size: int = 0
    economic_argument: str = ""
    note: str = ""
