"""The ledger: every version of every fact, who wrote it, when and why.

A table of facts holds the open versions, with its keys, references and checks. Its
twin holds the versions that were superseded, with the moment and the change that did
it: the shape that SQL:2011 calls a system-versioned table. Nothing is overwritten or
deleted: triggers (`treaties.models.triggers`) refuse a change of a row whose version is
not kept.
"""

from __future__ import annotations

import sys
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, NoReturn

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from treaties.signals import facts_changed

from .sources import Source

_TICK = timedelta(microseconds=1)


class LedgerError(Exception):
    """A fact would be changed past the ledger, or without a reason."""


class Change(models.Model):
    """One entry of the ledger: who changed facts, when, and why."""

    class Kind(models.TextChoices):
        LOAD = "LOAD", "Loaded from the project's files"
        IMPORT = "IMPORT", "Imported from a publisher's file"
        ADD = "ADD", "Added"
        CORRECT = "CORRECT", "Corrected"
        RETIRE = "RETIRE", "Retired"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    # Later than that of every entry before it, whatever the machine's clock says.
    at = models.DateTimeField(unique=True)
    # A name, not a reference: the entry outlives the account.
    by = models.CharField(max_length=150)
    why = models.TextField()

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(by="") & ~Q(why=""), name="change_says_who_and_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} by {self.by}: {self.why}"


# What steward's hands did: a file that is loaded again does not undo it.
BY_HAND = (Change.Kind.ADD, Change.Kind.CORRECT, Change.Kind.RETIRE)


class FactsVersion(models.Model):
    """One row that names the facts as they are; changed together with any of them.

    `stamp` never returns to an earlier value, not even when a transaction is rolled
    back and tried again, so that it can be the key of a cache. `changed_at` is the
    moment of the last entry in the ledger.
    """

    stamp = models.UUIDField(default=uuid.uuid4)
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.stamp)

    @classmethod
    def current(cls) -> str:
        """The stamp of the facts in the database; "" when nothing was ever loaded."""
        stamp = cls.objects.filter(pk=1).values_list("stamp", flat=True).first()
        return "" if stamp is None else str(stamp)

    @classmethod
    def bump(cls, sources: Iterable[str], at: datetime | None = None) -> None:
        """Mark the facts as changed and tell `facts_changed` after the commit.

        Call it in the transaction that changes them. Until the transaction ends no
        other can do the same, so changes are written one after another.
        """
        names = sorted(set(sources))
        values = {"stamp": uuid.uuid4(), "changed_at": at or timezone.now()}
        cls.objects.update_or_create(pk=1, defaults=values)
        transaction.on_commit(
            lambda: facts_changed.send(sender=cls, sources=names) and None
        )


class Entry:
    """A change that is being written. `touch` says that it did write something."""

    def __init__(self, change: Change) -> None:
        self.change = change
        self.is_touched = False

    def touch(self) -> None:
        self.is_touched = True


@contextmanager
def changing(
    kind: str,
    *,
    by: str,
    why: str,
    sources: Iterable[str],
    is_rehearsal: bool = False,
) -> Iterator[Entry]:
    """Write facts in one transaction and one entry of the ledger, or nothing at all.

    Writers take turns. An entry that nothing was written under leaves no trace, and so
    does a rehearsal. Raises LedgerError without a name or a reason.
    """
    if not by.strip() or not why.strip():
        message = "A change of facts names who makes it and says why."
        raise LedgerError(message)
    with transaction.atomic():
        # Held before the entry's moment is taken, so that moments follow commits.
        FactsVersion.objects.get_or_create(pk=1)
        FactsVersion.objects.select_for_update().get(pk=1)
        last = Change.objects.order_by("-at").values_list("at", flat=True).first()
        at = timezone.now() if last is None else max(timezone.now(), last + _TICK)
        entry = Entry(Change.objects.create(kind=kind, at=at, by=by, why=why))
        yield entry
        if is_rehearsal or not entry.is_touched:
            transaction.set_rollback(True)
        else:
            FactsVersion.bump(sources, at)


