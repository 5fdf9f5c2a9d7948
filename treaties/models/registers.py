"""Registers of transfers, decisions, listings and events, as publishers keep them.

For display, back-testing and load: no verdict reads them. A row names its publisher
and licence through its source. There are many rows and each is written with its whole
register, so references are checked once a file rather than once a row, and there is no
index that nothing asks for (docs/decisions/0007).
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from .codes import LISTED_KIND, REGISTER_KIND, VIOLENCE_KIND
from .ledger import Change, Recorded
from .sources import Source
from .states import State


def _place(related_name: str = "+") -> models.ForeignKey[State | None, State | None]:
    """A state by its ISO code; empty where the register names no single state."""
    return models.ForeignKey(
        State,
        on_delete=models.PROTECT,
        to_field="iso3",
        null=True,
        blank=True,
        related_name=related_name,
        db_constraint=False,
        db_index=False,
    )


class Register(Recorded):
    """A row of a publisher's register, named by its key within the source."""

    source = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    recorded_in = models.ForeignKey(
        Change,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        db_constraint=False,
        db_index=False,
    )
    row_key = models.CharField(max_length=100)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["row_key", "source"], name="%(class)s_row_is_recorded_once"
            ),
            models.CheckConstraint(
                condition=~Q(row_key=""), name="%(class)s_row_has_a_key"
            ),
        ]


class RecordedTransfer(Register):
    """An order of arms, or a year's licences of one class from one state to another."""

    kind = models.CharField(max_length=8)
    supplier = _place()
    supplier_text = models.CharField(max_length=80)
    recipient = _place()
    recipient_text = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField()
    is_year_certain = models.BooleanField(default=True)
    # As the register names it: SIPRI's kind of weapon, the EU's category.
    goods = models.CharField(max_length=80)
    designation = models.CharField(max_length=80, blank=True)
    condition = models.CharField(max_length=32, blank=True)
    n_ordered = models.PositiveIntegerField(null=True, blank=True)
    is_n_ordered_certain = models.BooleanField(default=True)
    n_delivered = models.PositiveIntegerField(null=True, blank=True)
    is_n_delivered_certain = models.BooleanField(default=True)
    delivery_years = models.CharField(max_length=300, blank=True, help_text="By |")
    comments = models.TextField(blank=True)
    # SIPRI's trend-indicator values, in millions.
    tiv_unit = models.FloatField(null=True, blank=True)
    tiv_ordered = models.FloatField(null=True, blank=True)
    tiv_delivered = models.FloatField(null=True, blank=True)
    n_licences = models.PositiveIntegerField(null=True, blank=True)
    licensed_eur = models.BigIntegerField(null=True, blank=True)
    exported_eur = models.BigIntegerField(null=True, blank=True)

    class Meta(Register.Meta):
        ordering = ["recipient_text", "year", "row_key"]
        constraints = [
            *Register.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=sorted(REGISTER_KIND)),
                name="recordedtransfer_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(year__range=(1900, 2100)),
                name="recordedtransfer_year_is_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supplier_text} to {self.recipient_text} {self.year}"


class LicenceDecision(Register):
    """One decision of the United Kingdom on goods of one rating for one destination."""

    licence_group = models.PositiveIntegerField()
    decided_on = models.DateField()
    recipient = _place()
    recipient_text = models.CharField(max_length=60)
    rating = models.CharField(max_length=16)
    n_licences = models.PositiveSmallIntegerField()
    value_gbp = models.FloatField(null=True, blank=True)
    is_refused = models.BooleanField()
    # Numbers of the criteria that a refusal names.
    criteria = models.CharField(max_length=16, blank=True, help_text="Joined by |")

    class Meta(Register.Meta):
        ordering = ["decided_on", "row_key"]
        constraints = [
            *Register.Meta.constraints,
            models.CheckConstraint(
                condition=Q(is_refused=True) | Q(criteria=""),
                name="licencedecision_criteria_are_of_refusals",
            ),
        ]

    def __str__(self) -> str:
        outcome = "refused" if self.is_refused else "issued"
        return f"{self.rating} to {self.recipient_text} {self.decided_on}: {outcome}"


class ListedEntity(Register):
    """Somebody or something that a list of sanctions names.

    Only what tells one entry from another: no births, papers or addresses.
    """

    name = models.CharField(max_length=300)
    aliases = models.TextField(blank=True, help_text="Joined by |")
    kind = models.CharField(max_length=12)
    states = models.CharField(max_length=80, blank=True, help_text="Joined by |")
    programmes = models.CharField(max_length=500, blank=True, help_text="Joined by |")
    reference = models.CharField(max_length=100, blank=True)
    listed_on = models.DateField(null=True, blank=True)
    changed_on = models.DateField(null=True, blank=True)

    class Meta(Register.Meta):
        ordering = ["name", "row_key"]
        verbose_name_plural = "listed entities"
        constraints = [
            *Register.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=sorted(LISTED_KIND)),
                name="listedentity_kind_known",
            ),
            models.CheckConstraint(
                condition=~Q(name=""), name="listedentity_has_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ConflictEvent(Register):
    """An event of deadly violence at a place, on one day or over some."""

    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10)
    conflict_id = models.CharField(max_length=10)
    dyad_id = models.CharField(max_length=10)
    side_a = models.CharField(max_length=150)
    side_b = models.CharField(max_length=150)
    place = _place()
    place_text = models.CharField(max_length=60)
    area = models.CharField(max_length=150, blank=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    starts = models.DateField()
    ends = models.DateField(help_text="First day after the event.")
    # 1: the very day; 5: within a year.
    date_precision = models.PositiveSmallIntegerField()
    deaths = models.PositiveIntegerField(help_text="Best estimate.")
    deaths_low = models.PositiveIntegerField()
    deaths_high = models.PositiveIntegerField()
    deaths_civilians = models.PositiveIntegerField()

    class Meta(Register.Meta):
        ordering = ["starts", "row_key"]
        constraints = [
            *Register.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")),
                name="conflictevent_ends_after_starts",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=sorted(VIOLENCE_KIND)),
                name="conflictevent_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_text} {self.starts}: {self.side_a} and {self.side_b}"


class ImportedEdition(models.Model):
    """An edition of a publisher's data that was imported, and the file it came from."""

    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="editions"
    )
    label = models.CharField(max_length=60)
    # The day on which the edition appeared.
    known_from = models.DateField()
    covers_to = models.PositiveSmallIntegerField(null=True, blank=True)
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    encoding = models.CharField(max_length=20)
    layout = models.CharField(max_length=40)
    n_rows = models.PositiveIntegerField()
    # ISO codes of the states that it speaks of, to miss them in the next edition.
    states = models.TextField(blank=True, help_text="Joined by |")
    imported_in = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["source", "-known_from", "-imported_in"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "digest", "imported_in"],
                name="edition_is_imported_once_an_entry",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.label}"
