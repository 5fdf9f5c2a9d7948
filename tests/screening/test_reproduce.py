"""A screening made in May can be made again in November, although facts changed."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from screening import services
from screening.models import Screening, User
from screening.rules import load_rulebook
from tests.factories import correct_fact, make_transfer, make_un_embargo, retire_facts
from treaties.models import EmbargoMeasure, Force

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
DAY = date(2019, 6, 20)


@pytest.fixture
def prohibited(analyst: User) -> Screening:
    make_un_embargo("UN-SAU-2018", "SAU", date(2018, 7, 13))
    transfer = make_transfer(analyst, force="SAU-RSAF")
    return services.screen_transfer(transfer, as_of=DAY, known_at=DAY, by=analyst)


def reproduced(screening: Screening) -> str:
    out = StringIO()
    call_command("reproduce", screening.pk, stdout=out)
    return out.getvalue()


def test_the_facts_of_the_day_are_found_again_after_a_correction_and_a_retirement(
    prohibited: Screening, analyst: User
) -> None:
    assert prohibited.verdict == "PROHIBITED"
    correct_fact(Force.objects.get(key="SAU-RSAF"), name="The air force, renamed")
    retire_facts(EmbargoMeasure.objects.filter(embargo__key="UN-SAU-2018"))

    anew = services.screen_transfer(
        prohibited.transfer, as_of=DAY, known_at=DAY, by=analyst
    )
    assert anew.verdict != "PROHIBITED"
    assert anew.facts_digest != prohibited.facts_digest
    assert "PROHIBITED: the same answer, reason for reason" in reproduced(prohibited)
    assert f"{anew.verdict}: the same answer" in reproduced(anew)


def test_other_facts_than_those_named_are_refused(prohibited: Screening) -> None:
    prohibited.facts_digest = "0" * 32
    with pytest.raises(services.NotReproducible, match="made on facts 0000"):
        services.reproduce(prohibited)


def test_another_rulebook_is_refused_and_the_error_says_what_to_do(
    prohibited: Screening,
) -> None:
    prohibited.rulebook_digest = "an older one"
    with pytest.raises(services.NotReproducible) as refused:
        services.reproduce(prohibited)
    assert "made with rulebook an older one" in str(refused.value)
    assert load_rulebook().digest in str(refused.value)
    assert "Install the version" in str(refused.value)


def test_a_screening_that_is_not_there_is_said(db: None) -> None:
    with pytest.raises(CommandError, match="There is no screening 404"):
        call_command("reproduce", 404)
