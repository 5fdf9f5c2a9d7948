"""A transfer in words, for titles, tables and the page that shows it as proposed."""

from __future__ import annotations

from screening.drafts import Safeguard, TransferDraft
from screening.models import (
    SafeguardKind,
    SafeguardRisk,
    SafeguardStatus,
    Transfer,
    TransferItem,
)
from treaties.web.names import Names

# Of what need not be stated at all; what was asked and not answered is "not known".
NOT_STATED = "none stated"


def receiver(transfer: Transfer, names: Names) -> str:
    """The receiving state with the force or body that will hold the items."""
    state = names.states.get(transfer.recipient, transfer.recipient)
    holder = names.forces.get(transfer.force) or transfer.end_user
    return f"{state}, {holder}" if holder else state


def items(transfer: Transfer, names: Names) -> str:
    """What is transferred, in one line.

    transfer: with its items prefetched.
    """
    return ", ".join(_line(line, names) for line in transfer.items.all())


def _line(line: TransferItem, names: Names) -> str:
    said = line.description or names.items.get(line.item, line.item)
    return f"{line.quantity:,} {said}" if line.quantity else said


def _line_in_full(line: TransferItem, names: Names) -> str:
    count = f"{line.quantity:,}" if line.quantity else "An unknown number of"
    said = line.description or line.item
    understood = names.items.get(line.item, line.item)
    if line.parent_item:
        understood += f" of: {names.items.get(line.parent_item, line.parent_item)}"
    return f"{count} {said}, read as: {understood}"


def as_proposed(transfer: Transfer, names: Names) -> list[tuple[str, str]]:
    """Each question of the form with its answer; "" where nothing was stated."""

    def states(joined: str) -> str:
        codes = [code for code in joined.split("|") if code]
        return ", ".join(names.states.get(code, code) for code in codes)

    day = transfer.proposed_on
    lines = [_line_in_full(line, names) for line in transfer.items.all()]
    kind, use = transfer.end_user_kind, transfer.end_use
    return [
        ("Exporting state", states(transfer.exporter)),
        ("State of origin", states(transfer.origin) or NOT_STATED),
        ("Receiving state", states(transfer.recipient)),
        ("End user", names.forces.get(transfer.force) or transfer.end_user),
        ("Kind of end user", _known(transfer.get_end_user_kind_display(), kind)),
        ("Items", "\n".join(lines)),
        ("What for", _known(transfer.get_end_use_display(), use)),
        ("Used in", states(transfer.end_use_place)),
        ("Day of the decision", f"{day.day} {day:%B %Y}"),
        ("Form", transfer.get_activity_display()),
        ("States of transit", states(transfer.transit) or NOT_STATED),
        ("States of brokers", states(transfer.brokers) or NOT_STATED),
        (
            "Embargo approvals at hand",
            transfer.approvals.replace("|", ", ") or NOT_STATED,
        ),
        ("Safeguards at hand", safeguards_in_words(transfer) or NOT_STATED),
        ("Members of the force", str(transfer.force_size or NOT_STATED)),
        (
            "Economic argument put forward (of no weight)",
            transfer.economic_argument or NOT_STATED,
        ),
        ("Note", transfer.note or NOT_STATED),
    ]


def safeguards_in_words(transfer: Transfer | TransferDraft) -> str:
    """Each safeguard with its risk, its status, its day and what shows it."""
    lines = []
    for stated in transfer.safeguards:
        one = stated if isinstance(stated, Safeguard) else Safeguard(**stated)
        kind, risk = SafeguardKind(one.kind).label, SafeguardRisk(one.risk).label
        status = SafeguardStatus(one.status).label.lower()
        lines.append(
            f"{kind}, against {risk.lower()}: {status}, from {one.since} "
            f"({one.evidence})"
        )
    return "\n".join(lines)


def _known(label: str, code: str) -> str:
    return "" if code == "UNKNOWN" else label
