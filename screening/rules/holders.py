"""Whom a rulebook asks: the states that owe the decision, and how far it binds."""

from __future__ import annotations

from dataclasses import dataclass, replace

from screening.rules.types import Finding

READS = ("exporter", "origin", "brokers", "transit", "item", "as_of", "known_at")


@dataclass(frozen=True)
class Holder:
    """A state that a criterion asks, with what the text is to it.

    note: what is to be said beside the answer, such as why it is policy only.
    """

    state: str
    role: str
    label: str
    label_why: str
    basis: str = "law"
    note: str = ""

    @property
    def notes(self) -> tuple[str, ...]:
        """The note as reasons: one or none."""
        return (self.note,) if self.note else ()


def said_to(holders: list[Holder], finding: Finding) -> list[Finding]:
    """The same answer for each state asked, under that state's own law."""
    return [
        replace(
            finding,
            state=holder.state,
            role=holder.role,
            label=holder.label,
            label_why=holder.label_why,
            basis=holder.basis,
            reasons=(*finding.reasons, *holder.notes),
        )
        for holder in holders
    ]
