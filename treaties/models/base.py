"""What every fact has: a key, a source, a first day on which it could be known."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from treaties.signals import facts_changed

# Stored for "always known": a date column cannot hold less, and NULL would drop out
# of every `known_from <= day`.
ALWAYS_KNOWN = date(1, 1, 1)


class Source(models.Model):
    """A body of facts with one publisher, one licence and one day of retrieval.

    Folders under fixtures/ and sources kept by stewards are both sources.
    """

    slug = models.SlugField(max_length=60, unique=True)
    publisher = models.CharField(max_length=300)
    title = models.CharField(max_length=300)
    url = models.URLField(max_length=500, blank=True)
    licence = models.CharField(max_length=300)
    redistributable = models.BooleanField(default=False)
    retrieved_on = models.DateField()
    known_from_rule = models.TextField(blank=True)
    traps = models.TextField(blank=True)
    # Of the files last loaded; "" when stewards keep the source in the browser.
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(publisher="") & ~Q(licence=""),
                name="source_has_publisher_and_licence",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_kept_in_files(self) -> bool:
        """Whether a folder of fixtures holds it, so that the browser must not."""
        return bool(self.digest)


class FactsVersion(models.Model):
    """One row that names the facts as they are; changed together with any of them.

    `stamp` never returns to an earlier value, not even when a transaction is rolled
    back and tried again, so that it can be the key of a cache.
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
    def bump(cls, sources: Iterable[str]) -> None:
        """Mark the facts as changed and tell `facts_changed` after the commit.

        Call it in the transaction that changes them.
        """
        names = sorted(set(sources))
        cls.objects.update_or_create(
            pk=1, defaults={"stamp": uuid.uuid4(), "changed_at": timezone.now()}
        )
        transaction.on_commit(
            lambda: facts_changed.send(sender=cls, sources=names) and None
        )


class Fact(models.Model):
    """A statement somebody published, with where to read it.

    Saving or deleting one marks the facts as changed; bulk writers call
    `FactsVersion.bump` themselves.
    """

    key = models.CharField(max_length=120, unique=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    publisher = models.CharField(max_length=300)
    citation = models.CharField(max_length=400, blank=True)
    url = models.CharField(max_length=800, blank=True)
    checked = models.BooleanField(
        default=False, help_text="Somebody has read the source for this row."
    )
    known_from = models.DateField(
        default=ALWAYS_KNOWN, help_text="First day on which this could be known."
    )
    note = models.TextField(blank=True)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = self.key or self.natural_key_text()
        with transaction.atomic():
            super().save(*args, **kwargs)
            FactsVersion.bump([self.source.slug])

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            gone = super().delete(*args, **kwargs)
            FactsVersion.bump([self.source.slug])
        return gone

    def natural_key_text(self) -> str:
        """The key of a fact that has a code of its own; "" when it has none."""
        return ""


def sourced(name: str) -> models.CheckConstraint:
    """Refuses a fact without a key or without the name of who says so."""
    return models.CheckConstraint(
        condition=~Q(key="") & ~Q(publisher=""), name=f"{name}_has_key_and_publisher"
    )


def ends_after_start(
    name: str, starts: str = "starts", ends: str = "ends"
) -> models.CheckConstraint:
    """Refuses a period that ends on or before the day on which it starts."""
    return models.CheckConstraint(
        condition=Q(**{f"{ends}__isnull": True})
        | Q(**{f"{starts}__isnull": True})
        | Q(**{f"{ends}__gt": F(starts)}),
        name=f"{name}_{ends}_after_{starts}",
    )


def known_code(name: str, column: str, codes: Iterable[str]) -> models.CheckConstraint:
    """Refuses a code that is not in the vocabulary."""
    return models.CheckConstraint(
        condition=Q(**{f"{column}__in": sorted(codes)}), name=f"{name}_{column}_known"
    )
