"""The Child Soldiers Prevention Act: governments on the yearly list."""

from __future__ import annotations

from screening.rules import us
from screening.rules.criterion import Criterion
from screening.rules.gbv import LISTED, listing_evidence
from screening.rules.holders import said_to
from screening.rules.index import STATE_KINDS, FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding, Gap, Outcome, Verdict

CODE = "us-cspa"


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Say that the list is not held, and what the United Nations list beside it.

    The Secretary of State's list bars licences too. It is not the annex of the UN
    Secretary-General, though a government's force in that is a reason to look.
    """
    asked = us.holders(case, reading) if reading("us/child_soldiers_list") else []
    if not asked or not us.is_for_state_forces(case, index):
        return []
    oldest = case.as_of - reading("gbv/listing_days")
    state = index.user_state(case)
    rows = [
        row
        for (force,), entries in index.listings.items()
        if force in index.forces
        and index.forces[force].iso3 == state
        and index.forces[force].kind in STATE_KINDS
        for row in entries
        if row.kind == "CAAC"
        and row.status == LISTED
        and row.known_from <= case.known_at
        and oldest <= row.published_on <= case.as_of
    ]
    because = "Whether the government is on the yearly list is not known."
    finding = Finding(
        CODE,
        Outcome.UNKNOWN,
        because,
        verdict=Verdict.ELEVATED if rows else None,
        item=case.item,
        evidence=tuple(listing_evidence(row) for row in rows[:3]),
        gaps=(YEARLY_LIST,),
    )
    return said_to(asked, finding)


YEARLY_LIST = Gap(
    "us_child_soldiers_list",
    "The list under the Child Soldiers Prevention Act is not held for any year.",
    "The list of the year in the Trafficking in Persons Report, and the waivers.",
    is_critical=False,
)
CRITERION = Criterion(code=CODE, reads=us.READS, assess=assess)
