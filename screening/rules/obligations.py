"""Criterion 1 of the European and British texts: the state's own obligations.

What the embargo gates and weapon bans find, said as the ground of refusal that these
texts make of it.
"""

from __future__ import annotations

from dataclasses import replace

from screening.rules.ban import act_evidence, is_banned
from screening.rules.embargo_match import READS, Match, Reach, matches, measure_evidence
from screening.rules.holders import Holder, said_to
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding, Outcome, Verdict

__all__ = ["READS", "obligations"]

BANS = ("MBT", "CCM", "CCW-AP2", "CCW-P4", "BWC", "CWC")


def obligations(
    code: str,
    holders: list[Holder],
    case: Case,
    index: FactIndex,
    reading: Reading,
    *,
    bindings: set[str],
    commitments: tuple[str, ...] = (),
) -> list[Finding]:
    """Deny what an embargo or a ban that binds the state reaches.

    bindings: the kinds of embargo that bind these states.
    commitments: items that the states undertook never to export, treaty or not.
    """
    if not holders:
        return []
    reaching = [
        match
        for match in matches(case, index, reading)
        if match.measure.binding in bindings and match.reach is not Reach.EXEMPT
    ]
    if reaching:
        finding = _by_embargo(code, reaching, case, index)
        return said_to(holders, finding)
    bans = [treaty for treaty in BANS if is_banned(treaty, case, index, reading)]
    return [
        said
        for holder in holders
        for said in said_to(
            [holder], _by_ban(code, holder, bans, commitments, case, index)
        )
    ]


def _by_embargo(
    code: str, reaching: list[Match], case: Case, index: FactIndex
) -> Finding:
    hits = [match for match in reaching if match.reach is Reach.HIT]
    first = (hits or reaching)[0]
    finding = Finding(
        code,
        Outcome.PROHIBITED,
        f"{first.measure.title}: approval would be inconsistent with it.",
        verdict=Verdict.PROHIBITED,
        item=case.item,
        evidence=tuple(
            row for m in hits or reaching for row in measure_evidence(index, m, case)
        ),
    )
    if hits:
        return finding
    return replace(
        finding,
        outcome=Outcome.UNKNOWN,
        because=f"{first.measure.title}: whether it reaches this is not decidable.",
        verdict=Verdict.REFUSE,
        gaps=tuple(gap for match in reaching for gap in match.gaps),
    )


def _by_ban(
    code: str,
    holder: Holder,
    bans: list[str],
    commitments: tuple[str, ...],
    case: Case,
    index: FactIndex,
) -> Finding:
    for treaty in bans:
        where = index.standing(holder.state, treaty, case.as_of, case.known_at)
        if where.standing.binds:
            return Finding(
                code,
                Outcome.PROHIBITED,
                f"Inconsistent with the state's obligations under {treaty}.",
                verdict=Verdict.PROHIBITED,
                item=case.item,
                evidence=act_evidence(index, holder.state, treaty, where),
            )
    if case.real_item in commitments:
        because = "The members undertook not to export any form of this weapon."
        return Finding(
            code, Outcome.FLOOR, because, verdict=Verdict.REFUSE, item=case.item
        )
    because = "No obligation of this state on record forbids it."
    return Finding(code, Outcome.NOT_APPLICABLE, because, item=case.item)
