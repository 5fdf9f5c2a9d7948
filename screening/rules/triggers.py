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
_RISKS = {
    "att-7.1a": "7.1a",
    "att-7.1b-i": "7.1b-i",
    "att-7.1b-ii": "7.1b-ii",
    "att-7.1b-iii": "7.1b-iii",
    "att-7.1b-iv": "7.1b-iv",
    "att-7.4": "7.4",
    "att-7.7": "7.7",
    "att-11": "11",
}
# Criteria of one state's or one union's law: the code is the criterion's own.
_REGIMES = {
    **{f"cp-{n}": f"CP-{n}" for n in ("1", "2a", "2b", "2c", *"345678")},
    **{f"uk-{n}": f"UK-{n}" for n in ("1", "2a", "2b", "2c", "2d", *"345678")},
    "us-cat": "US-CAT",
    "us-502b": "US-502B",
    "us-leahy": "US-LEAHY",
    "us-620i": "US-620I",
    "us-cspa": "US-CSPA",
    "us-cc": "US-CC",
    "pol-laws": "POL-LAWS",
}
_POLITICAL = {"OSCE": "EMB-OSCE", "EU": "EU-EMB"}
# They contribute no verdict: that there is such a state, or such news, is the answer.
_LINES = {"att-10": "ATT-10", "att-9": "ATT-9"}
_ALWAYS_SAID = {"att-7.7", *_LINES}
_NAMED = {**_REGIMES, **_LINES, "quantity-need": "F-ENDUSE-IMPLAUSIBLE"}
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
# Tables whose every row, where it carries a finding, is the fact itself.
_TABLES = {"coups": "F-COUP", "episodes": "F-ATROCITY-ALERT"}
_ATROCITIES = {"genocide", "crime_against_humanity"}
_CONFIRMED = 3
_MINOR = 1
_HIGH = Verdict.HIGH.rank

# Every code that some rule can say today.
SPOKEN = frozenset(
    {
        *_GATES.values(),
        *_POLITICAL.values(),
        *_NAMED.values(),
        *_KINDS.values(),
        *_DIVERSIONS.values(),
        *_TABLES.values(),
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
        "F-ECON-PRESSURE",
        "F-EMB-EXPORTER",
        "F-ENDUSER-IN-CONFLICT",
        "F-FORCE-MISCONDUCT",
        "F-INDISCRIMINATE",
        "F-INTERNAL-CONFLICT",
        "F-ITEM-MATCH-ABUSE",
        "F-MITIG-INSUFFICIENT",
        "F-MITIG-PSV",
        "F-NAVAL-BLOCKADE",
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
                found.update(_of_evidence(row, finding, lines, index, reading))
    for case in lines:
        found.update(_of_line(case, index))
    if any(f.criterion == "att-7.1b-i" for f in speaking):
        for case in lines:
            found.update(_of_conflict(case, index, reading))
    found.update(_of_end_user_in_conflict(found, speaking))
    found.update(_of_mitigation(speaking, lines))
    return tuple(sorted(found))


def _speaks(finding: Finding) -> bool:
    if finding.outcome is Outcome.EXEMPT:
        return True
    if finding.criterion in _ALWAYS_SAID:
        return True
    if finding.criterion in _RISKS:
        return finding.outcome in _LEVELS
    if finding.criterion in _REGIMES and finding.outcome is Outcome.UNKNOWN:
        return False
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
    elif code in _NAMED:
        yield _NAMED[code]
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
    row: Evidence,
    finding: Finding,
    lines: Sequence[Case],
    index: FactIndex,
    reading: Reading,
) -> Iterator[str]:
    fact = index.fact(row.table, row.key)
    if fact is None:
        return
    if row.table == "reports":
        yield from _of_report(row, fact, lines, index)
        official = fact.publisher_class in reading("evidence/official_publishers")
        if official and fact.legal_class in _ATROCITIES and (row.attribution or 0) >= 2:
            yield "F-ATROCITY-ALERT"
    elif row.table in _TABLES:
        yield _TABLES[row.table]
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
    if "starvation_siege" in codes(report.violations) and _is_naval(report, index):
        yield "F-NAVAL-BLOCKADE"
    states = {index.user_state(case) for case in lines}
    of_war = report.legal_class in {"serious_ihl", "war_crime"}
    if of_war and (row.attribution or 0) >= 2 and report.place not in {"", *states}:
        yield "F-CONFLICT-ABROAD"


def _is_naval(report: Any, index: FactIndex) -> bool:
    """Whether ships are what the siege is laid with: by the force, or by the items."""
    force = index.forces.get(report.force)
    if force is not None and force.kind == "NAVY":
        return True
    families = {index.items[i].family for i in codes(report.items) if i in index.items}
    return "NAVAL" in families


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


def _of_mitigation(speaking: Sequence[Finding], lines: Sequence[Case]) -> Iterator[str]:
    """Safeguards were offered, and a substantial risk or a ban stands all the same."""
    stands = any(f.verdict is not None and f.verdict.rank >= _HIGH for f in speaking)
    if stands and any(case.mitigations for case in lines):
        yield "F-MITIG-INSUFFICIENT"


# --- By what the transfer itself is ------------------------------------------------


def _of_line(case: Case, index: FactIndex) -> Iterator[str]:
    kind = index.kind_of(case.force, case.end_user_kind)
    if kind in _KINDS:
        yield _KINDS[kind]
    if kind == "MANUFACTURER_INTEGRATOR" or index.user_state(case) != case.recipient:
        yield "F-ULTIMATE-END-USER"
    if case.brokers:
        yield "F-BROKER"
    if case.economic:
        # Recorded, and of no weight (METHOD 9, invariant 9).
        yield "F-ECON-PRESSURE"
    if any(code.startswith("POST_SHIPMENT_VERIFICATION") for code in case.mitigations):
        yield "F-MITIG-PSV"
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
