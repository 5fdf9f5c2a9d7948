"""Was it looked for? Without a completed search "nothing found" is UNKNOWN."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Evidence, Gap

# What a search may have looked at, apart; "all" is both.
_HALVES = ("police", "armed_forces")


def completed(
    subject: str, case: Case, index: FactIndex, reading: Reading
) -> tuple[Any, ...]:
    """The searches that cover what was published up to the case's day; () is none.

    A search made later counts for what it says could be found then: its covered
    publication days must reach back far enough and up to near the day known. A search
    for abuses must have looked at the kind of force that the end user is.
    """
    fit = _covering(subject, case, index, reading)
    if subject != "abuses":
        return _best(fit)
    kind = index.kind_of(case.force, case.end_user_kind)
    halves = reading("search/looked_at_by_kind").get(kind, _HALVES)
    found = [_best(r for r in fit if r.looked_at in {half, "all"}) for half in halves]
    if not all(found):
        return ()
    return tuple({row.key: row for (row,) in found}.values())


def _best(rows: Iterable[Any]) -> tuple[Any, ...]:
    """The one to show: about the state itself, then the latest."""
    best = max(rows, key=lambda r: (r.iso3, r.covers_to, r.key), default=None)
    return () if best is None else (best,)


def _covering(
    subject: str, case: Case, index: FactIndex, reading: Reading
) -> list[Any]:
    state = index.user_state(case)
    lag = "conflict/max_lag_days" if subject == "conflict" else "search/max_age_days"
    until = min(case.as_of, case.known_at) - reading(lag)
    since = case.as_of - reading("search/reach_back_days")
    rows = [
        *index.searches.get((state, subject), []),
        *index.searches.get(("", subject), []),
    ]
    depths = reading("search/depths_that_complete")
    return [
        r
        for r in rows
        if r.covers_from <= since and r.covers_to >= until and r.depth in depths
    ]


def search_gap(subject: str, case: Case, index: FactIndex) -> Gap:
    """The gap when no completed search covers the case."""
    state = index.user_state(case)
    about = {
        "abuses": "abuses by forces of",
        "diversion": "diversion of arms from",
        "conflict": "armed conflicts of",
    }[subject]
    partial = index.searches.get((state, subject), [])
    tail = (
        " A search on record covers other years or other forces, or was one query only."
    )
    tail = tail if partial else ""
    return Gap(
        f"{subject}_search",
        f"No completed search for reports on {about} {index.name_of(state)} covers "
        f"this day.{tail}",
        "A completed search: sources, languages, publication days covered, result.",
    )


def search_evidence(rows: Iterable[Any]) -> tuple[Evidence, ...]:
    """Completed searches as evidence rows: what was looked at, what it found."""
    return tuple(_evidence(row) for row in rows)


def _evidence(row: Any) -> Evidence:
    return Evidence(
        table="searches",
        key=row.key,
        text=f"Search of {row.sources}: {row.result}",
        publisher=row.publisher,
        on=row.searched_on,
        url=row.url,
        is_checked=row.checked,
    )