class Recorded(models.Model):
    """A row of a table of facts: an open version, written by an entry of the ledger.

    A new object saves itself under an entry of its own. What is there already is
    changed by `treaties.ledger.correct` and `retire` only.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(editable=False)
    recorded_in = models.ForeignKey(
        Change,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        db_index=False,
    )

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        """Add the fact. Raises LedgerError when it is there already."""
        if not self._state.adding:
            message = (
                f"{self._meta.verbose_name} {self.pk} is recorded: a change is a "
                "correction, see treaties.ledger.correct."
            )
            raise LedgerError(message)
        # Under the entry of whoever adds several, or under one of its own.
        if self.recorded_in_id is not None:
            super().save(*args, **options)
            return
        why = "added without a stated reason"
        slugs = [self.source.slug]
        with changing(Change.Kind.ADD, by="code", why=why, sources=slugs) as entry:
            self.recorded_in, self.recorded_at = entry.change, entry.change.at
            entry.touch()
            super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        """Raises LedgerError: a fact is retired, see treaties.ledger.retire."""
        message = f"{self._meta.verbose_name} {self.pk} is recorded: retire it instead."
        raise LedgerError(message)


class Past(models.Model):
    """A version of a fact that another superseded, or that was retired."""

    # The primary key that the row had, and has while an open version stands there.
    row = models.BigIntegerField()
    source = models.ForeignKey(
        Source,
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    recorded_at = models.DateTimeField()
    recorded_in = models.ForeignKey(
        Change, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    superseded_at = models.DateTimeField(db_index=True)
    superseded_in = models.ForeignKey(
        Change, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["row", "recorded_in"], name="%(class)s_kept_once"
            ),
            models.CheckConstraint(
                condition=Q(superseded_at__gt=models.F("recorded_at")),
                name="%(class)s_superseded_later",
            ),
        ]


_LEDGER = {"id", "source", "recorded_at", "recorded_in"}
_PASTS: dict[type[models.Model], type[Past]] = {}


def own_fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The columns of a table of facts that say something of the world.

    All but the primary key, the source and those of the ledger.
    """
    return [f for f in model._meta.concrete_fields if f.name not in _LEDGER]


def past_of(model: type[models.Model]) -> type[Past]:
    """The twin of a table of facts, which holds its superseded versions."""
    return _PASTS[model]


def recorded_models() -> list[type[Recorded]]:
    """Every table of facts that has a twin."""
    return [m for m in _PASTS if issubclass(m, Recorded)]


def make_pasts() -> None:
    """Make the twin of every table of facts. Call it once, after the last of them."""
    for model in _concrete(Recorded):  # type: ignore[type-abstract]
        _make_past(model)


def _concrete(model: type[Recorded]) -> Iterator[type[Recorded]]:
    for derived in model.__subclasses__():
        if not derived._meta.abstract:
            yield derived
        yield from _concrete(derived)


def _make_past(model: type[Recorded]) -> None:
    """The same columns, without keys and references.

    The database must not tie a superseded version to rows that may go; the references
    are kept as values.
    """
    columns = {f.name: _loose(f) for f in own_fields(model)}
    name = f"Past{model.__name__}"
    label = f"past {model._meta.verbose_name}"
    meta = type("Meta", (Past.Meta,), {"verbose_name": label})
    body = {"__module__": model.__module__, "Meta": meta, **columns}
    _PASTS[model] = type(name, (Past,), body)
    # Where tools that list the models of an app look for it.
    setattr(sys.modules[model.__module__], name, _PASTS[model])


def _loose(field: models.Field[Any, Any]) -> models.Field[Any, Any]:
    if isinstance(field, models.ForeignKey):
        return models.ForeignKey(
            field.remote_field.model,
            on_delete=models.DO_NOTHING,
            to_field=field.remote_field.field_name,
            null=field.null,
            related_name="+",
            db_constraint=False,
            db_index=False,
        )
    _, _, args, options = field.deconstruct()
    for tie in ("unique", "db_index", "primary_key"):
        options.pop(tie, None)
    # Asked for by the history of a fact.
    options["db_index"] = field.name == "key"
    return type(field)(*args, **options)
