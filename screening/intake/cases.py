"""Past cases from a CSV file, read and checked for a back-test.

All mistakes are told at once, each with its row and column; nothing is guessed at. The
names of end users are free text in such files: one that is no force held here is known
by its kind alone, as on the form.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import TypeVar

from screening.intake import readers
from screening.intake.days import as_of_day
from screening.intake.readers import Problem, shown
from screening.intake.table import RowError
from screening.models import Activity, EndUse, EndUserKind
from screening.rules.backtest import PastCase
from screening.rules.backtest.cases import conventions
from screening.rules.types import Verdict
from treaties import selectors as facts
from treaties.facts import day_number
from treaties.names import Unresolved

MOST_SHOWN = 20
REQUIRED = {
    "case_id": "a name for the case, once each",
    "as_of_date": "the day to screen as of, as year-month-day",
    "exporter_iso3": "a state",
    "recipient_iso3": "a state",
    "end_user": "the end user as named, may be blank",
    "end_user_type": "the kind of end user",
    "item_class": "item classes with | between them",
    "end_use": "what the items are for",
    "expected_verdict": "the verdict of a careful reader",
    "acceptable_range": "the verdicts that are defensible, with | between them",
    "expected_triggers": "codes with ; between them, may be blank",
}
OPTIONAL = (
    "decision_or_event_date",
    "what_happened",
    "basis",
    "facts_basis",
    "partition",
    "pair_id",
    "screened_state_iso3",
    # How the state that is screened takes part when it does not export.
    "screened_role",
    "end_user_state",
    "origin",
    "brokers",
    "transit",
    "approvals",
    "activity",
)
# The seed cases name their cases so.
_OTHER_NAMES = {"seed_id": "case_id"}
_ROLES = ("broker", "transit", "origin")
_CODE = re.compile(r"[A-Z][A-Za-z0-9]*(?:[-./][A-Za-z0-9.]+)*")

Read = TypeVar("Read")


class InvalidCases(Exception):
    """The file cannot be used. `errors`: what is wrong, where, and how to mend it."""

    def __init__(self, errors: list[RowError]) -> None:
        lines = [str(error) for error in errors[:MOST_SHOWN]]
        more = len(errors) - len(lines)
        if more > 0:
            lines.append(f"… and {more} more.")
        super().__init__("\n".join(lines))
        self.errors = errors


def cases_from_csv(content: bytes, *, today: date) -> list[PastCase]:
    """Every case of the file, in its order. Raises InvalidCases with every mistake."""
    _refuse_empty_facts()
    rows = _rows(content)
    errors: list[RowError] = []
    cases: list[PastCase] = []
    for number, cells in rows:
        reading = _Row(number, cells)
        case = _case(reading, today)
        errors += reading.errors
        if not reading.errors:
            cases.append(case)
    errors += _twice(rows)
    if errors:
        raise InvalidCases(sorted(errors, key=lambda error: error.row))
    return cases


def columns_left_out(content: bytes) -> list[str]:
    """The columns that a file may have and does not: their figures stay empty."""
    header = next(csv.reader(io.StringIO(_decoded(content))), [])
    return [name for name in OPTIONAL[:7] if name not in header]


def _refuse_empty_facts() -> None:
    if facts.current_facts().items.empty:
        message = (
            "No facts are loaded, so no case can be put to the rules. "
            "Run manage.py load_reference first."
        )
        raise InvalidCases([RowError(1, "", message)])


def _decoded(content: bytes) -> str:
    try:
        return content.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as why:
        row = content[: why.start].count(b"\n") + 1
        message = "The letters cannot be read. Save the file as 'CSV UTF-8'."
        raise InvalidCases([RowError(row, "", message)]) from None


def _rows(content: bytes) -> list[tuple[int, dict[str, str]]]:
    """The rows with their places, counted as a spreadsheet does: the header is 1."""
    lines = csv.reader(io.StringIO(_decoded(content), newline=""), strict=True)
    try:
        table = list(lines)
    except csv.Error as why:
        message = f"This is not a CSV file: {why}."
        raise InvalidCases([RowError(lines.line_num, "", message)]) from None
    if not table or not any(cell.strip() for cell in table[0]):
        message = "The file is empty. The first row names the columns."
        raise InvalidCases([RowError(1, "", message)])
    header = [_OTHER_NAMES.get(name.strip(), name.strip()) for name in table[0]]
    _check_header(header)
    rows: list[tuple[int, dict[str, str]]] = []
    for number, cells in enumerate(table[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            message = (
                f"There are {len(cells)} cells under {len(header)} columns. Put a cell "
                "that holds a comma in quotation marks."
            )
            raise InvalidCases([RowError(number, "", message)])
        stripped = (cell.strip() for cell in cells)
        rows.append((number, dict(zip(header, stripped, strict=True))))
    return rows


def _check_header(header: list[str]) -> None:
    errors = [
        RowError(1, name, f"This column is missing: {what}.{_meant(name, header)}")
        for name, what in REQUIRED.items()
        if name not in header
    ]
    errors += [
        RowError(1, name, "This column is there twice. Remove one.")
        for name in sorted({n for n in header if n and header.count(n) > 1})
    ]
    if errors:
        raise InvalidCases(errors)


def _meant(name: str, header: list[str]) -> str:
    strange = [n for n in header if n not in REQUIRED and n not in OPTIONAL]
    near = get_close_matches(name, strange, n=1, cutoff=0.75)
    return f" Rename “{shown(near[0])}”?" if near else " Add it."


def _twice(rows: list[tuple[int, dict[str, str]]]) -> list[RowError]:
    first: dict[str, int] = {}
    errors: list[RowError] = []
    for number, cells in rows:
        name = cells["case_id"]
        if name and name in first:
            message = f'"{shown(name)}" stands in row {first[name]} too. Rename one.'
            errors.append(RowError(number, "case_id", message))
        first.setdefault(name, number)
    return errors


@dataclass
class _Row:
    """One row, and what is wrong in it so far."""

    number: int
    cells: dict[str, str]
    errors: list[RowError] = field(default_factory=list)

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def read(self, column: str, reader: Callable[[str], Read], blank: Read) -> Read:
        """What `reader` makes of a cell; `blank` when empty or after a complaint."""
        if not self[column]:
            if REQUIRED.get(column, "may be blank").find("may be blank") < 0:
                message = f"This is empty. Give {REQUIRED[column]}."
                self.errors.append(RowError(self.number, column, message))
            return blank
        try:
            return reader(self[column])
        except Problem as problem:
            self.errors.append(RowError(self.number, column, str(problem)))
            return blank


def _case(row: _Row, today: date) -> PastCase:
    as_of = row.read("as_of_date", lambda v: as_of_day(v, today), today)
    decided_on = row.read(
        "decision_or_event_date", lambda v: as_of_day(v, today), as_of
    )
    stated = _stated(row)
    screened = row.read("screened_state_iso3", readers.state, stated["exporter"])
    stated = _with_screened_state(row, stated, screened)
    forces, user_state = _forces(row["end_user"], stated["end_user_state"])
    return PastCase(
        case_id=row.read("case_id", str, ""),
        stated={**stated, "end_user_state": user_state},
        items=row.read("item_class", _items, ()),
        forces=forces,
        as_of=day_number(as_of),
        decided_on=day_number(decided_on),
        screened=screened,
        expected=row.read("expected_verdict", _verdict, Verdict.LOW),
        acceptable=row.read("acceptable_range", _verdicts, ()),
        triggers=row.read("expected_triggers", _triggers, ()),
        partition=row["partition"],
        basis=row["basis"],
        facts_basis=row["facts_basis"],
        pair=row["pair_id"],
        acted=row["what_happened"] in conventions(day_number(as_of))("acted"),
    )


def _stated(row: _Row) -> dict[str, str]:
    """What is stated of the transfer, in the columns of the engine's table."""
    exporter = row.read("exporter_iso3", readers.state, "")
    recipient = row.read("recipient_iso3", readers.state, "")
    kind = row.read("end_user_type", lambda v: str(readers.choice(v, EndUserKind)), "")
    use = row.read("end_use", lambda v: str(readers.choice(v, EndUse)), "")
    activity = row.read("activity", lambda v: str(readers.choice(v, Activity)), "")
    if not activity:
        # Showing goods at a fair is an act of its own (METHOD 2.5).
        shows = use == EndUse.PROMOTION
        activity = str(Activity.PROMOTION if shows else Activity.EXPORT)
    return {
        "exporter": exporter,
        "recipient": recipient,
        "end_user": row["end_user"],
        "end_user_kind": kind,
        "end_user_state": row.read("end_user_state", readers.state, recipient),
        "end_use": use,
        "origin": row.read("origin", readers.state, ""),
        "brokers": "|".join(row.read("brokers", readers.states, ())),
        "transit": "|".join(row.read("transit", readers.states, ())),
        "approvals": "|".join(row.read("approvals", readers.embargoes, ())),
        "activity": activity,
    }


