"""States, territories and what may stand in for one."""

from __future__ import annotations

from django.db import models

from .base import Fact, ends_after_start, known_code, sourced
from .codes import CODE_SCHEME, NAME_SCHEME, STATE_NAME_KIND, STATE_STATUS


class State(Fact):
    """A state or territory that is screened as itself, by its ISO 3166-1 code.

    XXX stands for no single state: the high seas, a force of many states.
    """

    iso3 = models.CharField(max_length=3, unique=True)
    iso2 = models.CharField(max_length=2, blank=True)
    name = models.CharField(max_length=100)
    official_name = models.CharField(max_length=200, blank=True)
    other_names = models.TextField(blank=True, help_text="Joined by |")
    status = models.CharField(max_length=12)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        to_field="iso3",
        null=True,
        blank=True,
        related_name="territories",
    )
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    region = models.CharField(max_length=60, blank=True)
    subregion = models.CharField(max_length=60, blank=True)
    un_member_since = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name", "iso3"]
        constraints = [
            sourced("state"),
            ends_after_start("state"),
            known_code("state", "status", STATE_STATUS),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key_text(self) -> str:
        return self.iso3


def state_key(
    related_name: str = "+", *, optional: bool = False
) -> models.ForeignKey[State, State]:
    """A reference to a state by its ISO code."""
    return models.ForeignKey(
        State,
        on_delete=models.PROTECT,
        to_field="iso3",
        null=optional,
        blank=optional,
        related_name=related_name,
    )


class StateName(Fact):
    """A name that a state had, or that a publisher gives it, beside its present one.

    A publisher's name for something that is no state here (NATO, unknown recipients)
    stands under XXX and is found only when that publisher is named.
    """

    state = state_key("names")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10)
    scheme = models.CharField(max_length=16, blank=True, help_text="Whose spelling.")
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["state", "name", "key"]
        constraints = [
            sourced("state_name"),
            ends_after_start("state_name"),
            known_code("state_name", "kind", STATE_NAME_KIND),
            known_code("state_name", "scheme", NAME_SCHEME),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.state_id}"


class StateCode(Fact):
    """The code that a publisher gives a state, for as long as it does."""

    state = state_key("codes")
    scheme = models.CharField(max_length=16)
    code = models.CharField(max_length=8)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["scheme", "code", "starts", "key"]
        constraints = [
            sourced("state_code"),
            ends_after_start("state_code"),
            known_code("state_code", "scheme", CODE_SCHEME),
            models.UniqueConstraint(
                fields=["scheme", "code", "state", "starts"],
                name="state_code_is_recorded_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.code}: {self.state_id}"
