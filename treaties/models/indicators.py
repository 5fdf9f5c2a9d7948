"""Published yearly numbers about states."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models

from .base import Fact, known_code, sourced
from .codes import HIGHER_IS
from .ledger import Recorded
from .states import state_key


class Indicator(Fact):
    """What a series of numbers measures, in which unit, which way is better."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=150)
    unit = models.CharField(max_length=120)
    scale_min = models.FloatField(null=True, blank=True)
    scale_max = models.FloatField(null=True, blank=True)
    higher_is = models.CharField(max_length=6)

    class Meta:
        ordering = ["code"]
        constraints = [
            sourced("indicator"),
            known_code("indicator", "higher_is", HIGHER_IS),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key_text(self) -> str:
        return self.code


class IndicatorValue(Recorded):
    """One number: an indicator, a state, a year, as an edition published it.

    Publisher, citation and address are those of its indicator; there are too many
    of these to repeat them. `checked` holds: the files were read whole.
    """

    key = models.CharField(max_length=100, unique=True)
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, to_field="code", related_name="values"
    )
    state = state_key()
    year = models.PositiveSmallIntegerField()
    value = models.FloatField()
    known_from = models.DateField()

    class Meta:
        ordering = ["indicator", "state", "year", "known_from"]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.state_id} {self.year}: {self.value}"

    def save(self, *args: Any, **options: Any) -> None:
        """Add the number. Raises LedgerError when it is there already."""
        self.key = value_key(
            self.indicator_id, self.state_id, self.year, self.known_from
        )
        super().save(*args, **options)


def value_key(indicator: str, iso3: str, year: int, known_from: date) -> str:
    """The key of a number: an edition publishes one for an indicator, state and year.

    >>> value_key("wgi.cc", "GBR", 2018, date(2019, 9, 27))
    'wgi.cc:GBR:2018:2019-09-27'
    """
    return f"{indicator}:{iso3}:{year}:{known_from}"
