"""ATT 7(1)(b)(iii): an offence under conventions on terrorism?"""

from __future__ import annotations

from screening.rules import att
from screening.rules.criterion import Criterion
from screening.rules.index import NON_STATE_KINDS, FactIndex
from screening.rules.offences import READS as EVENT_READS
from screening.rules.offences import offence, passed_on
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding

CODE = "att-7.1b-iii"


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Weigh arms passed to armed groups, and an end user that is one."""
    level, rows = passed_on("att/kinds_to_armed_groups", case, index, reading)
    if index.kind_of(case.force, case.end_user_kind) in NON_STATE_KINDS:
        level = max(level, 1)
    asked = [att.exporter(7, case, index)]
    whom = "groups that commit acts of terrorism"
    return offence(CODE, asked, (level, rows), whom, case, index, reading)


READS = ("exporter", "activity", "end_user_kind", *EVENT_READS)
CRITERION = Criterion(code=CODE, reads=READS, assess=assess)
