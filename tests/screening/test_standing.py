"""Which screening speaks for a transfer: in lists, their filter and on its page."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from screening import selectors, services
from screening.models import Screening, User
from tests.factories import make_draft, make_transfer, make_un_embargo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]

TODAY = date(2026, 11, 24)
BEFORE_THE_EMBARGO = date(1950, 1, 1)


@pytest.fixture
def prohibited(analyst: User) -> Screening:
    """The first screening of a transfer to a state under embargo on that day."""
    make_un_embargo("UN-SSD-2018", "SSD", date(2018, 7, 13))
    draft = make_draft(recipient="SSD", end_user_state="SSD", force="")
    screening = services.propose_transfer(draft, by=analyst, today=TODAY)
    assert screening.verdict == "PROHIBITED"
    return screening


def listed(user: User) -> Any:
    """The one transfer in the list, with what the list adds to it."""
    return selectors.transfer_list(user).get()


@pytest.mark.parametrize(
    ("as_of", "known_at"),
    [
        (BEFORE_THE_EMBARGO, BEFORE_THE_EMBARGO),
        (date(2019, 6, 20), BEFORE_THE_EMBARGO),
        (BEFORE_THE_EMBARGO, TODAY),
    ],
    ids=["another day", "what was known earlier", "another day with all knowledge"],
)
def test_asking_something_else_hides_no_verdict(
    prohibited: Screening, analyst: User, as_of: date, known_at: date
) -> None:
    asked = services.screen_transfer(
        prohibited.transfer, as_of=as_of, known_at=known_at, by=analyst
    )
    assert asked.verdict != "PROHIBITED"

    row = listed(analyst)
    assert (row.latest_screening, row.latest_verdict) == (prohibited.pk, "PROHIBITED")
    assert row.latest_is_complete == prohibited.is_complete
    assert selectors.latest_screening(prohibited.transfer) == prohibited
    for verdict, n in (("PROHIBITED", 1), (asked.verdict, 0)):
        filters = selectors.TransferFilters(verdict=verdict)
        assert selectors.transfer_list(analyst, filters).count() == n


def test_a_run_with_more_knowledge_speaks_for_the_transfer(
    analyst: User, steward: User
) -> None:
    draft = make_draft(recipient="SSD", end_user_state="SSD", force="")
    first = services.propose_transfer(draft, by=analyst, today=TODAY)
    make_un_embargo("UN-SSD-2018", "SSD", date(2018, 7, 13))
    run = services.start_rescreening(by=steward, today=TODAY)
    services.work_chunk(run, now=timezone.now())

    row = listed(analyst)
    assert first.verdict != row.latest_verdict == "PROHIBITED"

    # Asked once more with what was known then: the run knew more.
    services.screen_transfer(
        first.transfer, as_of=draft.on, known_at=draft.on, by=analyst
    )
    assert listed(analyst).latest_screening == (run.screenings.get().pk)


def test_a_list_takes_two_queries_however_long_it_is(
    analyst: User, django_assert_num_queries: Any
) -> None:
    for _ in range(3):
        transfer = make_transfer(analyst)
        services.screen_transfer(
            transfer, as_of=transfer.proposed_on, known_at=TODAY, by=analyst
        )

    with django_assert_num_queries(2):
        rows: list[Any] = list(selectors.transfer_list(analyst))

    assert all(row.latest_verdict for row in rows)
