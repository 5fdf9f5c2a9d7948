"""From a measure that reaches the transfer to a finding for one state."""

from __future__ import annotations

from screening.rules.embargo_match import Match, Reach, measure_evidence, near_misses
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Evidence, Finding, Gap, Outcome, Verdict
from treaties.facts import day_date
from treaties.standing import Standing, StandingOn


def bound_finding(
    criterion: str,
    match: Match,
    *,
    case: Case,
    index: FactIndex,
    holder: tuple[str, str],
    standing: StandingOn,
    grounds: str,
) -> Finding:
    """The gate's finding for a state that the embargo binds.

    grounds: why the state is bound, as the end of a sentence.
    """
    state, role = holder
    outcome, verdict, because = _said(match, standing)
    return Finding(
        criterion=criterion,
        outcome=outcome,
        because=because,
        state=state,
        role=role,
        label=standing.standing.value,
        label_why=standing.why,
        verdict=verdict,
        item=case.item,
        reasons=(grounds, *_reasons(match)),
        evidence=measure_evidence(index, match, case),
        gaps=(*match.gaps, *_membership_gaps(state, match, standing)),
    )


def _membership_gaps(state: str, match: Match, standing: StandingOn) -> list[Gap]:
    if standing.standing is not Standing.UNKNOWN or match.reach is Reach.EXEMPT:
        return []
    return [
        Gap(
            "membership",
            f"Whether “{match.measure.title}” binds {state} is not known: "
            f"{standing.why}.",
            "Name the state, or give a dated act of its membership.",
        )
    ]


def _said(match: Match, standing: StandingOn) -> tuple[Outcome, Verdict | None, str]:
    title = match.measure.title
    if match.reach is Reach.EXEMPT:
        return Outcome.EXEMPT, None, f"{title}: an exemption covers this transfer."
    if match.reach is Reach.UNDECIDABLE:
        # METHOD 5, gates: a gate that cannot be decided never reads below REFUSE.
        because = f"{title}: what is known does not decide whether it reaches this."
        return Outcome.UNKNOWN, Verdict.REFUSE, because
    because = f"{title} is in force and covers these goods and this end user."
    if standing.standing is Standing.UNKNOWN:
        because += " Whether it binds this state is not known."
        return Outcome.UNKNOWN, Verdict.REFUSE, because
    if standing.standing.binds:
        return Outcome.PROHIBITED, Verdict.PROHIBITED, because
    because += " This state is not shown to be bound; the goods stay refused."
    return Outcome.FLOOR, Verdict.REFUSE, because


def _reasons(match: Match) -> list[str]:
    area = f"Where: {match.measure.area}." if match.measure.area else ""
    reasons = [area] if area else []
    if match.exemption is not None:
        reasons.append(f"Exemption: {match.exemption.instrument}.")
    reasons += [
        f"It could be opened only by {_procedure(e.procedure)} under {e.instrument}; "
        "no document of that is on the transfer."
        for e in match.could_open
    ]
    return reasons


def _procedure(code: str) -> str:
    how = {
        "notify": "notice to the committee",
        "approve": "prior approval",
        "granted": "the approval on record",
    }
    return how.get(code, "proof of the exempt use")


def nothing_found(
    criterion: str, case: Case, index: FactIndex, reading: Reading, issuers: str
) -> Finding:
    """No measure reaches the transfer; what ended shortly before is shown."""
    ended = [m for m in near_misses(case, index, reading) if m.binding == issuers]
    rows = tuple(
        Evidence(
            table="measures",
            key=m.key,
            text=f"{m.title} ended on {day_date(m.ends)}",
            publisher=m.publisher,
            on=m.ends,
            url=m.url,
            is_checked=m.checked,
            is_counted=False,
        )
        for m in ended
    )
    return Finding(
        criterion=criterion,
        outcome=Outcome.NOT_APPLICABLE,
        because="No measure of this kind in force on this day reaches the transfer.",
        state=case.exporter,
        role="exporter",
        reasons=tuple(f"Near miss: {row.text}." for row in rows),
        evidence=rows,
    )
