"""A state's own ban, stop or policy on exports to a destination (G5)."""

from __future__ import annotations

from screening.rules.criterion import Criterion
from screening.rules.embargo_match import (
    READS,
    Match,
    Reach,
    bound_sides,
    matches,
    measure_evidence,
)
from screening.rules.index import FactIndex, is_running
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding, Outcome, Verdict


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Apply a measure of a state's own to that state alone.

    METHOD 11.3: statutes and regulations prohibit; a government's or court's stop is a
    decision, never read below REFUSE; a policy is a reason, shown and weighed.
    """
    effects = reading("national/effect_by_kind_of_act")
    found = [
        _finding(match, case, index, (state, role), effects)
        for match in matches(case, index, reading)
        if match.measure.act_kind and match.reach is not Reach.EXEMPT
        for state, role in bound_sides(match, case)
        if match.measure.issuer == state
        and effects.get(match.measure.act_kind) is not None
    ]
    return [*(found or [_none(case)]), *_conditional(case, index, effects)]


def _finding(
    match: Match,
    case: Case,
    index: FactIndex,
    holder: tuple[str, str],
    effects: dict[str, str],
) -> Finding:
    state, role = holder
    kind = match.measure.act_kind
    verdict = Verdict(effects[kind])
    if match.reach is Reach.UNDECIDABLE and verdict is Verdict.PROHIBITED:
        verdict = Verdict.REFUSE
    prohibits = verdict is Verdict.PROHIBITED
    words = "this state's own law forbids it" if prohibits else _SAID[kind]
    return Finding(
        criterion="national-stop",
        outcome=Outcome.PROHIBITED if prohibits else Outcome.STOPPED,
        because=f"{match.measure.title}: {words}.",
        state=state,
        role=role,
        label="BINDING" if prohibits else "",
        label_why="its own act" if prohibits else f"its own {kind}, not a ban in law",
        basis="law" if prohibits else "policy",
        verdict=verdict,
        item=case.item,
        article=match.measure.imposed_by,
        evidence=measure_evidence(index, match, case),
        gaps=match.gaps,
    )


_SAID = {
    "statute": "whether this state's own law reaches it cannot be decided",
    "regulation": "whether this state's own law reaches it cannot be decided",
    "decision": "this state has stopped such exports",
    "court": "a court of this state has stopped such exports",
    "policy": "this state's declared policy is against such exports",
}


def _conditional(
    case: Case, index: FactIndex, effects: dict[str, str]
) -> list[Finding]:
    """Laws of the state that bar only where a fact is found: shown, never applied."""
    return [
        Finding(
            criterion="national-stop",
            outcome=Outcome.NOT_APPLICABLE,
            because=f"{measure.title}: a conditional law; it bars where what it names "
            "is found, which is asked apart or not held.",
            state=state,
            role=role,
            label_why="its own conditional act",
            basis="policy" if measure.binding == "political" else "law",
            item=case.item,
            article=measure.imposed_by,
        )
        for state, role in case.duty_holders()
        for measure in index.measures.get("", [])
        if measure.issuer == state
        and measure.act_kind in effects
        and effects[measure.act_kind] is None
        and measure.known_from <= case.known_at
        and is_running(measure, case)
    ]


def _none(case: Case) -> Finding:
    return Finding(
        criterion="national-stop",
        outcome=Outcome.NOT_APPLICABLE,
        because="No act of its own that stops such exports on this day is recorded.",
        state=case.exporter,
        role="exporter",
        basis="policy",
    )


CRITERION = Criterion(code="national-stop", reads=READS, assess=assess)
