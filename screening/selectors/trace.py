"""Which screenings rest on a fact: their stored explanations name it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from screening.access import Account, screenings_visible_to
from screening.models import Screening, ScreeningDetail
from treaties import models

# What an explanation calls a fact that is no evidence row itself.
_CALLED = {"forces": "force", "items": "item", "states": "state", "treaties": "treaty"}
# The tables of an embargo whose rows are evidence of it.
_PARTS: dict[str, type[Any]] = {
    "measures": models.EmbargoMeasure,
    "exemptions": models.EmbargoExemption,
    "instruments": models.EmbargoInstrument,
}


@dataclass(frozen=True)
class Use:
    """A criterion for whose finding a fact counted, or was only shown."""

    criterion: str
    outcome: str
    is_counted: bool


def screenings_naming(user: Account, table: str, key: str) -> QuerySet[Screening]:
    """The screenings that the account may see and that name a fact, newest first.

    table, key: as evidence rows have them, {"table": "reports", "key": …}. An embargo
    is named by its measures, exemptions and instruments; a force, an item, a state and
    a treaty by the words that stand for them.
    """
    found = screenings_visible_to(user).select_related("transfer", "detail")
    return found.filter(_named(table, key)).order_by("-pk")


def uses_of(
    screenings: Iterable[Screening], table: str, key: str
) -> list[tuple[Screening, list[Use]]]:
    """For what each screening used a fact, by criterion, each once."""
    names = set(_rows_of(table, key))
    return [(one, _uses(one, names, _CALLED.get(table, ""), key)) for one in screenings]


def _uses(
    screening: Screening, names: set[tuple[str, str]], word: str, key: str
) -> list[Use]:
    uses: dict[Use, None] = {}
    for finding in screening.explanation.get("findings", []):
        rows = [
            row
            for row in finding["evidence"]
            if (row["table"], row["key"]) in names or (word and row.get(word) == key)
        ]
        if rows or (word and finding.get(word) == key):
            is_counted = any(row["is_counted"] for row in rows)
            use = Use(finding["criterion"], finding["outcome_words"], is_counted)
            uses.setdefault(use)
    return list(uses)


def _rows_of(table: str, key: str) -> Iterable[tuple[str, str]]:
    """The evidence rows by which an explanation names a fact."""
    if table != "embargoes":
        return [(table, key)]
    return [
        (name, str(part))
        for name, model in _PARTS.items()
        for part in model._default_manager.filter(embargo_id=key).values_list(
            "key", flat=True
        )
    ]


def _named(table: str, key: str) -> Q:
    if word := _CALLED.get(table):
        return _says(f'"{word}": {{}}', key)
    wanted = Q(pk__in=[])
    for name, part in _rows_of(table, key):
        wanted |= _has_row(name, part)
    return wanted


def _has_row(table: str, key: str) -> Q:
    """An evidence row of this table and key.

    PostgreSQL looks into the JSON itself. SQLite keeps it as it was written, with the
    two beside each other.
    """
    if connection.vendor == "postgresql":
        row = {"findings": [{"evidence": [{"table": table, "key": key}]}]}
        return Q(detail__explanation__contains=row)
    return _says(f'"table": {json.dumps(table)}, "key": {{}}', key)


def _says(text: str, key: str) -> Q:
    """The text of an explanation holds a key, quoted as the database keeps it."""
    quoted = json.dumps(key, ensure_ascii=connection.vendor != "postgresql")
    named = ScreeningDetail.objects.annotate(
        text=Cast("explanation", TextField())
    ).filter(text__contains=text.replace("{}", quoted))
    return Q(pk__in=named.values("pk"))
