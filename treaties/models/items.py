"""Item classes, the words people use for them, and the lists that name them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .base import Fact, ends_after_start, known_code, sourced
from .codes import ATT_SCOPE, CONFIDENCE, STANDARD_TIER, SYNONYM_KIND, TERM_SCHEME


class ItemCategory(Fact):
    """A class of items that the rules treat alike."""

    code = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=100)
    description = models.TextField()
    att_scope = models.CharField(max_length=10)
    family = models.CharField(max_length=20)
    is_indiscriminate = models.BooleanField(default=False)
    has_wide_area_effect = models.BooleanField(default=False)
    rel_ihl = models.PositiveSmallIntegerField()
    rel_ihrl = models.PositiveSmallIntegerField()
    rel_gbv = models.PositiveSmallIntegerField()
    rel_diversion = models.PositiveSmallIntegerField()
    standard_tier = models.CharField(max_length=12)
    is_offered = models.BooleanField(
        default=True, help_text="Whether a proposer may choose it."
    )

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "item categories"
        constraints = [
            sourced("item"),
            known_code("item", "att_scope", ATT_SCOPE),
            known_code("item", "standard_tier", STANDARD_TIER),
            models.CheckConstraint(
                condition=Q(
                    rel_ihl__lte=3,
                    rel_ihrl__lte=3,
                    rel_gbv__lte=3,
                    rel_diversion__lte=3,
                ),
                name="item_relevance_0_to_3",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key_text(self) -> str:
        return self.code


def item_key(related_name: str) -> models.ForeignKey[ItemCategory, ItemCategory]:
    return models.ForeignKey(
        ItemCategory,
        on_delete=models.PROTECT,
        to_field="code",
        related_name=related_name,
    )


class ItemSynonym(Fact):
    """A word or designation that means an item class, for as long as it does."""

    phrase = models.CharField(max_length=80)
    item = item_key("synonyms")
    kind = models.CharField(max_length=10)
    # For parts: the class of what they are parts of.
    parent_item = models.CharField(max_length=32, blank=True)
    maker = models.CharField(max_length=40, blank=True)
    # Classes that the same words may mean: the product asks.
    alternatives = models.CharField(max_length=80, blank=True)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["phrase", "starts"]
        constraints = [
            sourced("synonym"),
            ends_after_start("synonym"),
            # Two constraints, because databases hold no NULL equal to another.
            models.UniqueConstraint(
                fields=["phrase", "starts"], name="synonym_starts_once"
            ),
            models.UniqueConstraint(
                fields=["phrase"],
                condition=Q(starts__isnull=True),
                name="synonym_without_start_is_one",
            ),
            known_code("synonym", "kind", SYNONYM_KIND),
        ]

    def __str__(self) -> str:
        return f"{self.phrase} → {self.item_id}"


class ControlListEntry(Fact):
    """Where a control list or a customs code places an item class."""

    item = item_key("list_entries")
    scheme = models.CharField(max_length=16)
    entry = models.CharField(max_length=40)
    entry_text = models.CharField(max_length=200, blank=True)
    parent_item = models.CharField(max_length=32, blank=True)
    # prohibited, controlled, execution_drug; only where the list itself says so
    tier = models.CharField(max_length=16, blank=True)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["scheme", "entry", "item", "key"]
        verbose_name_plural = "control list entries"
        constraints = [
            sourced("list_entry"),
            ends_after_start("list_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.entry}: {self.item_id}"


class GoodsTerm(Fact):
    """What a register of transfers calls goods, and the classes that it may mean."""

    scheme = models.CharField(max_length=20)
    term = models.CharField(max_length=80)
    # The register's own explanation of a rating.
    words = models.CharField(max_length=120, blank=True)
    item = models.ForeignKey(
        ItemCategory,
        on_delete=models.PROTECT,
        to_field="code",
        null=True,
        blank=True,
        related_name="terms",
        help_text="Empty: it controls a destination or an end use, and names no goods.",
    )
    parent_item = models.CharField(max_length=32, blank=True)
    alternatives = models.CharField(max_length=250, blank=True, help_text="Joined by |")
    # Of the classes that it may mean, the one to screen with.
    worst = models.CharField(max_length=40, blank=True)
    confidence = models.CharField(max_length=8)
    is_military = models.BooleanField(
        default=True, help_text="As the register itself says."
    )

    class Meta:
        ordering = ["scheme", "term"]
        constraints = [
            sourced("goods_term"),
            known_code("goods_term", "scheme", TERM_SCHEME),
            known_code("goods_term", "confidence", CONFIDENCE),
            models.UniqueConstraint(
                fields=["scheme", "term"], name="goods_term_is_recorded_once"
            ),
            models.CheckConstraint(
                condition=Q(item__isnull=False) | Q(confidence="none"),
                name="goods_term_means_a_class_or_none",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.term}: {self.item_id or 'no goods'}"
