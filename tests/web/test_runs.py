"""Runs: started by a steward, watched without and with script, reported on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from screening import services
from screening.models import ScreeningRun, Transfer, User
from tests.factories import make_transfer

Browser = Callable[[User], Client]
DAY = date(2019, 6, 20)


@pytest.fixture
def run(
    browser_of: Browser, steward: User, stranger: User, transfer: Transfer
) -> ScreeningRun:
    """A queued run over a transfer of North Desk and one of South Desk."""
    make_transfer(stranger, reference="2001-7777")
    browser_of(steward).post("/runs/start/")
    return ScreeningRun.objects.get()


def test_a_running_run_asks_again_by_itself_and_offers_a_link(
    browser_of: Browser, steward: User, run: ScreeningRun
) -> None:
    html = browser_of(steward).get(f"/runs/{run.pk}/").content.decode()
    assert "0 of 2 transfers screened" in html
    assert f'hx-get="/runs/{run.pk}/progress/"' in html
    assert "Look again" in html
    assert 'http-equiv="refresh"' not in html


def test_the_progress_is_a_fragment_that_stops_asking_at_the_end(
    browser_of: Browser, steward: User, run: ScreeningRun
) -> None:
    client = browser_of(steward)
    while services.work_chunk(run, now=timezone.now()):
        pass
    html = client.get(f"/runs/{run.pk}/progress/").content.decode()
    assert "<html" not in html
    assert "2 of 2 transfers screened" in html
    assert "hx-get" not in html
    assert "had never been screened before" in html


def test_a_report_names_only_transfers_that_the_account_may_see(
    browser_of: Browser, analyst: User, run: ScreeningRun
) -> None:
    mover = {"from": "LOW", "to": "REFUSE", "finding": {}}
    moved = [
        {**mover, "transfer": t.pk, "reference": t.reference}
        for t in Transfer.objects.all()
    ]
    run.state = ScreeningRun.State.DONE
    run.report = {
        "moved": [{"from": "LOW", "to": "REFUSE", "n": 2}],
        "movers": moved,
        "unchanged": 0,
        "first": 0,
        "failed": [],
    }
    run.save()
    html = browser_of(analyst).get(f"/runs/{run.pk}/").content.decode()
    assert Transfer.objects.get(organisation=analyst.organisation).reference in html
    assert "2001-7777" not in html
    assert "1 more belong to other organisations" in html
    assert "Re-screen everything" not in html


def test_a_steward_stops_a_run_and_an_analyst_cannot(
    browser_of: Browser, steward: User, analyst: User, run: ScreeningRun
) -> None:
    path = f"/runs/{run.pk}/cancel/"
    assert browser_of(analyst).post(path).status_code == 403
    answer = browser_of(steward).post(path, follow=True)
    assert "The run is stopped" in answer.content.decode()
    answer = browser_of(steward).post(path, follow=True)
    assert "has ended already" in answer.content.decode()


def test_a_list_without_runs_says_so(browser_of: Browser, steward: User) -> None:
    html = browser_of(steward).get("/runs/").content.decode()
    assert "No run has been started yet" in html
    assert "Re-screen everything" in html
