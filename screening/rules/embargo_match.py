"""Does an embargo reach this transfer: by target, end user, goods, area, exemption?

Shared by the embargo gates. Who is bound by a measure that reaches the transfer is the
criterion's own question.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from screening.rules.index import (
    NON_STATE_KINDS,
    STATE_KINDS,
    FactIndex,
    codes,
    is_running,
)
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Evidence, Gap
from treaties.facts import day_date

CHAPTER_VII = "chapter_vii"

# The transfer columns that decide whether a measure reaches a transfer.
READS = (
    "exporter",
    "recipient",
    "end_user_state",
    "force",
    "end_user_kind",
    "item",
    "parent_item",
    "end_use",
    "origin",
    "brokers",
    "transit",
    "approvals",
    "as_of",
    "known_at",
)


class Reach(StrEnum):
    """How a measure in force meets the transfer."""

    HIT = "HIT"
    EXEMPT = "EXEMPT"
    UNDECIDABLE = "UNDECIDABLE"


@dataclass(frozen=True)
class Match:
    """One measure that reaches the transfer, with what opens or blurs it."""

    measure: Any
    reach: Reach
    gaps: tuple[Gap, ...] = ()
    # The embargoed state sends: then the importer is bound as much as the exporter.
    is_outward: bool = False
    exemption: Any | None = None
    could_open: tuple[Any, ...] = ()


def matches(case: Case, index: FactIndex, reading: Reading) -> Iterator[Match]:
    """Each measure in force on the case's day, and known then, that reaches it."""
    for measure, is_outward in _aimed_at(case, index):
        if not _is_live(measure, case) or not covers(measure, case, index, reading):
            continue
        reach, gaps = _end_user(measure, case, index)
        if reach is None:
            continue
        doubts = [
            *_area(measure, case, reading),
            *_goods_in_doubt(measure, case, index),
        ]
        if doubts:
            reach, gaps = Reach.UNDECIDABLE, (*gaps, *doubts)
        match = _with_exemptions(measure, reach, gaps, case, index, reading)
        yield replace(match, is_outward=is_outward)


def bound_sides(match: Match, case: Case) -> list[tuple[str, str]]:
    """The states, with their roles, that a measure reaching the transfer addresses."""
    importer = [(case.recipient, "recipient")] if match.is_outward else []
    return [*case.duty_holders(), *importer]


def near_misses(case: Case, index: FactIndex, reading: Reading) -> list[Any]:
    """Measures that would have reached the transfer, but ended shortly before."""
    window = reading("embargo/near_miss_days")
    return [
        m
        for m, _ in _aimed_at(case, index)
        if m.known_from <= case.known_at
        and not is_running(m, case)
        and 0 <= case.as_of - m.ends < window
        and covers(m, case, index, reading)
    ]


def _aimed_at(case: Case, index: FactIndex) -> Iterator[tuple[Any, bool]]:
    """Each measure aimed at a side of the transfer, and whether at the sending one."""
    seen: set[str] = set()
    receiving = {case.recipient, case.end_user_state, index.user_state(case)}
    sending = {case.exporter, case.origin}
    for state in sorted((receiving | sending) - {""}):
        for measure in index.measures.get(state, []):
            inward = state in receiving and measure.direction in {"to", "both"}
            outward = state in sending and measure.direction in {"from", "both"}
            if (inward or outward) and measure.key not in seen:
                seen.add(measure.key)
                yield measure, outward and not inward
    for measure in index.measures.get("", []):
        if measure.key not in seen:
            yield measure, False


def _is_live(measure: Any, case: Case) -> bool:
    return measure.known_from <= case.known_at and is_running(measure, case)


