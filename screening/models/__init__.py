"""What the product stores of its own: accounts, transfers and screenings."""

from screening.models.accounts import Organisation, Role, User
from screening.models.append_only import IsAppendOnly
from screening.models.screenings import (
    Confirmation,
    RunChunk,
    Screening,
    ScreeningDetail,
    ScreeningRun,
    Verdict,
)
from screening.models.transfers import (
    Activity,
    EndUse,
    EndUserKind,
    ReferenceCounter,
    SafeguardKind,
    SafeguardRisk,
    SafeguardStatus,
    Transfer,
    TransferItem,
)

__all__ = [
    "Activity",
    "Confirmation",
    "EndUse",
    "EndUserKind",
    "IsAppendOnly",
    "Organisation",
    "ReferenceCounter",
    "Role",
    "RunChunk",
    "SafeguardKind",
    "SafeguardRisk",
    "SafeguardStatus",
    "Screening",
    "ScreeningDetail",
    "ScreeningRun",
    "Transfer",
    "TransferItem",
    "User",
    "Verdict",
]
