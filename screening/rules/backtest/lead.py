"""Which earlier days to ask about: those on which an answer can have become graver."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from statistics import median
from typing import Any

from screening.rules.backtest.cases import PastCase, conventions
from screening.rules.engine import case_of
from screening.rules.index import FactIndex
from screening.rules.rulebook import Rulebook
from screening.rules.types import Verdict
from treaties.facts import EPOCH, day_date, day_number

DAYS_A_MONTH = 365.25 / 12


def days_to_ask(case: PastCase, index: FactIndex, rulebook: Rulebook) -> list[int]:
    """Days before the case was decided on which something began or became known.

    Between two of them nothing new weighs; the first days of each half-year are asked
    too, since findings fade with age. The day of the case itself is the last.
    """
    last = case.decided_on
    first = last - round(conventions(last)("lead_years") * 365.25)
    moments = {*_of_facts(case, index), *_of_the_rulebook(rulebook)}
    moments |= set(_half_years(first, last))
    return sorted({day for day in moments if first <= day < last} | {last})


def _of_facts(case: PastCase, index: FactIndex) -> Iterator[int]:
    for row in _rows(case, index):
        yield row.known_from
        for column in ("starts", "on", "happened_from", "happened_on"):
            if hasattr(row, column):
                yield getattr(row, column)


def _rows(case: PastCase, index: FactIndex) -> Iterator[Any]:
    """Every fact that may bear on the case, and some that do not."""
    lines = [case_of(line) for line in case.lines("", case.as_of)]
    users = {index.user_state(line) for line in lines}
    sides = users | {state for line in lines for state, _ in line.duty_holders()}
    sides |= {line.recipient for line in lines}
    for state in sorted(users):
        grouped = (
            index.reports,
            index.coalition_roles,
            index.operations,
            index.conflict_years,
            index.diversions,
        )
        for table in grouped:
            yield from table.get((state,), [])
        heads = {row.coalition for row in index.coalition_roles.get((state,), [])}
        for force in index.coalitions:
            if heads & set(index.lineage(force)):
                yield from index.reports_by_force.get((force,), [])
    for state in sorted(sides | {""}):
        yield from index.measures.get(state, [])
    for (state, _), acts in index.acts.items():
        if state in sides:
            yield from acts


def _of_the_rulebook(rulebook: Rulebook) -> Iterator[int]:
    for parameter in rulebook.parameters.values():
        yield from (day_number(since) for since in parameter.values)


def _half_years(first: int, last: int) -> Iterator[int]:
    begin, end = (day_date(day) or EPOCH for day in (first, last))
    for year in range(begin.year, end.year + 1):
        yield from (day_number(date(year, month, 1)) for month in (1, 7))


def lead_of(case: PastCase, verdicts: dict[int, Verdict]) -> dict[str, Any]:
    """How long before the decision the engine said REFUSE or more.

    verdicts: by day asked. `months` counts from the first such day; `months_unbroken`
    from the first after which every day asked said so.
    """
    refused = sorted(
        day for day, verdict in verdicts.items() if verdict.rank >= Verdict.REFUSE.rank
    )
    steady: int | None = None
    for day in sorted(verdicts, reverse=True):
        if verdicts[day].rank < Verdict.REFUSE.rank:
            break
        steady = day
    first = refused[0] if refused else None
    return {
        "case_id": case.case_id,
        "acted_on": _iso(case.decided_on),
        "refused_on": _iso(first),
        "unbroken_since": _iso(steady),
        "months": _months(first, case.decided_on),
        "months_unbroken": _months(steady, case.decided_on),
        "days_asked": len(verdicts),
    }


def lead_figures(leads: list[dict[str, Any]]) -> dict[str, Any]:
    """The medians over cases; one in which REFUSE was never said counts as 0 months."""
    return {
        "cases": len(leads),
        "never": [lead["case_id"] for lead in leads if lead["months"] is None],
        "median_months": _median(leads, "months"),
        "median_months_unbroken": _median(leads, "months_unbroken"),
        "by_case": leads,
    }


def _median(leads: list[dict[str, Any]], name: str) -> float | None:
    if not leads:
        return None
    return round(median(lead[name] or 0.0 for lead in leads), 1)


def _months(first: int | None, last: int) -> float | None:
    return None if first is None else round((last - first) / DAYS_A_MONTH, 1)


def _iso(day: int | None) -> str | None:
    found = None if day is None else day_date(day)
    return found.isoformat() if found is not None else None
