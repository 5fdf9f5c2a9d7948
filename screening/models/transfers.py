"""Transfers: what is proposed, by whom, to whom, what and what for."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from screening.models.accounts import Organisation, User


class EndUserKind(models.TextChoices):
    """Kinds of end user."""

    ARMED_FORCES = "ARMED_FORCES", "Armed forces"
    ARMY = "ARMY", "Army"
    AIR_FORCE = "AIR_FORCE", "Air force"
    NAVY = "NAVY", "Navy"
    NATIONAL_GUARD = "NATIONAL_GUARD", "National guard"
    PRESIDENTIAL_GUARD = "PRESIDENTIAL_GUARD", "Presidential guard"
    INTERNAL_SECURITY = "INTERNAL_SECURITY", "Internal security force or gendarmerie"
    POLICE = "POLICE", "Police"
    PRISON = "PRISON", "Prison service"
    INTELLIGENCE = "INTELLIGENCE", "Intelligence service"
    BORDER_GUARD = "BORDER_GUARD", "Border guard"
    COAST_GUARD = "COAST_GUARD", "Coast guard"
    PEACE_OPERATION = "PEACE_OPERATION", "Peace operation"
    NSAG = "NSAG", "Non-state armed group"
    PMSC = "PMSC", "Private military or security company"
    COMMERCIAL_DEALER = "COMMERCIAL_DEALER", "Dealer"
    MANUFACTURER_INTEGRATOR = "MANUFACTURER_INTEGRATOR", "Manufacturer or integrator"
    CIVILIAN = "CIVILIAN", "Civilian body"
    PRIVATE_INDIVIDUAL = "PRIVATE_INDIVIDUAL", "Private person"
    UNKNOWN = "UNKNOWN", "Not known"


class EndUse(models.TextChoices):
    """What the items are said to be for."""

    TERRITORIAL_DEFENCE = "TERRITORIAL_DEFENCE", "Territorial defence"
    ARMED_CONFLICT = "ARMED_CONFLICT", "Armed conflict"
    INTERNAL_ARMED_CONFLICT = "INTERNAL_ARMED_CONFLICT", "Internal armed conflict"
    EXTERNAL_OPERATION = "EXTERNAL_OPERATION", "Military operation abroad"
    INTERNAL_SECURITY = "INTERNAL_SECURITY", "Internal security"
    CROWD_CONTROL = "CROWD_CONTROL", "Crowd control"
    CUSTODY = "CUSTODY", "Custody"
    COUNTER_CRIME = "COUNTER_CRIME", "Fight against crime"
    COUNTER_TERRORISM = "COUNTER_TERRORISM", "Fight against terrorism"
    BORDER_SECURITY = "BORDER_SECURITY", "Border security"
    MARITIME_SECURITY = "MARITIME_SECURITY", "Maritime security"
    PEACE_OPERATIONS = "PEACE_OPERATIONS", "Peace operations"
    VIP_PROTECTION = "VIP_PROTECTION", "Protection of persons"
    TRAINING = "TRAINING", "Training"
    INTEGRATION_REEXPORT = "INTEGRATION_REEXPORT", "Integration and re-export"
    PRODUCTION = "PRODUCTION", "Production"
    HUMANITARIAN_RELIEF = "HUMANITARIAN_RELIEF", "Humanitarian relief"
    DEMINING = "DEMINING", "Demining"
    CIVIL_EMERGENCY = "CIVIL_EMERGENCY", "Civil emergency"
    MEDICAL = "MEDICAL", "Medical"
    EXECUTION = "EXECUTION", "Execution"
    PROMOTION = "PROMOTION", "Display or promotion"
    CIVIL_SPORTING = "CIVIL_SPORTING", "Sport and hunting"
    RESEARCH = "RESEARCH", "Research"
    OTHER = "OTHER", "Other"
    UNKNOWN = "UNKNOWN", "Not known"


class SafeguardKind(models.TextChoices):
    """Measures that may lower a risk (ATT 7(2), 8, 11(2) and (3))."""

    END_USE_CERTIFICATE = "END_USE_CERTIFICATE", "End-use certificate"
    RE_EXPORT_CLAUSE = "RE_EXPORT_CLAUSE", "Re-export clause"
    POST_SHIPMENT_VERIFICATION = (
        "POST_SHIPMENT_VERIFICATION",
        "Post-shipment verification",
    )
    TRAINING = "TRAINING", "Training on lawful use"
    TRANCHES = "TRANCHES", "Delivery in tranches"
    UNIT_EXCLUSION = "UNIT_EXCLUSION", "Exclusion of named units"


class SafeguardRisk(models.TextChoices):
    """The risk that a safeguard is tied to."""

    IHL = "IHL", "Violations of humanitarian law"
    IHRL = "IHRL", "Violations of human rights"
    DIVERSION = "DIVERSION", "Diversion"


class SafeguardStatus(models.TextChoices):
    """How far a safeguard was checked."""

    PRESENT = "present", "Present"
    AUTHENTICATED = "authenticated", "Authenticated with its issuer"
    VERIFIED = "verified", "Verified on the ground"


class Activity(models.TextChoices):
    """The form the transfer takes."""

    EXPORT = "EXPORT", "Export"
    IMPORT = "IMPORT", "Import"
    SALE = "SALE", "Sale"
    GIFT = "GIFT", "Gift"
    LOAN = "LOAN", "Loan"
    LEASE = "LEASE", "Lease"
    LICENSED_PRODUCTION = "LICENSED_PRODUCTION", "Licensed production"
    TECHNOLOGY = "TECHNOLOGY", "Transfer of technology"
    SERVICE = "SERVICE", "Service or training"
    TRANSIT = "TRANSIT", "Transit or trans-shipment"
    BROKERING = "BROKERING", "Brokering"
    PROMOTION = "PROMOTION", "Promotion"
    REPAIR = "REPAIR", "Repair and return"


class ReferenceCounter(models.Model):
    """The last number given to a transfer in a year."""

    year = models.PositiveIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Transfer(models.Model):
    """A proposed transfer, as its organisation stated it.

    States are ISO 3166-1 alpha-3, several joined by "|"; "" says that nothing was
    stated. Codes name facts and are not foreign keys, because reference facts are
    replaced as a whole while a transfer stays what was proposed.
    """

    reference = models.CharField(max_length=12, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    is_made_up = models.BooleanField(default=False)
    is_public = models.BooleanField(default=False)
    exporter = models.CharField(max_length=3)
    recipient = models.CharField(max_length=3)
    end_user_state = models.CharField(max_length=3)
    force = models.CharField(max_length=100, blank=True, default="")
    end_user = models.CharField(max_length=200, blank=True, default="")
    end_user_kind = models.CharField(
        max_length=30, choices=EndUserKind.choices, default=EndUserKind.UNKNOWN
    )
    end_use = models.CharField(
        max_length=30, choices=EndUse.choices, default=EndUse.UNKNOWN
    )
    end_use_place = models.CharField(max_length=3, blank=True, default="")
    origin = models.CharField(max_length=3, blank=True, default="")
    brokers = models.CharField(max_length=200, blank=True, default="")
    transit = models.CharField(max_length=200, blank=True, default="")
    activity = models.CharField(
        max_length=30, choices=Activity.choices, default=Activity.EXPORT
    )
    approvals = models.TextField(blank=True, default="")
    # As `screening.drafts.Safeguard`, checked by intake: part of what was proposed.
    safeguards = models.JSONField(blank=True, default=list)
    # 0 says that the size of the force is not known.
    force_size = models.PositiveIntegerField(default=0)
    # Recorded because it was put forward; no rule may read it.
    economic_argument = models.TextField(blank=True, default="")
    proposed_on = models.DateField()
    note = models.TextField(blank=True, default="")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-pk",)
        indexes = (
            # The list of one organisation's transfers, newest first.
            models.Index(
                fields=["organisation", "-id"], name="transfer_by_organisation"
            ),
            # The transfers that a changed fact about a recipient concerns.
            models.Index(fields=["recipient"], name="transfer_by_recipient"),
        )

    def __str__(self) -> str:
        return f"{self.reference} {self.exporter} to {self.recipient}"


class TransferItem(models.Model):
    """One line of a transfer: a category of item, as typed and as understood."""

    transfer = models.ForeignKey(
        Transfer, on_delete=models.CASCADE, related_name="items"
    )
    line = models.PositiveSmallIntegerField()
    item = models.CharField(max_length=40)
    # The system that parts belong to; "" for all else.
    parent_item = models.CharField(max_length=40, blank=True, default="")
    description = models.CharField(max_length=300, blank=True, default="")
    # 0 says that the quantity is not known.
    quantity = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ("transfer", "line")
        constraints: ClassVar = (
            models.UniqueConstraint(
                fields=["transfer", "line"], name="transfer_line_is_unique"
            ),
            models.CheckConstraint(
                name="transfer_line_starts_at_one", condition=Q(line__gte=1)
            ),
        )

    def __str__(self) -> str:
        return f"{self.line}: {self.item}"
