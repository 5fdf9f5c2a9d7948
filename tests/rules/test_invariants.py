"""The engine's invariants (METHOD 9) over generated facts and generated transfers."""

from __future__ import annotations

import os
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from screening.rules import Verdict, load_rulebook, screen, transfers_table
from screening.rules.types import LEVEL_OUTCOMES
from tests.rules.strategies import (
    ITEMS,
    diversions,
    facts_of,
    lines,
    measures,
    reports,
    searches,
    worlds,
)
from treaties.facts import FOREVER, frame

World = dict[str, list[dict[str, Any]]]
# More in CI: see .ci/run.
ENOUGH = settings(max_examples=int(os.environ.get("MSP_EXAMPLES", "60")), deadline=None)


def verdict_of(line: dict[str, Any], world: World) -> Any:
    screened = screen(transfers_table([line]), facts_of(world))
    return screened.verdicts.iloc[0]


def rank(line: dict[str, Any], world: World) -> int:
    return Verdict(verdict_of(line, world)["verdict"]).rank


@ENOUGH
@given(worlds(), lines(), reports(77))
def test_one_more_adverse_report_never_lowers_a_verdict(
    world: World, line: dict[str, Any], report: dict[str, Any]
) -> None:
    more = {**world, "reports": [*world["reports"], report]}
    assert rank(line, more) >= rank(line, world)


@ENOUGH
@given(worlds(), lines(), measures(77))
def test_one_more_embargo_never_lowers_a_verdict(
    world: World, line: dict[str, Any], measure: dict[str, Any]
) -> None:
    more = {**world, "measures": [*world["measures"], measure]}
    assert rank(line, more) >= rank(line, world)


@ENOUGH
@given(worlds(), lines(), diversions(77))
def test_one_more_diversion_never_lowers_a_verdict(
    world: World, line: dict[str, Any], event: dict[str, Any]
) -> None:
    more = {**world, "diversions": [*world["diversions"], event]}
    assert rank(line, more) >= rank(line, world)


@ENOUGH
@given(worlds(), lines())
def test_a_missing_critical_fact_never_reads_as_low(
    world: World, line: dict[str, Any]
) -> None:
    verdict = verdict_of(line, world)
    assert verdict["is_complete"] or verdict["verdict"] != "LOW"


@ENOUGH
@given(worlds(), lines())
def test_without_any_search_nothing_that_could_harm_reads_as_low(
    world: World, line: dict[str, Any]
) -> None:
    assume(line["item"] != "PARTS")
    unsearched = {**world, "searches": []}
    assert verdict_of(line, unsearched)["verdict"] != "LOW"


@ENOUGH
@given(worlds(), lines(), st.sampled_from(["force", "item", "recipient", "exporter"]))
def test_an_unknown_value_never_raises_and_never_reads_lower_than_elevated(
    world: World, line: dict[str, Any], column: str
) -> None:
    unknown = {**line, column: "NO-SUCH-CODE"}
    if column == "force":
        unknown["end_user_kind"] = "UNKNOWN"
    assert rank(unknown, world) >= Verdict.ELEVATED.rank


@ENOUGH
@given(worlds(), lines())
def test_an_end_user_not_known_never_reads_lower_than_the_same_one_known(
    world: World, line: dict[str, Any]
) -> None:
    without = {**line, "force": "", "end_user_kind": "UNKNOWN"}
    low = Verdict.HIGH.rank
    assert rank(without, world) >= min(rank(line, world), low)


@ENOUGH
@given(worlds(), lines())
def test_a_fact_known_later_never_changes_an_earlier_answer(
    world: World, line: dict[str, Any]
) -> None:
    known = facts_of(world).known_at(line["known_at"])
    table = transfers_table([line])
    whole = screen(table, facts_of(world)).verdicts
    assert whole.equals(screen(table, known).verdicts)


