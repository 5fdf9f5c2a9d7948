"""Import a publisher's file: first what it would change, then all of it or nothing.

One way for the command and for the page: `plan_import` writes in a transaction and
takes it back; `apply` does the same again and lets it stand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
from django.db import DataError, IntegrityError, connection

from treaties.copying import Block, Coded
from treaties.models import (
    ALWAYS_KNOWN,
    Change,
    ImportedEdition,
    Indicator,
    IndicatorValue,
    Recorded,
    Register,
    Source,
    State,
    changing,
)
from treaties.models.ledger import Entry
from treaties.syncing import Tally, sync

from .files import OpenFile, Progress, UnreadableError, open_file
from .folders import Problem
from .naming import Names
from .publishers import Publisher, publisher
from .publishers.settings import SourceSettings
from .reading import MOST_PROBLEMS, Edition, Job, RefusedError, selected
from .sheets import find_header, first_rows
from .templates import TEMPLATE, template_publisher

# An edition that lacks this share of the states that it should name is no edition.
_SHARE_MISSING = 1 / 3
_NAMED = 8


@dataclass(frozen=True)
class Asked:
    """What somebody asks to be imported."""

    source: str
    file: Path
    edition: str = ""
    known_from: date | None = None
    partial: bool = False


@dataclass(frozen=True)
class Plan:
    """What an import changes, or why it is refused.

    tables: for each table its rows new, changed, gone (retired), unchanged and kept.
    left_out: rows that say nothing for our tables, by reason. refused: what is wrong
    with the file, with row, column, value and reason; then nothing is changed.
    """

    asked: Asked
    title: str
    digest: str = ""
    encoding: str = ""
    layout: str = ""
    edition: Edition | None = None
    n_rows: int = 0
    n_states: int = 0
    tables: Mapping[str, Tally] | None = None
    left_out: Mapping[str, int] | None = None
    notes: tuple[str, ...] = ()
    refused: tuple[Problem, ...] = ()
    is_applied: bool = False

    @property
    def is_refused(self) -> bool:
        return bool(self.refused)

    @property
    def changes_nothing(self) -> bool:
        return not any(tally.written for tally in (self.tables or {}).values())


def plan_import(
    source: str,
    file: Path,
    *,
    edition: str = "",
    known_from: date | None = None,
    partial: bool = False,
    today: date,
    progress: Progress | None = None,
) -> Plan:
    """What importing a file would change; nothing is written.

    Raises `publishers.UnknownSourceError`.
    """
    asked = Asked(source, Path(file), edition, known_from, partial)
    return _Import(asked, today, progress).run("a rehearsal", is_rehearsal=True)


def apply(
    plan: Plan, *, by: str, today: date, progress: Progress | None = None
) -> Plan:
    """Do what a plan says, all of it or nothing.

    Raises RefusedError when the file is refused, or is not the one that was planned.
    """
    return _applied(plan.asked, by, today, progress, planned=plan.digest)


def import_file(
    asked: Asked, *, by: str, today: date, progress: Progress | None = None
) -> Plan:
    """Import a file without looking at a plan first. Raises RefusedError."""
    return _applied(asked, by, today, progress)


def _applied(
    asked: Asked, by: str, today: date, progress: Progress | None, planned: str = ""
) -> Plan:
    done = _Import(asked, today, progress, planned).run(by, is_rehearsal=False)
    if done.is_refused:
        raise RefusedError(done.refused)
    return replace(done, is_applied=True)


class _Import:
    def __init__(
        self, asked: Asked, today: date, progress: Progress | None, planned: str = ""
    ) -> None:
        self.asked, self.today, self.progress = asked, today, progress
        self.planned = planned
        is_template = asked.source.startswith(TEMPLATE)
        self.publisher: Publisher = (
            template_publisher(asked.source) if is_template else publisher(asked.source)
        )
        self.settings = self.publisher.settings
        self.plan = Plan(asked, self.settings.title)

    def run(self, by: str, *, is_rehearsal: bool) -> Plan:
        try:
            self._look_and_write(by, is_rehearsal)
        except UnreadableError as error:
            problem = Problem(self.asked.file.name, str(error))
            self.plan = replace(self.plan, refused=(problem,))
        except RefusedError as error:
            problems = tuple(error.problems[:MOST_PROBLEMS])
            self.plan = replace(self.plan, refused=problems)
        except (IntegrityError, DataError) as error:
            why = f"the database refused a row: {str(error).splitlines()[0]}"
            problem = Problem(self.asked.file.name, why)
            self.plan = replace(self.plan, refused=(problem,))
        return self.plan

    def _look_and_write(self, by: str, is_rehearsal: bool) -> None:
        file = opened(self.asked.file, self.settings)
        self.plan = replace(self.plan, digest=file.digest, encoding=file.encoding)
        if self.planned and file.digest != self.planned:
            message = "is not the file that was looked at: look at it again first"
            raise UnreadableError(message)
        edition = edition_of(file, self.settings, self.asked, self.today)
        self.plan = replace(self.plan, edition=edition)
        terms = self.publisher.importer.terms
        names = Names(self.settings.scheme, self.settings.spellings, terms)
        job = Job(file, self.settings, edition, names, self.progress)
        why = f"{self.settings.title}, edition {edition.label}, from {file.path.name}"
        slug = self.publisher.slug
        with changing(
            Change.Kind.IMPORT,
            by=by,
            why=why,
            sources=[slug],
            is_rehearsal=is_rehearsal,
        ) as entry:
            source = self._source()
            self._refuse_older(source, job)
            tables = self._write(source, job, entry)
            notes = self._check_states(source, job)
            self._remember(source, job, entry, tables)
        self.plan = replace(
            self.plan,
            layout=job.layout,
            n_rows=job.n_rows,
            n_states=len(job.states),
            tables=tables,
            left_out={why: n for why, n in job.left_out.items() if n},
            notes=(*job.notes, *notes),
        )

    def _source(self) -> Source:
        told = self.settings
        source, _ = Source.objects.update_or_create(
            slug=self.publisher.slug,
            defaults={
                "publisher": told.publisher,
                "title": told.title,
                "url": told.url,
                "licence": told.licence,
                "redistributable": told.redistributable,
                "retrieved_on": self.today,
                "known_from_rule": told.known_from_rule,
                "traps": "\n".join(told.traps),
            },
        )
        return source

    def _refuse_older(self, source: Source, job: Job) -> None:
        if self.settings.editions_are_kept:
            return
        newest = source.editions.order_by("-known_from").first()
        if newest is None or newest.known_from <= job.edition.known_from:
            return
        why = (
            f"is edition {job.edition.label}, which appeared on "
            f"{job.edition.known_from}; edition {newest.label} of {newest.known_from} "
            "is held already. An older edition does not overwrite a newer one"
        )
        raise RefusedError([Problem(job.file.name, why)])

    def _write(self, source: Source, job: Job, entry: Entry) -> dict[str, Tally]:
        importer = self.publisher.importer
        tables: dict[str, Tally] = {}
        if self.settings.indicators:
            tally = _sync_indicators(source, self.settings, job, entry)
            tables[_title(Indicator)] = tally
        within = (
            {"known_from": job.edition.known_from}
            if importer.model is IndicatorValue
            else None
        )
        held = _held_elsewhere(importer.model, source, job)
        blocks = _others_left(importer.read(job), importer.columns, held, job)
        tables[_title(importer.model)] = sync(
            importer.model,
            source,
            _until_refused(blocks, job),
            entry,
            key=importer.key,
            columns=importer.columns,
            within=within,
            remove=self.settings.removes and not self.asked.partial,
        )
        if issubclass(importer.model, Register):
            _check_places(importer.model, source)
        else:
            connection.check_constraints([importer.model._meta.db_table])
        return tables

    def _check_states(self, source: Source, job: Job) -> list[str]:
        """Refuse an edition that a third of the states are missing from."""
        bounds = self.settings.states
        before = _states_before(source)
        missing = sorted(before - job.states)
        few = bounds is not None and len(job.states) < bounds[0]
        many = bounds is not None and len(job.states) > bounds[1]
        lost = bool(before) and len(missing) > _SHARE_MISSING * len(before)
        if (few or lost) and not self.asked.partial:
            raise RefusedError([_too_few(job, bounds, missing)])
        if many and bounds is not None:
            why = (
                f"names {len(job.states)} states; an edition of this source names at "
                f"most {bounds[1]}. Is it the file of another source"
            )
            raise RefusedError([Problem(job.file.name, why)])
        if not missing:
            return []
        shown = ", ".join(missing[:_NAMED]) + (" …" if len(missing) > _NAMED else "")
        return [f"of the edition held, {len(missing)} states are not in it: {shown}"]

    def _remember(
        self, source: Source, job: Job, entry: Entry, tables: Mapping[str, Tally]
    ) -> None:
        """Note the edition, unless this very file is the one that is held."""
        last = source.editions.order_by("-imported_in").first()
        written = any(tally.written for tally in tables.values())
        if last is not None and last.digest == job.file.digest and not written:
            return
        entry.touch()
        ImportedEdition.objects.create(
            source=source,
            label=job.edition.label,
            known_from=job.edition.known_from,
            covers_to=job.edition.covers_to or max(job.years, default=None),
            file_name=job.file.path.name[:200],
            digest=job.file.digest,
            encoding=job.file.encoding or "workbook",
            layout=job.layout,
            n_rows=job.n_rows,
            states="|".join(sorted(job.states)),
            imported_in=entry.change,
        )


def opened(path: Path, settings: SourceSettings) -> OpenFile:
    """The file, looked through as what the source gives. Raises UnreadableError."""
    is_text = settings.kind in {"text", "lines", "xml"} or (
        settings.kind == "text or workbook" and path.suffix.lower() != ".xlsx"
    )
    return open_file(path, member=settings.member, is_text=is_text)


# --- Editions -----------------------------------------------------------------------


def edition_of(
    file: OpenFile, settings: SourceSettings, asked: Asked, today: date
) -> Edition:
    """Which edition a file is and when it appeared. Raises RefusedError."""
    label = asked.edition or _found_edition(file, settings)
    if settings.edition.is_today:
        return Edition(label or today.isoformat(), asked.known_from or today)
    if settings.edition.is_day:
        return _edition_of_day(label, file, settings, asked)
    known = settings.published(label) if label else None
    if known is not None:
        known_from = asked.known_from or known.published_on
        return Edition(known.edition, known_from, known.covers_to)
    if asked.known_from is not None:
        return Edition(label or asked.known_from.isoformat(), asked.known_from)
    raise RefusedError([_no_day(file, settings, label)])


def _edition_of_day(
    label: str, file: OpenFile, settings: SourceSettings, asked: Asked
) -> Edition:
    """An edition that is called by the day on which it appeared."""
    for form in (settings.edition.day_format, "%Y-%m-%d"):
        try:
            day = datetime.strptime(label, form).date()  # noqa: DTZ007
        except ValueError:
            continue
        return Edition(day.isoformat(), asked.known_from or day)
    if asked.known_from is not None:
        return Edition(label or asked.known_from.isoformat(), asked.known_from)
    raise RefusedError([_no_day(file, settings, label)])


def _found_edition(file: OpenFile, settings: SourceSettings) -> str:
    rule = settings.edition
    found = ""
    if rule.file_name:
        match = re.search(rule.file_name, file.path.name)
        found = match[1] if match else ""
    if not found and rule.inside and file.encoding:
        match = re.search(rule.inside, file.head())
        found = match[1] if match else ""
    if not found and rule.column and file.encoding:
        found = _cell_of(file, rule.column)
    return rule.label.format(found) if found else ""


def _cell_of(file: OpenFile, column: str) -> str:
    """What the first row holds in a column."""
    rows = first_rows(file)
    header = find_header(rows, {column})
    if header is None or len(rows) <= header.row:
        return ""
    at = header.names.index(column)
    first = rows[header.row]
    return first[at].strip() if at < len(first) else ""


def _no_day(file: OpenFile, settings: SourceSettings, label: str) -> Problem:
    known = ", ".join(p.edition for p in settings.editions)
    said = (
        f"is edition “{label}”, which" if label else "does not say its edition, which"
    )
    listed = f" (it has {known})" if known else ""
    why = (
        f"{said} is not in the calendar of this source{listed}. Say on which day it "
        "appeared: --known-from 2024-03-07"
    )
    if not label:
        why += ", and --edition with its name"
    return Problem(file.name, why)


# --- Rows that others hold ----------------------------------------------------------

_Held = dict[tuple[Any, ...], tuple[Any, ...]]


def _sync_indicators(
    source: Source, settings: SourceSettings, job: Job, entry: Entry
) -> Tally:
    """Define the series that no other source defines."""
    others = set(
        Indicator.objects.exclude(source=source).values_list("code", flat=True)
    )
    rows = [
        {
            "key": series.code,
            "code": series.code,
            "name": series.name,
            "unit": series.unit,
            "scale_min": series.scale_min,
            "scale_max": series.scale_max,
            "higher_is": series.higher_is,
            "publisher": settings.publisher,
            "citation": settings.title,
            "url": settings.url,
            "known_from": ALWAYS_KNOWN,
            "note": series.note,
        }
        for series in settings.indicators
        if series.code not in others
    ]
    return sync(Indicator, source, rows, entry, remove=False)


def _held_elsewhere(model: type[Recorded], source: Source, job: Job) -> _Held:
    """Rows of the same table that another source holds, by key: they stay."""
    if issubclass(model, Register):
        return {}
    if model is IndicatorValue:
        codes = [series.code for series in job.settings.indicators]
        values = IndicatorValue.objects.exclude(source=source).filter(
            known_from=job.edition.known_from, indicator__code__in=codes
        )
        return {(key,): (value,) for key, value in values.values_list("key", "value")}
    keyed: Any = model._default_manager.exclude(source=source)
    return {(key,): () for key in keyed.values_list("key", flat=True)}


def _others_left(
    blocks: Iterable[Block], columns: tuple[str, ...], held: _Held, job: Job
) -> Iterator[Block]:
    """The blocks without rows that another source holds already; those are counted."""
    if not held:
        yield from blocks
        return
    width = len(next(iter(held)))
    for block in blocks:
        spread = [
            column.spread() if isinstance(column, Coded) else list(column)
            for column in block.columns
        ]
        keys = list(zip(*spread[:width], strict=True))
        mine = np.array([key not in held for key in keys], dtype=bool)
        _count_others(held, keys, spread[width:], job)
        if mine.all():
            yield block
        elif mine.any():
            yield Block([_kept(column, mine) for column in block.columns])


def _kept(column: Any, which: np.ndarray) -> Any:
    if isinstance(column, Coded):
        return selected(column, which)
    return [value for value, keep in zip(column, which, strict=True) if keep]


def _count_others(
    held: _Held, keys: list[tuple[Any, ...]], rest: list[list[Any]], job: Job
) -> None:
    counts: Counter[str] = Counter()
    for place, key in enumerate(keys):
        if key not in held:
            continue
        same = not held[key] or abs(held[key][0] - rest[-1][place]) < _ROUNDED
        counts[SAME_ELSEWHERE if same else OTHER_ELSEWHERE] += 1
    job.left_out.update(counts)


# Another source may have rounded the number.
_ROUNDED = 0.00051
SAME_ELSEWHERE = "rows that another source holds already"
OTHER_ELSEWHERE = "rows that another source holds with another number, which stays"


def _until_refused(blocks: Iterable[Block], job: Job) -> Iterator[Block]:
    """Blocks while everything is understood. Raises RefusedError at the end."""
    for block in blocks:
        if not job.problems:
            yield block
    if job.problems:
        raise RefusedError(job.problems)
    if not job.n_rows:
        raise RefusedError([Problem(job.file.name, "has a header and no rows")])


def _check_places(model: type[Register], source: Source) -> None:
    """What the database would check for each row of a register, checked once."""
    known = State.objects.values("iso3")
    for name in (f.name for f in model._meta.fields if f.related_model is State):
        rows = model._default_manager.filter(
            source=source, **{f"{name}__isnull": False}
        )
        stray = rows.exclude(**{f"{name}__in": known}).values_list(name, flat=True)
        found = sorted(set(stray[:_NAMED]))
        if found:
            message = f"{name}: no such states: {', '.join(found)}"
            raise IntegrityError(message)


def _states_before(source: Source) -> set[str]:
    last = source.editions.order_by("-known_from", "-imported_in").first()
    return set(last.states.split("|")) - {""} if last is not None else set()


def _too_few(job: Job, bounds: tuple[int, int] | None, missing: list[str]) -> Problem:
    usual = f"; an edition of this source names at least {bounds[0]}" if bounds else ""
    gone = ", ".join(missing[:_NAMED]) + (" …" if len(missing) > _NAMED else "")
    lost = f"; {len(missing)} of the edition held are missing ({gone})" if gone else ""
    why = (
        f"names {len(job.states)} states{usual}{lost}. Is the file cut short? If it is "
        "a part and meant to be one, say --partial"
    )
    return Problem(job.file.name, why)


def _title(model: type[Recorded]) -> str:
    return str(model._meta.verbose_name_plural)
