"""What the models of append-only tables share."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class IsAppendOnly(Exception):
    """A row that is there would be changed or deleted."""


class AppendOnly(models.Model):
    """A row that is written once: `save` only adds and `delete` refuses.

    Triggers of the database say the same to queries that go past the model.
    """

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        """Add the row. Raises IsAppendOnly when it is there already."""
        if self.pk is not None and not self._state.adding:
            msg = f"{self._meta.verbose_name} {self.pk} is append-only: add another."
            raise IsAppendOnly(msg)
        super().save(*args, **{**options, "force_insert": True})

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        """Raises IsAppendOnly."""
        msg = f"{self._meta.verbose_name} {self.pk} is append-only: it stays."
        raise IsAppendOnly(msg)
