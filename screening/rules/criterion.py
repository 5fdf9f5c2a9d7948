"""What a criterion is: one legal test, with the columns it looks at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding

Assess = Callable[[Case, FactIndex, Reading], list[Finding]]


@dataclass(frozen=True)
class Criterion:
    """One legal test.

    code: names it, and its text in rulebook/criteria/<code>.yaml.
    reads: the transfer columns that `assess` looks at; lines equal in these share one
        assessment, so a column left out here would be a wrong answer in bulk.
    """

    code: str
    reads: tuple[str, ...]
    assess: Assess