def _with_screened_state(
    row: _Row, stated: dict[str, str], screened: str
) -> dict[str, str]:
    """The state whose decision it is must have a part in the transfer.

    One that neither exports nor is named otherwise stands as the broker's, whose duties
    are those of a transit state too.
    """
    named = "|".join(
        stated[name] for name in ("exporter", "origin", "brokers", "transit")
    )
    if screened in {*named.split("|"), stated["recipient"]}:
        return stated
    role = row.read("screened_role", _role, "broker")
    column = {"broker": "brokers"}.get(role, role)
    joined = "|".join(part for part in (stated[column], screened) if part)
    return {**stated, column: joined}


def _role(typed: str) -> str:
    if typed not in _ROLES:
        message = f'"{shown(typed)}" is no part in a transfer. Use one of '
        raise Problem(message + f"{', '.join(_ROLES)}.")
    return typed


def _forces(named: str, state: str) -> tuple[tuple[str, ...], str]:
    """The forces that an end user's name means, and the state it is in.

    Tried in turn: the name as it stands, without what is in brackets, and each of its
    parts. A force of another state puts the end user there.
    """
    bare = re.sub(r"\s*\([^)]*\)", "", named).strip()
    for candidates in ([named], [bare], re.split(r"\s*(?:/|;| and )\s*", bare)):
        keys = [key for name in candidates if name for key in _force(name, state)]
        if keys:
            return tuple(dict.fromkeys(keys)), state
    elsewhere = readers.force_elsewhere(named) or readers.force_elsewhere(bare)
    return ((elsewhere.key,), elsewhere.iso3) if elsewhere else ((), state)


