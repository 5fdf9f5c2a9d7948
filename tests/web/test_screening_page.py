"""The page of a screening: reasons, evidence, history, a new look, a decision."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from screening import services
from screening.models import Confirmation, Screening, ScreeningDetail, Transfer, User
from tests.factories import make_transfer

Browser = Callable[[User], Client]
DAY = date(2019, 6, 20)


@pytest.fixture
def screening(transfer: Transfer, analyst: User) -> Screening:
    return services.screen_transfer(transfer, as_of=DAY, known_at=DAY, by=analyst)


def page(client: Client, screening: Screening) -> str:
    answer = client.get(f"/screenings/{screening.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def with_proposal(screening: Screening) -> Screening:
    """A screening of the same transfer that proposes a finding under 6(3)."""
    told = dict(screening.explanation)
    first = dict(told["findings"][0])
    proposed = {**first, "criterion": "att-6.3", "outcome": "PROPOSED"}
    proposed["title"] = "Knowledge of the gravest crimes"
    told["findings"] = [proposed, *told["findings"]]
    copy = Screening.objects.get(pk=screening.pk)
    copy.pk = None
    copy.save(force_insert=True)
    ScreeningDetail.objects.create(screening=copy, explanation=told)
    return copy


def test_the_page_says_verdict_day_and_what_was_known(
    at_analyst: Client, screening: Screening
) -> None:
    html = page(at_analyst, screening)
    assert f"<span>{screening.verdict}</span>" in html
    assert "20 June 2019, with what was known then" in html
    assert "Royal Saudi Air Force" in html
    for heading in ("Why", "What is not known", "Law by law", "Findings"):
        assert f">{heading}</h2>" in html


def test_a_made_up_transfer_says_so_wherever_it_stands(
    at_analyst: Client, screening: Screening
) -> None:
    label = "Made-up example"
    assert label in page(at_analyst, screening)
    assert label in at_analyst.get("/transfers/").content.decode()
    Transfer.objects.update(is_made_up=False)
    assert label not in page(at_analyst, screening)


def test_evidence_that_nobody_checked_says_so(
    at_analyst: Client, screening: Screening
) -> None:
    told = screening.explanation
    tables = [e for f in told["findings"] for e in f["evidence"]]
    assert any(not e["is_checked"] for e in tables), "the world has unchecked facts"
    assert "Not checked against its source" in page(at_analyst, screening)


def test_evidence_shows_publisher_day_and_words_for_the_grid(
    at_analyst: Client, screening: Screening
) -> None:
    html = page(at_analyst, screening)
    assert "17 August 2018" in html
    assert "Experts found strikes on markets." in html
    assert "this force" in html
    assert "systematic" in html


def test_unknown_facts_say_what_would_settle_them(
    at_analyst: Client, screening: Screening
) -> None:
    assert screening.explanation["gaps"], "nobody searched for diversion"
    html = page(at_analyst, screening)
    assert "INCOMPLETE" in html
    assert "What would settle it:" in html


def test_another_day_makes_a_second_screening_beside_the_first(
    at_analyst: Client, screening: Screening
) -> None:
    path = f"/transfers/{screening.transfer.reference}/"
    answer = at_analyst.post(
        f"{path}screen/", {"as_of": "2014-06-20", "known": "then"}, follow=True
    )
    html = answer.content.decode()
    assert "As of 20 June 2014" in html or "20 June 2014, with what was known" in html
    assert f'href="/screenings/{screening.pk}/"' in html
    assert Screening.objects.count() == 2
    assert "20 June 2014" in at_analyst.get(path).content.decode()


def test_known_now_uses_the_knowledge_of_today(
    at_analyst: Client, screening: Screening
) -> None:
    at_analyst.post(
        f"/transfers/{screening.transfer.reference}/screen/",
        {"as_of": "2014-06-20", "known": "now"},
    )
    latest = Screening.objects.latest("pk")
    assert latest.as_of == date(2014, 6, 20)
    assert latest.known_at > date(2026, 1, 1)


def test_a_reviewer_confirms_with_reasons_and_an_analyst_cannot(
    browser_of: Browser, analyst: User, reviewer: User, screening: Screening
) -> None:
    proposed = with_proposal(screening)
    path = f"/screenings/{proposed.pk}/confirm/"
    answers = {
        "criterion": "att-6.3",
        "decision": "CONFIRMED",
        "reasons": "The minister had the report.",
    }
    assert "Record the decision" not in page(browser_of(analyst), proposed)
    assert browser_of(analyst).post(path, answers).status_code == 403
    assert "Record the decision" in page(browser_of(reviewer), proposed)
    assert browser_of(reviewer).post(path, answers).status_code == 302
    html = page(browser_of(reviewer), proposed)
    assert "The minister had the report." in html
    assert "Record the decision" not in html


def test_a_decision_without_reasons_keeps_the_choice_and_says_what_is_missing(
    browser_of: Browser, reviewer: User, screening: Screening
) -> None:
    proposed = with_proposal(screening)
    answer = browser_of(reviewer).post(
        f"/screenings/{proposed.pk}/confirm/",
        {"criterion": "att-6.3", "decision": "NOT_CONFIRMED", "reasons": " "},
    )
    html = answer.content.decode()
    assert "A decision needs its reasons" in html
    assert 'value="NOT_CONFIRMED"' in html
    assert "checked" in html.split('value="NOT_CONFIRMED"')[1][:80]
    assert Confirmation.objects.count() == 0


def test_the_list_of_transfers_asks_as_often_for_many_as_for_one(
    at_analyst: Client, analyst: User, screening: Screening
) -> None:
    at_analyst.get("/transfers/")
    with CaptureQueriesContext(connection) as one:
        at_analyst.get("/transfers/")
    for _ in range(20):
        make_transfer(analyst)
    with CaptureQueriesContext(connection) as many:
        at_analyst.get("/transfers/")
    assert len(many) == len(one)
    assert len(one) <= 8


def test_a_list_without_transfers_says_how_to_get_one(at_analyst: Client) -> None:
    html = at_analyst.get("/transfers/").content.decode()
    assert "There is no transfer yet" in html
    html = at_analyst.get("/transfers/?q=nothing").content.decode()
    assert "No transfer fits" in html


@pytest.mark.parametrize("day", ["", "soon", "2400-01-01"])
def test_a_new_look_at_no_day_is_told_and_stores_nothing(
    at_analyst: Client, screening: Screening, day: str
) -> None:
    path = f"/transfers/{screening.transfer.reference}/screen/"
    html = at_analyst.post(path, {"as_of": day, "known": "then"}).content.decode()
    assert 'id="as_of_error"' in html
    assert Screening.objects.count() == 1
