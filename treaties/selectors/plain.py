"""Model rows as plain rows, and the rows that were known on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from treaties import models

Row = TypeVar("Row")


def known(
    model: type[models.Fact], known_at: date, *where: Q, **equals: Any
) -> QuerySet[Any]:
    """The rows that could be known on a day and fit the conditions."""
    manager = model._default_manager
    return manager.filter(*where, known_from__lte=known_at, **equals)


def as_rows(row: type[Row], found: Iterable[Any], **more: Any) -> tuple[Row, ...]:
    """Model rows as plain rows of the same field names; `more` fills the others.

    A field of the row that the model has not keeps its default.
    """
    names = [f.name for f in fields(row) if f.name not in more]  # type: ignore[arg-type]
    return tuple(
        row(**{n: getattr(x, n) for n in names if hasattr(x, n)}, **more) for x in found
    )
