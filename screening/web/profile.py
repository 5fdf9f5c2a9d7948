"""A country's page: the sentences on top, the filter of reports, what is not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from screening.models import Verdict
from screening.selectors import Cell, Matrix
from screening.templatetags.msp import day_to
from treaties.selectors import StateProfile
from treaties.web.names import BODIES, Names, names

RECENT = timedelta(days=3 * 365)
SUBJECTS = {
    "abuses": "abuse reports on its forces",
    "diversion": "cases of arms diverted from it",
}


@dataclass(frozen=True)
class Sentence:
    """One sentence, with the part of the page that bears it out."""

    text: str
    place: str
    source: str


@dataclass(frozen=True)
class Unknown:
    """Something not known, and what would settle it."""

    text: str
    settle: str


def context(
    found: StateProfile, matrix: Matrix, wanted: Mapping[str, str]
) -> dict[str, Any]:
    """What the template of a country shows; `wanted` holds the filter of reports."""
    chosen = {name: wanted.get(name, "") for name in ("force", "violation", "year")}
    return {
        "state": found.state,
        "profile": found,
        "embargoes": [e for e in found.embargoes_now if e.issuer in BODIES],
        "stops": [e for e in found.embargoes_now if e.issuer not in BODIES],
        "sentences": sentences(found, matrix, names()),
        "missing": missing(found, matrix),
        "reports": [r for r in found.reports if _fits(r, chosen)],
        "n_reports": len(found.reports),
        "choices": _choices(found),
        "chosen": chosen,
    }


def sentences(found: StateProfile, matrix: Matrix, known: Names) -> list[Sentence]:
    """Three sentences: the rules' answers, the embargoes, what was reported lately."""
    return [
        _of_the_rules(matrix),
        _of_embargoes(found, known),
        _of_reports(found, known),
    ]


def _of_the_rules(matrix: Matrix) -> Sentence:
    cells = [cell for row in matrix.rows for cell in row.cells]
    order = list(Verdict.values)
    gravest = min((cell.verdict for cell in cells), key=order.index)
    worst = [cell for cell in cells if cell.verdict == gravest]
    row_names = {row.item: row.name for row in matrix.rows}
    first = worst[0]
    if len(worst) == len(cells):
        told = f"The answer to all {len(cells)} questions of equipment is {gravest}"
    else:
        force = first.force.name if first.force.key else first.force.name.lower()
        others = f" and {len(worst) - 1} more" if len(worst) > 1 else ""
        told = (
            f"Of {len(cells)} questions of equipment for its main forces, the gravest "
            f"answer is {gravest}: {row_names[first.item].lower()} for {force}{others}"
        )
    text = f"{told}.{_of_completeness(cells)}"
    return Sentence(text, "matrix", "All answers, each with its reasons")


def _of_completeness(cells: list[Cell]) -> str:
    n_open = sum(not cell.is_complete for cell in cells)
    if not n_open:
        return ""
    if n_open == len(cells):
        return " Each of them is INCOMPLETE: facts are missing."
    verb = "is" if n_open == 1 else "are"
    return f" {n_open} of them {verb} INCOMPLETE: facts are missing."


def _of_embargoes(found: StateProfile, known: Names) -> Sentence:
    source = "Embargoes, with their instruments"
    now = [e for e in found.embargoes_now if e.issuer in BODIES]
    stops = {e.issuer for e in found.embargoes_now if e.issuer not in BODIES}
    if now:
        issuers = list(dict.fromkeys(known.issuers[e.issuer] for e in now))
        whom = "it" if any(_is_on_all(e.target_kind) for e in now) else "groups in it"
        verb = "is" if len(now) == 1 else "are"
        number = _count(len(now), "embargo", "embargoes")
        text = f"{number} on {whom} {verb} in force, of the {_listed(issuers)}"
    else:
        text = "No embargo of an international body on it is recorded as in force"
    if stops:
        states = _count(len(stops), "state").lower()
        verb, whose = ("has", "its") if len(stops) == 1 else ("have", "their")
        text += f"; {states} {verb} stopped or limited exports by {whose} own decision"
    return Sentence(f"{text}.", "embargoes", source)


def _is_on_all(target_kind: str) -> bool:
    return target_kind in {"territory", "government", "exporter_side"}


def _of_reports(found: StateProfile, known: Names) -> Sentence:
    adverse = [
        r
        for r in found.reports
        if r.finding == "adverse" and r.published_on <= found.as_of
    ]
    if not adverse:
        text = "No report of violations by its forces is recorded up to that day."
        return Sentence(text, "looked", "Where we looked")
    # The reports come newest first.
    latest, since = adverse[0], found.as_of - RECENT
    n_recent = sum(r.published_on >= since for r in adverse)
    force = known.forces.get(latest.force_id, latest.force_id)
    on = day_to(latest.published_on, latest.published_precision)
    said = f"the latest by {latest.publisher}, dated {on}, on {force}"
    if n_recent:
        text = (
            f"{_count(n_recent, 'report')} of violations by its forces in the three "
            f"years before; {said}."
        )
    else:
        text = f"No report of the three years before is recorded; {said}."
    return Sentence(text, "reports", "All reports")


def missing(found: StateProfile, matrix: Matrix) -> list[Unknown]:
    """What the facts leave open about a state on that day."""
    searched = {search.subject for search in found.searches if search.iso3}
    unknown = [
        Unknown(
            f"whether there are more {words}: no search about this state is completed.",
            "a search of named sources for a stated time, recorded with its result.",
        )
        for subject, words in SUBJECTS.items()
        if subject not in searched
    ]
    if all(not force.key for force in matrix.forces):
        unknown.append(
            Unknown(
                "which forces it has: none is recorded.",
                "an entry for each force, with its parent and its other names.",
            )
        )
    open_cells = [c for row in matrix.rows for c in row.cells if not c.is_complete]
    if open_cells:
        unknown.append(_of_open_cells(open_cells, matrix))
    return unknown


def _of_open_cells(cells: list[Cell], matrix: Matrix) -> Unknown:
    total = sum(len(row.cells) for row in matrix.rows)
    return Unknown(
        f"enough to complete {len(cells)} of {total} answers of the matrix.",
        "each answer that is INCOMPLETE lists its own missing facts.",
    )


def _choices(found: StateProfile) -> dict[str, list[str]]:
    """What the filter offers: only what would find something."""
    reports = found.reports
    return {
        "forces": sorted({r.force_id for r in reports}),
        "violations": sorted({v for r in reports for v in _codes(r.violations)}),
        "years": sorted({str(r.published_on.year) for r in reports}, reverse=True),
    }


def _fits(report: Any, chosen: Mapping[str, str]) -> bool:
    return (
        chosen["force"] in {"", report.force_id}
        and (
            not chosen["violation"] or chosen["violation"] in _codes(report.violations)
        )
        and chosen["year"] in {"", str(report.published_on.year)}
    )


def _codes(joined: str) -> list[str]:
    return [code for code in joined.split("|") if code]


def _listed(parts: list[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


_NUMBERS = (
    "No",
    "One",
    "Two",
    "Three",
    "Four",
    "Five",
    "Six",
    "Seven",
    "Eight",
    "Nine",
)


def _count(n: int, one: str, many: str = "") -> str:
    """A number with what it counts, at the beginning of a sentence.

    >>> _count(2, "report"), _count(1, "report"), _count(12, "report")
    ('Two reports', 'One report', '12 reports')
    """
    number = _NUMBERS[n] if n < len(_NUMBERS) else str(n)
    return f"{number} {one if n == 1 else many or one + 's'}"
