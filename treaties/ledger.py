"""Write facts: whole sources from files, one by hand, and never over what was there.

`sync` is what the project's files and every publisher's file go through; `add`,
`correct` and `retire` are what a steward does. All of them write under an entry of the
ledger, opened with `changing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain, islice
from typing import Any, TypeVar

import numpy as np
from django.db import connection, models

from treaties.models import (
    BY_HAND,
    Change,
    LedgerError,
    Recorded,
    Source,
    changing,
    own_fields,
    past_of,
)
from treaties.models.ledger import Entry

Held = TypeVar("Held", bound=Recorded)
Row = Mapping[str, Any]

_BATCH = 5000
# Enough to see what a file changes before it is applied.
_MOST_EXAMPLES = 20
_STAGED = "treaties_staged"
_RETIRED = "treaties_retired"


@dataclass(frozen=True)
class Coded:
    """A column as its distinct values and, for each row, which of them it holds."""

    distinct: Sequence[Any]
    codes: np.ndarray

    def __len__(self) -> int:
        return len(self.codes)

    def spread(self, values: Sequence[Any] | None = None) -> list[Any]:
        """One value a row; of other values in the same places, when given."""
        cells = np.empty(len(self.distinct), dtype=object)
        cells[:] = self.distinct if values is None else values
        spread: list[Any] = cells[self.codes].tolist()
        return spread


@dataclass(frozen=True)
class Block:
    """Rows column by column: columns of one length, in the order of the fields."""

    columns: Sequence[Sequence[Any] | Coded]

    def __len__(self) -> int:
        return len(self.columns[0]) if self.columns else 0


@dataclass(frozen=True)
class Moved:
    """One cell that a file changes."""

    key: str
    column: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Tally:
    """What became of a table's rows, in numbers.

    changed: superseded by another version; gone: retired because the file no longer has
    them; kept: left as a steward's hand made them, against the file.
    """

    new: int = 0
    changed: int = 0
    gone: int = 0
    unchanged: int = 0
    kept: int = 0
    examples: tuple[Moved, ...] = field(default=(), compare=False)

    @property
    def written(self) -> int:
        """How many rows were written."""
        return self.new + self.changed + self.gone


@dataclass(frozen=True)
class Version:
    """A fact as it stood in the ledger from one moment to another.

    superseded_at, superseded_in: None while the version is open.
    """

    values: Mapping[str, Any]
    recorded_at: datetime
    recorded_in: Change
    superseded_at: datetime | None = None
    superseded_in: Change | None = None


def add(fact: Held, *, by: str, why: str) -> Held:
    """Record a new fact. Raises LedgerError without a name or a reason."""
    slugs = [fact.source.slug]
    with changing(Change.Kind.ADD, by=by, why=why, sources=slugs) as entry:
        fact.recorded_in, fact.recorded_at = entry.change, entry.change.at
        entry.touch()
        fact.save()
    return fact


def correct(fact: Held, values: Row, *, by: str, why: str) -> Held:
    """Supersede the open version of a fact by one with these values.

    values: by the field's name; a field left out stays. Raises LedgerError when nothing
    would differ, when the key would change, or without a name or a reason.
    """
    model = type(fact)
    with _by_hand(Change.Kind.CORRECT, fact, by, why) as (entry, held):
        if "key" in values and values["key"] != getattr(held, "key", None):
            message = "A key names a fact for ever: retire this one and add another."
            raise LedgerError(message)
        before = {name: getattr(held, name) for name in values}
        for name, value in values.items():
            setattr(held, name, value)
        if all(getattr(held, name) == value for name, value in before.items()):
            message = "Nothing differs from what is recorded, so nothing is corrected."
            raise LedgerError(message)
        _keep(model, entry, "id = %s", [fact.pk])
        held.recorded_in, held.recorded_at = entry.change, entry.change.at
        models.Model.save(held, force_update=True)
    return held


def retire(fact: Recorded, *, by: str, why: str) -> None:
    """Take a fact out of what is recorded now; its versions stay in the ledger.

    Raises LedgerError, and the database's IntegrityError while other facts refer to it.
    """
    with _by_hand(Change.Kind.RETIRE, fact, by, why) as (entry, _):
        _keep(type(fact), entry, "id = %s", [fact.pk])
        _execute(f"DELETE FROM {_table(type(fact))} WHERE id = %s", [fact.pk])
        connection.check_constraints([_table(type(fact))])


def history(model: type[Recorded], **key: Any) -> list[Version]:
    """Every version of one fact, the newest first.

    key: what names it, `key="GBR"` for most tables.
    """
    past = past_of(model)._default_manager.filter(**key)
    superseded = [
        Version(
            _values(row),
            row.recorded_at,
            row.recorded_in,
            row.superseded_at,
            row.superseded_in,
        )
        for row in past.select_related("recorded_in", "superseded_in")
    ]
    current = model._default_manager.filter(**key).select_related("recorded_in")
    versions = superseded + [
        Version(_values(row), row.recorded_at, row.recorded_in) for row in current
    ]
    return sorted(versions, key=lambda version: version.recorded_at, reverse=True)


def _values(row: models.Model) -> dict[str, Any]:
    ledger = {"id", "row", "recorded_at", "recorded_in_id"}
    ledger |= {"superseded_at", "superseded_in_id"}
    return {
        f.attname: getattr(row, f.attname)
        for f in row._meta.concrete_fields
        if f.attname not in ledger
    }


@contextmanager
def _by_hand(kind: str, fact: Held, by: str, why: str) -> Iterator[tuple[Entry, Held]]:
    slugs = [fact.source.slug]
    with changing(kind, by=by, why=why, sources=slugs) as entry:
        held = type(fact)._default_manager.filter(pk=fact.pk).first()
        if held is None:
            message = f"{fact._meta.verbose_name} {fact.pk} is no longer recorded."
            raise LedgerError(message)
        entry.touch()
        yield entry, held


# --- Whole sources -----------------------------------------------------------------


def sync(
    model: type[Recorded],
    source: Source,
    rows: Iterable[Row | Sequence[Any] | Block],
    entry: Entry,
    *,
    key: Sequence[str] = ("key",),
    columns: Sequence[str] | None = None,
    remove: bool = True,
    within: Mapping[str, Any] | None = None,
) -> Tally:
    """Make the open rows of a source in a table equal to these.

    rows: values by attname (`state_id`, not `state`), where a column left out has its
    field's default; or, with `columns`, plain sequences in that order, or Blocks of
    such columns. Read once, so they may stream. key: the columns that name a row.
    remove: whether open rows that are not among these are retired. within: values by
    attname that limit which of the source's rows are compared, such as those of one
    edition.

    What a steward added, corrected or retired by hand stays as it is and is counted as
    `kept`. Raises the database's IntegrityError for a row that it refuses.
    """
    work = _Sync(model, source, entry, key, columns, within or {})
    return work.compare(rows, remove=remove) if work.may_differ() else work.fill(rows)


class _Sync:
    """One table and one source, compared inside the database."""

    def __init__(
        self,
        model: type[Recorded],
        source: Source,
        entry: Entry,
        key: Sequence[str],
        columns: Sequence[str] | None,
        within: Mapping[str, Any],
    ) -> None:
        self.model, self.source, self.entry = model, source, entry
        self.table, self.past = _table(model), _table(past_of(model))
        own = {f.attname: f for f in own_fields(model)}
        self.given = columns
        self.fields = [own[name] for name in columns or own]
        self.columns = [_quoted(f.column) for f in self.fields]
        self.key = [_quoted(own[name].column) for name in key]
        self.within = within
        self.mine = " AND ".join(
            [f"m.source_id = {int(source.pk)}"]
            + [f"m.{_quoted(own[n].column)} = {_literal(v)}" for n, v in within.items()]
        )
        self.by_hand = _by_hand_in("m.recorded_in_id")
        self.same = " AND ".join(f"m.{c} = s.{c}" for c in self.key)
        self.differs = " OR ".join(_distinct(f"m.{c}", f"s.{c}") for c in self.columns)

    def may_differ(self) -> bool:
        """Whether anything is or was held that the rows must be compared with."""
        open_rows = self.model._default_manager
        by_hand = open_rows.filter(recorded_in__kind__in=BY_HAND)
        held = (open_rows, past_of(self.model)._default_manager)
        return by_hand.exists() or any(
            manager.filter(source=self.source, **self.within).exists()
            for manager in held
        )

    def fill(self, rows: Iterable[Row | Sequence[Any] | Block]) -> Tally:
        """Write the first rows of a source."""
        stamp = dict(
            zip(
                ("source_id", "recorded_at", "recorded_in_id"),
                self._stamp(),
                strict=True,
            )
        )
        n = _copy(self.table, self.columns, self._blocks(rows), stamp)
        self._touch(n)
        return Tally(new=n)

    def compare(
        self, rows: Iterable[Row | Sequence[Any] | Block], *, remove: bool
    ) -> Tally:
        """Stage the rows, compare them in SQL, and write only what differs."""
        self._stage(rows)
        both = f"FROM {self.table} m JOIN {_STAGED} s ON {self.same}"
        moved = f"{self.mine} AND NOT {self.by_hand} AND ({self.differs})"
        ours = f"({self.mine} OR {self.by_hand})"
        staged = _count(f"SELECT count(*) FROM {_STAGED}")
        matched = _count(f"SELECT count(*) {both} WHERE {ours}")
        held_back = _count(
            f"SELECT count(*) {both} WHERE {self.by_hand} AND ({self.differs})"
        )
        examples = self._examples(both, moved)
        gone = self._retire_missing() if remove else 0
        changed = self._supersede(both, moved)
        new = self._insert_new(ours)
        self._touch(new + changed + gone)
        _execute(f"DROP TABLE {_STAGED}")
        unchanged = matched - changed - held_back
        # What is staged and neither open nor written was retired by hand.
        kept = held_back + staged - matched - new
        return Tally(new, changed, gone, unchanged, kept, examples)

    def _stage(self, rows: Iterable[Row | Sequence[Any] | Block]) -> None:
        # The table's own column types, so that the comparison is the database's own.
        _execute(f"DROP TABLE IF EXISTS {_STAGED}")
        _execute(
            f"CREATE TEMPORARY TABLE {_STAGED} AS "
            f"SELECT {', '.join(self.columns)} FROM {self.table} WHERE 1 = 0"
        )
        _copy(_STAGED, self.columns, self._blocks(rows), {})
        keys = ", ".join(self.key)
        _execute(f"CREATE UNIQUE INDEX {_STAGED}_key ON {_STAGED} ({keys})")
        _execute(f"ANALYZE {_STAGED}")

    def _retire_missing(self) -> int:
        missing = (
            f"SELECT m.id FROM {self.table} m WHERE {self.mine} AND NOT {self.by_hand} "
            f"AND NOT EXISTS (SELECT 1 FROM {_STAGED} s WHERE {self.same})"
        )
        _keep(self.model, self.entry, f"id IN ({missing})", [])
        return _execute(
            f"DELETE FROM {self.table} WHERE id IN "
            f"(SELECT row FROM {self.past} WHERE superseded_in_id = %s) "
            f"AND id IN ({missing})",
            [self.entry.change.pk],
        )

    def _supersede(self, both: str, moved: str) -> int:
        _keep(self.model, self.entry, f"id IN (SELECT m.id {both} WHERE {moved})", [])
        told = ", ".join(f"{c} = s.{c}" for c in self.columns)
        table = self.table
        at_key = self.same.replace("m.", f"{table}.")
        return _execute(
            f"UPDATE {table} SET {told}, recorded_at = %s, recorded_in_id = %s "
            f"FROM {_STAGED} s WHERE {at_key} AND {table}.id IN "
            f"(SELECT row FROM {self.past} WHERE superseded_in_id = %s)",
            [*_ledger_cells(self.entry.change), self.entry.change.pk],
        )

    def _insert_new(self, ours: str) -> int:
        into = [*self.columns, "source_id", "recorded_at", "recorded_in_id"]
        keys = ", ".join(self.key)
        # Apart and with an index: the twin has none on these columns.
        _execute(f"DROP TABLE IF EXISTS {_RETIRED}")
        _execute(
            f"CREATE TEMPORARY TABLE {_RETIRED} AS SELECT DISTINCT {keys} "
            f"FROM {self.past} p WHERE "
            + _by_hand_in("p.superseded_in_id", [Change.Kind.RETIRE])
        )
        _execute(f"CREATE INDEX {_RETIRED}_key ON {_RETIRED} ({keys})")
        same = self.same.replace("m.", "r.")
        n = _execute(
            f"INSERT INTO {self.table} ({', '.join(into)}) "
            f"SELECT {_prefixed('s', self.columns)}, %s, %s, %s FROM {_STAGED} s "
            f"WHERE NOT EXISTS "
            f"(SELECT 1 FROM {self.table} m WHERE {self.same} AND {ours}) "
            f"AND NOT EXISTS (SELECT 1 FROM {_RETIRED} r WHERE {same})",
            self._stamp(),
        )
        _execute(f"DROP TABLE {_RETIRED}")
        return n

    def _examples(self, both: str, moved: str) -> tuple[Moved, ...]:
        names = [f.attname for f in self.fields]
        told = f"{_prefixed('m', self.columns)}, {_prefixed('s', self.columns)}"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {told} {both} WHERE {moved} LIMIT {_MOST_EXAMPLES}")
            rows = cursor.fetchall()
        at_key = [i for i, c in enumerate(self.columns) if c in self.key]
        found: list[Moved] = []
        for row in rows:
            before, after = row[: len(names)], row[len(names) :]
            key = ", ".join(str(before[i]) for i in at_key)
            cells = zip(names, before, after, strict=True)
            found += [Moved(key, n, b, a) for n, b, a in cells if b != a]
        return tuple(found[:_MOST_EXAMPLES])

    def _stamp(self) -> list[Any]:
        """Source and entry, as the last three columns of a new row."""
        return [self.source.pk, *_ledger_cells(self.entry.change)]

    def _touch(self, written: int) -> None:
        if written:
            self.entry.touch()

    def _blocks(self, rows: Iterable[Row | Sequence[Any] | Block]) -> Iterator[Block]:
        """The rows column by column, in pieces."""
        stream = iter(rows)
        first = next(stream, None)
        if first is None:
            return
        stream = chain([first], stream)
        if isinstance(first, Block):
            yield from stream
            return
        if self.given is None:
            blanks = [(f.attname, f.get_default()) for f in self.fields]
            stream = ([row.get(n, blank) for n, blank in blanks] for row in stream)  # type: ignore[union-attr]
        while batch := list(islice(stream, _BATCH)):
            yield Block(list(zip(*batch, strict=True)))


def _keep(
    model: type[Recorded], entry: Entry, where: str, parameters: list[Any]
) -> None:
    """Copy the open versions of these rows into the twin, as superseded."""
    listed = ", ".join(_quoted(f.column) for f in own_fields(model))
    _execute(
        f"INSERT INTO {_table(past_of(model))} (row, {listed}, source_id, recorded_at, "
        "recorded_in_id, superseded_at, superseded_in_id) "
        f"SELECT id, {listed}, source_id, recorded_at, recorded_in_id, %s, %s "
        f"FROM {_table(model)} WHERE {where}",
        [*_ledger_cells(entry.change), *parameters],
    )


def _ledger_cells(change: Change) -> list[Any]:
    return [connection.ops.adapt_datetimefield_value(change.at), change.pk]


def _by_hand_in(column: str, kinds: Sequence[str] = BY_HAND) -> str:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    entries = f"SELECT id FROM {Change._meta.db_table} WHERE kind IN ({listed})"
    return f"{column} IN ({entries})"


def _distinct(one: str, other: str) -> str:
    if connection.vendor == "postgresql":
        return f"{one} IS DISTINCT FROM {other}"
    return f"{one} IS NOT {other}"


def _prefixed(alias: str, columns: Iterable[str]) -> str:
    return ", ".join(f"{alias}.{column}" for column in columns)


def _table(model: type[models.Model]) -> str:
    return _quoted(model._meta.db_table)


def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(str(name))


def _execute(statement: str, parameters: Sequence[Any] = ()) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)
        return int(cursor.rowcount)


def _count(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.fetchone()[0])


# --- Many rows at once -------------------------------------------------------------


def _copy(
    table: str,
    columns: Sequence[str],
    blocks: Iterator[Block],
    constant: Mapping[str, Any],
) -> int:
    """Write rows by the quickest way the database has; returns how many.

    constant: what every row holds in further columns.
    """
    into = f"{table} ({', '.join([*columns, *constant])})"
    if connection.vendor == "postgresql":
        return _copy_in(into, blocks, list(constant.values()))
    return _insert_many(into, blocks, list(constant.values()))


def _copy_in(into: str, blocks: Iterator[Block], constant: list[Any]) -> int:
    stream = _CopyText(blocks, constant)
    # The driver's own call: its errors are made Django's here.
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.cursor.copy_expert(f"COPY {into} FROM STDIN", stream, size=1 << 16)
    if stream.error is not None:
        raise stream.error
    return stream.n_rows


class _CopyText:
    """Blocks in the text format of PostgreSQL's COPY, as a file that it reads.

    One COPY for all, so that the database writes one while the next is made.
    """

    def __init__(self, blocks: Iterator[Block], constant: list[Any]) -> None:
        self._blocks = blocks
        self._end = "".join("\t" + _copied(value) for value in constant) + "\n"
        self.n_rows = 0
        # Raised after the COPY: the driver would put its own error in this one's place.
        self.error: Exception | None = None

    def read(self, size: int = -1) -> str:
        try:
            block = next((block for block in self._blocks if len(block)), None)
            if block is None:
                return ""
            self.n_rows += len(block)
            texts = [_column_text(column) for column in block.columns]
            lines = map("\t".join, zip(*texts, strict=True))
            return self._end.join(lines) + self._end
        except Exception as error:  # noqa: BLE001
            self.error = error
            return ""


def _column_text(column: Sequence[Any] | Coded) -> list[str]:
    if isinstance(column, Coded):
        return column.spread([_copied(value) for value in column.distinct])
    text = {value: _copied(value) for value in set(column)}
    return [text[value] for value in column]


def _copied(value: Any) -> str:
    """A value in the text format of PostgreSQL's COPY."""
    if isinstance(value, str):
        if "\\" in value or "\n" in value or "\t" in value or "\r" in value:
            return value.translate(_ESCAPED)
        return value
    return "\\N" if value is None else str(value)


_ESCAPED = str.maketrans({"\\": r"\\", "\n": r"\n", "\t": r"\t", "\r": r"\r"})


def _insert_many(into: str, blocks: Iterator[Block], constant: list[Any]) -> int:
    n = 0
    with connection.cursor() as cursor:
        for block in blocks:
            columns = [_with_days_as_text(column) for column in block.columns]
            marks = ["%s"] * len(columns) + [_literal(value) for value in constant]
            statement = f"INSERT INTO {into} VALUES ({', '.join(marks)})"
            rows = zip(*columns, strict=True)
            cursor.executemany(statement, rows)  # type: ignore[arg-type]
            n += len(block)
    return n


def _with_days_as_text(column: Sequence[Any] | Coded) -> Sequence[Any]:
    if isinstance(column, Coded):
        return column.spread(_with_days_as_text(column.distinct))
    # A field holds days or none; blanks may come first.
    if not isinstance(next((v for v in column if v is not None), None), date):
        return column
    return [str(value) if isinstance(value, date) else value for value in column]


def _literal(value: Any) -> str:
    """A value of our own making, written into a statement."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    return "'" + str(value).replace("'", "''").replace("%", "%%") + "'"
