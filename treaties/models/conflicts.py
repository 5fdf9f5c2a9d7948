"""Armed conflicts, operations abroad, and arms that went astray."""

from __future__ import annotations

from django.db import models

from .base import Fact, ends_after_start, known_code, sourced
from .codes import (
    CONFLICT_ROLE,
    DIVERSION_FROM,
    DIVERSION_KIND,
    OPERATION_ROLE,
    PRECISION,
)
from .forces import force_key
from .states import state_key


class ConflictYear(Fact):
    """A state's part in an armed conflict in one year."""

    conflict = models.CharField(max_length=120)
    conflict_id = models.CharField(max_length=10, blank=True)
    dyad_id = models.CharField(max_length=10, blank=True)
    kind = models.CharField(max_length=40, blank=True)
    actor = models.CharField(max_length=100)
    state = state_key("conflict_years")
    side = models.CharField(max_length=1)
    role = models.CharField(max_length=12)
    places = models.CharField(max_length=40, blank=True, help_text="Joined by |")
    year = models.PositiveSmallIntegerField()
    intensity = models.PositiveSmallIntegerField(default=0)
    is_abroad = models.BooleanField(default=False)
    side_supporters = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["state", "-year", "key"]
        constraints = [
            sourced("conflict_year"),
            known_code("conflict_year", "role", CONFLICT_ROLE),
            models.CheckConstraint(
                condition=models.Q(intensity__range=(0, 2)),
                name="conflict_year_intensity_0_to_2",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state_id} {self.year}: {self.conflict}"


class ConflictParty(Fact):
    """An armed group that fought in a conflict in one year.

    States stand in `ConflictYear`: the rules read those, and no group as a state.
    """

    conflict = models.CharField(max_length=120)
    conflict_id = models.CharField(max_length=10, blank=True)
    dyad_id = models.CharField(max_length=10, blank=True)
    kind = models.CharField(max_length=40, blank=True)
    actor = models.CharField(max_length=100)
    # Where a force of exactly this name or alias is held.
    force = force_key("conflict_years", optional=True)
    side = models.CharField(max_length=1)
    role = models.CharField(max_length=12)
    places = models.CharField(max_length=40, blank=True, help_text="Joined by |")
    year = models.PositiveSmallIntegerField()
    intensity = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["conflict", "-year", "key"]
        verbose_name_plural = "conflict parties"
        constraints = [
            sourced("conflict_party"),
            known_code("conflict_party", "role", CONFLICT_ROLE),
            models.CheckConstraint(
                condition=models.Q(intensity__range=(0, 2)),
                name="conflict_party_intensity_0_to_2",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor} {self.year}: {self.conflict}"


class Operation(Fact):
    """A state's part in a military operation abroad."""

    operation = models.CharField(max_length=120)
    state = state_key("operations")
    role = models.CharField(max_length=12)
    place = state_key("operations_here")
    is_party_to_fighting = models.BooleanField(default=False)
    starts = models.DateField(null=True, blank=True)
    starts_precision = models.CharField(max_length=8, default="day")
    ends = models.DateField(null=True, blank=True)
    # "unknown" with no end: the end is not known, not that it goes on.
    ends_precision = models.CharField(max_length=8, blank=True)

    class Meta:
        ordering = ["state", "starts", "key"]
        constraints = [
            sourced("operation"),
            ends_after_start("operation"),
            known_code("operation", "role", OPERATION_ROLE),
            known_code("operation", "ends_precision", ["", *PRECISION]),
        ]

    def __str__(self) -> str:
        return f"{self.state_id}: {self.operation}"


class DiversionEvent(Fact):
    """Arms that left their authorised end user or end use."""

    happened_on = models.DateField()
    happened_precision = models.CharField(max_length=8, default="day")
    known_precision = models.CharField(max_length=8, default="day")
    state = state_key("diversions", optional=True)
    from_role = models.CharField(max_length=20)
    exporter = models.CharField(max_length=40, blank=True, help_text="Joined by |")
    to_state = state_key(optional=True)
    to_text = models.CharField(max_length=100, blank=True)
    items = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=22)
    found_by = models.CharField(max_length=120, blank=True)
    strength = models.PositiveSmallIntegerField()
    summary = models.TextField()

    class Meta:
        ordering = ["-happened_on", "key"]
        constraints = [
            sourced("diversion"),
            known_code("diversion", "from_role", DIVERSION_FROM),
            known_code("diversion", "kind", DIVERSION_KIND),
            models.CheckConstraint(
                condition=models.Q(strength__range=(1, 3)),
                name="diversion_strength_1_to_3",
            ),
        ]

    def __str__(self) -> str:
        return self.summary[:80]
