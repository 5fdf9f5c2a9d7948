"""What happened to or in a state: coups, missions, the labels that others gave it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .base import Fact, ends_after_start, known_code, sourced
from .codes import (
    COUP_COUNTS,
    COUP_KIND,
    LISTING_KIND,
    LISTING_STATUS,
    MISSION_KIND,
    PRECISION,
)
from .forces import force_key
from .states import state_key


class Coup(Fact):
    """A change of power against the constitution, or what was called one.

    Whether it counts as unconstitutional is our judgement; "disputed" does not count.
    """

    state = state_key("coups")
    on = models.DateField()
    kind = models.CharField(max_length=20)
    # As the source marks it, joined by "+".
    flags = models.CharField(max_length=40, blank=True)
    counts = models.CharField(max_length=8, help_text="y, n or disputed.")
    reversed_on = models.DateField(null=True, blank=True)
    order_restored_on = models.DateField(
        null=True, blank=True, help_text="Empty: not restored, or not checked."
    )

    class Meta:
        ordering = ["state", "-on", "key"]
        constraints = [
            sourced("coup"),
            known_code("coup", "kind", COUP_KIND),
            known_code("coup", "counts", COUP_COUNTS),
            models.CheckConstraint(
                condition=Q(reversed_on__isnull=True)
                | Q(reversed_on__gte=models.F("on")),
                name="coup_reversed_after_it",
            ),
            models.CheckConstraint(
                condition=Q(order_restored_on__isnull=True)
                | Q(order_restored_on__gt=models.F("on")),
                name="coup_order_restored_after_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state_id} {self.on}: {self.kind}"


class Mission(Fact):
    """A force of an international body in a theatre.

    A state with troops in one is not for that a party to the conflict there.
    """

    mission = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    organisation = models.CharField(max_length=40)
    kind = models.CharField(max_length=26)
    theatre = models.CharField(max_length=40, help_text="Joined by |")
    starts = models.DateField(null=True, blank=True)
    starts_precision = models.CharField(max_length=8, default="day")
    ends = models.DateField(null=True, blank=True)
    ends_precision = models.CharField(max_length=8, blank=True)

    class Meta:
        ordering = ["-starts", "key"]
        constraints = [
            sourced("mission"),
            ends_after_start("mission"),
            known_code("mission", "kind", MISSION_KIND),
            known_code("mission", "starts_precision", PRECISION),
            known_code("mission", "ends_precision", ["", *PRECISION]),
            models.CheckConstraint(
                condition=~Q(theatre=""), name="mission_has_a_theatre"
            ),
        ]

    def __str__(self) -> str:
        return self.mission


class Listing(Fact):
    """A party named, or taken off, in an annex of the UN Secretary-General's report."""

    # CAAC: children and armed conflict; CRSV: conflict-related sexual violence.
    kind = models.CharField(max_length=4)
    year = models.PositiveSmallIntegerField(help_text="Of the report.")
    state = state_key("listings")
    party = models.CharField(max_length=80)
    force = force_key("listings", optional=True)
    status = models.CharField(max_length=10)
    detail = models.CharField(max_length=150, blank=True)
    published_on = models.DateField()
    published_precision = models.CharField(max_length=8, default="day")

    class Meta:
        ordering = ["-published_on", "key"]
        constraints = [
            sourced("listing"),
            known_code("listing", "kind", LISTING_KIND),
            known_code("listing", "status", LISTING_STATUS),
            known_code("listing", "published_precision", PRECISION),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.party} {self.status}"


class Episode(Fact):
    """Scholars' label for years of mass killing by a state or a group in it.

    Never a report: it names no unit, no incident and no item, and no court or field
    mission stands behind it.
    """

    title = models.CharField(max_length=120)
    published_on = models.DateField()
    state = state_key("episodes")
    force = force_key("episodes", optional=True)
    place = state_key()
    place_text = models.CharField(max_length=60, blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    violations = models.CharField(max_length=120, help_text="Joined by |")
    civilian_harm = models.CharField(max_length=80, blank=True)
    incident = models.CharField(max_length=60)
    summary = models.TextField()

    class Meta:
        ordering = ["state", "starts", "key"]
        constraints = [sourced("episode"), ends_after_start("episode")]

    def __str__(self) -> str:
        return f"{self.state_id}: {self.summary[:60]}"
