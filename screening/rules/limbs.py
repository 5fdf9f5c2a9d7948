"""The two kinds of violation that several laws ask of: humanitarian law, human rights.

Each law has a criterion of its own, with its own words and its own duty holders; what
is asked of the facts is the same, so the answer is the same.
"""

from __future__ import annotations

from dataclasses import replace

from screening.rules import gbv
from screening.rules.conflict import conflict_gap, conflicts
from screening.rules.holders import Holder, said_to
from screening.rules.index import FactIndex
from screening.rules.indicators import latest, value_evidence
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding, Outcome
from screening.rules.violations import NO_PRIOR, Limb, Prior, limb_of, weigh

IHL = "serious violations of international humanitarian law"
IHRL = "serious violations of human rights"
# At these no conflict could raise the finding, or the item is no instrument at all.
SETTLED = {Outcome.LEVEL_3, Outcome.NOT_APPLICABLE}


def humanitarian(
    code: str,
    holders: list[Holder],
    case: Case,
    index: FactIndex,
    reading: Reading,
    *,
    of_women_and_children: bool = False,
) -> list[Finding]:
    """Weigh reported violations by the end user, and its part in a conflict.

    of_women_and_children: whether the law takes serious violence against them into
        account here (ATT 7(4)), which raises the level by a step.
    """
    if not holders:
        return []
    limb = limb_of(code, IHL, "rel_ihl", case, index)
    prior = _war(limb, case, index, reading)
    step = gbv.step(case, index, reading) if of_women_and_children else NO_PRIOR
    found = weigh(limb, "evidence/ihl_classes", prior, case, index, reading, step=step)
    gap = conflict_gap(case, index, reading)
    if gap is not None and found.outcome not in SETTLED:
        found = replace(found, gaps=(*found.gaps, gap))
    return said_to(holders, found)


def human_rights(
    code: str,
    holders: list[Holder],
    case: Case,
    index: FactIndex,
    reading: Reading,
    *,
    of_women_and_children: bool = False,
) -> list[Finding]:
    """Weigh reported violations of human rights by the end user."""
    if not holders:
        return []
    limb = limb_of(code, IHRL, "rel_ihrl", case, index)
    prior = _repression(limb, case, index, reading)
    step = gbv.step(case, index, reading) if of_women_and_children else NO_PRIOR
    found = weigh(limb, "evidence/ihrl_classes", prior, case, index, reading, step=step)
    return said_to(holders, found)


def _war(limb: Limb, case: Case, index: FactIndex, reading: Reading) -> Prior:
    """A weapon for a party to an armed conflict is a concern by itself (S-01)."""
    rows = conflicts(case, index, reading)
    if not rows or limb.relevance <= 1:
        return NO_PRIOR
    said = "The end user's state takes part in an armed conflict."
    return Prior(1, (said,), tuple(rows[:3]))


def _repression(limb: Limb, case: Case, index: FactIndex, reading: Reading) -> Prior:
    """A standing record of repression is a concern, never more (METHOD 8.2)."""
    code = reading("indicators/repression_indicator")
    row = latest(code, index.user_state(case), case, index, reading)
    if row is None or limb.relevance <= 1:
        return NO_PRIOR
    if row.value > reading("indicators/repression_at_most"):
        return NO_PRIOR
    said = f"{code} stood at {row.value:g} in {row.year}: a standing record."
    return Prior(1, (said,), (value_evidence(row),))
