"""Screenings are never edited: the database itself refuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from screening.models import Screening, ScreeningDetail
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
    return stored


CHANGES: dict[str, Callable[[], object]] = {
    "update a screening": lambda: Screening.objects.update(verdict="LOW"),
    "delete a screening": lambda: Screening.objects.all()._raw_delete("default"),
    "update its reasons": lambda: ScreeningDetail.objects.update(explanation={}),
    "delete its reasons": lambda: ScreeningDetail.objects.all()._raw_delete("default"),
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


def test_saving_a_screening_again_is_refused(screening: Screening) -> None:
    screening.verdict = "LOW"

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        screening.save()
