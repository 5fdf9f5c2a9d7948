"""What an entry of the ledger wrote, table by table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from treaties import models

# Enough to see what an entry was about; the counts are of all.
_FIRST = 50


@dataclass(frozen=True)
class Row:
    """A fact that an entry wrote.

    pk: that of the open row, also when it is no longer there. did: added, corrected or
    retired.
    """

    model: type[models.Recorded]
    pk: int
    name: str
    did: str


@dataclass(frozen=True)
class Written:
    """What one entry did to one table, in numbers of facts, and the first of them."""

    table: str
    n_added: int
    n_corrected: int
    n_retired: int
    first: list[Row]


def written_by(change: models.Change) -> list[Written]:
    """Everything that an entry wrote. Tables that it left alone are not named."""
    return [wrote for model in models.recorded_models() for wrote in _of(model, change)]


def _of(model: type[models.Recorded], change: models.Change) -> Iterator[Written]:
    past = models.past_of(model)._default_manager
    # `superseded_at` has an index and names the entry as well.
    ended = past.filter(superseded_at=change.at, superseded_in=change)
    began = [
        model._default_manager.filter(recorded_in=change).order_by("pk"),
        past.filter(recorded_in=change).order_by("row"),
    ]
    made = set(began[0].values_list("pk", flat=True))
    made |= set(began[1].values_list("row", flat=True))
    superseded = set(ended.values_list("row", flat=True))
    if not made and not superseded:
        return
    did = {
        "added": made - superseded,
        "corrected": made & superseded,
        "retired": superseded - made,
    }
    yield Written(
        str(model._meta.verbose_name_plural),
        len(did["added"]),
        len(did["corrected"]),
        len(did["retired"]),
        [row for name, pks in did.items() for row in _named(model, name, pks, change)][
            :_FIRST
        ],
    )


def _named(
    model: type[models.Recorded], did: str, pks: set[int], change: models.Change
) -> Iterator[Row]:
    asked = sorted(pks)[:_FIRST]
    past = models.past_of(model)._default_manager
    names = {
        row.row: _name(row)
        for row in _newest(past.filter(row__in=asked, recorded_at__lte=change.at))
    }
    names |= {row.pk: str(row) for row in model._default_manager.filter(pk__in=asked)}
    for pk in asked:
        yield Row(model, pk, names.get(pk, str(pk)), did)


def _newest(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.order_by("superseded_at")


def _name(row: Any) -> str:
    """How a superseded version is called: by its key or what stands for one."""
    own = [f.attname for f in row._meta.concrete_fields]
    if "key" in own:
        return str(row.key)
    skipped = {"id", "row", "source_id", "recorded_at", "recorded_in_id"}
    skipped |= {"superseded_at", "superseded_in_id"}
    return ", ".join(str(getattr(row, name)) for name in own if name not in skipped)
