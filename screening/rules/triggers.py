"""Trigger codes: the short names, in METHOD 2 to 4, of what was found.

The one place where findings become codes. A code names a question that was answered
with yes; whom the answer binds is the finding's label. It is said only by the criterion
that asks that question, or by a fact that carried a finding: a rule that does not exist
yet says none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from screening.rules import att
from screening.rules.conflict import conflicts
from screening.rules.index import FactIndex, codes
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Evidence, Finding, Outcome, Verdict

_BANS = {
    "mbt-1": "MBT-1",
    "ccm-1": "CCM-1",
    "ccw": "CCW",
    "bwc": "BWC",
    "cwc": "CWC",
}
_GATES = {
    **_BANS,
    "att-6.1": "ATT-6.1",
    "att-6.2": "ATT-6.2",
    "emb-un": "EMB-UN",
    "emb-eu": "EU-EMB",
    "torture-prohibited": "TF-P",
    "torture-controlled": "TF-C",
}
# The number of the question; "ATT-" or "X-" goes before it by the item's scope.
_RISKS = {"att-7.1b-i": "7.1b-i", "att-7.1b-ii": "7.1b-ii", "att-11": "11"}
_POLITICAL = {"OSCE": "EMB-OSCE", "EU": "EU-EMB"}
_ROLES = {"broker": "ATT-10", "transit": "ATT-9"}
_OWN_ACTS = {"statute": "NAT-STAT"}
_LEVELS = {Outcome.LEVEL_1, Outcome.LEVEL_2, Outcome.LEVEL_3}
_DEATH_PENALTY_GOODS = {"CAPITAL_PUNISHMENT_GOODS", "EXECUTION_DRUGS"}
_KINDS = {
    "NSAG": "F-ENDUSER-NSAG",
    "PMSC": "F-ENDUSER-PMSC",
    "INTELLIGENCE": "F-ENDUSER-INTEL",
    "COMMERCIAL_DEALER": "F-ENDUSER-COMMERCIAL",
    "CIVILIAN": "F-CIVIL-END-USER",
    "PRIVATE_INDIVIDUAL": "F-CIVIL-END-USER",
}
_KNOW_HOW = {"PRODUCTION_EQUIPMENT", "LICENSED_PRODUCTION"}
_DIVERSIONS = {
    "unauthorised_reexport": "F-REEXPORT-HISTORY",
    "end_use_breach": "F-ENDUSE-BREACH",
    "theft_loss": "F-NO-STOCKPILE-CTRL",
    "sold_by_officials": "F-NO-STOCKPILE-CTRL",
}
_CONFIRMED = 3
_MINOR = 1

# Every code that some rule can say today.
SPOKEN = frozenset(
    {
        *_GATES.values(),
        *_POLITICAL.values(),
        *_ROLES.values(),
        *_KINDS.values(),
        *_DIVERSIONS.values(),
        *(f"{side}-{number}" for side in ("ATT", "X") for number in _RISKS.values()),
        "ATT-4",
        "ATT-6.2-RECIPIENT",
        "ATT-6.3",
        "ATT-6.3-WATCH",
        "EMB-REG",
        "EMB-UN-EXEMPT",
        "F-BROKER",
        "F-COALITION",
        "F-CONFLICT-ABROAD",
        "F-CONFLICT-ACTIVE",
        "F-DIVERSION-CONFIRMED",
        "F-EMB-EXPORTER",
        "F-ENDUSER-IN-CONFLICT",
        "F-FORCE-MISCONDUCT",
        "F-INDISCRIMINATE",
        "F-INTERNAL-CONFLICT",
        "F-ITEM-MATCH-ABUSE",
        "F-OUT-OF-SCOPE",
        "F-PAST-VIOL-UNASSESSED",
        "F-PERP-MATCH",
        "F-PRODUCTION-EQUIP",
        "F-RECIPIENT-PARTY",
        "F-REPRESSION-RECORD",
        "F-TERRITORY",
        "F-THIRD-PARTY-TRANSFER",
        "F-TRANSIT-PARTY",
        "F-ULTIMATE-END-USER",
        "NAT-EMB",
        "NAT-STAT",
        "TF-DP",
        "TF-PROMO",
    }
)


def triggers_of(
    findings: Iterable[Finding],
    lines: Sequence[Case],
    index: FactIndex,
    reading: Reading,
) -> tuple[str, ...]:
    """The codes that the findings on the lines of one transfer imply, sorted.

    Only findings that weigh count: one that says LOW, that nothing applies, or that a
    risk is not known, implies none.
    """
    found: set[str] = set()
    speaking = [f for f in findings if _speaks(f)]
    for finding in speaking:
        found.update(_of_criterion(finding, lines, index))
        found.update(_of_role(finding))
        for row in finding.evidence:
            if row.is_counted:
                found.update(_of_evidence(row, finding, lines, index))
    for case in lines:
        found.update(_of_line(case, index))
    if any(f.criterion == "att-7.1b-i" for f in speaking):
        for case in lines:
            found.update(_of_conflict(case, index, reading))
    found.update(_of_end_user_in_conflict(found, speaking))
    return tuple(sorted(found))


def _speaks(finding: Finding) -> bool:
    if finding.outcome is Outcome.EXEMPT:
        return True
    if finding.criterion in _RISKS:
        return finding.outcome in _LEVELS
    if finding.criterion == "torture-controlled" and finding.basis == "law":
        # A licence is the condition, whatever else is found.
        return True
    return finding.verdict is not None and finding.verdict is not Verdict.LOW


# --- By criterion -----------------------------------------------------------------


def _of_criterion(
    finding: Finding, lines: Sequence[Case], index: FactIndex
) -> Iterator[str]:
    code = finding.criterion
    if finding.outcome is Outcome.EXEMPT:
        if code == "emb-un":
            yield "EMB-UN-EXEMPT"
        return
    if code in _RISKS:
        yield from _of_risk(finding, lines, index)
    elif code == "att-6.3":
        is_whole = finding.outcome is Outcome.PROPOSED
        yield "ATT-6.3" if is_whole else "ATT-6.3-WATCH"
    elif code == "national-stop":
        yield _OWN_ACTS.get(_measure(finding, index, "act_kind"), "NAT-EMB")
    elif code == "emb-political":
        yield _POLITICAL.get(_measure(finding, index, "issuer"), "EMB-REG")
    elif code in _GATES:
        yield _GATES[code]
    if code == "emb-un" and _is_in_scope(finding, lines, index):
        # Article 6(1) asks the same of arms, outside the treaty as policy only.
        yield "ATT-6.1"
    if code.startswith("torture-"):
        yield from _of_torture(finding, lines)


def _of_risk(
    finding: Finding, lines: Sequence[Case], index: FactIndex
) -> Iterator[str]:
    for case in lines:
        if case.item == finding.item:
            inside = att.is_in_scope(case, index)
            yield f"{'ATT' if inside else 'X'}-{_RISKS[finding.criterion]}"
            # Article 4: parts carry the risk of what they go into.
            if inside and case.item == "PARTS":
                yield "ATT-4"


def _is_in_scope(finding: Finding, lines: Sequence[Case], index: FactIndex) -> bool:
    return any(
        att.is_in_scope(case, index) for case in lines if case.item == finding.item
    )


def _of_torture(finding: Finding, lines: Sequence[Case]) -> Iterator[str]:
    about = [case for case in lines if case.item == finding.item]
    if any(case.real_item in _DEATH_PENALTY_GOODS for case in about):
        yield "TF-DP"
    is_banned = finding.criterion == "torture-prohibited"
    if is_banned and any(case.activity == "PROMOTION" for case in about):
        yield "TF-PROMO"


def _of_role(finding: Finding) -> Iterator[str]:
    """What the finding says of a state that is neither exporter nor origin."""
    if finding.role in _ROLES and finding.outcome is not Outcome.EXEMPT:
        yield _ROLES[finding.role]
    if finding.outcome is not Outcome.PROHIBITED or finding.criterion not in _BANS:
        return
    if finding.role == "transit":
        yield "F-TRANSIT-PARTY"
    if finding.role in {"recipient", "end_user"}:
        yield "ATT-6.2-RECIPIENT"
        yield "F-RECIPIENT-PARTY"


def _measure(finding: Finding, index: FactIndex, column: str) -> str:
    keys = [row.key for row in finding.evidence if row.table == "measures"]
    measure = index.fact("measures", keys[0]) if keys else None
    return str(getattr(measure, column, ""))


# --- By the facts that carried the finding ----------------------------------------


def _of_evidence(
    row: Evidence, finding: Finding, lines: Sequence[Case], index: FactIndex
) -> Iterator[str]:
    fact = index.fact(row.table, row.key)
    if fact is None:
        return
    if row.table == "reports":
        yield from _of_report(row, fact, lines, index)
    elif row.table == "measures":
        sending = {state for case in lines for state in (case.exporter, case.origin)}
        is_outward = fact.direction in {"from", "both"}
        if is_outward and sending & set(codes(fact.targets)):
            yield "F-EMB-EXPORTER"
    elif row.table == "diversions":
        if fact.strength == _CONFIRMED:
            yield "F-DIVERSION-CONFIRMED"
        if fact.kind in _DIVERSIONS:
            yield _DIVERSIONS[fact.kind]
    elif row.table == "indicator_values" and finding.criterion == "att-7.1b-ii":
        yield "F-REPRESSION-RECORD"


def _of_report(
    row: Evidence, report: Any, lines: Sequence[Case], index: FactIndex
) -> Iterator[str]:
    if (row.match or 0) >= 2:
        yield "F-ITEM-MATCH-ABUSE"
    if row.attribution == 3:
        yield "F-PERP-MATCH"
        if report.force_level == "unit":
            yield "F-FORCE-MISCONDUCT"
    if report.accountability in {"none", "unknown"} and report.finding == "adverse":
        yield "F-PAST-VIOL-UNASSESSED"
    if report.force in index.coalitions:
        yield "F-COALITION"
    states = {index.user_state(case) for case in lines}
    of_war = report.legal_class in {"serious_ihl", "war_crime"}
    if of_war and (row.attribution or 0) >= 2 and report.place not in {"", *states}:
        yield "F-CONFLICT-ABROAD"


def _of_conflict(case: Case, index: FactIndex, reading: Reading) -> Iterator[str]:
    """The conflicts that the limb on humanitarian law looked at for this line."""
    state = index.user_state(case)
    for row in conflicts(case, index, reading):
        fact = index.fact(row.table, row.key)
        if fact is None:
            continue
        if row.table == "operations":
            abroad = fact.place != state
        else:
            abroad = fact.is_abroad
            if not abroad and fact.intensity == _MINOR:
                yield "F-INTERNAL-CONFLICT"
        yield "F-CONFLICT-ABROAD" if abroad else "F-CONFLICT-ACTIVE"


def _of_end_user_in_conflict(
    found: set[str], speaking: Sequence[Finding]
) -> Iterator[str]:
    """The named force itself is reported for its conduct in a conflict that goes on."""
    at_war = {"F-CONFLICT-ABROAD", "F-CONFLICT-ACTIVE"} & found
    by_itself = any(
        row.attribution == 3 and row.is_counted
        for finding in speaking
        if finding.criterion == "att-7.1b-i"
        for row in finding.evidence
    )
    if at_war and by_itself:
        yield "F-ENDUSER-IN-CONFLICT"


# --- By what the transfer itself is ------------------------------------------------


def _of_line(case: Case, index: FactIndex) -> Iterator[str]:
    kind = index.kind_of(case.force, case.end_user_kind)
    if kind in _KINDS:
        yield _KINDS[kind]
    if kind == "MANUFACTURER_INTEGRATOR" or index.user_state(case) != case.recipient:
        yield "F-ULTIMATE-END-USER"
    if case.brokers:
        yield "F-BROKER"
    if case.origin not in {"", case.exporter}:
        yield "F-THIRD-PARTY-TRANSFER"
    state = index.states.get(case.recipient)
    if state is not None and state.status == "territory":
        yield "F-TERRITORY"
    yield from _of_item(case, index)


def _of_item(case: Case, index: FactIndex) -> Iterator[str]:
    row = index.items.get(case.real_item)
    if row is not None and row.is_indiscriminate:
        yield "F-INDISCRIMINATE"
    if case.item in index.items and not att.is_in_scope(case, index):
        yield "F-OUT-OF-SCOPE"
    if case.item in _KNOW_HOW:
        yield "F-PRODUCTION-EQUIP"
