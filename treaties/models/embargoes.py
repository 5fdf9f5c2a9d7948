"""Embargoes and national stops: the decision, its measures, what it lets through."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .base import Fact, ends_after_start, known_code, sourced
from .codes import (
    ACT_KIND,
    BASIS,
    BINDING,
    DIRECTION,
    EFFECT,
    END_USERS,
    EXEMPTION_GOODS,
    EXEMPTION_WHO,
    PROCEDURE,
    TARGET_KIND,
)
from .states import state_key


class Embargo(Fact):
    """A decision that stops arms, in one phase: same target kind, same area."""

    issuer = models.CharField(
        max_length=6, help_text="UN, EU, ECOWAS, OSCE, LAS or an ISO code."
    )
    target_kind = models.CharField(max_length=30)
    targets = models.CharField(max_length=80, blank=True, help_text="Joined by |")
    target_text = models.CharField(max_length=200, blank=True)
    binding = models.CharField(max_length=14)
    act_kind = models.CharField(max_length=12, blank=True)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    title = models.CharField(max_length=120)
    summary = models.TextField(blank=True)

    class Meta:
        ordering = ["issuer", "starts", "key"]
        verbose_name_plural = "embargoes"
        constraints = [
            sourced("embargo"),
            ends_after_start("embargo"),
            known_code("embargo", "target_kind", TARGET_KIND),
            known_code("embargo", "binding", BINDING),
            known_code("embargo", "act_kind", ACT_KIND),
            models.CheckConstraint(
                # A list of names anywhere in the world, and a state's ban on its own
                # exports to anyone, name no state.
                condition=~Q(targets="")
                | Q(target_kind__in=["exporter_side", "named_groups"])
                | Q(act_kind="conditional"),
                name="embargo_names_its_targets",
            ),
        ]

    def __str__(self) -> str:
        return self.title


def embargo_key(related_name: str) -> models.ForeignKey[Embargo, Embargo]:
    return models.ForeignKey(
        Embargo, on_delete=models.PROTECT, to_field="key", related_name=related_name
    )


class EmbargoMeasure(Fact):
    """One restriction of an embargo: which goods, which way, to whom, when."""

    embargo = embargo_key("measures")
    direction = models.CharField(max_length=4)
    covers = models.CharField(max_length=200, help_text="Joined by |")
    end_users = models.CharField(max_length=14)
    named_forces = models.CharField(
        max_length=300, blank=True, help_text="Keys of forces, joined by |"
    )
    area = models.CharField(max_length=200, blank=True)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    imposed_by = models.CharField(max_length=400, blank=True)
    lifted_by = models.CharField(max_length=300, blank=True)
    basis = models.CharField(
        max_length=10,
        default="source",
        help_text="Who coded goods, end users and named forces.",
    )

    class Meta:
        ordering = ["embargo", "key"]
        constraints = [
            sourced("measure"),
            ends_after_start("measure"),
            known_code("measure", "direction", DIRECTION),
            known_code("measure", "end_users", END_USERS),
            known_code("measure", "basis", BASIS),
            models.CheckConstraint(
                condition=~Q(covers=""), name="measure_says_what_it_covers"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.covers}"


class EmbargoExemption(Fact):
    """What an embargo lets through, for whom, by which procedure."""

    embargo = embargo_key("exemptions")
    who = models.CharField(max_length=200)
    what = models.CharField(max_length=200)
    who_code = models.CharField(max_length=16)
    goods_code = models.CharField(max_length=24)
    procedure = models.CharField(max_length=8)
    # The exporting states that an approval on record was given to.
    granted_to = models.CharField(max_length=200, blank=True, default="")
    instrument = models.CharField(max_length=200, blank=True)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=10, default="judgement")

    class Meta:
        ordering = ["embargo", "starts", "key"]
        constraints = [
            sourced("exemption"),
            ends_after_start("exemption"),
            known_code("exemption", "who_code", EXEMPTION_WHO),
            known_code("exemption", "goods_code", EXEMPTION_GOODS),
            known_code("exemption", "procedure", PROCEDURE),
            known_code("exemption", "basis", BASIS),
        ]

    def __str__(self) -> str:
        return f"{self.embargo_id}: {self.who}, {self.what}"


class EmbargoInstrument(Fact):
    """One act in the life of an embargo: imposed, renewed, eased, lifted."""

    embargo = embargo_key("instruments")
    instrument = models.CharField(max_length=200)
    on = models.DateField(null=True, blank=True)
    effect = models.CharField(max_length=14)
    until = models.DateField(null=True, blank=True)
    what = models.TextField(blank=True)

    class Meta:
        ordering = ["embargo", "on", "key"]
        constraints = [
            sourced("instrument"),
            known_code("instrument", "effect", EFFECT),
            ends_after_start("instrument", "on", "until"),
        ]

    def __str__(self) -> str:
        return f"{self.instrument}: {self.effect}"


class RegimeWithoutArms(Fact):
    """Sanctions on a state that people take for an arms embargo, and that are none."""

    issuer = models.CharField(max_length=6, help_text="UN or EU.")
    target = state_key("regimes_without_arms")
    title = models.CharField(max_length=120)
    measures = models.CharField(max_length=120)
    base_act = models.CharField(max_length=80)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["issuer", "title", "key"]
        verbose_name_plural = "regimes without arms"
        constraints = [
            sourced("regime_without_arms"),
            ends_after_start("regime_without_arms"),
        ]

    def __str__(self) -> str:
        return self.title
