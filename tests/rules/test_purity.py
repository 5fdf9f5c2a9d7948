"""The engine runs without Django, and its docstring examples are true."""

from __future__ import annotations

import doctest
import subprocess
import sys

import pytest

from screening.rules import types as rule_types
from treaties import facts

SCRIPT = """
import sys
from screening.rules import load_rulebook, screen, transfers_table
from treaties.facts import Facts

table = transfers_table([{"exporter": "AAA", "recipient": "BBB", "as_of": 18000}])
verdict = screen(table, Facts(), load_rulebook()).verdicts.iloc[0]
heavy = ("django", "celery", "rest_framework")
loaded = [name for name in heavy if name in sys.modules]
print(verdict["verdict"], verdict["is_complete"], loaded)
"""


def test_the_engine_answers_in_an_interpreter_without_django() -> None:
    done = subprocess.run(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True
    )
    assert done.stdout.split(maxsplit=2) == ["HIGH", "False", "[]\n"]


@pytest.mark.parametrize("module", [facts, rule_types])
def test_the_examples_in_the_docstrings_are_true(module: object) -> None:
    result = doctest.testmod(module)  # type: ignore[arg-type]
    assert result.attempted > 0
    assert result.failed == 0
