"""Importing real registers, each beside what pandas needs to read and type the file."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from django.conf import settings
from django.db import connection, transaction

from benchmarks.table import Line
from treaties.importers.importing import Asked, import_file
from treaties.importers.reference import load_reference

REPEATS = 5
MOST = 4.0
SIPRI = "sipri_trade_register.csv.gz"
UK = "uk_licence_decisions_2008_2015.csv.gz"
EU = "eu_licences_2005_2013.csv.gz"
_TODAY = date(2026, 3, 1)


def lines(testdata: Path) -> Iterator[Line]:
    """Every import, on the database that DATABASE_URL names; all is rolled back.

    Import and reference are measured turn by turn, so that a noisy moment meets both.
    """
    with _nothing_kept():
        load_reference(Path(settings.BASE_DIR) / "fixtures")
        yield _line("sipri-trade-register", testdata / SIPRI, _read_sipri)
        yield _line("uk-licences", testdata / UK, _read_uk)


def _line(source: str, file: Path, reference: Callable[[Path], Any]) -> Line:
    asked = Asked(source, file, known_from=date(2026, 2, 27))
    ours, pandas = [], []
    done: list[Any] = []
    # The first of each warms what a running server has warm: names, code, disk.
    for turn in range(REPEATS + 1):
        reading = _seconds(lambda: reference(file))
        with _nothing_kept():
            importing = _seconds(
                lambda: done.append(import_file(asked, by="bench", today=_TODAY))
            )
        if turn:
            pandas.append(reading)
            ours.append(importing)
    return Line(
        f"{source}, {done[0].n_rows:,} rows imported",
        statistics.median(ours),
        "pandas reads and types the same file",
        statistics.median(pandas),
        most=MOST,
    )


def _read_sipri(path: Path) -> pd.DataFrame:
    counts = ["order_year", "number_ordered", "number_delivered"]
    return _typed(
        path,
        whole=[*counts, "order_year_uncertain"],
        numbers=["tiv_unit", "tiv_order", "tiv_delivered"],
        categories=["recipient", "supplier", "description", "condition"],
    )


def _read_uk(path: Path) -> pd.DataFrame:
    return _typed(
        path,
        whole=["licence_group", "count", "refused"],
        numbers=["value"],
        days=["date"],
        categories=["rating", "country", "refusal_criteria"],
    )


def _typed(
    path: Path,
    whole: list[str],
    numbers: list[str],
    categories: list[str],
    days: list[str] | None = None,
) -> pd.DataFrame:
    """As text, so that nothing is guessed (NA is Namibia), then each column typed."""
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    for name in [*whole, *numbers]:
        table[name] = pd.to_numeric(table[name])
    for name in days or []:
        table[name] = pd.to_datetime(table[name], format="%Y-%m-%d")
    for name in categories:
        table[name] = table[name].astype("category")
    return table


@contextmanager
def _nothing_kept() -> Iterator[None]:
    with transaction.atomic():
        yield
        # References are checked when a transaction ends: that is part of the work.
        connection.check_constraints()
        transaction.set_rollback(True)


def _seconds(work: Callable[[], Any]) -> float:
    gc.collect()
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
