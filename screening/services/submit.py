"""Take in a proposed transfer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.db.models import F

from screening.access import Action, require
from screening.bridge import Question, answer_to, answers_to
from screening.drafts import TransferDraft
from screening.models import ReferenceCounter, Screening, Transfer, TransferItem, User
from screening.services.screening import known_then, store_answers


def propose_transfer(
    draft: TransferDraft,
    *,
    by: User,
    today: date,
    is_made_up: bool = False,
    is_public: bool = False,
) -> Screening:
    """Store a transfer with its first screening, both or neither.

    It is screened as of the day of the proposal with what was known then.
    Raises NotAllowed.
    """
    require(by, Action.PROPOSE)
    require(by, Action.SCREEN)
    known_at = known_then(draft.on, today)
    # Before the transaction: on SQLite it would keep every other writer waiting.
    answer = answer_to(draft, as_of=draft.on, known_at=known_at)
    with transaction.atomic():
        transfer = submit_transfer(
            draft, by=by, is_made_up=is_made_up, is_public=is_public
        )
        question = Question(transfer, draft.on, known_at)
        return store_answers([(question, answer)], by=by, run=None)[0]


def submit_transfers(
    drafts: Sequence[TransferDraft], *, by: User, today: date
) -> list[Screening]:
    """Store many transfers, each with its first screening: all of them or none.

    Raises NotAllowed.
    """
    require(by, Action.PROPOSE)
    require(by, Action.SCREEN)
    asked = [
        _Asked(draft, draft.on, known_then(draft.on, today), place)
        for place, draft in enumerate(drafts)
    ]
    # One call of the engine for all, and before the transaction as above.
    answers = answers_to(asked)
    with transaction.atomic():
        pairs = [
            (
                Question(submit_transfer(draft, by=by), each.as_of, each.known_at),
                answers[each.place],
            )
            for draft, each in zip(drafts, asked, strict=True)
        ]
        return store_answers(pairs, by=by, run=None)


@dataclass(frozen=True)
class _Asked(Question):
    """A question about a draft, told from the others of its file by its place."""

    place: int

    @property
    def number(self) -> int:
        return self.place


@transaction.atomic
def submit_transfer(
    draft: TransferDraft,
    *,
    by: User,
    is_made_up: bool = False,
    is_public: bool = False,
) -> Transfer:
    """Store a transfer for the organisation of `by`. Raises NotAllowed."""
    require(by, Action.PROPOSE)
    # The matrix gives PROPOSE to no role that may stand outside the organisations.
    assert by.organisation is not None  # noqa: S101
    transfer = Transfer.objects.create(
        reference=_next_reference(draft.on.year),
        organisation=by.organisation,
        is_made_up=is_made_up,
        is_public=is_public,
        exporter=draft.exporter,
        recipient=draft.recipient,
        end_user_state=draft.end_user_state,
        force=draft.force,
        end_user=draft.end_user,
        end_user_kind=draft.end_user_kind,
        end_use=draft.end_use,
        end_use_place=draft.end_use_place,
        origin=draft.origin,
        brokers="|".join(draft.brokers),
        transit="|".join(draft.transit),
        activity=draft.activity,
        approvals="|".join(draft.approvals),
        safeguards=[asdict(one) for one in draft.safeguards],
        force_size=draft.force_size,
        economic_argument=draft.economic_argument,
        proposed_on=draft.on,
        note=draft.note,
        created_by=by,
    )
    TransferItem.objects.bulk_create(
        TransferItem(
            transfer=transfer,
            line=number,
            item=line.item,
            parent_item=line.parent_item,
            description=line.description,
            quantity=line.quantity,
        )
        for number, line in enumerate(draft.items, start=1)
    )
    return transfer


def _next_reference(year: int) -> str:
    """The next number of a year. The row lock makes two proposals wait their turn."""
    ReferenceCounter.objects.get_or_create(year=year)
    ReferenceCounter.objects.filter(year=year).update(last=F("last") + 1)
    last = ReferenceCounter.objects.get(year=year).last
    return f"{year}-{last:04}"
