"""Treaties and organisations, and what each state did towards them."""

from __future__ import annotations

from django.db import models

from .base import Fact, known_code, sourced
from .codes import ACTS, PRECISION
from .states import state_key


class Treaty(Fact):
    """A treaty, or an organisation whose members count as its parties."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80)
    adopted_on = models.DateField(null=True, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    in_force = models.DateField(null=True, blank=True)
    depositary = models.CharField(max_length=100, blank=True)
    entry_into_force_rule = models.TextField(blank=True)
    withdrawal_rule = models.TextField(blank=True)
    transfer_ban = models.TextField(blank=True)
    complete_to = models.DateField(
        null=True,
        blank=True,
        help_text="Last day to which the list of acts is complete. Empty: the list "
        "has no dates, or is not complete for any day.",
    )
    published_parties = models.CharField(max_length=100, blank=True)
    coverage_note = models.TextField(blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "treaties"
        constraints = [sourced("treaty")]

    def __str__(self) -> str:
        return self.short_name

    def natural_key_text(self) -> str:
        return self.code


class TreatyAct(Fact):
    """One act of one state towards a treaty."""

    state = state_key("acts")
    treaty = models.ForeignKey(
        Treaty, on_delete=models.PROTECT, to_field="code", related_name="acts"
    )
    act = models.CharField(max_length=30)
    on = models.DateField(
        null=True, blank=True, help_text="Empty: from a list without dates."
    )
    precision = models.CharField(max_length=8, default="day")

    class Meta:
        ordering = ["treaty", "state", "on", "key"]
        constraints = [
            sourced("act"),
            known_code("act", "act", ACTS),
            known_code("act", "precision", PRECISION),
            models.UniqueConstraint(
                fields=["state", "treaty", "act", "on"], name="act_is_recorded_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state_id} {self.treaty_id} {self.act} {self.on or ''}".strip()
