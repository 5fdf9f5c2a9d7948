"""A proposal is stored with its first screening, whole or not at all."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from screening import selectors, services
from screening.access import NotAllowed
from screening.api.serializers import ScreeningDetailOutput
from screening.drafts import ItemLine
from screening.models import (
    Confirmation,
    ReferenceCounter,
    Screening,
    ScreeningDetail,
    Transfer,
    TransferItem,
    User,
)
from screening.rules import load_rulebook
from tests.factories import make_draft, make_transfer, make_un_embargo
from treaties.selectors import facts_digest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]

TODAY = date(2026, 11, 24)


def test_a_proposal_is_stored_for_the_organisation_with_its_screening(
    analyst: User,
) -> None:
    screening = services.propose_transfer(make_draft(), by=analyst, today=TODAY)

    transfer = screening.transfer
    assert transfer.organisation == analyst.organisation
    assert transfer.reference == "2019-0001"
    assert [(i.line, i.item, i.quantity) for i in transfer.items.all()] == [
        (1, "BOMB_GUIDED", 500)
    ]
    assert screening.as_of == screening.known_at == date(2019, 6, 20)
    assert screening.verdict == screening.explanation["verdict"]


def test_a_state_of_which_nothing_is_loaded_is_incomplete_and_never_low(
    analyst: User,
) -> None:
    screening = services.propose_transfer(make_draft(), by=analyst, today=TODAY)

    assert not screening.is_complete
    assert screening.verdict != "LOW"
    assert screening.explanation["gaps"]


def test_a_proposal_for_a_day_to_come_is_screened_with_what_is_known_today(
    analyst: User,
) -> None:
    draft = make_draft(on=date(2027, 2, 1))

    screening = services.propose_transfer(draft, by=analyst, today=TODAY)

    assert (screening.as_of, screening.known_at) == (date(2027, 2, 1), TODAY)


def test_references_count_up_within_a_year(analyst: User, stranger: User) -> None:
    made = [
        services.submit_transfer(make_draft(on=on), by=by).reference
        for on, by in [
            (date(2019, 6, 20), analyst),
            (date(2020, 1, 1), analyst),
            (date(2019, 6, 20), stranger),
        ]
    ]

    assert made == ["2019-0001", "2020-0001", "2019-0002"]


def test_nothing_is_half_written_when_the_screening_fails(
    analyst: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        message = "the disk is full"
        raise RuntimeError(message)

    monkeypatch.setattr(ScreeningDetail.objects, "bulk_create", fail)

    with pytest.raises(RuntimeError):
        services.propose_transfer(make_draft(), by=analyst, today=TODAY)

    for model in (Transfer, TransferItem, Screening, ScreeningDetail, ReferenceCounter):
        assert not model._default_manager.exists(), model


def test_a_steward_may_not_propose(steward: User) -> None:
    with pytest.raises(NotAllowed):
        services.propose_transfer(make_draft(), by=steward, today=TODAY)

    assert not Transfer.objects.exists()


def test_screening_again_on_another_day_stands_beside_the_first(
    analyst: User,
) -> None:
    first = services.propose_transfer(
        make_draft(recipient="SSD", end_user_state="SSD", force=""),
        by=analyst,
        today=TODAY,
    )
    make_un_embargo("UN-SSD-2018", "SSD", date(2018, 7, 13))

    second = services.screen_transfer(
        first.transfer, as_of=date(2020, 1, 1), known_at=date(2020, 1, 1), by=analyst
    )

    stored = list(first.transfer.screenings.order_by("pk"))
    assert stored == [first, second]
    assert stored[0].verdict != "PROHIBITED"
    assert stored[1].verdict == "PROHIBITED"


@pytest.mark.parametrize(
    ("as_of", "verdict_is_prohibited"),
    [(date(2018, 7, 12), False), (date(2018, 7, 13), True)],
)
def test_an_embargo_prohibits_from_its_first_day(
    as_of: date, verdict_is_prohibited: bool
) -> None:
    make_un_embargo("UN-SSD-2018", "SSD", date(2018, 7, 13))
    draft = make_draft(recipient="SSD", end_user_state="SSD", force="", on=as_of)

    found = services.preview(draft, as_of=as_of, known_at=as_of)

    assert (found["verdict"] == "PROHIBITED") is verdict_is_prohibited


def test_a_preview_stores_nothing() -> None:
    services.preview(make_draft(), as_of=TODAY, known_at=TODAY)

    assert not Transfer.objects.exists()
    assert not Screening.objects.exists()


def test_the_gravest_line_decides_a_transfer_of_several(analyst: User) -> None:
    make_un_embargo("UN-YEM-2015", "YEM", date(2015, 4, 14))
    lines = (ItemLine("C4ISR"), ItemLine("SALW"))
    draft = make_draft(recipient="YEM", end_user_state="YEM", force="", items=lines)

    found = services.propose_transfer(draft, by=analyst, today=TODAY).explanation

    assert found["verdict"] == "PROHIBITED"
    assert {f["item"] for f in found["findings"]} >= {"C4ISR", "SALW"}


def test_a_screening_names_the_facts_and_rules_that_make_it_again(
    analyst: User,
) -> None:
    screening = services.propose_transfer(make_draft(), by=analyst, today=TODAY)

    assert screening.facts_digest == facts_digest(screening.known_at)
    assert screening.rulebook_digest == load_rulebook().digest
    again = services.preview(
        make_draft(), as_of=screening.as_of, known_at=screening.known_at
    )
    assert again == screening.explanation


def test_what_became_known_later_leaves_the_digest_of_earlier_days_alone(
    analyst: User,
) -> None:
    before = facts_digest(date(2018, 1, 1)), facts_digest(TODAY)
    make_un_embargo("UN-SSD-2018", "SSD", date(2018, 7, 13))

    assert facts_digest(date(2018, 1, 1)) == before[0]
    assert facts_digest(TODAY) != before[1]


def proposed_finding(analyst: User) -> Screening:
    """A screening that proposes ATT Article 6(3), as stored."""
    screening = Screening.objects.create(
        transfer=make_transfer(analyst),
        as_of=TODAY,
        known_at=TODAY,
        facts_digest="a",
        rulebook_digest="b",
        verdict="PROHIBITED",
        is_complete=True,
        lowest="PROHIBITED",
        highest="PROHIBITED",
    )
    finding = {"criterion": "att-6.3", "outcome": "PROPOSED", "article": "ATT 6(3)"}
    explanation = {"findings": [finding]}
    ScreeningDetail.objects.create(screening=screening, explanation=explanation)
    return screening


def test_another_person_confirms_a_proposed_finding_with_reasons(
    analyst: User, reviewer: User
) -> None:
    screening = proposed_finding(analyst)

    services.confirm(
        screening,
        criterion="att-6.3",
        decision=Confirmation.Decision.CONFIRMED,
        reasons="Three UN reports name this force.",
        by=reviewer,
    )

    (decided,) = screening.confirmations.all()
    assert (decided.by, decided.decision) == (reviewer, "CONFIRMED")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"criterion": "att-7"}, "proposes nothing under att-7"),
        ({"decision": "MAYBE"}, "is no decision"),
        ({"reasons": "  "}, "The reasons are empty"),
    ],
)
def test_what_cannot_be_confirmed_says_why(
    analyst: User, reviewer: User, changes: dict[str, str], says: str
) -> None:
    stated = {"criterion": "att-6.3", "decision": "CONFIRMED", "reasons": "Seen."}

    with pytest.raises(services.NotConfirmable, match=says):
        services.confirm(
            proposed_finding(analyst), **{**stated, **changes}, by=reviewer
        )


def test_what_is_confirmed_is_said_beside_the_verdict(
    analyst: User, reviewer: User
) -> None:
    screening = proposed_finding(analyst)
    assert selectors.confirmed(screening) == []

    services.confirm(
        screening,
        criterion="att-6.3",
        decision="CONFIRMED",
        reasons="Seen.",
        by=reviewer,
    )

    today = timezone.localtime()
    sentence = (
        f"Confirmed by reviewer on {today.day} {today:%B %Y}: counts as PROHIBITED "
        "under ATT 6(3)"
    )
    assert selectors.confirmed(screening) == [sentence]
    told = ScreeningDetailOutput(screening).data
    assert told["confirmed"] == [sentence]


def test_what_is_not_confirmed_counts_as_nothing(analyst: User, reviewer: User) -> None:
    screening = proposed_finding(analyst)

    services.confirm(
        screening,
        criterion="att-6.3",
        decision="NOT_CONFIRMED",
        reasons="Not seen.",
        by=reviewer,
    )

    assert selectors.confirmed(screening) == []


def test_a_decision_is_made_once(analyst: User, reviewer: User) -> None:
    screening = proposed_finding(analyst)
    stated: dict[str, Any] = {
        "criterion": "att-6.3",
        "reasons": "Seen.",
        "by": reviewer,
    }
    first = services.confirm(screening, decision="CONFIRMED", **stated)

    with pytest.raises(services.NotConfirmable, match="rose decided on"):
        services.confirm(screening, decision="NOT_CONFIRMED", **stated)

    assert screening.confirmations.get() == first


def test_an_analyst_may_not_confirm(analyst: User) -> None:
    with pytest.raises(NotAllowed):
        services.confirm(
            proposed_finding(analyst),
            criterion="att-6.3",
            decision="CONFIRMED",
            reasons="Seen.",
            by=analyst,
        )
