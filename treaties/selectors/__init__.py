"""Reads of facts: whole tables for the rules, names for forms, rows for pages."""

from treaties.names import Match
from treaties.phrases import Meaning

from .happenings import judgments
from .law import (
    eased_destinations,
    embargo_texts,
    law_list,
    listed_goods,
    regimes_without_arms,
)
from .lists import (
    embargo,
    embargo_list,
    force,
    source_list,
    states_list,
    treaty,
    treaty_list,
    treaty_standings,
)
from .lookup import (
    find_forces,
    find_items,
    find_states,
    resolve_description,
    resolve_force,
    resolve_item,
    resolve_rating,
    resolve_state,
)
from .profile import state_profile
from .rows import Instrument, JudgmentRow, NotHeldError, StateProfile
from .tables import (
    Held,
    current_facts,
    facts_as_of,
    facts_digest,
    facts_recorded,
    held_facts,
)

__all__ = [
    "Held",
    "Instrument",
    "JudgmentRow",
    "Match",
    "Meaning",
    "NotHeldError",
    "StateProfile",
    "current_facts",
    "eased_destinations",
    "embargo",
    "embargo_list",
    "embargo_texts",
    "facts_as_of",
    "facts_digest",
    "facts_recorded",
    "find_forces",
    "find_items",
    "find_states",
    "force",
    "held_facts",
    "judgments",
    "law_list",
    "listed_goods",
    "regimes_without_arms",
    "resolve_description",
    "resolve_force",
    "resolve_item",
    "resolve_rating",
    "resolve_state",
    "source_list",
    "state_profile",
    "states_list",
    "treaty",
    "treaty_list",
    "treaty_standings",
]
