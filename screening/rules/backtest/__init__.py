"""Past cases put to the engine: does it say what is expected, and how early?

    from screening.rules.backtest import PastCase, backtest

Pure: no Django, no database, no clock. Cases and facts in, one plain object out.
"""

from screening.rules.backtest.cases import PastCase
from screening.rules.backtest.run import Backtest, CaseResult, backtest, checked_only

__all__ = ["Backtest", "CaseResult", "PastCase", "backtest", "checked_only"]
