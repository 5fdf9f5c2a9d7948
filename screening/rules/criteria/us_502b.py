"""Section 502B: a consistent pattern of gross violations by the government."""

from __future__ import annotations

from screening.rules import us
from screening.rules.criterion import Criterion
from screening.rules.grid import incident_evidence
from screening.rules.holders import said_to
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding, Outcome, Verdict

CODE = "us-502b"


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """A substantial reason where a pattern is on record; the Secretary must find it.

    It reaches sales between governments, credits and licences in effect for forces,
    police and intelligence. Extraordinary circumstances are the President's to certify.
    """
    asked = us.holders(case, reading)
    if not asked or not us.is_for_state_forces(case, index):
        return []
    grid = us.gross_violations(case, index, reading)
    incidents = us.recurring(grid, case, reading)
    if not us.is_pattern(incidents, reading):
        because = "No consistent pattern of gross violations is on record here."
        return said_to(asked, us.silent(CODE, case, because))
    rows = [row for i in incidents[:4] for row in incident_evidence(i, is_counted=True)]
    finding = Finding(
        CODE,
        Outcome.LEVEL_2,
        "A consistent pattern of gross violations by the government is on record; "
        "whether it bars assistance and licences is the Secretary of State's to find.",
        verdict=Verdict.HIGH,
        item=case.item,
        evidence=tuple(rows),
    )
    return said_to(asked, finding)


CRITERION = Criterion(code=CODE, reads=us.READS, assess=assess)
