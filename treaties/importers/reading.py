"""Reading a publisher's file strictly: whole columns, each distinct value once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from treaties.copying import Block, Coded
from treaties.models import Recorded

from .cells import year
from .files import OpenFile, Progress
from .folders import Problem
from .kinds import BadValueError
from .naming import Names
from .sheets import (
    Book,
    Header,
    Piece,
    find_header,
    first_rows,
    header_problem,
    open_book,
    piece_of,
    read_text,
)

if TYPE_CHECKING:
    from .publishers.settings import Layout, SourceSettings

# Enough to see the pattern of a broken file; after that it is read no further.
MOST_PROBLEMS = 100


class RefusedError(Exception):
    """A file that is not imported; nothing was changed. Carries the `problems`."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True)
class Edition:
    """A publisher's edition: its name, the day it appeared, its last year."""

    label: str
    known_from: date
    covers_to: int | None = None


@dataclass(frozen=True)
class Importer:
    """How a source's file becomes rows of one of our tables.

    columns: fields by attname, in the order of the blocks that `read` gives. terms:
    whose words for goods are asked for (models.codes.TERM_SCHEME). `read` may not ask
    the database anything once it has given its first block.
    """

    model: type[Recorded]
    key: tuple[str, ...]
    columns: tuple[str, ...]
    read: Callable[[Job], Iterator[Block]]
    terms: str = ""


@dataclass
class Job:
    """One file being read for one source, and what was met on the way.

    left_out: rows that say nothing for our tables, by the reason, in words.
    """

    file: OpenFile
    settings: SourceSettings
    edition: Edition
    names: Names
    progress: Progress | None = None
    problems: list[Problem] = field(default_factory=list)
    states: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    left_out: Counter[str] = field(default_factory=Counter)
    n_rows: int = 0
    layout: str = ""
    # What a steward should know although it stops nothing.
    notes: list[str] = field(default_factory=list)
    _keys: Keys = field(default_factory=lambda: Keys())

    # --- Finding the table -----------------------------------------------------------

    def tables(self, *layouts: str) -> Iterator[Reading]:
        """The file's table in pieces, by the layout (of these) that its header fits."""
        if self.settings.kind == "text" or not _looks_like_workbook(self.file):
            yield from self._text(layouts)
        else:
            book = open_book(self.file)
            sheet, header, rows, layout = find_sheet(book, self, layouts)
            yield from self.sheet(rows, header, layout, sheet)

    def whole(self, *layouts: str) -> Iterator[Reading]:
        """The file's table as one piece, for what must be seen together."""
        pieces = [reading.piece for reading in self.tables(*layouts)]
        if pieces:
            columns = {
                name: np.concatenate([piece.columns[name] for piece in pieces])
                for name in pieces[0].columns
            }
            yield Reading(self, Piece(columns, pieces[0].first))

    def unclear(self, column: str) -> Sequence[str]:
        """Cells of a column that nobody can understand, as source.yml lists them."""
        layout = self.settings.layouts.get(self.layout)
        return layout.unclear.get(column, ()) if layout is not None else ()

    def say(self, what: str) -> None:
        """Tell the steward something that stops nothing."""
        if what not in self.notes:
            self.notes.append(what)

    def _text(self, layouts: Sequence[str]) -> Iterator[Reading]:
        fitting = []
        for name, layout in self._layouts(layouts):
            header = find_header(
                first_rows(self.file, layout.separator), set(layout.read)
            )
            if header is not None:
                unknown = len(layout.unknown(header.names))
                fitting.append((unknown, name, header, layout))
        if not fitting:
            self.refuse_header(first_rows(self.file), layouts)
        # The layout that leaves the fewest columns unknown.
        _, self.layout, header, layout = min(fitting, key=lambda fit: fit[0])
        yield from self._pieces_of_text(header, layout)

    def _pieces_of_text(self, header: Header, layout: Layout) -> Iterator[Reading]:
        wanted = self._wanted(header, layout)
        for piece in read_text(
            self.file,
            header,
            wanted,
            separator=layout.separator,
            progress=self.progress,
        ):
            self.n_rows += len(piece)
            yield Reading(self, piece)
            self.stop_if_hopeless()

    def sheet(
        self, rows: list[list[str]], header: Header, layout: Layout, sheet: str = ""
    ) -> Iterator[Reading]:
        """One sheet of a workbook; rows without any text are passed over."""
        piece = piece_of(rows, header, self._wanted(header, layout))
        self.n_rows += sum(any(row) for row in rows[header.row :])
        yield Reading(self, piece, sheet)

    def _layouts(self, names: Sequence[str]) -> list[tuple[str, Layout]]:
        known = self.settings.layouts
        return [(name, known[name]) for name in names or known]

    def _wanted(self, header: Header, layout: Layout) -> list[str]:
        """The columns to read. Raises RefusedError for one that is not known."""
        unknown = layout.unknown(header.names)
        if unknown:
            raise RefusedError(
                [
                    Problem(
                        self.file.name,
                        "is neither read nor ignored: if it says nothing that matters, "
                        "name it under `ignored` in the source.yml of this source",
                        header.row,
                        name,
                    )
                    for name in unknown[:10]
                ]
            )
        optional = [name for name in layout.optional if name in header.names]
        absent = [name for name in layout.optional if name not in header.names]
        if absent:
            self.say(f"columns that the file does not have: {', '.join(absent)}")
        return [*layout.read, *optional, *layout.many(header.names)]

    def refuse_header(
        self, rows: Sequence[Sequence[str]], layouts: Sequence[str]
    ) -> None:
        """Raises RefusedError: no row is the header of any layout."""
        nearest: tuple[int, list[str], Sequence[str]] = (
            10**6,
            [],
            rows[0] if rows else [],
        )
        for _, layout in self._layouts(layouts):
            for cells in rows[:40]:
                held = {" ".join(cell.split()) for cell in cells}
                missing = [name for name in layout.read if name not in held]
                if len(missing) < min(nearest[0], len(layout.read)):
                    nearest = (len(missing), missing, cells)
        missing = nearest[1] or self._layouts(layouts)[0][1].read
        raise RefusedError([header_problem(self.file.name, missing, nearest[2])])

    # --- Saying what is wrong ----------------------------------------------------

    def note(
        self, why: str, row: int = 0, column: str = "", value: str | None = None
    ) -> None:
        """Remember what is wrong; nothing will be written."""
        self.problems.append(Problem(self.file.name, why, row, column, value))

    def stop_if_hopeless(self) -> None:
        """Raises RefusedError when too much is wrong to look any further."""
        if len(self.problems) >= MOST_PROBLEMS:
            raise RefusedError(self.problems)

    def check_keys(
        self, keys: Sequence[str], rows: Sequence[int] | None, first: int
    ) -> None:
        """Note a key that names a second row."""
        for place in self._keys.repeated(keys):
            row = rows[place] if rows is not None else first + place
            why = "names a second row; each may be given once"
            self.note(why, row, "", keys[place])
            self.stop_if_hopeless()


