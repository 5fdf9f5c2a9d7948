"""What every fact has: a key, a source, a first day on which it could be known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q

from .ledger import Recorded

# Stored for "always known": a date column cannot hold less, and NULL would drop out
# of every `known_from <= day`.
ALWAYS_KNOWN = date(1, 1, 1)


class Fact(Recorded):
    """A statement somebody published, with where to read it."""

    key = models.CharField(max_length=120, unique=True)
    publisher = models.CharField(max_length=300)
    citation = models.CharField(max_length=400, blank=True)
    url = models.CharField(max_length=800, blank=True)
    checked = models.BooleanField(
        default=False, help_text="Somebody has read the source for this row."
    )
    checked_by = models.CharField(max_length=150, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    known_from = models.DateField(
        default=ALWAYS_KNOWN, help_text="First day on which this could be known."
    )
    note = models.TextField(blank=True)

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        """Add the fact. Raises LedgerError when it is there already."""
        self.key = self.key or self.natural_key_text()
        super().save(*args, **options)

    def natural_key_text(self) -> str:
        """The key of a fact that has a code of its own; "" when it has none."""
        return ""


def sourced(name: str) -> models.CheckConstraint:
    """Refuses a fact without a key, without the name of who says so, or said to be

    checked without who checked it and when.
    """
    is_checked = Q(checked=False) | (~Q(checked_by="") & Q(checked_on__isnull=False))
    return models.CheckConstraint(
        condition=~Q(key="") & ~Q(publisher="") & is_checked,
        name=f"{name}_has_key_publisher_and_checker",
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
