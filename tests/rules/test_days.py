"""Every day that may be asked about can be answered."""

from __future__ import annotations

from datetime import date

import pytest

from screening.rules import screen, transfers_table
from tests.rules.strategies import FIXED, facts_of
from treaties.facts import day_number


@pytest.mark.parametrize(
    "day", [date(1945, 10, 24), date(1969, 12, 31), date(2006, 7, 29), date(2028, 1, 1)]
)
@pytest.mark.parametrize("item", ["SALW", "BODY_WORN_SHOCK", "AP_MINE"])
def test_a_day_long_ago_or_ahead_is_answered_and_incomplete(
    day: date, item: str
) -> None:
    line = {
        "exporter": "AAA",
        "recipient": "BBB",
        "end_user_kind": "POLICE",
        "item": item,
        "as_of": day_number(day),
    }
    verdict = screen(transfers_table([line]), facts_of(FIXED)).verdicts.iloc[0]
    assert verdict["verdict"] != "LOW"
    assert not verdict["is_complete"]
