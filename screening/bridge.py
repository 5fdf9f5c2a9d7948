"""The one bridge to the engine: transfers in, answers out, a table at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd

from screening.drafts import ItemLine, Safeguard, TransferDraft
from screening.models import Transfer, TransferItem
from screening.rules import explain, load_rulebook, screen, transfers_table
from treaties.facts import Facts, day_number
from treaties.selectors import current_facts, facts_recorded, held_facts

# The identifier, in the engine's table, of a transfer that is not stored.
UNSTORED = 0


@dataclass(frozen=True)
class Answer:
    """What the engine said of one transfer, and on which facts and rules."""

    verdict: str
    is_complete: bool
    lowest: str
    highest: str
    facts_digest: str
    # The moment of the ledger of facts; None where none is kept.
    facts_recorded_at: datetime | None
    rulebook_digest: str
    explanation: dict[str, Any]


@dataclass(frozen=True)
class Question:
    """One transfer to screen: as of which day, with what was known on which day."""

    transfer: Transfer | TransferDraft
    as_of: date
    known_at: date

    @property
    def number(self) -> int:
        """Names the transfer in the engine's table."""
        return self.transfer.pk if isinstance(self.transfer, Transfer) else UNSTORED


def draft_rows(
    transfer: Transfer | TransferDraft, *, as_of: date, known_at: date
) -> pd.DataFrame:
    """The lines of one transfer in the columns of `screening.rules.screen`."""
    return question_rows([Question(transfer, as_of, known_at)])


def question_rows(questions: Iterable[Question]) -> pd.DataFrame:
    """The lines of many transfers as one table."""
    return transfers_table([row for q in questions for row in _lines(q)])


def answers_to(questions: Iterable[Question]) -> dict[int, Answer]:
    """The answer to each question by its number, in one call of the engine."""
    asked = list(questions)
    if not asked:
        return {}
    held = held_facts()
    return _answers(asked, held.facts, held.recorded_at)


def answer_again(question: Question, recorded_at: datetime) -> Answer:
    """The answer to a question with the facts as the ledger stood at a moment."""
    facts = facts_recorded(recorded_at)
    return _answers([question], facts, recorded_at)[question.number]


def _answers(
    asked: list[Question], facts: Facts, recorded_at: datetime | None
) -> dict[int, Answer]:
    rulebook, rows = load_rulebook(), question_rows(asked)
    screened = screen(rows, facts, rulebook)
    found: dict[int, Answer] = {}
    for question in asked:
        name = str(question.number)
        verdict = screened.verdicts.loc[name]
        found[question.number] = Answer(
            verdict=str(verdict["verdict"]),
            is_complete=bool(verdict["is_complete"]),
            lowest=str(verdict["lowest"]),
            highest=str(verdict["highest"]),
            facts_digest=screened.facts_digests[day_number(question.known_at)],
            facts_recorded_at=recorded_at,
            rulebook_digest=screened.rulebook_digest,
            explanation=explain(screened, name, rows, facts, rulebook),
        )
    return found


def answer_to(
    transfer: Transfer | TransferDraft, *, as_of: date, known_at: date
) -> Answer:
    """The answer to one question: a table of one."""
    question = Question(transfer, as_of, known_at)
    return answers_to([question])[question.number]


def verdicts_of(
    drafts: Iterable[TransferDraft], *, as_of: date, known_at: date
) -> list[tuple[str, bool]]:
    """Verdict and completeness of each draft, without the reasons, in one call."""
    asked = list(drafts)
    rows = pd.concat(
        [
            draft_rows(draft, as_of=as_of, known_at=known_at).assign(
                transfer=str(number)
            )
            for number, draft in enumerate(asked)
        ],
        ignore_index=True,
    )
    verdicts = screen(rows, current_facts(), load_rulebook()).verdicts
    found = verdicts.loc[[str(number) for number in range(len(asked))]]
    return [
        (str(verdict), bool(is_complete))
        for verdict, is_complete in zip(
            found["verdict"], found["is_complete"], strict=True
        )
    ]


def _lines(question: Question) -> list[dict[str, Any]]:
    transfer = question.transfer
    stated = {
        "transfer": str(question.number),
        "exporter": transfer.exporter,
        "recipient": transfer.recipient,
        "end_user_state": transfer.end_user_state,
        "force": transfer.force,
        "end_user": transfer.end_user,
        "end_user_kind": str(transfer.end_user_kind),
        "end_use": str(transfer.end_use),
        "end_use_place": transfer.end_use_place,
        "origin": transfer.origin,
        "brokers": _joined(transfer.brokers),
        "transit": _joined(transfer.transit),
        "activity": str(transfer.activity),
        "approvals": _joined(transfer.approvals),
        "mitigations": _joined(tuple(_code(one) for one in transfer.safeguards)),
        "force_size": transfer.force_size,
        "economic": "yes" if transfer.economic_argument else "",
        "as_of": day_number(question.as_of),
        "known_at": day_number(question.known_at),
    }
    items: list[TransferItem | ItemLine] = (
        [*transfer.items.all()] if isinstance(transfer, Transfer) else [*transfer.items]
    )
    return [
        {
            **stated,
            "line": number,
            "item": line.item,
            "parent_item": line.parent_item,
            "quantity": line.quantity or 0,
        }
        for number, line in enumerate(items, start=1)
    ]


def _code(safeguard: Safeguard | dict[str, str]) -> str:
    """The safeguard in the words of `screening.rules.types.Case`."""
    one = safeguard if isinstance(safeguard, Safeguard) else Safeguard(**safeguard)
    since = day_number(date.fromisoformat(one.since))
    return f"{one.kind}:{one.risk}:{one.status}:{since}"


def _joined(codes: str | tuple[str, ...]) -> str:
    return codes if isinstance(codes, str) else "|".join(codes)
