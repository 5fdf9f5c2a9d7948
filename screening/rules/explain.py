"""Findings in words: one plain dict a transfer, for pages, API and storage alike.

No sentence is stronger than its rung: only a gate prohibits, a flag needs review, a
person confirms.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from screening.rules.engine import Screened, case_of
from screening.rules.index import FactIndex, index_of
from screening.rules.rulebook import CriterionText, Rulebook, load_rulebook
from screening.rules.types import Case, Evidence, Finding, Outcome, Verdict
from screening.rules.verdict import critical_gaps
from treaties.facts import Facts, day_date

FORMAT = 1
DISCLAIMER = (
    "Advice, not a legal decision and not legal advice. A prohibition under ATT "
    "Article 6(3) needs confirmation by a person."
)
N_REASONS = 3
TREATIES_SHOWN = ("UN", "ATT", "EU", "MBT", "CCM")
VERDICT_WORDS = {
    Verdict.PROHIBITED: "a binding rule forbids this transfer",
    Verdict.REFUSE: "the transfer should be refused",
    Verdict.HIGH: "a substantial risk: presume denial unless the risk itself is cured",
    Verdict.ELEVATED: "enhanced diligence and conditions are called for",
    Verdict.LOW: "every criterion was looked at and nothing that counts was found",
}
OUTCOME_WORDS = {
    Outcome.PROHIBITED: "prohibits",
    Outcome.PROPOSED: "proposed; needs confirmation by a person",
    Outcome.WATCH: "one element short; needs review",
    Outcome.STOPPED: "stopped by the state itself",
    Outcome.FLOOR: "not below this verdict",
    Outcome.EXEMPT: "exempt",
    Outcome.LEVEL_3: "clear risk",
    Outcome.LEVEL_2: "substantial risk",
    Outcome.LEVEL_1: "concern",
    Outcome.LEVEL_0: "looked, nothing found that counts",
    Outcome.UNKNOWN: "not known",
    Outcome.NOT_APPLICABLE: "does not apply",
}


def explain(
    screened: Screened,
    transfer: str,
    transfers: pd.DataFrame,
    facts: Facts,
    rulebook: Rulebook | None = None,
) -> dict[str, Any]:
    """Everything that a reader of one verdict may ask, as plain JSON values.

    transfers: the table that `screened` was made from.
    Dates are ISO strings, None where a day is not known.
    """
    rulebook = rulebook or load_rulebook()
    index = index_of(facts)
    rows = transfers[transfers["transfer"].astype(str) == str(transfer)]
    case = case_of({str(k): v for k, v in rows.iloc[0].to_dict().items()})
    findings = screened.findings_of(transfer)
    judged = screened.verdicts.loc[str(transfer)]
    verdict = Verdict(str(judged["verdict"]))
    return {
        "format": FORMAT,
        "verdict": verdict.value,
        "verdict_words": VERDICT_WORDS[verdict],
        "is_complete": bool(judged["is_complete"]),
        "lowest": str(judged["lowest"]),
        "highest": str(judged["highest"]),
        "score": float(str(judged["score"])),
        "headline": _headline(verdict, findings, index),
        "needs_confirmation": any(f.outcome is Outcome.PROPOSED for f in findings),
        "reasons": _reasons(findings, index, rulebook),
        "gaps": [
            {"code": g.code, "text": g.text, "settle": g.settle}
            for g in critical_gaps(findings)
        ],
        "near_misses": [
            r for f in findings for r in f.reasons if r.startswith("Near miss")
        ],
        "standings": _standings(case, index),
        "regimes": _regimes(findings, index, rulebook),
        "findings": [_finding(f, index, rulebook) for f in findings],
        # Once for the whole answer: many findings read the same numbers.
        "parameters": _parameters(findings),
        "as_of": _iso(case.as_of),
        "known_at": _iso(case.known_at),
        "facts_digest": screened.facts_digests[case.known_at],
        "rulebook_digest": screened.rulebook_digest,
        "disclaimer": DISCLAIMER,
    }


def _headline(verdict: Verdict, findings: list[Finding], index: FactIndex) -> str:
    if verdict is Verdict.LOW:
        return "Every criterion was looked at; a completed search found no risk."
    leading = [f for f in findings if f.verdict is verdict]
    if not leading:
        return f"{VERDICT_WORDS[verdict].capitalize()}."
    first = leading[0]
    who = index.name_of(first.state)
    if verdict is Verdict.PROHIBITED:
        return f"A binding rule forbids this for {who}. {first.because}"
    return first.because


def _reasons(
    findings: list[Finding], index: FactIndex, rulebook: Rulebook
) -> list[dict[str, Any]]:
    """The gravest findings, one a criterion, each with its leading evidence."""
    chosen: dict[str, Finding] = {}
    for finding in findings:
        if finding.verdict is not None and finding.outcome is not Outcome.LEVEL_0:
            chosen.setdefault(finding.criterion, finding)
    if not chosen:
        # A LOW says why: each criterion with the search that found nothing.
        chosen = {f.criterion: f for f in findings if f.outcome is Outcome.LEVEL_0}
    return [
        {
            "criterion": f.criterion,
            "article": f.article or rulebook.criteria[f.criterion].article,
            "verdict": f.verdict.value if f.verdict is not None else "",
            "basis": f.basis,
            "state": index.name_of(f.state),
            "text": f.because,
            "evidence": _leading(f, index),
        }
        for f in list(chosen.values())[:N_REASONS]
    ]


def _leading(finding: Finding, index: FactIndex) -> list[dict[str, Any]]:
    """The first evidence rows that carry the finding, one a document."""
    documents: dict[tuple[str, int, str], Evidence] = {}
    for row in finding.evidence:
        if row.is_counted:
            documents.setdefault((row.publisher, row.on, row.url), row)
    return [_evidence(row, index) for row in list(documents.values())[:N_REASONS]]


def _standings(case: Case, index: FactIndex) -> list[dict[str, Any]]:
    """How far the main treaties bind each state involved, and by what."""
    sides = [*case.duty_holders(), (case.recipient, "recipient")]
    if case.end_user_state not in {case.recipient, ""}:
        sides.append((case.end_user_state, "end user"))
    shown = []
    for state, role in sides:
        for treaty in TREATIES_SHOWN:
            where = index.standing(state, treaty, case.as_of, case.known_at)
            row = index.treaties.get(treaty)
            shown.append(
                {
                    "state": state,
                    "name": index.name_of(state),
                    "role": role,
                    "treaty": treaty,
                    "treaty_name": row.short_name if row is not None else treaty,
                    "label": where.standing.value,
                    "why": where.why,
                }
            )
    return shown


def _regimes(
    findings: list[Finding], index: FactIndex, rulebook: Rulebook
) -> list[dict[str, Any]]:
    """One line a regime and state: the gravest finding, with a link to it by place."""
    lines: dict[tuple[str, str], dict[str, Any]] = {}
    for place, finding in enumerate(findings):
        regime = rulebook.criteria[finding.criterion].regime
        line = {
            "regime": regime,
            "state": finding.state,
            "name": index.name_of(finding.state),
            "role": finding.role,
            "label": finding.label,
            "label_why": finding.label_why,
            "basis": finding.basis,
            "outcome": finding.outcome.value,
            "outcome_words": OUTCOME_WORDS[finding.outcome],
            "verdict": finding.verdict.value if finding.verdict is not None else "",
            "because": finding.because,
            "finding": place,
        }
        lines.setdefault((regime, finding.state), line)
    return list(lines.values())


def _finding(finding: Finding, index: FactIndex, rulebook: Rulebook) -> dict[str, Any]:
    item = index.items.get(finding.item)
    return {
        **_text(rulebook.criteria[finding.criterion]),
        **({"article": finding.article} if finding.article else {}),
        "criterion": finding.criterion,
        "state": finding.state,
        "state_name": index.name_of(finding.state),
        "role": finding.role,
        "label": finding.label,
        "label_why": finding.label_why,
        "basis": finding.basis,
        "outcome": finding.outcome.value,
        "outcome_words": OUTCOME_WORDS[finding.outcome],
        "verdict": finding.verdict.value if finding.verdict is not None else "",
        "item": finding.item,
        "item_name": item.name if item is not None else finding.item,
        "because": finding.because,
        "reasons": list(finding.reasons),
        "evidence": [_evidence(e, index) for e in finding.evidence],
        "gaps": [
            {"code": g.code, "text": g.text, "settle": g.settle} for g in finding.gaps
        ],
        "parameters": [p.name for p in finding.parameters],
    }


def _plain(value: Any) -> Any:
    """A parameter's value as JSON has it: days inside a table become ISO text."""
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def _parameters(findings: list[Finding]) -> dict[str, dict[str, Any]]:
    """Each dated number that any finding read, by its name."""
    return {
        p.name: {
            "value": _plain(p.value),
            "since": p.since,
            "unit": p.unit,
            "basis": p.basis,
            "reference": p.reference,
            "is_unread": p.is_unread,
        }
        for finding in findings
        for p in finding.parameters
    }


def _text(text: CriterionText) -> dict[str, Any]:
    return {
        "title": text.title,
        "regime": text.regime,
        "question": text.question,
        "article": text.article,
        "rung": text.rung,
        "standard": text.standard,
        "is_gate": text.is_gate,
        "reference": text.reference,
        "is_unread": text.unread,
        "note": text.note,
    }


def _evidence(row: Evidence, index: FactIndex) -> dict[str, Any]:
    force = index.forces.get(row.force)
    return {
        "table": row.table,
        "key": row.key,
        "text": row.text,
        "publisher": row.publisher,
        "on": _iso(row.on),
        "url": row.url,
        "is_checked": row.is_checked,
        "force": row.force,
        "force_name": force.name if force is not None else row.force,
        "attribution": row.attribution,
        "match": row.match,
        "strength": row.strength,
        "pattern": row.pattern,
        "is_counted": row.is_counted,
    }


def _iso(day: int) -> str | None:
    found = day_date(int(day))
    return found.isoformat() if found is not None else None
