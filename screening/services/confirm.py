"""Record what a person decided of a finding that the engine may only propose."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from screening.access import Action, require
from screening.models import Confirmation, Screening, User

PROPOSED = "PROPOSED"


class NotConfirmable(Exception):
    """There is nothing to confirm, or it was not said why."""


def confirm(
    screening: Screening, *, criterion: str, decision: str, reasons: str, by: User
) -> Confirmation:
    """Confirm, or decline to confirm, a proposed finding such as ATT Article 6(3).

    The screening stays as it is; the decision stands beside it.
    Raises NotAllowed, and NotConfirmable when the finding is not a proposal, the
    decision is none, the reasons are empty or it was decided before.
    """
    require(by, Action.CONFIRM, screening)
    if criterion not in _proposed(screening):
        msg = (
            f"This screening proposes nothing under {criterion}. Only a finding that "
            "is shown as proposed can be confirmed."
        )
        raise NotConfirmable(msg)
    if decision not in Confirmation.Decision.values:
        msg = (
            f'"{decision}" is no decision. Choose one of '
            f"{', '.join(Confirmation.Decision.values)}."
        )
        raise NotConfirmable(msg)
    if not reasons.strip():
        msg = "The reasons are empty. Say why you decided so."
        raise NotConfirmable(msg)
    try:
        with transaction.atomic():
            return Confirmation.objects.create(
                screening=screening,
                criterion=criterion,
                decision=decision,
                reasons=reasons.strip(),
                by=by,
            )
    except IntegrityError:
        # The database alone can tell, when two decide at the same moment.
        raise _decided_before(screening, criterion) from None


def _decided_before(screening: Screening, criterion: str) -> NotConfirmable:
    made = screening.confirmations.select_related("by").get(criterion=criterion)
    msg = (
        f"{made.by} decided on {criterion} already, on {made.at:%Y-%m-%d}: "
        f"{made.get_decision_display().lower()}. A decision stays as it is; screen the "
        "transfer again to decide on what is known now."
    )
    return NotConfirmable(msg)


def _proposed(screening: Screening) -> set[str]:
    findings = screening.explanation.get("findings", [])
    return {f["criterion"] for f in findings if f["outcome"] == PROPOSED}
