"""The steward's work in Django's admin: facts are added, corrected, retired, traced.

Nothing here changes a row in place: every page that writes goes through
`treaties.ledger`, and every fact keeps its history.
"""

from . import events, registers, texts
from .changes import ChangeAdmin
from .facts import FactAdmin, RecordedAdmin, register_the_rest
from .links import FactLink, add_fact_link
from .sources import SourceAdmin
from .tables import StateAdmin

# After the tables that are described.
register_the_rest()

__all__ = [
    "ChangeAdmin",
    "FactAdmin",
    "FactLink",
    "RecordedAdmin",
    "SourceAdmin",
    "StateAdmin",
    "add_fact_link",
    "events",
    "registers",
    "texts",
]
