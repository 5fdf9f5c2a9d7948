"""From graded incidents to an answer: would the items serve serious violations?

One question under several laws: the limbs of ATT 7(1)(b), criterion 2 of the European
and the British texts.
"""

from __future__ import annotations

from dataclasses import dataclass

from screening.rules.grid import READS as GRID_READS
from screening.rules.grid import Grid, grade, incident_evidence, report_evidence
from screening.rules.index import FactIndex
from screening.rules.mitigation import mitigated
from screening.rules.rulebook import Reading
from screening.rules.searched import completed, search_evidence, search_gap
from screening.rules.types import (
    LEVEL_OUTCOMES,
    LEVEL_VERDICTS,
    Case,
    Evidence,
    Finding,
    Gap,
    Outcome,
    Verdict,
)

READS = (*GRID_READS, "mitigations")
CLEAR = 3
TYPICAL = 3
_RISKS = {"rel_ihl": "IHL", "rel_ihrl": "IHRL"}
LEVEL_WORDS = ("no", "some", "a substantial", "a clear")
# What a reader can take in; the rest is counted and one click away.
SHOWN_INCIDENTS = 12


@dataclass(frozen=True)
class Limb:
    """One kind of violation: the criterion, the word for it, the item's relevance."""

    criterion: str
    of_what: str
    relevance: int
    # The word by which a safeguard is tied to it.
    risk: str


@dataclass(frozen=True)
class Prior:
    """A reason beside the reports, never enough by itself for more than level 1."""

    level: int
    reasons: tuple[str, ...]
    evidence: tuple[Evidence, ...]


NO_PRIOR = Prior(0, (), ())


def limb_of(
    criterion: str, of_what: str, relevance: str, case: Case, index: FactIndex
) -> Limb:
    """The limb with the item's relevance, by the column of the items table (rel_ihl).

    An item in no known category counts as a typical instrument.
    """
    row = index.items.get(case.real_item)
    value = getattr(row, relevance) if row is not None else TYPICAL
    return Limb(criterion, of_what, value, _RISKS[relevance])


def weigh(
    limb: Limb,
    legal_classes: str,
    prior: Prior,
    case: Case,
    index: FactIndex,
    reading: Reading,
    *,
    step: Prior = NO_PRIOR,
) -> Finding:
    """The answer of a limb: the level, its evidence, what was searched or not.

    legal_classes: the parameter that names the legal classes of reports that count.
    step: what raises the level found by so many steps (ATT 7(4)).
    """
    if limb.relevance == 0:
        return _irrelevant(limb, case)
    grid = grade(
        case,
        index,
        reading,
        legal_classes=reading(legal_classes),
        relevance=limb.relevance,
    )
    level = min(max(grid.level, prior.level) + step.level, CLEAR)
    level, considered = mitigated(level, limb.risk, case, reading)
    search = completed("abuses", case, index, reading)
    unknown = level == 0 and not search
    gaps = _gaps(level, not search, case, index)
    evidence = (
        *_evidence(grid),
        *prior.evidence,
        *step.evidence,
        *search_evidence(search),
    )
    return Finding(
        criterion=limb.criterion,
        outcome=Outcome.UNKNOWN if unknown else LEVEL_OUTCOMES[level],
        because=_because(limb, level, grid, unknown),
        verdict=Verdict.ELEVATED if unknown else LEVEL_VERDICTS[level],
        item=case.item,
        reasons=(*_reasons(limb, grid, prior), *step.reasons, *considered),
        evidence=evidence,
        gaps=gaps,
        weight=_weight(grid, reading),
    )


def _irrelevant(limb: Limb, case: Case) -> Finding:
    """The item is not an instrument of this kind of violation."""
    return Finding(
        criterion=limb.criterion,
        outcome=Outcome.NOT_APPLICABLE,
        because=f"The item is not an instrument of {limb.of_what}.",
        item=case.item,
    )


def _gaps(
    level: int, is_unsearched: bool, case: Case, index: FactIndex
) -> tuple[Gap, ...]:
    # At level 3 no further report could raise the criterion, so nothing critical is
    # missing for it.
    if not is_unsearched or level == CLEAR:
        return ()
    return (search_gap("abuses", case, index),)


def _because(limb: Limb, level: int, grid: Grid, unknown: bool) -> str:
    if unknown:
        return (
            f"Whether there is a risk of {limb.of_what} is not known: no report is "
            "loaded and no completed search says there is none."
        )
    if level == 0:
        return f"A completed search found no risk of {limb.of_what} that counts today."
    n = sum(1 for i in grid.incidents if i.level > 0)
    counted = f"{n} recorded incident{'s' if n != 1 else ''}" if n else "other facts"
    word = LEVEL_WORDS[level].capitalize()
    return (
        f"{word} risk that the items would be used in {limb.of_what}, from {counted}."
    )


def _reasons(limb: Limb, grid: Grid, prior: Prior) -> list[str]:
    reasons = list(prior.reasons)
    for incident in grid.incidents[:1]:
        reasons.append(
            f"The gravest incident: {_ATTRIBUTION[incident.attribution]}, "
            f"{_MATCH[incident.match]}, {_STRENGTH[incident.strength]}, "
            f"{_PATTERN[incident.pattern]}."
        )
        if incident.steps_down:
            reasons.append(
                f"Lowered {incident.steps_down} step(s) for age: nothing newer by the "
                "same force follows on."
            )
        if incident.is_remedied:
            reasons.append("Lowered one step: an effective remedy is on record.")
    if limb.relevance <= 1 and grid.incidents:
        reasons.append("Lowered one step: the item is at most enabling here.")
    return reasons


_ATTRIBUTION = (
    "not attributed",
    "by state forces generally",
    "by the same service or its parent",
    "by this very force",
)
_MATCH = (
    "no item reported",
    "items of the same family",
    "the same class of weapon",
    "the same item",
)
_STRENGTH = (
    "not established",
    "one report",
    "two or more credible reports",
    "a judicial or UN-mandated finding, or admitted",
)
_PATTERN = ("", "isolated", "repeated", "systematic")


def _evidence(grid: Grid) -> list[Evidence]:
    rows: list[Evidence] = []
    for incident in grid.incidents[:SHOWN_INCIDENTS]:
        rows += incident_evidence(incident, incident.level > 0)
    rows += [
        report_evidence(row, is_counted=False)
        for row in grid.dismissed[:SHOWN_INCIDENTS]
    ]
    return rows


def _weight(grid: Grid, reading: Reading) -> float:
    """METHOD 8.2: a number that ranks inside a verdict and never decides one."""
    each = reading("evidence/weight_of_a_grade")
    rest = 1.0
    for incident in grid.incidents:
        grades = incident.attribution + incident.match + incident.strength
        rest *= 1 - each * incident.level * grades / 3
    return 1 - rest
