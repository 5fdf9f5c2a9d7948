"""Crime control goods and torture implements: 15 CFR 742.7 and 742.11."""

from __future__ import annotations

from dataclasses import replace

from screening.rules import us
from screening.rules.criterion import Criterion
from screening.rules.holders import said_to
from screening.rules.index import FactIndex
from screening.rules.limbs import IHRL
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding, Outcome, Verdict
from screening.rules.violations import NO_PRIOR, limb_of, weigh

CODE = "us-cc"


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Deny implements of torture; weigh the rights record for other goods."""
    goods = reading("us/crime_control")
    asked = us.holders(case, reading) if goods else []
    if not asked:
        return []
    if case.real_item in goods["denied"]:
        because = "A general policy of denial holds for implements of torture."
        line = Finding(
            CODE, Outcome.FLOOR, because, verdict=Verdict.REFUSE, item=case.item
        )
        return said_to(asked, line)
    if case.real_item not in goods["reviewed"]:
        return []
    limb = limb_of(CODE, IHRL, "rel_ihrl", case, index)
    found = weigh(limb, "evidence/ihrl_classes", NO_PRIOR, case, index, reading)
    gaps = tuple(replace(gap, is_critical=False) for gap in found.gaps)
    if found.outcome is Outcome.UNKNOWN:
        return said_to(asked, replace(found, verdict=None, gaps=gaps))
    return said_to(asked, replace(found, gaps=gaps))


CRITERION = Criterion(code=CODE, reads=(*us.READS, "mitigations"), assess=assess)
