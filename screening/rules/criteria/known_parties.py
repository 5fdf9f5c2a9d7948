"""METHOD 5, completeness: is the end user named, and is the item's class known?"""

from __future__ import annotations

from screening.rules.criterion import Criterion
from screening.rules.index import NON_STATE_KINDS, FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding, Gap, Outcome, Verdict

# They pass the items on: the risk follows the last known user (F-ULTIMATE-END-USER).
INTERMEDIARIES = {"COMMERCIAL_DEALER", "MANUFACTURER_INTEGRATOR"}


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """An end user or item that is not known keeps the verdict from reading as low."""
    gaps = [*_end_user_gaps(case, index), *_item_gaps(case, index)]
    gaps += _state_gaps(case, index)
    floor = _floor(case, index, bool(gaps))
    if floor is None:
        return []
    return [
        Finding(
            criterion="known-parties",
            outcome=Outcome.UNKNOWN if gaps else Outcome.LEVEL_2,
            because=gaps[0].text
            if gaps
            else "The end user is an armed group or private company.",
            state=case.exporter,
            role="exporter",
            basis="policy",
            verdict=floor,
            item=case.item,
            gaps=tuple(gaps),
        )
    ]


def _floor(case: Case, index: FactIndex, has_gaps: bool) -> Verdict | None:
    kind = index.kind_of(case.force, case.end_user_kind)
    if kind in NON_STATE_KINDS | {"UNKNOWN", "COMMERCIAL_DEALER"}:
        return Verdict.HIGH
    return Verdict.ELEVATED if has_gaps else None


def _end_user_gaps(case: Case, index: FactIndex) -> list[Gap]:
    if index.kind_of(case.force, case.end_user_kind) in INTERMEDIARIES:
        return [
            Gap(
                "end_user",
                "The end user named is an intermediary; who will hold the items in the "
                "end is not known.",
                "Name the ultimate end user, and what kind it is.",
            )
        ]
    if case.force in index.forces:
        return _misplaced(case, index)
    is_named = bool(case.end_user or case.force)
    if is_named and case.end_user_kind not in {"", "UNKNOWN"}:
        return []
    return [
        Gap(
            "end_user",
            "The end user is not named, or its kind is not known.",
            "Name the force or body that will hold the items, and what kind it is.",
        )
    ]


def _misplaced(case: Case, index: FactIndex) -> list[Gap]:
    """A gap when the force belongs to a state that nobody named as the end user's."""
    state = index.forces[case.force].iso3
    if state in {case.recipient, case.end_user_state}:
        return []
    return [
        Gap(
            "end_user",
            f"The force belongs to {state}, which is neither the recipient nor the "
            "stated state of the end user.",
            "Say in which state the end user is, or choose a force of the recipient.",
        )
    ]


def _item_gaps(case: Case, index: FactIndex) -> list[Gap]:
    if case.item == "PARTS" and not case.parent_item:
        return [
            Gap(
                "parent_item",
                "What the parts go into is not known; parts carry that item's risk.",
                "Name the weapon or vehicle that the parts belong to.",
            )
        ]
    if case.real_item in index.items:
        return []
    return [
        Gap(
            "item",
            f"The item “{case.real_item or 'not stated'}” is in no known category.",
            "Choose an item category, or describe the item in plain words.",
        )
    ]


def _state_gaps(case: Case, index: FactIndex) -> list[Gap]:
    sides = {
        "recipient_state": ("recipient", case.recipient),
        "exporter_state": ("exporter", case.exporter),
        "end_user_state": ("state of the end user", case.end_user_state),
    }
    return [
        Gap(
            code,
            f"The {side} “{state or 'not stated'}” is not a state or territory on "
            "record.",
            f"Name the {side}.",
        )
        for code, (side, state) in sides.items()
        if state not in index.states
    ]


CRITERION = Criterion(
    code="known-parties",
    reads=(
        "exporter",
        "recipient",
        "end_user_state",
        "force",
        "end_user",
        "end_user_kind",
        "item",
        "parent_item",
        "as_of",
    ),
    assess=assess,
)
