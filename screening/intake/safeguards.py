"""Safeguards as people type them: one a line, five parts each.

    end-use certificate; diversion; verified; 2024-03-01; embassy's letter of 1 March

The parts: what it is, against which risk, how far it was checked, from which day it
holds, and what shows it. An interface may send a mapping with the same five names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from screening.drafts import Safeguard
from screening.intake import readers
from screening.intake.readers import Problem
from screening.models import SafeguardKind, SafeguardRisk, SafeguardStatus

MOST_SAFEGUARDS = 20
PARTS = ("kind", "risk", "status", "since", "evidence")
EXAMPLE = "End-use certificate; diversion; verified; 2024-03-01; embassy's letter"


def safeguards(value: Any) -> tuple[Safeguard, ...]:
    """Every safeguard that is stated, in its order.

    Raises Problem that names the line, the part and how to mend it.
    """
    entries = value.splitlines() if isinstance(value, str) else value
    if isinstance(entries, Mapping) or not isinstance(entries, Sequence):
        msg = f"Write one safeguard a line, for example “{EXAMPLE}”."
        raise Problem(msg)
    stated = [entry for entry in entries if not readers.is_blank(entry)]
    if len(stated) > MOST_SAFEGUARDS:
        msg = f"There are {len(stated)} safeguards; the most is {MOST_SAFEGUARDS}."
        raise Problem(msg)
    return tuple(_safeguard(entry, n) for n, entry in enumerate(stated, start=1))


def _safeguard(entry: Any, number: int) -> Safeguard:
    parts = _parts(entry, number)
    where = f"Safeguard {number}"
    try:
        return Safeguard(
            kind=readers.choice(parts["kind"], SafeguardKind),
            risk=readers.choice(parts["risk"], SafeguardRisk),
            status=readers.choice(parts["status"], SafeguardStatus),
            since=readers.day(parts["since"]).isoformat(),
            evidence=readers.text(parts["evidence"]),
        )
    except Problem as problem:
        msg = f"{where}: {problem}"
        raise Problem(msg) from None


def _parts(entry: Any, number: int) -> dict[str, Any]:
    if isinstance(entry, Mapping):
        strange = sorted(str(name) for name in entry if name not in PARTS)
        if strange:
            msg = (
                f"Safeguard {number}: there is no field {readers.shown(strange[0])}. "
                f"Use {', '.join(PARTS)}."
            )
            raise Problem(msg)
        parts = {name: entry.get(name) for name in PARTS}
    else:
        cells = [c.strip() for c in readers.text(entry, longest=600).split(";", 4)]
        parts = dict(zip(PARTS, [*cells, *[""] * 5][:5], strict=True))
    for name in PARTS:
        if readers.is_blank(parts[name]):
            msg = f"Safeguard {number}: {_MISSING[name]} Write it like “{EXAMPLE}”."
            raise Problem(msg)
    return parts


_MISSING = {
    "kind": "what it is, is missing.",
    "risk": "the risk that it is tied to is missing.",
    "status": "how far it was checked is missing.",
    "since": "the day from which it holds is missing.",
    "evidence": "what shows it is missing; without evidence it counts for nothing.",
}
