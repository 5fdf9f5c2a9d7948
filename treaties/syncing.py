"""Bring whole sources in: make what is held of a source equal to what its file says.

The project's own files and every publisher's file go through `sync`, under an entry of
the ledger opened with `changing`. The rows are compared inside the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from django.db import connection

from treaties.copying import Block, copy_rows
from treaties.models import BY_HAND, Change, Recorded, Source, own_fields, past_of
from treaties.models.ledger import Entry
from treaties.statements import (
    by_hand_in,
    count,
    execute,
    keep,
    ledger_cells,
    literal,
    quoted,
    table_of,
)

Row = Mapping[str, Any]

_BATCH = 5000
# Enough to see what a file changes before it is applied.
_MOST_EXAMPLES = 20
_STAGED = "treaties_staged"
_RETIRED = "treaties_retired"


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
        self.table, self.past = table_of(model), table_of(past_of(model))
        own = {f.attname: f for f in own_fields(model)}
        self.given = columns
        self.fields = [own[name] for name in columns or own]
        self.columns = [quoted(f.column) for f in self.fields]
        self.key = [quoted(own[name].column) for name in key]
        self.within = within
        self.mine = " AND ".join(
            [f"m.source_id = {int(source.pk)}"]
            + [f"m.{quoted(own[n].column)} = {literal(v)}" for n, v in within.items()]
        )
        self.by_hand = by_hand_in("m.recorded_in_id")
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
        n = copy_rows(self.table, self.columns, self._blocks(rows), stamp)
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
        staged = count(f"SELECT count(*) FROM {_STAGED}")
        matched = count(f"SELECT count(*) {both} WHERE {ours}")
        held_back = count(
            f"SELECT count(*) {both} WHERE {self.by_hand} AND ({self.differs})"
        )
        examples = self._examples(both, moved)
        gone = self._retire_missing() if remove else 0
        changed = self._supersede(both, moved)
        new = self._insert_new(ours)
        self._touch(new + changed + gone)
        execute(f"DROP TABLE {_STAGED}")
        unchanged = matched - changed - held_back
        # What is staged and neither open nor written was retired by hand.
        kept = held_back + staged - matched - new
        return Tally(new, changed, gone, unchanged, kept, examples)

    def _stage(self, rows: Iterable[Row | Sequence[Any] | Block]) -> None:
        # The table's own column types, so that the comparison is the database's own.
        execute(f"DROP TABLE IF EXISTS {_STAGED}")
        execute(
            f"CREATE TEMPORARY TABLE {_STAGED} AS "
            f"SELECT {', '.join(self.columns)} FROM {self.table} WHERE 1 = 0"
        )
        copy_rows(_STAGED, self.columns, self._blocks(rows), {})
        keys = ", ".join(self.key)
        execute(f"CREATE UNIQUE INDEX {_STAGED}_key ON {_STAGED} ({keys})")
        execute(f"ANALYZE {_STAGED}")

    def _retire_missing(self) -> int:
        missing = (
            f"SELECT m.id FROM {self.table} m WHERE {self.mine} AND NOT {self.by_hand} "
            f"AND NOT EXISTS (SELECT 1 FROM {_STAGED} s WHERE {self.same})"
        )
        keep(self.model, self.entry, f"id IN ({missing})", [])
        return execute(
            f"DELETE FROM {self.table} WHERE id IN "
            f"(SELECT row FROM {self.past} WHERE superseded_in_id = %s) "
            f"AND id IN ({missing})",
            [self.entry.change.pk],
        )

    def _supersede(self, both: str, moved: str) -> int:
        keep(self.model, self.entry, f"id IN (SELECT m.id {both} WHERE {moved})", [])
        told = ", ".join(f"{c} = s.{c}" for c in self.columns)
        table = self.table
        at_key = self.same.replace("m.", f"{table}.")
        return execute(
            f"UPDATE {table} SET {told}, recorded_at = %s, recorded_in_id = %s "
            f"FROM {_STAGED} s WHERE {at_key} AND {table}.id IN "
            f"(SELECT row FROM {self.past} WHERE superseded_in_id = %s)",
            [*ledger_cells(self.entry.change), self.entry.change.pk],
        )

    def _insert_new(self, ours: str) -> int:
        into = [*self.columns, "source_id", "recorded_at", "recorded_in_id"]
        keys = ", ".join(self.key)
        # Apart and with an index: the twin has none on these columns.
        execute(f"DROP TABLE IF EXISTS {_RETIRED}")
        execute(
            f"CREATE TEMPORARY TABLE {_RETIRED} AS SELECT DISTINCT {keys} "
            f"FROM {self.past} p WHERE "
            + by_hand_in("p.superseded_in_id", [Change.Kind.RETIRE])
        )
        execute(f"CREATE INDEX {_RETIRED}_key ON {_RETIRED} ({keys})")
        same = self.same.replace("m.", "r.")
        n = execute(
            f"INSERT INTO {self.table} ({', '.join(into)}) "
            f"SELECT {_prefixed('s', self.columns)}, %s, %s, %s FROM {_STAGED} s "
            f"WHERE NOT EXISTS "
            f"(SELECT 1 FROM {self.table} m WHERE {self.same} AND {ours}) "
            f"AND NOT EXISTS (SELECT 1 FROM {_RETIRED} r WHERE {same})",
            self._stamp(),
        )
        execute(f"DROP TABLE {_RETIRED}")
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
        return [self.source.pk, *ledger_cells(self.entry.change)]

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


def _distinct(one: str, other: str) -> str:
    if connection.vendor == "postgresql":
        return f"{one} IS DISTINCT FROM {other}"
    return f"{one} IS NOT {other}"


def _prefixed(alias: str, columns: Iterable[str]) -> str:
    return ", ".join(f"{alias}.{column}" for column in columns)
