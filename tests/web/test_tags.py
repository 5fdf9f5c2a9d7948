"""The tags that every page shares."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from screening.templatetags import msp
from treaties.facts import FOREVER, NEVER, day_number

VERDICTS = ["PROHIBITED", "REFUSE", "HIGH", "ELEVATED", "LOW"]


@pytest.mark.parametrize(
    "value",
    [
        date(2019, 6, 20),
        datetime(2019, 6, 20, 23, 0, tzinfo=UTC),
        "2019-06-20",
        "2019-06-20T10:00:00Z",
        day_number(date(2019, 6, 20)),
    ],
)
def test_a_day_is_written_in_words(value: object) -> None:
    assert msp.day(value) == "20 June 2019"
    assert msp.iso(value) == "2019-06-20"


@pytest.mark.parametrize("value", [None, "", "soon", NEVER, FOREVER, True])
def test_a_day_that_is_not_known_says_so(value: object) -> None:
    assert msp.day(value) == "not known"
    assert msp.iso(value) == ""


@pytest.mark.parametrize("verdict", VERDICTS)
def test_a_verdict_has_word_shape_and_colour(verdict: str) -> None:
    badge = msp.verdict_badge(verdict)
    assert f"<span>{verdict}</span>" in badge
    assert "<svg" in badge
    assert f"v-{verdict.lower()}" in badge


def test_the_shapes_differ() -> None:
    assert len({msp.shape(verdict) for verdict in VERDICTS}) == len(VERDICTS)


def test_missing_facts_stand_beside_the_verdict() -> None:
    assert "INCOMPLETE" in msp.verdict_badge("REFUSE", False)
    assert "INCOMPLETE" not in msp.verdict_badge("REFUSE", True)


def test_a_hostile_verdict_is_escaped_and_has_no_colour() -> None:
    badge = msp.verdict_badge('"><script>')
    assert "<script>" not in badge
    assert msp.verdict_class('"><script>') == ""


def test_sentences_of_the_engine_get_days_in_words() -> None:
    assert msp.said("in force since 2014-12-24.") == "in force since 24 December 2014."


def test_a_sparkline_breaks_where_a_year_is_missing() -> None:
    drawn = msp.sparkline([(2001, 0.1), (2002, 0.2), (2005, 0.9)], 0, 1)
    assert drawn.count("<polyline") == 2


@pytest.mark.parametrize("points", [[], [(2001, 0.5)]])
def test_too_few_values_draw_nothing(points: list[tuple[int, float]]) -> None:
    assert msp.sparkline(points, 0, 1) == ""


def test_what_decides_nothing_is_still_said_to_be_missing_and_once() -> None:
    critical, other = {"text": "A search."}, {"text": "The economy."}
    told = {
        "gaps": [critical],
        "findings": [{"gaps": [critical, other]}, {"gaps": [other]}, {}],
    }
    assert msp.unanswered(told) == [other]
