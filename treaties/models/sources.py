"""Where facts come from."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Source(models.Model):
    """A body of facts with one publisher, one licence and one day of retrieval.

    Folders under fixtures/ and sources kept by stewards are both sources.
    """

    slug = models.SlugField(max_length=60, unique=True)
    publisher = models.CharField(max_length=300)
    title = models.CharField(max_length=300)
    url = models.URLField(max_length=500, blank=True)
    symbol = models.CharField(
        max_length=100,
        blank=True,
        help_text="Of a document that has no address of its own: A/HRC/39/43.",
    )
    licence = models.CharField(max_length=300)
    redistributable = models.BooleanField(default=False)
    retrieved_on = models.DateField()
    known_from_rule = models.TextField(blank=True)
    traps = models.TextField(blank=True)
    # Of the files last loaded; "" when stewards keep the source in the browser.
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(publisher="") & ~Q(licence=""),
                name="source_has_publisher_and_licence",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_kept_in_files(self) -> bool:
        """Whether a folder of fixtures says what it holds."""
        return bool(self.digest)
