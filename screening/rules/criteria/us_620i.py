"""Section 620I: a recipient that restricts humanitarian aid of the United States."""

from __future__ import annotations

from screening.rules import us
from screening.rules.attribution import attribution
from screening.rules.criterion import Criterion
from screening.rules.grid import report_evidence
from screening.rules.holders import said_to
from screening.rules.index import FactIndex, codes
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding, Gap, Outcome, Verdict

CODE = "us-620i"


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """A concern for assistance where siege or starvation is reported; not known else.

    No fact says whose aid was restricted, so the law's own question stays open.
    """
    asked = us.holders(case, reading) if us.is_assistance(case, reading) else []
    if not asked:
        return []
    oldest = case.as_of - reading("us/pattern_days")
    rows = [
        row
        for row in index.reports.get((index.user_state(case),), [])
        if SIEGE in codes(row.violations)
        and row.known_from <= case.known_at
        and oldest <= row.happened_to
        and row.happened_from <= case.as_of
        and row.finding == "adverse"
        and attribution(row, case, index) > 0
    ]
    finding = Finding(
        CODE,
        Outcome.UNKNOWN,
        "Whether the recipient restricts humanitarian aid of the United States is not "
        "known.",
        verdict=Verdict.ELEVATED if rows else None,
        item=case.item,
        evidence=tuple(report_evidence(row) for row in rows[:3]),
        gaps=(AID,),
    )
    return said_to(asked, finding)


SIEGE = "starvation_siege"
AID = Gap(
    "us_aid_restricted",
    "No table holds whose humanitarian aid a state restricts.",
    "A finding that transport or delivery of that aid was restricted.",
    is_critical=False,
)
CRITERION = Criterion(code=CODE, reads=us.READS, assess=assess)
