"""The words of the engine: verdicts, outcomes, findings and what they rest on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

UNKNOWN_STATE = "UNK"


class Verdict(StrEnum):
    """What the rules advise, from the gravest down. Never a legal decision."""

    PROHIBITED = "PROHIBITED"
    REFUSE = "REFUSE"
    HIGH = "HIGH"
    ELEVATED = "ELEVATED"
    LOW = "LOW"

    @property
    def rank(self) -> int:
        """0 for LOW up to 4 for PROHIBITED."""
        return _RANKS[self]


_RANKS = {verdict: 4 - place for place, verdict in enumerate(Verdict)}


def gravest(verdicts: Iterable[Verdict | None]) -> Verdict:
    """The maximum of the verdicts; LOW when there is none.

    >>> gravest([Verdict.ELEVATED, Verdict.REFUSE, None]).value
    'REFUSE'
    """
    given = [v for v in verdicts if v is not None]
    return max(given, key=lambda v: v.rank, default=Verdict.LOW)


class Outcome(StrEnum):
    """What one criterion says of one transfer line for one state."""

    PROHIBITED = "PROHIBITED"
    PROPOSED = "PROPOSED"  # ATT 6(3): only a person can confirm it
    WATCH = "WATCH"  # ATT 6(3): one element short
    STOPPED = "STOPPED"  # the state itself has stopped such exports, short of a ban
    FLOOR = "FLOOR"  # no ban binds this state, yet never below the verdict given
    EXEMPT = "EXEMPT"
    LEVEL_3 = "LEVEL_3"
    LEVEL_2 = "LEVEL_2"
    LEVEL_1 = "LEVEL_1"
    LEVEL_0 = "LEVEL_0"
    UNKNOWN = "UNKNOWN"
    NOT_APPLICABLE = "NOT_APPLICABLE"


LEVEL_OUTCOMES = (Outcome.LEVEL_0, Outcome.LEVEL_1, Outcome.LEVEL_2, Outcome.LEVEL_3)
# METHOD 5: level 3 refuses, 2 presumes denial, 1 asks for enhanced diligence.
LEVEL_VERDICTS = (Verdict.LOW, Verdict.ELEVATED, Verdict.HIGH, Verdict.REFUSE)


@dataclass(frozen=True)
class Case:
    """One distinct line of a transfer, as a criterion sees it. Codes throughout.

    mitigations: each "KIND:RISK:status:day", the day a day number from which it holds
        (see `screening.rules.mitigation`).
    quantity, force_size: units of the item and members of the force; 0 is not stated.
    economic: "yes" when an economic argument was put forward. No criterion may read it
        (Common Position Art 10).
    """

    exporter: str
    recipient: str
    end_user_state: str
    force: str
    end_user: str
    end_user_kind: str
    item: str
    parent_item: str
    end_use: str
    end_use_place: str
    origin: str
    brokers: tuple[str, ...]
    transit: tuple[str, ...]
    activity: str
    approvals: tuple[str, ...]
    mitigations: tuple[str, ...]
    quantity: int
    force_size: int
    economic: str
    as_of: int
    known_at: int

    @property
    def real_item(self) -> str:
        """The item whose risk counts: parts carry the risk of what they go into."""
        return self.parent_item if self.item == "PARTS" else self.item

    def duty_holders(self) -> list[tuple[str, str]]:
        """Each state that owes the decision on this transfer, with its role, once.

        An exporter that is not stated is a state not known, never no state.
        """
        holders: dict[str, str] = {}
        for state, role in [
            (self.exporter or UNKNOWN_STATE, "exporter"),
            (self.origin, "origin"),
            *((s, "broker") for s in self.brokers),
            *((s, "transit") for s in self.transit),
        ]:
            if state:
                holders.setdefault(state, role)
        return list(holders.items())


@dataclass(frozen=True)
class Evidence:
    """One fact that a finding rests on: how near, how strong (METHOD 8.1).

    attribution, match, strength, pattern: 0 to 3, None where the grid does not apply.
    is_counted: False for facts that are shown but did not carry the finding.
    """

    table: str
    key: str
    text: str
    publisher: str
    on: int
    url: str
    is_checked: bool
    force: str = ""
    attribution: int | None = None
    match: int | None = None
    strength: int | None = None
    pattern: int | None = None
    is_counted: bool = True


@dataclass(frozen=True)
class Gap:
    """A fact that is not known, and what would settle it.

    is_critical: METHOD 5, completeness rule; the verdict is then INCOMPLETE.
    """

    code: str
    text: str
    settle: str
    is_critical: bool = True


@dataclass(frozen=True)
class ParameterRead:
    """One dated value of the rulebook that a finding used."""

    name: str
    value: Any
    since: str
    unit: str
    basis: str
    reference: str
    is_unread: bool


@dataclass(frozen=True)
class Finding:
    """What one criterion says of one line of a transfer, for one state, and why.

    basis: "law" where the text obliges this state, "policy" where our judgement or a
    standard that does not bind it speaks.
    verdict: what the finding contributes; None when it contributes nothing.
    """

    criterion: str
    outcome: Outcome
    because: str
    state: str = ""
    role: str = ""
    label: str = ""
    label_why: str = ""
    basis: str = "law"
    verdict: Verdict | None = None
    item: str = ""
    # The act itself, where the criterion's text can only say "the act named".
    article: str = ""
    reasons: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    gaps: tuple[Gap, ...] = ()
    parameters: tuple[ParameterRead, ...] = field(default=(), compare=False)
    weight: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        """The finding as plain values, days still as numbers."""
        return asdict(self)
