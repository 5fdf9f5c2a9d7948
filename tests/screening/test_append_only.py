"""Screenings and decisions are never edited: model and database both refuse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from screening.models import (
    Confirmation,
    IsAppendOnly,
    Screening,
    ScreeningDetail,
    ScreeningRun,
)
from tests.factories import make_transfer

pytestmark = pytest.mark.django_db


@pytest.fixture
def screening() -> Screening:
    stored = Screening.objects.create(
        transfer=make_transfer(),
        as_of=date(2019, 6, 20),
        known_at=date(2019, 6, 20),
        facts_digest="a" * 32,
        rulebook_digest="b" * 32,
        verdict="REFUSE",
        is_complete=True,
        lowest="REFUSE",
        highest="PROHIBITED",
    )
    ScreeningDetail.objects.create(screening=stored, explanation={"verdict": "REFUSE"})
    Confirmation.objects.create(
        screening=stored,
        criterion="att-6.3",
        decision="CONFIRMED",
        reasons="Seen.",
        by=stored.transfer.created_by,
    )
    return stored


CHANGES: dict[str, Callable[[], object]] = {
    "update a screening": lambda: Screening.objects.update(verdict="LOW"),
    "delete a screening": lambda: Screening.objects.all()._raw_delete("default"),
    "update its reasons": lambda: ScreeningDetail.objects.update(explanation={}),
    "delete its reasons": lambda: ScreeningDetail.objects.all()._raw_delete("default"),
    "update a decision": lambda: Confirmation.objects.update(decision="NOT_CONFIRMED"),
    "delete a decision": lambda: Confirmation.objects.all()._raw_delete("default"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_database_refuses_to(
    change: Callable[[], object], screening: Screening
) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change()

    screening.refresh_from_db()
    assert screening.verdict == "REFUSE"
    assert screening.explanation == {"verdict": "REFUSE"}
    assert screening.confirmations.get().decision == "CONFIRMED"


@pytest.mark.parametrize("model", [Screening, ScreeningDetail, Confirmation])
def test_the_model_refuses_to_save_again_or_to_delete(
    screening: Screening, model: type[Model]
) -> None:
    row = model._default_manager.get()

    with pytest.raises(IsAppendOnly, match="append-only"):
        row.save()
    with pytest.raises(IsAppendOnly, match="append-only"):
        row.delete()

    assert model._default_manager.get() == row


def test_a_new_object_under_an_old_key_overwrites_nothing(screening: Screening) -> None:
    double = ScreeningDetail(screening=screening, explanation={})

    with pytest.raises(DatabaseError), transaction.atomic():
        double.save()

    assert ScreeningDetail.objects.get().explanation == {"verdict": "REFUSE"}


REPLACEMENTS = {
    "a screening": (
        "screening_screening",
        {"verdict": "'LOW'"},
    ),
    "the screening of a run": (
        "screening_screening",
        {"verdict": "'LOW'", "id": "id + 100"},
    ),
    "its reasons": ("screening_screeningdetail", {"explanation": "'{}'"}),
    "a decision": ("screening_confirmation", {"decision": "'NOT_CONFIRMED'"}),
    "the decision on a criterion": (
        "screening_confirmation",
        {"decision": "'NOT_CONFIRMED'", "id": "id + 100"},
    ),
}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has REPLACE")
@pytest.mark.parametrize(
    ("table", "changes"), REPLACEMENTS.values(), ids=REPLACEMENTS.keys()
)
@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "REPLACE"])
def test_a_query_typed_by_hand_cannot_replace(
    screening: Screening, table: str, changes: dict[str, str], verb: str
) -> None:
    run = ScreeningRun.objects.create(kind="EVERYTHING", known_at=screening.known_at)
    second = Screening(**{**_values(screening), "run": run})
    second.save()
    with connection.cursor() as cursor:
        columns = [
            c.name
            for c in connection.introspection.get_table_description(cursor, table)
        ]
        before = _rows(table)
        values = ", ".join(changes.get(name, name) for name in columns)
        into = f"{verb} INTO {table} ({', '.join(columns)})"
        query = f"{into} SELECT {values} FROM {table}"  # noqa: S608  constants
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute(query)

    assert _rows(table) == before


def _values(screening: Screening) -> dict[str, Any]:
    names = [f.name for f in Screening._meta.concrete_fields if f.name != "id"]
    return {name: getattr(screening, name) for name in names}


def _rows(table: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")  # noqa: S608  a constant
        return list(cursor.fetchall())