def covers(measure: Any, case: Case, index: FactIndex, reading: Reading) -> bool:
    """Whether the goods fall under the measure, by the dated table of covered goods."""
    if case.real_item not in index.items:
        # What is in no known category may be covered: `_goods_in_doubt` says so.
        return True
    table = reading("embargo/covered_goods")
    goods = {case.item, case.real_item}
    scopes = {index.items[g].att_scope for g in goods if g in index.items}
    narrow = reading("embargo/narrow_areas").get(measure.area)
    for code in (narrow,) if narrow else codes(measure.covers):
        covered = table[code]
        if goods & set(covered.get("items", [])):
            return True
        if scopes & set(covered.get("att_scopes", [])):
            return True
    return False


def _end_user(
    measure: Any, case: Case, index: FactIndex
) -> tuple[Reach | None, tuple[Gap, ...]]:
    kind = index.kind_of(case.force, case.end_user_kind)
    match measure.end_users:
        case "named":
            return _named(measure, case, index, kind)
        case "non_government":
            reached = kind not in STATE_KINDS | {"PEACE_OPERATION", "UNKNOWN"}
        case "government":
            reached = kind in STATE_KINDS
        case _:
            return Reach.HIT, ()
    if kind == "UNKNOWN":
        return Reach.UNDECIDABLE, (_end_user_gap(measure),)
    return (Reach.HIT if reached else None), ()


def _named(
    measure: Any, case: Case, index: FactIndex, kind: str
) -> tuple[Reach | None, tuple[Gap, ...]]:
    named = set(codes(measure.named_forces))
    if named & set(index.lineage(case.force)):
        return Reach.HIT, ()
    # A worldwide list of names is in doubt only for groups: else every end user that
    # nobody named would be refused by it, which its own gap says already.
    doubtful = NON_STATE_KINDS | ({"UNKNOWN"} if measure.targets else set())
    unclear = kind in doubtful and case.force not in index.forces
    return (Reach.UNDECIDABLE, (_end_user_gap(measure),)) if unclear else (None, ())


def _end_user_gap(measure: Any) -> Gap:
    return Gap(
        "end_user",
        f"It is not known whether the end user is one that “{measure.title}” names.",
        "Name the end user, or the force, on the transfer.",
    )


def _area(measure: Any, case: Case, reading: Reading) -> list[Gap]:
    """A gap when the measure covers a part of a state and the place is not shown."""
    if measure.area not in reading("embargo/part_areas"):
        return []
    return [
        Gap(
            "embargo_area",
            f"“{measure.title}” covers only: {measure.area}. Whether the items stay "
            "out of that area is not known.",
            "Evidence of where the end user will hold and use the items.",
        )
    ]


def _goods_in_doubt(measure: Any, case: Case, index: FactIndex) -> list[Gap]:
    """A gap when it is not known what the item is, while a measure may cover it."""
    if case.real_item in index.items or not measure.covers:
        return []
    return [
        Gap(
            "item",
            f"Whether “{measure.title}” covers the item is not known: it is in no "
            "known category.",
            "Choose an item category, or describe the item in plain words.",
        )
    ]


def _with_exemptions(
    measure: Any,
    reach: Reach,
    gaps: tuple[Gap, ...],
    case: Case,
    index: FactIndex,
    reading: Reading,
) -> Match:
    live = [
        e
        for e in index.exemptions.get((measure.embargo,), [])
        if e.known_from <= case.known_at and e.starts <= case.as_of < e.ends
    ]
    kind = index.kind_of(case.force, case.end_user_kind)
    fitting = [e for e in live if _serves(e, kind) and _lets_through(e, case, reading)]
    granted = [e for e in fitting if e.procedure == "granted"]
    fitting = [e for e in fitting if e.procedure != "granted"]
    for exemption in fitting:
        # METHOD 11.2: only a standing exemption opens a gate by itself; notice and
        # approval need their document on the transfer. So does a standing one for
        # anybody's protective use: a declared use shows nothing (METHOD 7.3).
        documented = measure.embargo in case.approvals
        by_itself = exemption.procedure == "standing" and exemption.who_code != "any"
        if by_itself or documented:
            return Match(measure, Reach.EXEMPT, (), exemption=exemption)
    doubts = _granted(measure, granted, case, index, reading)
    if doubts and reach is Reach.HIT:
        reach, gaps = Reach.UNDECIDABLE, (*gaps, *doubts)
    return Match(measure, reach, gaps, could_open=(*fitting, *granted))


