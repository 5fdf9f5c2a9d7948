"""What an import did or would do, in lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from treaties.syncing import Tally

from .importing import Plan


def report_lines(plan: Plan) -> Iterator[str]:
    """The plan of an import, told."""
    edition = plan.edition
    if edition is not None:
        yield (
            f"{plan.title}, edition {edition.label}, known from {edition.known_from}"
        )
    read = plan.encoding or "workbook"
    layout = f", layout “{plan.layout}”" if plan.layout else ""
    yield f"{plan.asked.file.name}: {read}{layout}, {plan.n_rows:,} rows read"
    for name, tally in (plan.tables or {}).items():
        yield f"  {name}: {counted(tally)}"
    for why, n in (plan.left_out or {}).items():
        yield f"  left out: {n:,} {why}"
    for note in plan.notes:
        yield f"  note: {note}"
    if plan.changes_nothing:
        yield "Nothing differs from what is recorded."
    elif not plan.is_applied:
        yield "Nothing was changed: this was a rehearsal."


def counted(tally: Tally) -> str:
    """A tally in words: 3 new, 1 changed.

    >>> counted(Tally(new=3, changed=1))
    '3 new, 1 changed'
    """
    parts = [
        f"{number:,} {name}"
        for name, number in (
            ("new", tally.new),
            ("changed", tally.changed),
            ("retired", tally.gone),
            ("unchanged", tally.unchanged),
            ("kept as a steward left them", tally.kept),
        )
        if number
    ]
    return ", ".join(parts) or "none"
