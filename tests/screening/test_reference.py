"""The whole path on the real reference facts, as a user meets it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from screening import selectors, services
from screening.intake import InvalidTransfer, read_draft
from screening.models import Transfer, User
from screening.services.demo import create_demo_accounts, create_demo_transfers
from treaties.selectors import current_facts

pytestmark = [pytest.mark.usefixtures("reference_facts"), pytest.mark.django_db]

TODAY = date(2026, 11, 24)
PAVEWAY: dict[str, Any] = {
    "exporter": "United Kingdom",
    "recipient": "Saudi Arabia",
    "end_user": "Royal Saudi Air Force",
    "items": [{"item": "Paveway IV", "quantity": 500}],
    "end_use_place": "Yemen",
    "on": "2019-06-20",
}


def test_paveway_for_use_in_yemen_is_refused_with_evidence_that_can_be_read() -> None:
    draft = read_draft(PAVEWAY, today=TODAY)

    found = services.preview(draft, as_of=draft.on, known_at=draft.on)

    assert found["verdict"] == "REFUSE"
    evidence = [e for f in found["findings"] for e in f["evidence"]]
    assert evidence
    assert all(e["publisher"] for e in evidence)
    # A later search says what could be found then; all else was published by then.
    reports = [e for e in evidence if e["table"] != "searches"]
    assert all(e["on"] is None or e["on"] <= "2019-06-20" for e in reports)


def test_what_is_typed_wrong_is_met_with_what_was_meant() -> None:
    wrong = {**PAVEWAY, "recipient": "Saudi Arabai", "end_user": "", "items": "typhoon"}

    with pytest.raises(InvalidTransfer) as invalid:
        read_draft(wrong, today=TODAY)

    errors = invalid.value.errors
    assert "Did you mean Saudi Arabia (SAU)" in errors["recipient"][0]
    assert "can mean" in errors["items"][0]


def test_a_force_of_another_state_is_named_with_its_state() -> None:
    with pytest.raises(InvalidTransfer) as invalid:
        read_draft({**PAVEWAY, "recipient": "Yemen"}, today=TODAY)

    assert invalid.value.errors["end_user"] == [
        '"Royal Saudi Air Force" belongs to Saudi Arabia, but the recipient is Yemen. '
        "Choose a force of Yemen or change the recipient."
    ]


def test_the_demonstration_is_made_up_owned_and_screened() -> None:
    create_demo_accounts()
    file = Path(settings.BASE_DIR) / "fixtures" / "demo" / "transfers.csv"

    made = create_demo_transfers(file, today=TODAY)

    transfers = Transfer.objects.all()
    assert made == len(transfers) >= 24
    assert all(t.is_made_up and t.screenings.count() == 1 for t in transfers)
    assert {t.organisation.slug for t in transfers} == {"northgate", "southbank"}
    verdicts = {t.screenings.get().verdict for t in transfers}
    assert verdicts == {"PROHIBITED", "REFUSE", "HIGH", "ELEVATED", "LOW"}
    assert create_demo_transfers(file, today=TODAY) == 0


def test_a_country_has_a_verdict_for_eight_groups_and_each_main_force() -> None:
    matrix = selectors.country_matrix("SAU", TODAY, TODAY)

    assert len(matrix.rows) == 8
    assert "SAU-RSAF" in {force.key for force in matrix.forces}
    for row in matrix.rows:
        assert [cell.force for cell in row.cells] == list(matrix.forces)


def test_a_cell_of_the_matrix_and_the_page_behind_it_agree() -> None:
    matrix = selectors.country_matrix("SSD", TODAY, TODAY)

    for row in matrix.rows[:2]:
        cell = row.cells[0]
        draft = selectors.country_draft("SSD", cell.force, cell.item, TODAY)
        told = services.preview(draft, as_of=TODAY, known_at=TODAY)
        assert (told["verdict"], told["is_complete"]) == (
            cell.verdict,
            cell.is_complete,
        )


def test_a_state_of_which_no_force_is_held_still_has_a_matrix() -> None:
    facts = current_facts()
    without = sorted(set(facts.states["iso3"]) - set(facts.forces["iso3"]))

    matrix = selectors.country_matrix(without[0], TODAY, TODAY)

    assert {force.kind for force in matrix.forces} == {"ARMED_FORCES", "POLICE"}
    assert all(
        c.verdict != "LOW" or c.is_complete for r in matrix.rows for c in r.cells
    )


def test_re_screening_the_same_facts_with_the_same_knowledge_moves_nothing(
    steward: User, analyst: User
) -> None:
    # A run compares with what used all knowledge of its time, so with the real day.
    today = timezone.localdate()
    draft = read_draft({**PAVEWAY, "on": today.isoformat()}, today=today)
    services.propose_transfer(draft, by=analyst, today=today)

    run = services.start_rescreening(by=steward, today=today)
    while services.work_chunk(run, now=timezone.now()):
        pass

    run.refresh_from_db()
    assert (run.n_done, run.n_changed, run.report["unchanged"]) == (1, 0, 1)
