"""Criteria 5, 6 and 8: taken into account, and never a refusal by themselves."""

from __future__ import annotations

from screening.rules.embargo_match import CHAPTER_VII
from screening.rules.holders import Holder, said_to
from screening.rules.index import FactIndex, is_running
from screening.rules.offences import READS, passed_on
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Evidence, Finding, Gap, Outcome, Verdict

__all__ = ["READS", "behaviour", "not_held"]


def not_held(
    code: str, holders: list[Holder], case: Case, what: str, settle: str
) -> list[Finding]:
    """The answer where no table of facts holds what the criterion asks for.

    Not critical: by its own words the criterion only weighs.
    """
    finding = Finding(
        code,
        Outcome.UNKNOWN,
        f"Not answered: {what} is not held.",
        item=case.item,
        gaps=(Gap(code, f"{what} is not held.", settle, is_critical=False),),
    )
    return said_to(holders, finding)


def behaviour(
    code: str, holders: list[Holder], case: Case, index: FactIndex, reading: Reading
) -> list[Finding]:
    """What is recorded of the buyer: arms to armed groups, breaches, UN embargoes."""
    if not holders:
        return []
    _, passed = passed_on("eu-cp/kinds_of_behaviour", case, index, reading)
    rows = (*_under_embargo(case, index), *passed)
    if not rows:
        what = "the buyer's record on terrorism, non-proliferation and use of force"
        return not_held(code, holders, case, what, "An assessment of that record.")
    finding = Finding(
        code,
        Outcome.LEVEL_1,
        "The buyer's record towards other states and the United Nations is a concern.",
        verdict=Verdict.ELEVATED,
        item=case.item,
        evidence=rows,
    )
    return said_to(holders, finding)


def _under_embargo(case: Case, index: FactIndex) -> list[Evidence]:
    return [
        Evidence(
            table="measures",
            key=row.key,
            text=f"{row.title} ({row.imposed_by})",
            publisher=row.publisher,
            on=row.starts,
            url=row.url,
            is_checked=row.checked,
        )
        for row in index.measures.get(index.user_state(case), [])
        if row.binding == CHAPTER_VII
        and row.end_users in {"all", "government"}
        and row.known_from <= case.known_at
        and is_running(row, case)
    ]