class Keys:
    """The keys of a file, as numbers of eight bytes, so that millions fit in memory.

    Two keys of ten million have the same number once in a hundred thousand files; such
    a file would be refused as naming a row twice.
    """

    def __init__(self) -> None:
        # Each sorted, the longest first, each at least twice the next: few to search.
        self._sorted: list[np.ndarray] = []

    def repeated(self, keys: Sequence[str]) -> list[int]:
        """The places of keys that were met before, among these or earlier ones."""
        if not len(keys):
            return []
        numbers = pd.util.hash_array(np.array(keys, dtype=object), categorize=False)
        fresh, firsts = np.unique(numbers, return_index=True)
        again = np.ones(len(numbers), dtype=bool)
        again[firsts] = False
        for held in self._sorted:
            places = np.minimum(np.searchsorted(held, numbers), len(held) - 1)
            again |= held[places] == numbers
        self._hold(fresh)
        return [int(place) for place in np.flatnonzero(again)]

    def _hold(self, fresh: np.ndarray) -> None:
        self._sorted.append(fresh)
        while len(self._sorted) > 1 and len(self._sorted[-2]) < 2 * len(
            self._sorted[-1]
        ):
            both = np.concatenate([self._sorted.pop(), self._sorted.pop()])
            both.sort()
            self._sorted.append(both)


def _looks_like_workbook(file: OpenFile) -> bool:
    return not file.encoding


def find_sheet(
    book: Book, job: Job, layouts: Sequence[str]
) -> tuple[str, Header, list[list[str]], Layout]:
    """The first sheet that has the header of a layout. Raises RefusedError."""
    first: list[list[str]] = []
    for name, layout in job._layouts(layouts):
        for sheet in book.names:
            if not fnmatchcase(sheet, layout.sheet):
                continue
            rows = book.rows(sheet)
            first = first or rows
            header = find_header(rows, set(layout.read))
            if header is not None:
                job.layout = name
                return sheet, header, rows, layout
    job.refuse_header(first, layouts)
    raise AssertionError


