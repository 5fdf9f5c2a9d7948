"""The relation of a state to a treaty on a day, worked out from its dated acts.

Pure. A party is bound from entry into force *for that state*, not from signature or
deposit (VCLT Arts 11, 16, 24); a signatory owes less (VCLT Art. 18).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from treaties.facts import NEVER, day_date

# How far past the last checked day a list still counts as complete. Our judgement: new
# parties are few, and without it no state could be called "not bound" today.
GRACE_DAYS = 366

# Whose silence about a treaty means that they did not join it.
SPEAK_FOR_THEMSELVES = {"un_member", "observer"}
CONSENT = {"ratification", "accession", "acceptance", "approval", "succession", "act"}
# Lists without dates give a status only.
UNDATED_MEMBER = "member_on_list"
UNDATED_SIGNATORY = "signatory_on_list"
UNDATED_OUTSIDER = "not_on_list"


class Standing(StrEnum):
    """How far a treaty binds a state on a day."""

    BINDING = "BINDING"
    PROVISIONAL = "PROVISIONAL"
    NOT_YET = "NOT_YET"
    SIGNATORY = "SIGNATORY"
    NOT_BOUND = "NOT_BOUND"
    WITHDRAWN = "WITHDRAWN"
    UNKNOWN = "UNKNOWN"

    @property
    def binds(self) -> bool:
        """Whether the state has treaty duties: BINDING, or PROVISIONAL application."""
        return self in {Standing.BINDING, Standing.PROVISIONAL}


@dataclass(frozen=True)
class StandingOn:
    """A standing with the reason in words and the acts (fact keys) it rests on."""

    standing: Standing
    why: str
    acts: tuple[str, ...] = ()


def standing_on(
    acts: Iterable[Any], *, treaty: Any | None, status: str, day: int, known_at: int
) -> StandingOn:
    """The standing that a state's acts towards one treaty give it on `day`.

    acts: rows of the table `acts` for one state and one treaty.
    treaty: its row of the table `treaties`, or None when the treaty is not loaded.
    status: that of the state in the table `states`, "" for one that is not held. The
        silence of a territory says nothing: its parent's acts may extend to it.
    Only acts known by `known_at` count.
    """
    known = [a for a in acts if a.on <= day and a.known_from <= known_at]
    latest = {a.act: a for a in sorted(known, key=lambda a: a.on)}
    found = _left(latest) or _bound(latest, day) or _before(latest)
    return found or _silent(treaty, status, day)


def _left(latest: dict[str, Any]) -> StandingOn | None:
    exits = [latest.get("withdrawal_effective"), latest.get("expulsion")]
    left = max((a for a in exits if a is not None), key=lambda a: a.on, default=None)
    if left is None:
        return None
    joined = latest.get("entry_into_force")
    if joined is not None and joined.on >= left.on:
        return None
    why = f"withdrawal took effect on {day_date(left.on)}"
    return StandingOn(Standing.WITHDRAWN, why, (left.key,))


def _bound(latest: dict[str, Any], day: int) -> StandingOn | None:
    force = latest.get("entry_into_force") or latest.get(UNDATED_MEMBER)
    if force is not None:
        why = f"in force for it since {day_date(force.on) or 'a day not recorded'}"
        return StandingOn(Standing.BINDING, why, (force.key,))
    provisional = latest.get("provisional_application")
    if provisional is not None:
        why = f"applies it provisionally since {day_date(provisional.on)}"
        return StandingOn(Standing.PROVISIONAL, why, (provisional.key,))
    return None


def _before(latest: dict[str, Any]) -> StandingOn | None:
    refusal = latest.get("intends_not_to_become_party")
    if refusal is not None:
        why = f"declared on {day_date(refusal.on)} that it will not become a party"
        return StandingOn(Standing.NOT_BOUND, why, (refusal.key,))
    consent = max(
        (a for act, a in latest.items() if act in CONSENT),
        key=lambda a: a.on,
        default=None,
    )
    if consent is not None:
        why = f"consented on {day_date(consent.on)}; not yet in force for it"
        return StandingOn(Standing.NOT_YET, why, (consent.key,))
    signature = latest.get("signature") or latest.get(UNDATED_SIGNATORY)
    if signature is not None:
        why = f"signed on {day_date(signature.on) or 'a day not recorded'}, not a party"
        return StandingOn(Standing.SIGNATORY, why, (signature.key,))
    outside = latest.get(UNDATED_OUTSIDER)
    if outside is not None:
        return StandingOn(Standing.NOT_BOUND, "not on the list", (outside.key,))
    return None


def _silent(treaty: Any | None, status: str, day: int) -> StandingOn:
    if status not in SPEAK_FOR_THEMSELVES:
        why = "no act of its own is recorded; it is not read as its parent state"
        return StandingOn(Standing.UNKNOWN, why)
    if treaty is None or treaty.complete_to == NEVER:
        return StandingOn(Standing.UNKNOWN, "no dated list of its parties is loaded")
    if day > treaty.complete_to + GRACE_DAYS:
        why = f"the list of acts is complete only to {day_date(treaty.complete_to)}"
        return StandingOn(Standing.UNKNOWN, why)
    return StandingOn(Standing.NOT_BOUND, "no act of it towards the treaty is recorded")
