"""How much of the real registers' names the one resolver knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.imports import EU, SIPRI, UK
from treaties.names import Unresolved
from treaties.selectors import resolve_description, resolve_rating, resolve_state

LEAST = 0.995


@dataclass(frozen=True)
class Share:
    """The share of rows whose name is resolved, and the other names with why."""

    name: str
    n_names: int
    n_rows: int
    unresolved: Mapping[str, tuple[int, str]]

    @property
    def share(self) -> float:
        missing = sum(rows for rows, _ in self.unresolved.values())
        return 1 - missing / max(self.n_rows, 1)

    @property
    def is_met(self) -> bool:
        return self.share >= LEAST

    def __str__(self) -> str:
        met = "ok" if self.is_met else "MISSED"
        told = (
            f"{self.name:45} {self.n_names:6,} names {self.n_rows:8,} rows   "
            f"{self.share:8.2%} resolved (at least {LEAST:.1%})  {met}"
        )
        lines = [
            f"    {name!r}: {rows:,} rows: {why}"
            for name, (rows, why) in sorted(self.unresolved.items())
        ]
        return "\n".join([told, *lines])


def shares(testdata: Path) -> Iterator[Share]:
    """Every column of names of the three registers; the facts must be loaded."""
    sipri, uk, eu = (_text(testdata / name) for name in (SIPRI, UK, EU))
    yield _share("SIPRI kinds of weapons", sipri["description"], resolve_description)
    yield _share("SIPRI recipients", sipri["recipient"], _state("SIPRI"))
    yield _share("SIPRI suppliers", sipri["supplier"], _state("SIPRI"))
    yield _share("UK ratings", uk["rating"], resolve_rating)
    yield _share("UK destinations", uk["country"], _state("UK"))
    yield _share("EU destinations", eu["importing_country"], _state("EU"))
    yield _share("EU exporters", eu["exporting_country"], _state("EU"))


def _text(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def _state(scheme: str) -> Callable[[str], str]:
    return lambda name: resolve_state(name, scheme=scheme)


def _share(name: str, column: pd.Series, resolve: Callable[[str], Any]) -> Share:
    counts = {str(text): int(rows) for text, rows in column.value_counts().items()}
    unresolved = {}
    for text, rows in counts.items():
        try:
            resolve(text)
        except Unresolved as error:
            unresolved[text] = (rows, str(error))
    return Share(name, len(counts), len(column), unresolved)