def _granted(
    measure: Any,
    granted: list[Any],
    case: Case,
    index: FactIndex,
    reading: Reading,
) -> list[Gap]:
    """A gap when such an approval is on record: it may be that of this transfer.

    Only the document on the transfer shows that it is, so the gate stays undecided.
    """
    counts = reading("embargo/approval_counts_days")
    return [
        Gap(
            "approval",
            f"An approval under “{measure.title}” was given to "
            f"{index.name_of(case.exporter)} on {day_date(e.starts)}. "
            "Whether it is the one of this transfer is not known.",
            "The approval itself, on the transfer.",
        )
        for e in granted
        if case.exporter in codes(e.granted_to) and case.as_of - e.starts <= counts
    ]


_SERVED = {
    "un": {"PEACE_OPERATION"},
    "peace_operation": {"PEACE_OPERATION"},
    "government": STATE_KINDS,
}


def _serves(exemption: Any, kind: str) -> bool:
    if exemption.who_code == "any":
        return True
    return kind in _SERVED.get(exemption.who_code, set())


def _lets_through(exemption: Any, case: Case, reading: Reading) -> bool:
    if exemption.goods_code == "all":
        return True
    goods = reading("embargo/exempt_goods").get(exemption.goods_code, [])
    if exemption.who_code == "any" and case.end_use not in reading(
        "embargo/protective_uses"
    ):
        # "Non-lethal equipment for humanitarian or protective use": the use is in the
        # text.
        return False
    return case.item in goods


def measure_evidence(
    index: FactIndex, match: Match, case: Case
) -> tuple[Evidence, ...]:
    """The measure, what renewed it last, and the exemption, as evidence rows."""
    measure = match.measure
    rows = [
        Evidence(
            table="measures",
            key=measure.key,
            text=f"{measure.title} ({measure.imposed_by}), in force from "
            f"{day_date(measure.starts)}",
            publisher=measure.publisher,
            on=measure.starts,
            url=measure.url,
            is_checked=measure.checked,
        )
    ]
    rows += _last_instrument(measure, case, index)
    rows += [_exemption_row(e, e is match.exemption) for e in _shown(match)]
    return tuple(rows)


def _last_instrument(measure: Any, case: Case, index: FactIndex) -> list[Evidence]:
    """The act that imposed, renewed or amended the embargo last before the day."""
    acts = [
        act
        for act in index.instruments.get((measure.embargo,), [])
        if act.known_from <= case.known_at and act.on <= case.as_of
    ]
    if not acts:
        return []
    act = max(acts, key=lambda a: (a.on, a.key))
    until = day_date(act.until)
    return [
        Evidence(
            table="instruments",
            key=act.key,
            text=f"{act.instrument}: {act.effect.replace('_', ' ')}"
            + (f" until {until}" if until is not None else ""),
            publisher=act.publisher,
            on=act.on,
            url=act.url,
            is_checked=act.checked,
        )
    ]


def _shown(match: Match) -> tuple[Any, ...]:
    return (match.exemption,) if match.exemption is not None else match.could_open


def _exemption_row(exemption: Any, opens: bool) -> Evidence:
    need = {
        "notify": "needs notice",
        "approve": "needs approval",
        "granted": "approval on record",
    }
    how = need.get(exemption.procedure, "standing")
    return Evidence(
        table="exemptions",
        key=exemption.key,
        text=f"Exemption ({how}): {exemption.what}, for {exemption.who} "
        f"({exemption.instrument})",
        publisher=exemption.publisher,
        on=exemption.starts,
        url=exemption.url,
        is_checked=exemption.checked,
        is_counted=opens,
    )
