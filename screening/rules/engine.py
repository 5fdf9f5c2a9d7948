"""The one path: a table of transfer lines in, findings and a verdict a transfer out.

One transfer is a table of one row. Each criterion is assessed once for each distinct
combination of the columns it reads, and the result spread back by position, so the cost
of a million lines is that of their distinct combinations.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

import pandas as pd

from screening.rules.criteria import all_criteria
from screening.rules.criterion import Criterion
from screening.rules.index import FactIndex, codes, index_of
from screening.rules.rulebook import Rulebook, load_rulebook
from screening.rules.types import Case, Finding
from screening.rules.verdict import Judged, judge
from treaties.facts import Facts

TEXT_COLUMNS = (
    "transfer",
    "exporter",
    "recipient",
    "end_user_state",
    "force",
    "end_user",
    "end_user_kind",
    "item",
    "parent_item",
    "end_use",
    "end_use_place",
    "origin",
    "brokers",
    "transit",
    "activity",
    "approvals",
    "mitigations",
    "economic",
)
COUNT_COLUMNS = ("quantity", "force_size")
DAY_COLUMNS = ("as_of", "known_at")
_NUMBERS = {*COUNT_COLUMNS, *DAY_COLUMNS}
_LISTS = {"brokers", "transit", "approvals", "mitigations"}
_CASE_COLUMNS = tuple(f.name for f in fields(Case))


@dataclass(frozen=True)
class Screened:
    """The result of one call: a row a transfer, and the findings behind each.

    verdicts: indexed by transfer, columns verdict, lowest, highest (str),
        is_complete (bool), score (float: ranks inside a verdict, never decides one).
    """

    verdicts: pd.DataFrame
    findings: dict[str, list[Finding]]
    facts_digests: dict[int, str]
    rulebook_digest: str

    def findings_of(self, transfer: str) -> list[Finding]:
        """The findings of one transfer, the gravest first."""
        return self.findings[str(transfer)]


def transfers_table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Lines as the table that `screen` takes; what is left out is not stated.

    rows: one dict a line; `as_of` and `known_at` (day numbers) are required, and
        `known_at` defaults to `as_of`.
    """
    full = [
        {
            **dict.fromkeys(TEXT_COLUMNS, ""),
            **dict.fromkeys(COUNT_COLUMNS, 0),
            "transfer": str(place),
            **row,
            "known_at": row.get("known_at", row["as_of"]),
        }
        for place, row in enumerate(rows)
    ]
    columns = [*TEXT_COLUMNS, *COUNT_COLUMNS, *DAY_COLUMNS]
    return pd.DataFrame(full, columns=columns).astype({"transfer": "str"})


def screen(
    transfers: pd.DataFrame, facts: Facts, rulebook: Rulebook | None = None
) -> Screened:
    """Screen every line of every transfer under every criterion.

    transfers: one row a line, columns TEXT_COLUMNS (str codes, lists joined by "|",
        "" when not stated), COUNT_COLUMNS (int, 0 when not stated) and DAY_COLUMNS
        (int day numbers). Lines of one transfer share `transfer`. An unknown state,
        force or item never raises: it reads as UNKNOWN.
    facts: what is recorded; only rows known by each line's own `known_at` are used.
    Raises KeyError naming a missing column.
    """
    rulebook = rulebook or load_rulebook()
    missing = {*TEXT_COLUMNS, *COUNT_COLUMNS, *DAY_COLUMNS} - set(transfers.columns)
    if missing:
        message = f"transfers lack the column(s) {', '.join(sorted(missing))}"
        raise KeyError(message)
    index = index_of(facts)
    found: dict[str, list[Finding]] = {
        str(name): [] for name in transfers["transfer"].unique()
    }
    for criterion in all_criteria():
        for name, findings in _assessed(criterion, transfers, index, rulebook):
            found[name] += findings
    days = dict(zip(transfers["transfer"].astype(str), transfers["as_of"], strict=True))
    judged = {
        name: judge(findings, rulebook.reading(int(days[name])))
        for name, findings in found.items()
    }
    return Screened(
        verdicts=_table(judged),
        findings={name: one.findings for name, one in judged.items()},
        facts_digests={
            int(day): facts.digest(int(day)) for day in transfers["known_at"].unique()
        },
        rulebook_digest=rulebook.digest,
    )


def _assessed(
    criterion: Criterion, transfers: pd.DataFrame, index: FactIndex, rulebook: Rulebook
) -> Iterator[tuple[str, list[Finding]]]:
    """Each line's transfer with the criterion's findings for it."""
    columns = list(criterion.reads)
    keys = list(zip(*(transfers[c].tolist() for c in columns), strict=True))
    done: dict[tuple[Any, ...], list[Finding]] = {}
    for name, key in zip(transfers["transfer"].tolist(), keys, strict=True):
        if key not in done:
            done[key] = _assess(
                criterion, dict(zip(columns, key, strict=True)), index, rulebook
            )
        yield str(name), done[key]


def _assess(
    criterion: Criterion, values: dict[str, Any], index: FactIndex, rulebook: Rulebook
) -> list[Finding]:
    case = case_of(values)
    reading = rulebook.reading(case.as_of)
    if criterion.code not in rulebook.criteria:
        message = f"criterion {criterion.code} has no text in the rulebook"
        raise KeyError(message)
    findings = criterion.assess(case, index, reading)
    return [replace(f, parameters=reading.read) for f in findings]


def case_of(values: dict[str, Any]) -> Case:
    """A case from column values; a column that is not given is not stated."""
    case: dict[str, Any] = {}
    for column in _CASE_COLUMNS:
        value = values.get(column, 0 if column in _NUMBERS else "")
        case[column] = codes(value) if column in _LISTS else value
    if not case["end_user_state"]:
        case["end_user_state"] = case["recipient"]
    return Case(**case)


def _table(judged: dict[str, Judged]) -> pd.DataFrame:
    columns: dict[str, list[Any]] = defaultdict(list)
    for one in judged.values():
        columns["verdict"].append(one.verdict.value)
        columns["lowest"].append(one.lowest.value)
        columns["highest"].append(one.highest.value)
        columns["is_complete"].append(one.is_complete)
        columns["score"].append(one.score)
    index = pd.Index(list(judged), name="transfer", dtype="str")
    return pd.DataFrame(dict(columns), index=index)
