"""A criterion looks at no column that it does not declare.

Lines equal in the declared columns share one assessment, so an undeclared column would
be a wrong answer in bulk.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from screening.rules import load_rulebook
from screening.rules.criteria import all_criteria
from screening.rules.engine import case_of
from screening.rules.index import index_of
from screening.rules.types import Case
from tests.rules.strategies import facts_of, lines, worlds

COLUMNS = {f.name for f in fields(Case)}
# Items whose own criteria the general strategy does not reach.
BANNED = ["CLUSTER_MUNITION", "CCW_BANNED", "BLINDING_LASER", "CBRN", "CONTACT_SHOCK"]


class WatchedCase(Case):
    """A case that remembers which of its columns were looked at."""

    def __getattribute__(self, name: str) -> Any:
        if name in COLUMNS:
            seen: set[str] = object.__getattribute__(self, "__dict__").setdefault(
                "_seen", set()
            )
            seen.add(name)
        return object.__getattribute__(self, name)


@settings(max_examples=60, deadline=None)
@given(worlds(), lines(), st.sampled_from(["", *BANNED]), st.sampled_from(["", "CCC"]))
def test_no_criterion_looks_at_a_column_that_it_does_not_declare(
    world: dict[str, list[dict[str, Any]]],
    line: dict[str, Any],
    banned: str,
    another: str,
) -> None:
    typed = {**line, "item": banned or line["item"], "end_user_state": another}
    case = case_of(typed)
    values = {name: getattr(case, name) for name in COLUMNS}
    index, rulebook = index_of(facts_of(world)), load_rulebook()
    for criterion in all_criteria():
        watched = WatchedCase(**values)
        vars(watched)["_seen"] = set()
        criterion.assess(watched, index, rulebook.reading(case.as_of))
        undeclared = vars(watched)["_seen"] - set(criterion.reads)
        assert not undeclared, f"{criterion.code} looks at {undeclared}"
