"""What courts decided of arms transfers."""

from __future__ import annotations

from django.db import models

from .base import Fact, known_code, sourced
from .codes import JUDGMENT_OUTCOME, PRECISION
from .states import state_key


class Judgment(Fact):
    """A court's decision about a transfer of arms.

    The outcome is that of the request or of the ruling below: a request that was
    dismissed does not mean that the transfer was lawful.
    """

    court = models.CharField(max_length=100)
    state = state_key("judgments", optional=True)
    case_name = models.CharField(max_length=150)
    case_number = models.CharField(max_length=100)
    decided_on = models.DateField(help_text="Of a month: its last day.")
    decided_precision = models.CharField(max_length=8, default="day")
    exporters = models.CharField(max_length=40, blank=True, help_text="Joined by |")
    recipients = models.CharField(max_length=40, blank=True, help_text="Joined by |")
    items = models.CharField(max_length=120, blank=True, help_text="Joined by |")
    # The rules that it bears on, by our codes; often by analogy only.
    tests = models.CharField(max_length=80, help_text="Joined by |")
    outcome = models.CharField(max_length=12)
    holding = models.TextField()
    lesson = models.TextField(help_text="What the rules here should learn from it.")

    class Meta:
        ordering = ["-decided_on", "key"]
        constraints = [
            sourced("judgment"),
            known_code("judgment", "outcome", JUDGMENT_OUTCOME),
            known_code("judgment", "decided_precision", PRECISION),
        ]

    def __str__(self) -> str:
        return f"{self.court}: {self.case_name}"
