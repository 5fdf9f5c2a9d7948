"""What the database or the ledger refuses, said in words and beside a field."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, models

# The field to stand beside, and what to say. The other rules are named by the kind of
# rule they are, or by their own name, which is a sentence.
_WORDS: dict[str, tuple[str, str]] = {
    "embargo_names_its_targets": (
        "targets",
        "Name the states it is aimed at, by ISO code. Only a list of groups, a state's "
        "ban on its own exports and a conditional act may name none.",
    ),
    "measure_says_what_it_covers": ("covers", "Say which goods it covers."),
    "act_is_recorded_once": (
        "act",
        "This act of this state towards this treaty on this day is recorded already. "
        "Correct that row instead.",
    ),
    "report_last_day_not_before_first": (
        "happened_to",
        "The last day is before the first. Were the two swapped?",
    ),
    "report_pattern_and_strength_1_to_3": (
        "strength",
        "Pattern and strength are whole numbers from 1 to 3.",
    ),
    "search_covers_a_period": (
        "covers_to",
        "The period ends before it starts. Were the two swapped?",
    ),
    "conflict_year_intensity_0_to_2": ("intensity", "Give 0, 1 or 2."),
    "diversion_strength_1_to_3": ("strength", "Give 1, 2 or 3."),
    "coup_reversed_after_it": (
        "reversed_on",
        "This day is before the coup. Were the two swapped?",
    ),
    "coup_order_restored_after_it": (
        "order_restored_on",
        "This day is not after the coup. Were the two swapped?",
    ),
    "item_relevance_0_to_3": (
        "rel_ihl",
        "Each of the four relevances is a whole number from 0 to 3.",
    ),
}
_SQLITE_UNIQUE = re.compile(r"UNIQUE constraint failed: (.+)")
_SQLITE_CHECK = re.compile(r"CHECK constraint failed: (\w+)")


def refused(model: type[models.Model], rule: str) -> ValidationError:
    """The words for a rule of the table that a row does not keep, by field."""
    field, words = _said(model, rule)
    return ValidationError({field: words} if field else words)


def _said(model: type[models.Model], rule: str) -> tuple[str, str]:
    if rule in _WORDS:
        return _WORDS[rule]
    if rule.endswith("_has_key_publisher_and_checker"):
        return "", (
            "A fact has a key and a publisher, and a fact said to be checked says by "
            "whom and on which day."
        )
    if period := _period(model, rule):
        starts = period[1].replace("_", " ")
        return period[0], (
            f"This day is not after “{starts}”. Were the two swapped? The period "
            "ends on the first day that is no longer part of it."
        )
    if rule.endswith("_known"):
        column = _known_column(model, rule)
        return column, "This is not one of the codes that the table knows."
    return "", f"The database keeps this rule: {rule.replace('_', ' ')}."


def _period(model: type[models.Model], rule: str) -> tuple[str, str] | None:
    """The last and the first column of the period that a rule is about."""
    names = [f.name for f in model._meta.concrete_fields]
    return next(
        (
            (ends, starts)
            for ends in names
            for starts in names
            if rule.endswith(f"_{ends}_after_{starts}")
        ),
        None,
    )


def _known_column(model: type[models.Model], rule: str) -> str:
    names = [f.name for f in model._meta.concrete_fields]
    return next((n for n in names if rule.endswith(f"_{n}_known")), "")


def said_by_database(
    error: DatabaseError, model: type[models.Model]
) -> ValidationError:
    """The words for a row that the database refused to write."""
    rule = _rule_in(error, model)
    if rule:
        return refused(model, rule)
    if "unique" in str(error).lower():
        return ValidationError("It is recorded already. Correct that row instead.")
    if "foreign key" in str(error).lower():
        return ValidationError("It refers to something that is not recorded.")
    return ValidationError(f"The database refused it: {error}")


def _rule_in(error: DatabaseError, model: type[models.Model]) -> str:
    """The name of the rule that the database says was broken; "" when it names none."""
    diagnosis: Any = getattr(error.__cause__, "diag", None)
    named = getattr(diagnosis, "constraint_name", None)
    rules = {rule.name: rule for rule in model._meta.constraints}
    if named in rules:
        return str(named)
    if found := _SQLITE_CHECK.search(str(error)):
        return found[1]
    if found := _SQLITE_UNIQUE.search(str(error)):
        columns = {part.split(".")[-1] for part in found[1].split(", ")}
        for name, rule in rules.items():
            if isinstance(rule, models.UniqueConstraint) and columns == {
                model._meta.get_field(f).column  # type: ignore[union-attr]
                for f in rule.fields
            }:
                return name
    return ""
