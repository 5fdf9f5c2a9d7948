"""Forces, what is reported of them, and where somebody looked."""

from __future__ import annotations

from django.db import models

from .base import Fact, ends_after_start, known_code, sourced
from .codes import (
    ACCOUNTABILITY,
    COALITION_ROLE,
    FINDING,
    FORCE_KIND,
    FORCE_LEVEL,
    LEGAL_CLASS,
    LOOKED_AT,
    PUBLISHER_CLASS,
    SEARCH_FOUND,
    SEARCH_SUBJECT,
)
from .states import state_key


class Force(Fact):
    """An armed service, police, agency or armed group, by its key."""

    state = state_key("forces")
    name = models.CharField(max_length=120)
    aliases = models.TextField(blank=True, help_text="Joined by |")
    kind = models.CharField(max_length=24)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        to_field="key",
        null=True,
        blank=True,
        related_name="parts",
    )
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["state", "name", "key"]
        constraints = [
            sourced("force"),
            ends_after_start("force"),
            known_code("force", "kind", FORCE_KIND),
        ]

    def __str__(self) -> str:
        return self.name


def force_key(
    related_name: str = "+", *, optional: bool = False
) -> models.ForeignKey[Force, Force]:
    """A reference to a force by its key."""
    return models.ForeignKey(
        Force,
        on_delete=models.PROTECT,
        to_field="key",
        null=optional,
        blank=optional,
        related_name=related_name,
    )


class CoalitionRole(Fact):
    """A force's part in a coalition that reports name as one."""

    coalition = force_key("members")
    force = force_key("coalitions")
    state = state_key()
    role = models.CharField(max_length=16)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["coalition", "state", "key"]
        constraints = [
            sourced("coalition_role"),
            ends_after_start("coalition_role"),
            known_code("coalition_role", "role", COALITION_ROLE),
        ]

    def __str__(self) -> str:
        return f"{self.force_id} in {self.coalition_id}: {self.role}"


class AbuseReport(Fact):
    """A published account of one force's conduct, or a finding that clears it."""

    publisher_class = models.CharField(max_length=16)
    title = models.CharField(max_length=200)
    published_on = models.DateField()
    published_precision = models.CharField(max_length=8, default="day")
    happened_from = models.DateField(null=True, blank=True)
    happened_to = models.DateField(null=True, blank=True, help_text="Last day.")
    happened_precision = models.CharField(max_length=8, default="day")
    place = state_key("reports_of_place")
    place_text = models.CharField(max_length=100, blank=True)
    state = state_key("reports")
    force = force_key("reports")
    force_level = models.CharField(max_length=14)
    violations = models.CharField(max_length=200, blank=True)
    legal_class = models.CharField(max_length=24)
    items = models.CharField(max_length=200, blank=True)
    item_text = models.CharField(max_length=200, blank=True)
    pattern = models.PositiveSmallIntegerField()
    strength = models.PositiveSmallIntegerField()
    accountability = models.CharField(max_length=10)
    finding = models.CharField(max_length=10)
    incident = models.CharField(max_length=60)
    summary = models.TextField()
    civilian_harm = models.CharField(max_length=200, blank=True)
    # How it was read: whole, excerpt, title …; "n" = only the opening was read.
    read_depth = models.CharField(max_length=10, blank=True)
    finding_seen = models.CharField(max_length=1, blank=True)
    disagreement = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-published_on", "key"]
        # The pages ask for the reports on one state; the matrix for those on a force.
        indexes = [models.Index(fields=["state", "published_on"])]
        constraints = [
            sourced("report"),
            known_code("report", "publisher_class", PUBLISHER_CLASS),
            known_code("report", "force_level", FORCE_LEVEL),
            known_code("report", "legal_class", LEGAL_CLASS),
            known_code("report", "accountability", ACCOUNTABILITY),
            known_code("report", "finding", FINDING),
            models.CheckConstraint(
                condition=models.Q(happened_from__isnull=True)
                | models.Q(happened_to__gte=models.F("happened_from")),
                name="report_last_day_not_before_first",
            ),
            models.CheckConstraint(
                condition=models.Q(pattern__range=(1, 3), strength__range=(1, 3)),
                name="report_pattern_and_strength_1_to_3",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Search(Fact):
    """A completed search; without one, "no report found" means nothing."""

    state = state_key("searches", optional=True)
    subject = models.CharField(max_length=10)
    looked_at = models.CharField(max_length=12, default="all")
    searched_on = models.DateField()
    depth = models.CharField(max_length=20, blank=True)
    queries = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How many; empty where it was not noted."
    )
    languages = models.CharField(max_length=40, blank=True, help_text="Joined by |")
    covers_from = models.DateField(null=True, blank=True)
    covers_to = models.DateField()
    sources = models.TextField()
    result = models.TextField()
    found = models.CharField(max_length=8, blank=True)

    class Meta:
        ordering = ["state", "subject", "key"]
        verbose_name_plural = "searches"
        constraints = [
            sourced("search"),
            known_code("search", "subject", SEARCH_SUBJECT),
            known_code("search", "looked_at", LOOKED_AT),
            known_code("search", "found", SEARCH_FOUND),
            models.CheckConstraint(
                condition=models.Q(covers_from__isnull=True)
                | models.Q(covers_to__gte=models.F("covers_from")),
                name="search_covers_a_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state_id or 'worldwide'}: {self.subject}"
