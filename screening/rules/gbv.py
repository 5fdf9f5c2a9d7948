"""Serious violence against women and children: what ATT 7(4) takes into account."""

from __future__ import annotations

from typing import Any

from screening.rules.holders import Holder, said_to
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Evidence, Finding, Gap, Outcome, Verdict
from screening.rules.violations import NO_PRIOR, Prior

PLAUSIBLE = 2
LISTED = "listed"
_ANNEXES = {
    "CRSV": "sexual violence in conflict",
    "CAAC": "children in armed conflict",
}


def is_plausible(case: Case, index: FactIndex) -> bool:
    """Whether the item is a plausible instrument; what is in no category is."""
    row = index.items.get(case.real_item)
    return row is None or row.rel_gbv >= PLAUSIBLE


def listings(case: Case, index: FactIndex, reading: Reading) -> list[Any]:
    """The annexes that name the end user, or a force it is part of, on the day.

    The latest word of each annex counts, while it is recent: parties are taken off too.
    """
    oldest = case.as_of - reading("gbv/listing_days")
    latest: dict[tuple[str, str], Any] = {}
    for force in index.lineage(case.force):
        for row in index.listings.get((force,), []):
            if row.known_from <= case.known_at and row.published_on <= case.as_of:
                before = latest.get((row.force, row.kind))
                if before is None or _order(before) < _order(row):
                    latest[row.force, row.kind] = row
    found = [
        row
        for row in latest.values()
        if row.status == LISTED and row.published_on >= oldest
    ]
    return sorted(found, key=lambda row: row.key)


def _order(row: Any) -> tuple[int, str]:
    return row.published_on, row.key


def step(case: Case, index: FactIndex, reading: Reading) -> Prior:
    """One step up for a listed end user, where the item is a plausible instrument."""
    rows = listings(case, index, reading) if is_plausible(case, index) else []
    if not rows:
        return NO_PRIOR
    said = (
        "Raised one step: the United Nations name the end user for grave violence "
        "against women or children, and the item is a plausible instrument of it."
    )
    return Prior(1, (said,), tuple(listing_evidence(row) for row in rows))


def listing_evidence(row: Any) -> Evidence:
    """An entry of an annex as an evidence row."""
    return Evidence(
        table="listings",
        key=row.key,
        text=f"{row.party}: {row.status}, report of {row.year} on "
        f"{_ANNEXES.get(row.kind, row.kind)}. {row.detail}".strip(),
        publisher=row.publisher,
        on=row.published_on,
        url=row.url,
        is_checked=row.checked,
        force=row.force,
    )


def answer(
    code: str, holders: list[Holder], case: Case, index: FactIndex, reading: Reading
) -> list[Finding]:
    """The line of its own: taken into account inside the limbs, no ground by itself."""
    if not holders or not is_plausible(case, index):
        return []
    rows = listings(case, index, reading)
    if rows:
        finding = Finding(
            code,
            Outcome.LEVEL_1,
            "The United Nations name the end user for grave violence against women or "
            "children; this raises the risk of violations by one step.",
            verdict=Verdict.ELEVATED,
            item=case.item,
            evidence=tuple(listing_evidence(row) for row in rows),
        )
    else:
        finding = Finding(
            code,
            Outcome.UNKNOWN,
            "The end user is in no annex held; other data on violence against women "
            "and children is not held.",
            item=case.item,
            gaps=(NOT_HELD,),
        )
    return said_to(holders, finding)


NOT_HELD = Gap(
    "gender_based_violence",
    "Data on violence against women and children with such items is not held.",
    "Data by sex on violence with firearms, its prosecution, and violence by forces.",
    is_critical=False,
)
