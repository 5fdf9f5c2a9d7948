"""Write facts by hand, one at a time, and never over what was there.

`add`, `correct` and `retire` are what a steward does, with `add_source` before them;
each writes under an entry of the ledger of its own. Whole sources come in by
`treaties.syncing`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import connection, models
from django.utils.text import slugify

from treaties.models import (
    Change,
    LedgerError,
    Recorded,
    Source,
    changing,
    past_of,
)
from treaties.models.ledger import Entry
from treaties.statements import execute, keep, table_of

Held = TypeVar("Held", bound=Recorded)
Row = Mapping[str, Any]

_LONGEST_SLUG = 40


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


def add_source(
    *,
    publisher: str,
    title: str,
    licence: str,
    retrieved_on: date,
    url: str = "",
    symbol: str = "",
    redistributable: bool = False,
) -> Source:
    """Record a source that stewards keep, under a name of its own.

    It holds no fact yet, so the ledger has no entry of it: that comes with its first.
    """
    return Source.objects.create(
        slug=_free_slug(f"{publisher} {title}"),
        publisher=publisher,
        title=title,
        url=url,
        symbol=symbol,
        licence=licence,
        redistributable=redistributable,
        retrieved_on=retrieved_on,
    )


def _free_slug(text: str) -> str:
    slug = slugify(text)
    is_short = len(slug) <= _LONGEST_SLUG
    whole = slug if is_short else slug[:_LONGEST_SLUG].rpartition("-")[0]
    stem = whole.strip("-") or "source"
    alike = Source.objects.filter(slug__startswith=stem)
    taken = set(alike.values_list("slug", flat=True))
    numbered = (f"{stem}-{n}" for n in range(2, len(taken) + 3))
    return next(s for s in (stem, *numbered) if s not in taken)


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
        keep(model, entry, "id = %s", [fact.pk])
        held.recorded_in, held.recorded_at = entry.change, entry.change.at
        models.Model.save(held, force_update=True)
    return held


def retire(fact: Recorded, *, by: str, why: str) -> None:
    """Take a fact out of what is recorded now; its versions stay in the ledger.

    Raises LedgerError, and the database's IntegrityError while other facts refer to it.
    """
    with _by_hand(Change.Kind.RETIRE, fact, by, why) as (entry, _):
        keep(type(fact), entry, "id = %s", [fact.pk])
        execute(f"DELETE FROM {table_of(type(fact))} WHERE id = %s", [fact.pk])
        connection.check_constraints([table_of(type(fact))])


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
