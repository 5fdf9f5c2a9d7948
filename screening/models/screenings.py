"""Screenings: what the rules said of a transfer as of a day; runs over many.

`Screening`, `ScreeningDetail` and `Confirmation` are append-only: the models refuse,
and so do triggers of the database (migrations 0002 and 0004). A new look is a new row.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from screening.models.accounts import User
from screening.models.append_only import AppendOnly
from screening.models.transfers import Transfer


class Verdict(models.TextChoices):
    """The maximum of all findings, the gravest first."""

    PROHIBITED = "PROHIBITED", "Prohibited"
    REFUSE = "REFUSE", "Refuse"
    HIGH = "HIGH", "High risk"
    ELEVATED = "ELEVATED", "Elevated risk"
    LOW = "LOW", "Low risk"


class ScreeningRun(models.Model):
    """One re-screening of many transfers, worked through in chunks."""

    class Kind(models.TextChoices):
        EVERYTHING = "EVERYTHING", "Everything, on request"
        FACTS_CHANGED = "FACTS_CHANGED", "Everything, because facts changed"

    class State(models.TextChoices):
        QUEUED = "QUEUED", "Queued"
        RUNNING = "RUNNING", "Running"
        DONE = "DONE", "Done"
        FAILED = "FAILED", "Ended with failures"
        CANCELLED = "CANCELLED", "Cancelled"
        # Facts or rules changed under way; the report names the run that goes on.
        SUPERSEDED = "SUPERSEDED", "Superseded by a newer run"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    # Blank: each transfer as of the day on which it was proposed.
    as_of = models.DateField(null=True, blank=True)
    known_at = models.DateField()
    facts_digest = models.CharField(max_length=32)
    rulebook_digest = models.CharField(max_length=64)
    n_transfers = models.PositiveIntegerField(default=0)
    n_done = models.PositiveIntegerField(default=0)
    n_failed = models.PositiveIntegerField(default=0)
    n_changed = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # Empty when facts changed and nobody asked.
    requested_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT
    )
    report = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            # However often and from wherever at once a run is asked for.
            models.UniqueConstraint(
                fields=["known_at", "facts_digest", "rulebook_digest"],
                condition=Q(state__in=["QUEUED", "RUNNING"]),
                name="one_unfinished_run_a_question",
            ),
        )

    def __str__(self) -> str:
        return f"Run {self.pk} ({self.state})"

    @property
    def is_finished(self) -> bool:
        """Whether nothing more will happen in this run."""
        return self.state not in {self.State.QUEUED, self.State.RUNNING}


class RunChunk(models.Model):
    """A range of transfers in a run, and who holds it until when.

    A worker holds a chunk for the time of its lease. One that dies leaves the lease
    to expire, and another takes the chunk. `tries` tells the two apart.
    """

    class State(models.TextChoices):
        QUEUED = "QUEUED", "Queued"
        RUNNING = "RUNNING", "Running"
        DONE = "DONE", "Done"
        FAILED = "FAILED", "Failed"
        CANCELLED = "CANCELLED", "Cancelled"

    run = models.ForeignKey(
        ScreeningRun, on_delete=models.CASCADE, related_name="chunks"
    )
    # First and last primary key of the transfers.
    lo = models.BigIntegerField()
    hi = models.BigIntegerField()
    n_transfers = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    lease_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True, default="")
    # What moved in this chunk; summed into the report of the run.
    result = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("run", "lo")
        constraints = (
            models.UniqueConstraint(
                fields=["run", "lo"], name="chunk_of_a_run_is_unique"
            ),
            models.CheckConstraint(
                name="chunk_ends_after_it_starts", condition=Q(hi__gte=models.F("lo"))
            ),
        )
        indexes = (
            # The next chunk that a worker may take.
            models.Index(fields=["run", "state", "id"], name="chunk_to_take"),
        )

    def __str__(self) -> str:
        return f"Transfers {self.lo} to {self.hi} ({self.state})"


class Screening(AppendOnly):
    """One transfer, one `as_of`, one verdict. Never edited.

    With `as_of`, `known_at` and the two digests the verdict can be made again.
    """

    transfer = models.ForeignKey(
        Transfer, on_delete=models.PROTECT, related_name="screenings"
    )
    run = models.ForeignKey(
        ScreeningRun,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="screenings",
    )
    as_of = models.DateField()
    known_at = models.DateField()
    facts_digest = models.CharField(max_length=32)
    # The moment of the ledger of facts that was read; empty in the oldest screenings.
    facts_recorded_at = models.DateTimeField(null=True, blank=True)
    rulebook_digest = models.CharField(max_length=64)
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    is_complete = models.BooleanField()
    lowest = models.CharField(max_length=10, choices=Verdict.choices)
    highest = models.CharField(max_length=10, choices=Verdict.choices)
    created_at = models.DateTimeField(auto_now_add=True)
    # Empty in a run that nobody asked for.
    created_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT
    )

    class Meta:
        ordering = ("-pk",)
        constraints = (
            # A chunk worked on twice must not leave two screenings.
            models.UniqueConstraint(
                fields=["run", "transfer"], name="screened_once_in_a_run"
            ),
        )
        indexes = (
            # The latest screening of a transfer.
            models.Index(fields=["transfer", "-id"], name="screening_by_transfer"),
        )

    def __str__(self) -> str:
        return f"{self.verdict} as of {self.as_of}"

    @property
    def explanation(self) -> dict[str, Any]:
        """What the engine said, in full: see `screening.rules.explain`."""
        found: dict[str, Any] = self.detail.explanation
        return found


class ScreeningDetail(AppendOnly):
    """The reasons of a screening, apart because lists do not read them."""

    screening = models.OneToOneField(
        Screening, on_delete=models.PROTECT, primary_key=True, related_name="detail"
    )
    explanation = models.JSONField()

    def __str__(self) -> str:
        return f"Reasons of screening {self.pk}"


class Confirmation(AppendOnly):
    """What a person decided, once, of a finding that the engine may only propose."""

    class Decision(models.TextChoices):
        CONFIRMED = "CONFIRMED", "Confirmed"
        NOT_CONFIRMED = "NOT_CONFIRMED", "Not confirmed"

    screening = models.ForeignKey(
        Screening, on_delete=models.PROTECT, related_name="confirmations"
    )
    criterion = models.CharField(max_length=40)
    decision = models.CharField(max_length=20, choices=Decision.choices)
    reasons = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                name="confirmation_has_reasons", condition=~Q(reasons="")
            ),
            models.UniqueConstraint(
                fields=["screening", "criterion"], name="one_decision_a_criterion"
            ),
        )

    def __str__(self) -> str:
        return f"{self.criterion}: {self.decision}"
