"""Screen transfers and store what the engine said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from screening.access import Action, require
from screening.bridge import Answer, Question, answer_again, answer_to
from screening.drafts import TransferDraft
from screening.models import Screening, ScreeningDetail, ScreeningRun, Transfer, User
from screening.rules import load_rulebook


def known_then(as_of: date, today: date) -> date:
    """The day whose knowledge decides by default: that of the question itself.

    Nothing is known of days to come, so for a future `as_of` it is today.
    """
    return min(as_of, today)


def preview(draft: TransferDraft, *, as_of: date, known_at: date) -> dict[str, Any]:
    """The explanation of a transfer that is not stored; nothing is written."""
    return answer_to(draft, as_of=as_of, known_at=known_at).explanation


def screen_transfer(
    transfer: Transfer,
    *,
    as_of: date,
    known_at: date,
    by: User,
    run: ScreeningRun | None = None,
) -> Screening:
    """Screen one transfer and store the screening beside the earlier ones.

    Raises NotAllowed.
    """
    require(by, Action.SCREEN, transfer)
    answer = answer_to(transfer, as_of=as_of, known_at=known_at)
    question = Question(transfer, as_of, known_at)
    return store_answers([(question, answer)], by=by, run=run)[0]


class NotReproducible(Exception):
    """A screening cannot be made again here; the message says what has changed."""


def reproduce(screening: Screening) -> Answer:
    """The answer once more, on the very facts and rules that the screening names.

    Facts come from the ledger as it stood then. Raises NotReproducible when the rules
    installed are not those that were used, or the facts cannot be found again.
    """
    rules = load_rulebook().digest
    if rules != screening.rulebook_digest:
        msg = (
            f"Screening {screening.pk} was made with rulebook "
            f"{screening.rulebook_digest}; installed is {rules}. Install the version "
            "of MSP that has that rulebook and ask again."
        )
        raise NotReproducible(msg)
    question = Question(screening.transfer, screening.as_of, screening.known_at)
    # A screening older than the ledger names no moment of it: the day it was made.
    moment = screening.facts_recorded_at or screening.created_at
    answer = answer_again(question, moment)
    if answer.facts_digest != screening.facts_digest:
        msg = (
            f"Screening {screening.pk} was made on facts {screening.facts_digest}; the "
            f"ledger as of {moment:%Y-%m-%d %H:%M:%S} UTC gives "
            f"{answer.facts_digest}. Is this the database that it was made in?"
        )
        raise NotReproducible(msg)
    return answer


@transaction.atomic
def store_answers(
    answered: Iterable[tuple[Question, Answer]],
    *,
    by: User | None,
    run: ScreeningRun | None,
) -> list[Screening]:
    """Write one screening with its reasons for each answer, all or none."""
    pairs = list(answered)
    stored = Screening.objects.bulk_create(
        [_screening(question, answer, by, run) for question, answer in pairs]
    )
    ScreeningDetail.objects.bulk_create(
        [
            ScreeningDetail(screening=screening, explanation=answer.explanation)
            for screening, (_, answer) in zip(stored, pairs, strict=True)
        ]
    )
    return stored


def _screening(
    question: Question, answer: Answer, by: User | None, run: ScreeningRun | None
) -> Screening:
    return Screening(
        transfer_id=question.number,
        run=run,
        as_of=question.as_of,
        known_at=question.known_at,
        facts_digest=answer.facts_digest,
        facts_recorded_at=answer.facts_recorded_at,
        rulebook_digest=answer.rulebook_digest,
        verdict=answer.verdict,
        is_complete=answer.is_complete,
        lowest=answer.lowest,
        highest=answer.highest,
        created_by=by,
    )