@dataclass
class Reading:
    """A piece of a table, read column by column.

    Problems are noted with row, column, value and reason; `refused` says whether there
    are any, so that no half-understood rows are built.
    """

    job: Job
    piece: Piece
    sheet: str = ""
    # Which rows of the piece were kept, when not all were.
    _numbers: np.ndarray | None = None
    # Distinct cells by column: some columns are read for two of ours.
    _distinct: dict[str, tuple[np.ndarray, Any]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.piece)

    @property
    def refused(self) -> bool:
        """Whether anything in the file so far was not understood."""
        return bool(self.job.problems)

    @property
    def rows(self) -> range:
        """The numbers of the rows."""
        return range(self.piece.first, self.piece.first + len(self))

    def has(self, column: str) -> bool:
        return column in self.piece.columns

    def text(self, column: str) -> np.ndarray:
        """The cells as they stand."""
        return self.piece.columns[column]

    def keep(self, which: np.ndarray, why_not: str = "") -> None:
        """Go on with some of the rows; the others are counted, under the reason."""
        left = int(len(which) - which.sum())
        if left and why_not:
            self.job.left_out[why_not] += left
        numbers = np.arange(len(which)) if self._numbers is None else self._numbers
        self._numbers = numbers[which]
        columns = {name: cells[which] for name, cells in self.piece.columns.items()}
        self.replace(columns)

    def replace(self, columns: dict[str, np.ndarray]) -> None:
        """Go on with other cells in the same rows."""
        self.piece = Piece(columns, self.piece.first)
        self._distinct = {}

    def row_number(self, place: int) -> int:
        """The number of the row at a place, as people count."""
        at = place if self._numbers is None else int(self._numbers[place])
        return self.piece.first + at

    def column(self, name: str, read: Callable[[str], Any]) -> Coded:
        """A column, each distinct cell read once; what is not understood is noted."""
        if name not in self._distinct:
            self._distinct[name] = pd.factorize(self.text(name))
        codes, cells = self._distinct[name]
        values: list[Any] = []
        unclear = self.job.unclear(name)
        for code, cell in enumerate(cells):
            try:
                values.append(None if cell in unclear else read(cell))
            except BadValueError as error:
                values.append(None)
                row = self.row_number(int(np.argmax(codes == code)))
                where = f"{self.sheet}!{name}" if self.sheet else name
                self.job.note(str(error), row, where, cell)
                self.job.stop_if_hopeless()
        return Coded(values, codes)

    def states(
        self, name: str, *, scheme: str | None = None, on: date | None = None
    ) -> Coded:
        """A column of names or codes of states as ISO codes; None for no single one."""
        found = self.column(
            name, lambda cell: self.job.names.state(cell, scheme=scheme, on=on)
        )
        self.job.states.update(value for value in found.distinct if value)
        return found

    def states_in(self, code: str, year: str, *, scheme: str) -> Coded:
        """Codes that passed from state to state, by the year beside them."""
        pairs = np.empty(len(self), dtype=object)
        pairs[:] = [
            f"{one}|{other}"
            for one, other in zip(self.text(code), self.text(year), strict=True)
        ]
        found = Reading(self.job, Piece({code: pairs}, self.piece.first), self.sheet)
        found._numbers = self._numbers
        named = found.column(code, lambda cell: self._state_in(cell, scheme))
        self.job.states.update(value for value in named.distinct if value)
        return named

    def _state_in(self, pair: str, scheme: str) -> str | None:
        code, _, told = pair.partition("|")
        on = date(year(told), 7, 1)
        return self.job.names.state(code, scheme=scheme, on=on)

    def years(self, name: str) -> Coded:
        """A column of years; those met are remembered."""
        found = self.column(name, year)
        self.job.years.update(value for value in found.distinct if value is not None)
        return found

    def check_keys(self, keys: Sequence[str]) -> None:
        """Note a key that names a second row of the file."""
        numbers = None
        if self._numbers is not None:
            numbers = [self.row_number(place) for place in range(len(keys))]
        self.job.check_keys(keys, numbers, self.piece.first)


def selected(column: Coded, which: np.ndarray) -> Coded:
    """Some rows of a column."""
    return Coded(column.distinct, column.codes[which])


def constant(value: Any, length: int) -> Coded:
    """A column that holds one value."""
    return Coded([value], np.zeros(length, dtype=np.intp))


def present(column: Coded) -> np.ndarray:
    """Which rows hold a value."""
    there = np.array([value is not None for value in column.distinct] or [True])
    which: np.ndarray = there[column.codes] if len(column.distinct) else there[:0]
    return which


def coded(values: Iterable[Any]) -> Coded:
    """A column from one value a row."""
    listed = list(values)
    places = {value: place for place, value in enumerate(dict.fromkeys(listed))}
    codes = np.fromiter((places[v] for v in listed), dtype=np.intp, count=len(listed))
    return Coded(list(places), codes)