@ENOUGH
@given(worlds(), st.lists(lines(), min_size=1, max_size=6))
def test_one_transfer_alone_equals_the_same_transfer_in_a_table(
    world: World, several: list[dict[str, Any]]
) -> None:
    facts = facts_of(world)
    named = [{**line, "transfer": f"T{n}"} for n, line in enumerate(several)]
    together = screen(transfers_table(named), facts)
    for line in named:
        alone = screen(transfers_table([line]), facts)
        name = line["transfer"]
        assert alone.findings_of(name) == together.findings_of(name)
        assert alone.verdicts.loc[name].equals(together.verdicts.loc[name])


@ENOUGH
@given(worlds(), st.lists(lines(), min_size=2, max_size=4))
def test_splitting_a_transfer_in_two_gives_the_same_worst_verdict(
    world: World, several: list[dict[str, Any]]
) -> None:
    facts = facts_of(world)
    first = several[0]
    same = [{**first, "item": line["item"], "transfer": "T"} for line in several]
    whole = screen(transfers_table(same), facts).verdicts["verdict"]
    parts = [{**line, "transfer": f"T{n}"} for n, line in enumerate(same)]
    split = screen(transfers_table(parts), facts).verdicts["verdict"]
    worst = max(Verdict(v).rank for v in split)
    # Three criteria at level 2 refuse together, so the whole may stand above its parts.
    assert Verdict(whole.iloc[0]).rank >= worst


@ENOUGH
@given(worlds(), lines(), st.randoms())
def test_order_of_facts_changes_neither_verdict_nor_digest(
    world: World, line: dict[str, Any], shuffle: Any
) -> None:
    mixed = {name: shuffle.sample(rows, len(rows)) for name, rows in world.items()}
    assert facts_of(mixed).digest() == facts_of(world).digest()
    assert verdict_of(line, mixed).equals(verdict_of(line, world))


@ENOUGH
@given(worlds(), lines())
def test_the_same_incident_told_by_the_same_outlet_twice_counts_once(
    world: World, line: dict[str, Any]
) -> None:
    twice = {
        **world,
        "reports": [
            *world["reports"],
            *(
                {**row, "key": row["key"] + "-again", "incident": row["incident"]}
                for row in world["reports"]
                if row["incident"]
            ),
        ],
    }
    assert verdict_of(line, twice)["verdict"] == verdict_of(line, world)["verdict"]


@ENOUGH
@given(worlds(), lines(), st.sampled_from(["AAA", "CCC"]))
def test_another_exporter_keeps_the_level_of_article_7(
    world: World, line: dict[str, Any], other: str
) -> None:
    def levels(exporter: str) -> list[tuple[str, str]]:
        table = transfers_table([{**line, "exporter": exporter}])
        found = screen(table, facts_of(world)).findings_of("0")
        return [
            (f.criterion, f.outcome.value)
            for f in found
            if f.criterion.startswith("att-7")
        ]

    assert levels(line["exporter"]) == levels(other)


@ENOUGH
@given(worlds(), lines(), st.sampled_from(sorted(set(ITEMS) - {"PARTS"})))
def test_parts_never_read_lower_than_what_they_go_into(
    world: World, line: dict[str, Any], whole: str
) -> None:
    parts = {**line, "item": "PARTS", "parent_item": whole}
    complete = {**line, "item": whole, "parent_item": ""}
    assert rank(parts, world) >= rank(complete, world)


@ENOUGH
@given(worlds(), lines())
def test_an_embargo_holds_on_its_first_day_and_not_on_the_day_it_ends(
    world: World, line: dict[str, Any]
) -> None:
    measure = {
        **frame_row("measures"),
        "key": "W/1",
        "embargo": "W",
        "issuer": "UN",
        "binding": "chapter_vii",
        "targets": line["recipient"],
        "direction": "to",
        "covers": "all_arms_and_related",
        "end_users": "all",
        "starts": line["as_of"],
        "ends": line["as_of"] + 10,
        "known_from": line["as_of"],
        "title": "Embargo W",
    }
    line = {**line, "exporter": "AAA", "item": "SALW", "known_at": FOREVER}
    only = {**world, "measures": [measure]}

    def prohibits(day: int) -> bool:
        verdict = verdict_of({**line, "as_of": day}, only)
        return bool(verdict["verdict"] == "PROHIBITED")

    assert prohibits(measure["starts"])
    assert prohibits(measure["ends"] - 1)
    assert not prohibits(measure["ends"])
    assert not prohibits(measure["starts"] - 1)


