"""Who is bound by a treaty, from which day to which."""

from __future__ import annotations

from collections import namedtuple
from datetime import date

import pytest

from treaties.facts import NEVER, day_number
from treaties.standing import GRACE_DAYS, Standing, standing_on

Act = namedtuple("Act", "key act on known_from")
Treaty = namedtuple("Treaty", "complete_to")


def day(text: str) -> int:
    return day_number(date.fromisoformat(text))


def act(kind: str, on: str, known: str = "") -> Act:
    return Act(f"{kind} {on}", kind, day(on), day(known or on))


SIGNED = act("signature", "2013-06-03")
RATIFIED = act("ratification", "2014-04-02")
BOUND = act("entry_into_force", "2014-12-24", known="2014-04-02")
LEFT = act("withdrawal_effective", "2020-03-01", known="2019-09-01")
UNSIGNED = act("intends_not_to_become_party", "2019-07-18")
LIST = Treaty(day("2026-06-30"))


@pytest.mark.parametrize(
    ("acts", "on", "expected"),
    [
        ([], "2020-01-01", Standing.NOT_BOUND),
        ([SIGNED], "2013-06-02", Standing.NOT_BOUND),
        ([SIGNED], "2013-06-03", Standing.SIGNATORY),
        ([SIGNED, RATIFIED], "2014-04-02", Standing.NOT_YET),
        ([SIGNED, RATIFIED, BOUND], "2014-12-23", Standing.NOT_YET),
        ([SIGNED, RATIFIED, BOUND], "2014-12-24", Standing.BINDING),
        ([SIGNED, RATIFIED, BOUND, LEFT], "2020-02-29", Standing.BINDING),
        ([SIGNED, RATIFIED, BOUND, LEFT], "2020-03-01", Standing.WITHDRAWN),
        ([SIGNED, UNSIGNED], "2019-07-17", Standing.SIGNATORY),
        ([SIGNED, UNSIGNED], "2019-07-18", Standing.NOT_BOUND),
        (
            [SIGNED, act("provisional_application", "2013-06-03")],
            "2014-01-01",
            Standing.PROVISIONAL,
        ),
    ],
)
def test_a_state_is_bound_from_entry_into_force_to_withdrawal(
    acts: list[Act], on: str, expected: Standing
) -> None:
    found = standing_on(
        acts, treaty=LIST, status="un_member", day=day(on), known_at=day("2026-11-24")
    )
    assert found.standing is expected


@pytest.mark.parametrize(
    ("act_on_list", "expected"),
    [
        ("member_on_list", Standing.BINDING),
        ("signatory_on_list", Standing.SIGNATORY),
        ("not_on_list", Standing.NOT_BOUND),
        ("unclear_on_list", Standing.UNKNOWN),
    ],
)
def test_a_list_without_dates_gives_a_status_only(
    act_on_list: str, expected: Standing
) -> None:
    listed = Act("listed", act_on_list, NEVER, NEVER)
    today = day("2026-11-24")
    found = standing_on(
        [listed], treaty=Treaty(NEVER), status="un_member", day=today, known_at=today
    )
    assert found.standing is expected


def test_an_act_not_yet_known_does_not_count() -> None:
    late = act("entry_into_force", "2014-12-24", known="2015-02-01")
    found = standing_on(
        [late],
        treaty=LIST,
        status="un_member",
        day=day("2015-01-01"),
        known_at=day("2015-01-01"),
    )
    assert found.standing is Standing.NOT_BOUND


def test_past_the_end_of_the_list_silence_is_unknown() -> None:
    beyond = LIST.complete_to + GRACE_DAYS + 1
    found = standing_on(
        [], treaty=LIST, status="un_member", day=beyond, known_at=beyond
    )
    assert found.standing is Standing.UNKNOWN


def test_without_a_dated_list_silence_is_unknown() -> None:
    today = day("2026-11-24")
    undated = Treaty(NEVER)
    for treaty in (undated, None):
        found = standing_on(
            [], treaty=treaty, status="un_member", day=today, known_at=today
        )
        assert found.standing is Standing.UNKNOWN


def test_the_reason_names_the_act_it_rests_on() -> None:
    found = standing_on(
        [SIGNED, RATIFIED, BOUND],
        treaty=LIST,
        status="un_member",
        day=day("2019-01-01"),
        known_at=day("2019-01-01"),
    )
    assert found.acts == (BOUND.key,)
    assert "2014-12-24" in found.why


@pytest.mark.parametrize("status", ["territory", "other", "former", ""])
def test_the_silence_of_a_territory_says_nothing(status: str) -> None:
    today = day("2026-06-01")
    found = standing_on([], treaty=LIST, status=status, day=today, known_at=today)
    assert found.standing is Standing.UNKNOWN
    own = standing_on([BOUND], treaty=LIST, status=status, day=today, known_at=today)
    assert own.standing is Standing.BINDING
