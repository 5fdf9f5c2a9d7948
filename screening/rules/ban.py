"""Treaties that ban a weapon outright: who is bound, on either side of a transfer."""

from __future__ import annotations

from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Evidence, Finding, Gap, Outcome, Verdict
from treaties.facts import day_date
from treaties.standing import Standing, StandingOn

READS = (
    "exporter",
    "recipient",
    "item",
    "parent_item",
    "end_use",
    "origin",
    "brokers",
    "transit",
    "as_of",
    "known_at",
)


def is_banned(treaty: str, case: Case, reading: Reading) -> bool:
    """Whether the treaty bans the item, by the dated table of banned goods."""
    banned = reading("weapon-bans/banned_items").get(treaty, [])
    return case.real_item in banned or case.item in banned


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
    relevant = tuple(t for t in treaties if is_banned(t, case, reading))
    if not relevant:
        return []
    sides = [*case.duty_holders(), (case.recipient, "recipient")]
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
    outcome, verdict, because = _said(name, where, role, case)
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
        evidence=act_evidence(index, state, treaty, where),
        gaps=_gaps(name, state, where),
    )


def _said(
    name: str, where: StandingOn, role: str, case: Case
) -> tuple[Outcome, Verdict | None, str]:
    if where.standing.binds:
        if case.end_use == "DEMINING":
            because = (
                f"The {name} lets through only the minimum needed for detection, "
                "clearance or destruction; a declared use alone does not show that."
            )
            return Outcome.UNKNOWN, Verdict.REFUSE, because
        verb = "receive" if role == "recipient" else "transfer"
        because = f"The {name} binds this state: it may never {verb} this item."
        return Outcome.PROHIBITED, Verdict.PROHIBITED, because
    because = (
        f"The {name} does not bind this state; the item is inherently indiscriminate "
        "or abusive, so the transfer stays refused."
    )
    if role == "recipient":
        return Outcome.NOT_APPLICABLE, None, f"The {name} does not bind the recipient."
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
