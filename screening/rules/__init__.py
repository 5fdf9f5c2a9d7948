"""The engine: whether one transfer should go ahead under each legal regime, and why.

    from screening.rules import screen, explain, load_rulebook, transfers_table

Pure: no Django, no database, no clock. A table of transfers and the facts in, findings
and one verdict a transfer out.
"""

from screening.rules.engine import Screened, screen, transfers_table
from screening.rules.explain import explain
from screening.rules.rulebook import Rulebook, RulebookError, load_rulebook
from screening.rules.types import Finding, Outcome, Verdict

__all__ = [
    "Finding",
    "Outcome",
    "Rulebook",
    "RulebookError",
    "Screened",
    "Verdict",
    "explain",
    "load_rulebook",
    "screen",
    "transfers_table",
]