def _force(name: str, state: str) -> list[str]:
    try:
        return [facts.resolve_force(name, state)]
    except Unresolved:
        return []


def _items(typed: str) -> tuple[tuple[str, str], ...]:
    """The classes by code, with the class that parts go into after a colon."""
    held = {str(code) for code in facts.current_facts().items["code"]}
    found: list[tuple[str, str]] = []
    for part in readers.split(typed):
        item, _, parent = part.partition(":")
        for code in (item, parent):
            if code and code not in held:
                raise Problem(_no_item(code, held))
        if parent and item != "PARTS":
            message = f'"{shown(part)}": only PARTS can have a parent after a colon.'
            raise Problem(message)
        found.append((item, parent))
    return tuple(found)


def _no_item(code: str, held: set[str]) -> str:
    near = get_close_matches(code.upper(), held, n=2)
    hint = f"Did you mean {' or '.join(near)}?" if near else "See the list of items."
    return f'"{shown(code)}" is not the code of an item class held here. {hint}'


def _verdict(typed: str) -> Verdict:
    try:
        return Verdict(typed)
    except ValueError:
        message = f'"{shown(typed)}" is no verdict. Use one of {", ".join(Verdict)}.'
        raise Problem(message) from None


def _verdicts(typed: str) -> tuple[Verdict, ...]:
    return tuple(_verdict(part) for part in readers.split(typed))


def _triggers(typed: str) -> tuple[str, ...]:
    parts = readers.split(typed)
    for part in parts:
        if not _CODE.fullmatch(part):
            message = (
                f'"{shown(part)}" is no trigger code. Write codes such as ATT-7.1b-i '
                "with ; between them."
            )
            raise Problem(message)
    return tuple(dict.fromkeys(parts))
