"""Treaties that ban a weapon outright: who is bound, on either side of a transfer."""

from __future__ import annotations

from screening.rules.index import NON_STATE_KINDS, FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Evidence, Finding, Gap, Outcome, Verdict
from treaties.facts import day_date
from treaties.standing import Standing, StandingOn

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
    "as_of",
    "known_at",
)


def is_banned(treaty: str, case: Case, index: FactIndex, reading: Reading) -> bool:
    """Whether the treaty bans the item, or bans it for this kind of end user."""
    goods = {case.real_item, case.item}
    if goods & set(reading("weapon-bans/banned_items").get(treaty, [])):
        return True
    kind = index.kind_of(case.force, case.end_user_kind)
    for_states_only = reading("weapon-bans/banned_to_non_state").get(treaty, [])
    return kind in NON_STATE_KINDS and bool(goods & set(for_states_only))


def assess_ban(
    criterion: str,
    treaties: tuple[str, ...],
    case: Case,
    index: FactIndex,
    reading: Reading,
) -> list[Finding]:
    """Findings for each duty holder, then for the receiving state.

    A party may never transfer the item to anyone; a state outside is not bound, yet an
    item that is indiscriminate by nature never reads below REFUSE (METHOD 5).
    """
    relevant = tuple(t for t in treaties if is_banned(t, case, index, reading))
    if not relevant:
        return []
    sides = [*case.duty_holders(), (case.recipient, "recipient")]
    user_state = index.user_state(case)
    if user_state != case.recipient:
        sides.append((user_state, "end_user"))
    return [
        _finding(criterion, case, index, state, role, relevant) for state, role in sides
    ]


def strictest(
    case: Case, index: FactIndex, state: str, treaties: tuple[str, ...]
) -> tuple[str, StandingOn]:
    """The treaty among these that binds the state most, with its standing."""
    standings = [
        (t, index.standing(state, t, case.as_of, case.known_at)) for t in treaties
    ]
    return min(standings, key=lambda pair: _ORDER.index(pair[1].standing))


_ORDER = [
    Standing.BINDING,
    Standing.PROVISIONAL,
    Standing.NOT_YET,
    Standing.SIGNATORY,
    Standing.UNKNOWN,
    Standing.WITHDRAWN,
    Standing.NOT_BOUND,
]


def _finding(
    criterion: str,
    case: Case,
    index: FactIndex,
    state: str,
    role: str,
    treaties: tuple[str, ...],
) -> Finding:
    treaty, where = strictest(case, index, state, treaties)
    row = index.treaties.get(treaty)
    name = row.short_name if row is not None else treaty
    outcome, verdict, because = _said(name, where, role)
    return Finding(
        criterion=criterion,
        outcome=outcome,
        because=because,
        state=state,
        role=role,
        label=where.standing.value,
        label_why=where.why,
        basis="law" if where.standing.binds else "policy",
        verdict=verdict,
        item=case.item,
        reasons=_exceptions(treaty, case),
        evidence=act_evidence(index, state, treaty, where),
        gaps=_gaps(name, state, where),
    )


# What lets a banned item through all the same, by its treaty. A declared use opens no
# gate: the state must show that the exception is met.
_EXCEPTIONS = {
    "MBT": "Art. 3 lets through the minimum needed for training in detection and "
    "clearance, and transfers for destruction (3(2)).",
    "CCM": "Art. 3(6) and (7) let through the minimum needed for training, and "
    "transfers to another party for destruction.",
}


def _exceptions(treaty: str, case: Case) -> tuple[str, ...]:
    if case.end_use not in {"DEMINING", "TRAINING"} or treaty not in _EXCEPTIONS:
        return ()
    return (f"{_EXCEPTIONS[treaty]} The declared use alone does not show that.",)


def _said(
    name: str, where: StandingOn, role: str
) -> tuple[Outcome, Verdict | None, str]:
    receives = role in {"recipient", "end_user"}
    if where.standing.binds:
        verb = "receive" if receives else "transfer"
        because = f"The {name} binds this state: it may never {verb} this item."
        return Outcome.PROHIBITED, Verdict.PROHIBITED, because
    because = (
        f"The {name} does not bind this state; the item is inherently indiscriminate "
        "or abusive, so the transfer stays refused."
    )
    if receives:
        return Outcome.NOT_APPLICABLE, None, f"The {name} does not bind this state."
    return Outcome.FLOOR, Verdict.REFUSE, because


def _gaps(name: str, state: str, where: StandingOn) -> tuple[Gap, ...]:
    if where.standing is not Standing.UNKNOWN:
        return ()
    return (
        Gap(
            "treaty_status",
            f"Whether the {name} binds {state} on this day is not known: {where.why}.",
            "A dated act of the state towards the treaty, from its depositary.",
        ),
    )


def act_evidence(
    index: FactIndex, state: str, treaty: str, where: StandingOn
) -> tuple[Evidence, ...]:
    """The treaty acts that a standing rests on, as evidence rows."""
    rows = [a for a in index.acts.get((state, treaty), []) if a.key in where.acts]
    return tuple(
        Evidence(
            table="acts",
            key=act.key,
            text=f"{state}: {act.act.replace('_', ' ')}, {day_date(act.on)}",
            publisher=act.publisher,
            on=act.on,
            url=act.url,
            is_checked=act.checked,
        )
        for act in rows
    )
