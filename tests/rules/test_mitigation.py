"""Safeguards: tied, dated and shown, one step at most, never below a concern."""

from __future__ import annotations

import pytest

from screening.rules import load_rulebook
from screening.rules.engine import case_of
from screening.rules.mitigation import mitigated

DAY = 20_000
READING = load_rulebook().reading(DAY)


def said(level: int, risk: str, *codes: str) -> tuple[int, list[str]]:
    case = case_of({"mitigations": "|".join(codes), "as_of": DAY, "known_at": DAY})
    left, texts = mitigated(level, risk, case, READING)
    return left, list(texts)


def test_a_verified_certificate_tied_to_diversion_lowers_it_one_step() -> None:
    level, texts = said(3, "DIVERSION", f"END_USE_CERTIFICATE:DIVERSION:verified:{DAY}")
    assert level == 2
    assert texts == [
        "End-use certificate: counts against this risk: one step lower (verified)."
    ]


def test_any_number_of_safeguards_lower_a_level_by_one_step() -> None:
    level, _ = said(
        3,
        "DIVERSION",
        f"END_USE_CERTIFICATE:DIVERSION:verified:{DAY}",
        f"POST_SHIPMENT_VERIFICATION:DIVERSION:verified:{DAY}",
    )
    assert level == 2


@pytest.mark.parametrize(
    ("code", "why"),
    [
        (f"END_USE_CERTIFICATE:IHRL:verified:{DAY}", "it is tied to another risk"),
        (
            f"TRAINING:DIVERSION:verified:{DAY}",
            "a measure of this kind does not reach the cause of this risk",
        ),
        (
            f"END_USE_CERTIFICATE:DIVERSION:verified:{DAY + 1}",
            "it holds only from 2024-10-05",
        ),
        (
            f"END_USE_CERTIFICATE:DIVERSION:authenticated:{DAY}",
            "it is authenticated; to count here it must be verified",
        ),
    ],
)
def test_an_insufficient_safeguard_lowers_nothing_and_says_why(
    code: str, why: str
) -> None:
    level, (text,) = said(3, "DIVERSION", code)
    assert level == 3
    assert why in text


def test_no_safeguard_takes_a_concern_away() -> None:
    level, (text,) = said(
        1, "DIVERSION", f"END_USE_CERTIFICATE:DIVERSION:verified:{DAY}"
    )
    assert level == 1
    assert "there is nothing that it could lower" in text


def test_a_code_that_is_not_understood_counts_for_nothing() -> None:
    assert said(3, "DIVERSION", "whatever", "A:B:verified:x") == (3, [])
