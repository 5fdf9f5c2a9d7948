"""The Leahy laws: credible information that the unit committed a gross violation."""

from __future__ import annotations

from screening.rules import us
from screening.rules.criterion import Criterion
from screening.rules.grid import incident_evidence
from screening.rules.holders import said_to
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding, Outcome, Verdict

CODE = "us-leahy"


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Bar assistance to a unit so named; a paid sale is outside, and a near miss."""
    asked = us.holders(case, reading)
    if not asked or reading("us/assistance") is None:
        return []
    named = us.by_the_unit(us.gross_violations(case, index, reading))
    if not named:
        because = "No credible information on this very unit is on record."
        return said_to(asked, us.silent(CODE, case, because))
    rows = tuple(
        row for i in named[:4] for row in incident_evidence(i, is_counted=True)
    )
    if not us.is_assistance(case, reading):
        near = (
            "Near miss: credible information on this unit would bar assistance to it; "
            "a sale is outside the Leahy laws by practice, not by their words.",
        )
        because = (
            "Credible information on this unit is on record; this is no assistance."
        )
        line = us.silent(CODE, case, because, reasons=near, evidence=rows)
        return said_to(asked, line)
    finding = Finding(
        CODE,
        Outcome.LEVEL_3,
        "Credible information that this unit committed a gross violation: no "
        "assistance until effective steps bring those responsible to justice.",
        verdict=Verdict.REFUSE,
        item=case.item,
        evidence=rows,
    )
    return said_to(asked, finding)


CRITERION = Criterion(code=CODE, reads=us.READS, assess=assess)
