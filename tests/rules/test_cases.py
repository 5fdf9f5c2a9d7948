"""The YAML cases on the real facts: each verdict with its reason."""

from __future__ import annotations

from datetime import date

import pytest

from screening.intake import read_draft
from screening.services import preview
from tests.rules.cases import RuleCase, all_cases, failures

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_facts")]
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize("case", all_cases(), ids=str)
def test_the_rules_say_what_the_case_expects(case: RuleCase) -> None:
    draft = read_draft(case.typed, today=TODAY)
    said = preview(draft, as_of=case.on, known_at=case.on)
    assert not failures(case, said)