def frame_row(table: str) -> dict[str, Any]:
    """A blank row of a table."""
    return {str(k): v for k, v in frame(table, [{}]).iloc[0].to_dict().items()}


@ENOUGH
@given(worlds(), lines())
def test_a_territory_is_never_read_as_its_parent(
    world: World, line: dict[str, Any]
) -> None:
    at_territory = {**line, "recipient": "TTT", "force": "", "end_user_kind": "POLICE"}
    bare = {**world, "reports": [], "measures": [], "diversions": []}
    assert rank(at_territory, world) == rank(at_territory, bare)


@ENOUGH
@given(worlds(), lines())
def test_good_news_may_lower_and_only_a_search_makes_low(
    world: World, line: dict[str, Any]
) -> None:
    searched = {
        **world,
        "searches": [*world["searches"], searches(line["recipient"], 88)],
    }
    assert rank(line, searched) <= rank(line, world)


@ENOUGH
@given(worlds(), lines())
def test_the_point_verdict_lies_within_its_interval(
    world: World, line: dict[str, Any]
) -> None:
    verdict = verdict_of(line, world)
    low, at, high = (
        Verdict(verdict[name]).rank for name in ("lowest", "verdict", "highest")
    )
    assert low <= at <= high


@ENOUGH
@given(worlds(), lines())
def test_safeguards_never_raise_never_touch_a_gate_and_lower_one_step_at_most(
    world: World, line: dict[str, Any]
) -> None:
    kinds = ("POST_SHIPMENT_VERIFICATION", "TRANCHES")
    stated = "|".join(
        f"{kind}:{risk}:verified:{line['as_of']}"
        for kind in kinds
        for risk in ("IHL", "IHRL", "DIVERSION")
    )
    without, having = (
        screen(transfers_table([{**line, "mitigations": code}]), facts_of(world))
        for code in ("", stated)
    )
    before, after = of_all(without), of_all(having)
    assert before.keys() == after.keys()
    for finding, (level, is_gate) in before.items():
        steps = level - after[finding][0]
        assert 0 <= steps <= (0 if is_gate else 1)
    ranks = [Verdict(s.verdicts.iloc[0]["verdict"]).rank for s in (without, having)]
    assert ranks[1] <= ranks[0]
    assert ranks[0] != Verdict.PROHIBITED.rank or ranks[1] == ranks[0]


def of_all(screened: Any) -> dict[tuple[str, str, str], tuple[int, bool]]:
    """The level of each finding that has one, and whether it is a gate's."""
    gates = load_rulebook().criteria
    return {
        (f.criterion, f.state, f.role): (
            LEVEL_OUTCOMES.index(f.outcome) if f.outcome in LEVEL_OUTCOMES else 0,
            gates[f.criterion].is_gate,
        )
        for f in screened.findings_of("0")
        if f.criterion != "att-8"
    }


@ENOUGH
@given(worlds(), lines())
def test_an_economic_argument_weighs_nothing(
    world: World, line: dict[str, Any]
) -> None:
    pressed = screen(transfers_table([{**line, "economic": "yes"}]), facts_of(world))
    plain = screen(transfers_table([line]), facts_of(world))
    assert pressed.findings_of("0") == plain.findings_of("0")


@ENOUGH
@given(worlds(), lines(), st.integers(1, 6000), st.integers(1, 6000))
def test_a_greater_quantity_never_lowers(
    world: World, line: dict[str, Any], few: int, more: int
) -> None:
    def levels(quantity: int) -> tuple[int, int]:
        sized = {**line, "item": "SALW", "force_size": 1000, "quantity": quantity}
        screened = screen(transfers_table([sized]), facts_of(world))
        found = [f for f in screened.findings_of("0") if f.criterion == "quantity-need"]
        level = max((LEVEL_OUTCOMES.index(f.outcome) for f in found), default=0)
        return level, Verdict(screened.verdicts.iloc[0]["verdict"]).rank

    less, greater = levels(few), levels(few + more)
    assert less[0] <= greater[0]
    assert less[1] <= greater[1]
