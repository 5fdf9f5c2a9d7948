"""ATT 7(7): has information come up after which an authorization is reassessed?"""

from __future__ import annotations

from dataclasses import replace

from screening.rules import att
from screening.rules.criterion import Criterion
from screening.rules.grid import READS as GRID_READS
from screening.rules.holders import said_to
from screening.rules.index import FactIndex
from screening.rules.limbs import IHL, IHRL
from screening.rules.peace import power_seized
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Evidence, Finding, Outcome, Verdict
from screening.rules.violations import NO_PRIOR, limb_of, weigh

CODE = "att-7.7"


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Compare what is known with what was known some time before.

    The day of an authorization is no input. So the line says what can be told: whether
    one given that long ago rested on other facts. It encourages, and weighs nothing.
    """
    before = replace(case, known_at=case.known_at - reading("att/reassessed_days"))
    new = tuple(
        row for kind in KINDS for row in _new(kind, case, before, index, reading)
    )
    coup = power_seized(case, index, reading).evidence
    if coup and not power_seized(before, index, reading).evidence:
        new = (*coup, *new)
    if not new:
        return []
    days = reading("att/reassessed_days")
    finding = Finding(
        CODE,
        Outcome.NOT_APPLICABLE,
        f"What became known within the last {days} days changes the assessment: an "
        "authorization given before is to be reassessed.",
        item=case.item,
        evidence=new[:SHOWN],
    )
    return said_to([att.exporter(7, case, index)], finding)


def _new(
    kind: tuple[str, str, str],
    case: Case,
    before: Case,
    index: FactIndex,
    reading: Reading,
) -> list[Evidence]:
    """Rows not known before, where they raise a limb to a substantial risk or more."""
    of_what, relevance, classes = kind
    limb = limb_of(CODE, of_what, relevance, case, index)
    now = weigh(limb, classes, NO_PRIOR, case, index, reading)
    if now.outcome not in SUBSTANTIAL:
        return []
    then = weigh(limb, classes, NO_PRIOR, before, index, reading)
    if then.verdict is not None and then.verdict.rank >= (now.verdict or LOW).rank:
        return []
    return [
        row
        for row in now.evidence
        if row.table == "reports"
        and row.is_counted
        and _known(row, index) > before.known_at
    ]


def _known(row: Evidence, index: FactIndex) -> int:
    fact = index.fact(row.table, row.key)
    return int(fact.known_from) if fact is not None else 0


KINDS = (
    (IHL, "rel_ihl", "evidence/ihl_classes"),
    (IHRL, "rel_ihrl", "evidence/ihrl_classes"),
)
SUBSTANTIAL = {Outcome.LEVEL_2, Outcome.LEVEL_3}
LOW = Verdict.LOW
SHOWN = 6
READS = ("exporter", "activity", *GRID_READS)
CRITERION = Criterion(code=CODE, reads=READS, assess=assess)
