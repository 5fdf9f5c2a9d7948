"""Was it looked for? Without a completed search "nothing found" is UNKNOWN."""

from __future__ import annotations

from typing import Any

from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Evidence, Gap


def completed(
    subject: str, case: Case, index: FactIndex, reading: Reading
) -> Any | None:
    """The search that covers what was published up to the case's day, or None.

    A search made later counts for what it says could be found then: its covered
    publication days must reach back far enough and up to near the day known.
    """
    state = index.user_state(case)
    lag = "conflict/max_lag_days" if subject == "conflict" else "search/max_age_days"
    until = min(case.as_of, case.known_at) - reading(lag)
    since = case.as_of - reading("search/reach_back_days")
    rows = [
        *index.searches.get((state, subject), []),
        *index.searches.get(("", subject), []),
    ]
    depths = reading("search/depths_that_complete")
    fit = [
        r
        for r in rows
        if r.covers_from <= since and r.covers_to >= until and r.depth in depths
    ]
    return max(fit, key=lambda r: (r.iso3, r.covers_to, r.key), default=None)


def search_gap(subject: str, case: Case, index: FactIndex) -> Gap:
    """The gap when no completed search covers the case."""
    state = index.user_state(case)
    about = {
        "abuses": "abuses by forces of",
        "diversion": "diversion of arms from",
        "conflict": "armed conflicts of",
    }[subject]
    partial = index.searches.get((state, subject), [])
    tail = " A search on record covers other years, or was one query only."
    tail = tail if partial else ""
    return Gap(
        f"{subject}_search",
        f"No completed search for reports on {about} {index.name_of(state)} covers "
        f"this day.{tail}",
        "A completed search: sources, languages, publication days covered, result.",
    )


def search_evidence(row: Any) -> Evidence:
    """A completed search as an evidence row: what was looked at, what it found."""
    return Evidence(
        table="searches",
        key=row.key,
        text=f"Search of {row.sources}: {row.result}",
        publisher=row.publisher,
        on=row.searched_on,
        url=row.url,
        is_checked=row.checked,
    )
