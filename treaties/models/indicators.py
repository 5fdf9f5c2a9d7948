"""Published yearly numbers about states."""

from __future__ import annotations

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

    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, to_field="code", related_name="values"
    )
    state = state_key()
    year = models.PositiveSmallIntegerField()
    value = models.FloatField()
    known_from = models.DateField()

    class Meta:
        ordering = ["indicator", "state", "year", "known_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "state", "year", "known_from"],
                name="indicator_value_is_published_once_an_edition",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.state_id} {self.year}: {self.value}"
