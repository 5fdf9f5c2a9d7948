"""What the texts of the law say as of a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, Protocol, TypeVar

from django.db.models import Q, QuerySet

from treaties import models

from .plain import as_rows
from .rows import EmbargoTextRow, Instrument, LawRow, ListedGoodsRow, RegimeRow


class _Period(Protocol):
    @property
    def starts(self) -> date | None: ...

    @property
    def ends(self) -> date | None: ...


Dated = TypeVar("Dated", bound=_Period)


def law_list(day: date) -> list[Instrument]:
    """Every instrument with its articles as they read on the day.

    Treaties of many states first, then the European Union's law, then that of single
    states, each by name.
    """
    rows: dict[tuple[str, str], list[LawRow]] = defaultdict(list)
    for row in as_rows(LawRow, models.LawText.objects.order_by("pk")):
        rows[row.issuer, row.instrument].append(row)
    found = [
        Instrument(name, issuer, *_split(articles, day))
        for (issuer, name), articles in rows.items()
    ]
    return sorted(found, key=lambda i: (_place(i.issuer), i.issuer, i.name))


def embargo_texts(day: date) -> tuple[EmbargoTextRow, ...]:
    """How national law words embargoes: the wordings that held, or hold since then."""
    found = _holding(models.EmbargoText.objects.all(), day)
    return as_rows(EmbargoTextRow, found.order_by("issuer", "instrument", "key"))


def listed_goods(day: date) -> tuple[ListedGoodsRow, ...]:
    """The annexes of torture goods as they stood on the day, by annex and entry."""
    found = _holding(models.ListedGoods.objects.all(), day)
    rows = as_rows(ListedGoodsRow, found)
    return tuple(sorted(rows, key=lambda row: (row.annex, _numbers(row.entry))))


def eased_destinations(day: date) -> list[str]:
    """The states that the general authorisation for execution drugs serves."""
    found = _holding(models.EasedDestination.objects.all(), day)
    return list(found.order_by("state").values_list("state", flat=True))


def regimes_without_arms(day: date) -> tuple[RegimeRow, ...]:
    """Sanctions of the day that have no arms part, by title."""
    found = _holding(models.RegimeWithoutArms.objects.all(), day)
    return as_rows(RegimeRow, found.order_by("title", "key"))


def _holding(found: QuerySet[Any], day: date) -> QuerySet[Any]:
    begun = Q(starts__isnull=True) | Q(starts__lte=day)
    return found.filter(begun, Q(ends__isnull=True) | Q(ends__gt=day))


def _split(
    rows: Iterable[Dated], day: date
) -> tuple[tuple[Dated, ...], tuple[Dated, ...]]:
    """Those whose period holds on the day, and the others."""
    kept = list(rows)
    held = [row for row in kept if _holds(row, day)]
    others = [row for row in kept if not _holds(row, day)]
    return tuple(held), tuple(others)


def _holds(row: _Period, day: date) -> bool:
    begun = row.starts is None or row.starts <= day
    return begun and (row.ends is None or day < row.ends)


def _place(issuer: str) -> int:
    return {"": 0, "EU": 1}.get(issuer, 2)


def _numbers(entry: str) -> list[tuple[int, str]]:
    """Entries in the order of their numbers: 2.9 before 2.10.

    >>> sorted(["2.10", "2.9"], key=_numbers)
    ['2.9', '2.10']
    """
    parts = entry.replace("(", ".(").split(".")
    return [(int(p), "") if p.isdecimal() else (0, p) for p in parts]
