"""Diversion: the risk that the items leave the authorised end user or end use.

One question under several laws: ATT 11, criterion 7 of the European and British texts.
"""

from __future__ import annotations

from typing import Any

from screening.rules.grid import item_match
from screening.rules.holders import Holder, said_to
from screening.rules.index import FactIndex
from screening.rules.indicators import latest, value_evidence
from screening.rules.mitigation import mitigated
from screening.rules.rulebook import Reading
from screening.rules.searched import completed, search_evidence, search_gap
from screening.rules.types import (
    LEVEL_OUTCOMES,
    LEVEL_VERDICTS,
    Case,
    Evidence,
    Finding,
    Outcome,
    Verdict,
)

CONFIRMED = 3
READS = (
    "recipient",
    "end_user_state",
    "force",
    "end_user_kind",
    "item",
    "parent_item",
    "mitigations",
    "as_of",
    "known_at",
)


def diversion(
    code: str,
    holders: list[Holder],
    case: Case,
    index: FactIndex,
    reading: Reading,
    *,
    at_most: int = 3,
) -> list[Finding]:
    """Weigh recorded diversion by the end user's state.

    METHOD 11.7: one confirmed event of the same class is level 2; two, or one to an
    embargoed or non-state user, level 3. A forged certificate never counts against the
    state named on it.

    at_most: the highest level by the words of this law, where it only weighs.
    """
    if not holders:
        return []
    relevance = relevance_of(case, index)
    if relevance == 0:
        return said_to(holders, _irrelevant(code, case))
    events = recorded(case, index, reading)
    level, prior = _level(events, case, index, reading, relevance)
    kind = index.kind_of(case.force, case.end_user_kind)
    uncontrolled = kind in reading("diversion/kinds_without_control")
    level = max(level, int(uncontrolled))
    level, considered = mitigated(level, "DIVERSION", case, reading)
    search = completed("diversion", case, index, reading)
    unknown = level == 0 and not search
    weighed = min(level, at_most)
    finding = Finding(
        criterion=code,
        outcome=Outcome.UNKNOWN if unknown else LEVEL_OUTCOMES[weighed],
        because=_because(level, len(events), bool(prior), unknown),
        verdict=Verdict.ELEVATED if unknown else LEVEL_VERDICTS[weighed],
        item=case.item,
        reasons=(*_reasons(bool(prior), uncontrolled), *considered),
        evidence=(
            *(event_evidence(e, m) for e, m in events),
            *prior,
            *search_evidence(search),
        ),
        gaps=(search_gap("diversion", case, index),)
        if not search and level < 3
        else (),
    )
    return said_to(holders, finding)


def relevance_of(case: Case, index: FactIndex) -> int:
    """How far the item lends itself to diversion; in no known category, fully."""
    row = index.items.get(case.real_item)
    return int(row.rel_diversion) if row is not None else 3


def recorded(case: Case, index: FactIndex, reading: Reading) -> list[tuple[Any, int]]:
    """Events known then that count against the state, each with its match, the
    nearest first."""
    state = index.user_state(case)
    oldest = case.as_of - reading("diversion/years_that_count") * 365
    found = [
        (row, item_match(row, case, index, reading))
        for row in index.diversions.get((state,), [])
        if row.known_from <= case.known_at
        and oldest <= row.happened_on <= case.as_of
        and row.from_role in reading("diversion/roles_that_count")
    ]
    return sorted(found, key=lambda e: (-e[1], -e[0].strength, -e[0].happened_on))


def _level(
    events: list[tuple[Any, int]],
    case: Case,
    index: FactIndex,
    reading: Reading,
    relevance: int,
) -> tuple[int, tuple[Evidence, ...]]:
    matched = [e for e, m in events if m >= 2 and e.strength == CONFIRMED]
    to_forbidden = [
        e for e in matched if e.kind in reading("diversion/kinds_to_forbidden_users")
    ]
    prior = corruption(case, index, reading)
    if len(matched) >= 2 or to_forbidden:
        level = 3
    elif matched:
        level = 2
    else:
        level = int(bool(events) or (bool(prior) and relevance >= 2))
    if relevance == 1:
        level = max(level - 1, int(level == 3))
    return level, prior if relevance >= 2 else ()


def corruption(case: Case, index: FactIndex, reading: Reading) -> tuple[Evidence, ...]:
    """High corruption by a published indicator, () when it is not."""
    code = reading("indicators/corruption_indicator")
    row = latest(code, index.user_state(case), case, index, reading)
    if row is None or row.value > reading("indicators/corruption_at_most"):
        return ()
    return (value_evidence(row),)


def _reasons(corrupt: bool, uncontrolled: bool) -> tuple[str, ...]:
    said = {
        "Corruption is high by a published indicator.": corrupt,
        "An end user of this kind passes arms on, or answers to no state for keeping "
        "them.": uncontrolled,
    }
    return tuple(text for text, holds in said.items() if holds)


def _because(level: int, n: int, corrupt: bool, unknown: bool) -> str:
    if unknown:
        return "Whether arms were diverted before is not known: nobody has looked."
    if level == 0:
        return "No diversion that counts is recorded for the end user's state."
    other = "weak controls" if corrupt else "the kind of end user"
    events = f"{n} recorded event{'s' if n != 1 else ''}" if n else other
    word = ("", "Some", "A substantial", "A clear")[level]
    return f"{word} risk of diversion, from {events}."


def event_evidence(event: Any, match: int) -> Evidence:
    """A recorded diversion as an evidence row."""
    return Evidence(
        table="diversions",
        key=event.key,
        text=f"{event.summary} (to {event.to_text})",
        publisher=event.publisher,
        on=event.known_from,
        url=event.url,
        is_checked=event.checked,
        match=match,
        strength=event.strength,
        is_counted=True,
    )


def _irrelevant(code: str, case: Case) -> Finding:
    return Finding(
        criterion=code,
        outcome=Outcome.NOT_APPLICABLE,
        because="Diversion of this item is not a recorded problem.",
        item=case.item,
    )
