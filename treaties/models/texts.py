"""What the texts of the law say, article by article, for as long as they say it."""

from __future__ import annotations

from django.db import models

from .base import Fact, ends_after_start, known_code, sourced
from .codes import ANNEX, LAW_EFFECT, RUNG, TIER
from .states import state_key


class LawText(Fact):
    """What one article asks, in a few of its own words."""

    instrument = models.CharField(max_length=80)
    # The ISO code of the state whose law it is, or EU; "" for a treaty of many states.
    issuer = models.CharField(max_length=6, blank=True)
    article = models.CharField(max_length=40)
    # The rules that it bears on, by our codes.
    tests = models.CharField(max_length=80, blank=True)
    words = models.CharField(max_length=150, blank=True)
    # How sure of harm it asks a state to be; "" where no word of risk stands.
    rung = models.CharField(max_length=2, blank=True)
    effect = models.CharField(max_length=12)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    amended_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["instrument", "key"]
        constraints = [
            sourced("law_text"),
            ends_after_start("law_text"),
            known_code("law_text", "rung", RUNG),
            known_code("law_text", "effect", LAW_EFFECT),
        ]

    def __str__(self) -> str:
        return f"{self.instrument}, {self.article}"


class EmbargoText(Fact):
    """How a state's own law words an embargo, as the text stood on a day."""

    issuer = state_key("embargo_texts")
    instrument = models.CharField(max_length=80)
    target = state_key(optional=True)
    article = models.CharField(max_length=20)
    prohibited = models.CharField(max_length=200)
    goods = models.CharField(max_length=200)
    to_whom = models.CharField(max_length=250)
    exemptions = models.TextField(blank=True)
    starts = models.DateField(
        null=True, blank=True, help_text="When this wording was last amended."
    )
    ends = models.DateField(null=True, blank=True)
    read_as_of = models.DateField(help_text="The day of the text that was read.")

    class Meta:
        ordering = ["issuer", "instrument", "key"]
        constraints = [sourced("embargo_text"), ends_after_start("embargo_text")]

    def __str__(self) -> str:
        return self.instrument


class ListedGoods(Fact):
    """One entry of an annex of the EU regulation of torture goods, as of a period."""

    regulation = models.CharField(max_length=60)
    annex = models.CharField(max_length=4)
    entry = models.CharField(max_length=12)
    what = models.CharField(max_length=200)
    tier = models.CharField(max_length=16)
    # All of them "ex" in the law: a code alone never decides.
    cn_codes = models.CharField(max_length=200, blank=True, help_text="Joined by |")
    items = models.CharField(max_length=200, help_text="Joined by |")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["annex", "starts", "key"]
        verbose_name_plural = "listed goods"
        constraints = [
            sourced("listed_goods"),
            ends_after_start("listed_goods"),
            known_code("listed_goods", "annex", ANNEX),
            known_code("listed_goods", "tier", TIER),
            models.UniqueConstraint(
                fields=["regulation", "annex", "entry", "starts"],
                name="listed_goods_stand_once",
            ),
        ]

    def __str__(self) -> str:
        return f"Annex {self.annex} {self.entry}: {self.what}"


class EasedDestination(Fact):
    """A destination that a general authorisation serves; no licence is asked for it."""

    authorisation = models.CharField(max_length=40)
    state = state_key("eased_by")
    kind = models.CharField(max_length=20)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["authorisation", "state", "key"]
        constraints = [
            sourced("eased_destination"),
            ends_after_start("eased_destination"),
        ]

    def __str__(self) -> str:
        return f"{self.authorisation}: {self.state_id}"
