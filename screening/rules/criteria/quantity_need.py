"""Is the quantity more than the force can need? (METHOD 3.2 R-11, 3.4 D-03)

A quantity beyond need points to diversion or to other users. A quantity or a force size
that is not stated raises nothing and lowers nothing.
"""

from __future__ import annotations

from screening.rules.criterion import Criterion
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import LEVEL_VERDICTS, Case, Finding, Outcome

CODE = "quantity-need"
_LEVELS = (Outcome.LEVEL_1, Outcome.LEVEL_2)


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Weigh the quantity against the size of the force, where both are stated."""
    limits = reading("dose/units_per_member").get(case.item)
    if not case.quantity or not case.force_size or limits is None:
        return []
    each = case.quantity / case.force_size
    level = sum(each > limit for limit in limits)
    if level == 0:
        return []
    name = index.items[case.item].name if case.item in index.items else case.item
    return [
        Finding(
            criterion=CODE,
            outcome=_LEVELS[level - 1],
            because=f"{case.quantity:,} units of “{name}” for a force of "
            f"{case.force_size:,}: {each:.2g} for each member, more than it can need.",
            state=case.exporter,
            role="exporter",
            basis="policy",
            verdict=LEVEL_VERDICTS[level],
            item=case.item,
        )
    ]


CRITERION = Criterion(
    code=CODE,
    reads=("exporter", "item", "quantity", "force_size", "as_of"),
    assess=assess,
)
