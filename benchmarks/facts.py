"""Loading and reading the facts, each beside what the bare rows cost the database."""

from __future__ import annotations

import gc
import io
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from benchmarks.table import Line
from treaties import models, selectors
from treaties.importers.reference import load_reference
from treaties.selectors.tables import fact_queries, read_facts

REPEATS = 5


def lines() -> Iterator[Line]:
    """Every figure about the facts, on the database that DATABASE_URL names.

    Each pair is measured turn by turn, so that a noisy moment meets both. Everything is
    rolled back.
    """
    with _nothing_kept():
        yield _load()
        yield from _reads()


def _load() -> Line:
    tables = _rows_of_the_facts()
    ours, bare = [], []
    for _ in range(REPEATS):
        with _nothing_kept():
            _empty()
            bare.append(_seconds(lambda: _write_bare(tables)))
        with _nothing_kept():
            _empty()
            ours.append(_seconds(lambda: load_reference(_fixtures())))
    n = sum(len(rows) for _, rows in tables)
    how = "COPY" if connection.vendor == "postgresql" else "executemany"
    return Line(
        f"load_reference, {n:,} rows from empty",
        statistics.median(ours),
        f"{how} of the same rows into the same tables",
        statistics.median(bare),
        most=3.0,
    )


def _reads() -> Iterator[Line]:
    load_reference(_fixtures())
    ours, raw = [], []
    for _ in range(2 * REPEATS):
        raw.append(_seconds(_fetch_raw))
        ours.append(_seconds(read_facts))
    yield Line(
        "all tables of facts as frames",
        statistics.median(ours),
        "the same SELECTs, fetched",
        statistics.median(raw),
        most=1.5,
    )
    day, known_at = date(2018, 3, 1), date(2018, 3, 1)
    selectors.facts_as_of(day, known_at)
    again = [_seconds(lambda: selectors.facts_as_of(day, known_at)) for _ in range(20)]
    yield Line(
        "facts_as_of, asked again",
        statistics.median(again),
        "the same SELECTs, fetched",
        statistics.median(raw),
        most=0.05,
    )


def _fixtures() -> Path:
    return Path(settings.BASE_DIR) / "fixtures"


def _rows_of_the_facts() -> list[tuple[type[Any], list[tuple[Any, ...]]]]:
    """Every row that load_reference writes, as the database holds it."""
    with _nothing_kept():
        _empty()
        load_reference(_fixtures())
        found: list[tuple[type[Any], list[tuple[Any, ...]]]] = []
        every: list[type[Any]] = [models.Source, models.Change]
        for model in [*every, *models.recorded_models()]:
            names = [f.attname for f in model._meta.concrete_fields]
            rows = model._default_manager.order_by("pk").values_list(*names)
            found.append((model, list(rows)))
        return found


def _write_bare(tables: list[tuple[type[Any], list[tuple[Any, ...]]]]) -> None:
    for model, rows in tables:
        if rows:
            write = _copy if connection.vendor == "postgresql" else _executemany
            write(model, rows)
    connection.check_constraints()


def _copy(model: type[Any], rows: list[tuple[Any, ...]]) -> None:
    columns = ", ".join(f'"{f.column}"' for f in model._meta.concrete_fields)
    text = "".join("\t".join(map(_copied, row)) + "\n" for row in rows)
    with connection.cursor() as cursor:
        table = model._meta.db_table
        cursor.cursor.copy_expert(
            f"COPY {table} ({columns}) FROM STDIN", io.StringIO(text)
        )


def _copied(value: Any) -> str:
    if value is None:
        return "\\N"
    escaped = str(value).replace("\\", "\\\\").replace("\t", "\\t")
    return escaped.replace("\n", "\\n").replace("\r", "\\r")


def _executemany(model: type[Any], rows: list[tuple[Any, ...]]) -> None:
    columns = [f'"{f.column}"' for f in model._meta.concrete_fields]
    marks = ", ".join(["%s"] * len(columns))
    told = f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) VALUES ({marks})"
    with connection.cursor() as cursor:
        cursor.executemany(
            told, [[str(v) if isinstance(v, date) else v for v in r] for r in rows]
        )


def _fetch_raw() -> int:
    n = 0
    with connection.cursor() as cursor:
        for query in fact_queries():
            cursor.execute(*query.query.sql_with_params())
            n += len(cursor.fetchall())
    return n


@contextmanager
def _nothing_kept() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _empty() -> None:
    """No facts at all, for as long as the transaction lasts."""
    if models.Source.objects.exists():
        message = (
            "Give the benchmark an empty database: it would have to empty this one."
        )
        raise SystemExit(message)


def _seconds(work: Callable[[], Any]) -> float:
    gc.collect()
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
