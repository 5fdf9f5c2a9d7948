"""The stricter standard for torture goods: UN Special Rapporteur, A/78/324."""

from __future__ import annotations

from screening.rules.criterion import Criterion
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.torture import READS, tier
from screening.rules.types import Case, Finding, Outcome, Verdict


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Refuse, as policy, what the UN expert's list would prohibit and law allows.

    The standard binds no state; it stands beside the law, never in its place.
    """
    row = index.items.get(case.real_item)
    strict = row is not None and row.standard_tier == "prohibited"
    if not strict or tier(case, reading, case.exporter) == "prohibited":
        return []
    if case.real_item in reading("torture-free/other_ban_items"):
        return []
    return [
        Finding(
            criterion="torture-standard",
            outcome=Outcome.FLOOR,
            because="The UN expert's list calls for a ban on this item as inherently "
            "abusive; the law of this state may still allow it.",
            state=case.exporter,
            role="exporter",
            basis="policy",
            verdict=Verdict.REFUSE,
            item=case.item,
        )
    ]


CRITERION = Criterion(code="torture-standard", reads=READS, assess=assess)
