"""The quantity against the size of the force."""

from __future__ import annotations

import pytest

from screening.rules import screen, transfers_table
from tests.rules.strategies import FIXED, facts_of


def outcomes(quantity: int, force_size: int, item: str = "SALW") -> list[str]:
    line = {
        "item": item,
        "quantity": quantity,
        "force_size": force_size,
        "as_of": 20000,
    }
    screened = screen(transfers_table([line]), facts_of(FIXED))
    found = screened.findings_of("0")
    return [f.outcome.value for f in found if f.criterion == "quantity-need"]


@pytest.mark.parametrize(
    ("quantity", "said"),
    [(2000, []), (2001, ["LEVEL_1"]), (5001, ["LEVEL_2"]), (10**9, ["LEVEL_2"])],
)
def test_more_small_arms_than_hands_to_hold_them_weigh_step_by_step(
    quantity: int, said: list[str]
) -> None:
    assert outcomes(quantity, 1000) == said


def test_what_is_not_stated_or_has_no_limit_raises_nothing() -> None:
    assert outcomes(0, 1000) == outcomes(10**6, 0) == []
    assert outcomes(10**6, 1000, item="SUBMARINE") == []
