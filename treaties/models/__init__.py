"""The tables of facts."""

from .base import ALWAYS_KNOWN, Fact
from .conflicts import ConflictParty, ConflictYear, DiversionEvent, Operation
from .embargoes import (
    Embargo,
    EmbargoExemption,
    EmbargoInstrument,
    EmbargoMeasure,
    RegimeWithoutArms,
)
from .events import Coup, Episode, Listing, Mission
from .forces import AbuseReport, CoalitionRole, Force, Search
from .indicators import Indicator, IndicatorValue, value_key
from .items import ControlListEntry, GoodsTerm, ItemCategory, ItemSynonym
from .judgments import Judgment
from .law import Treaty, TreatyAct
from .ledger import (
    BY_HAND,
    Change,
    FactsVersion,
    LedgerError,
    Past,
    Recorded,
    changing,
    make_pasts,
    own_fields,
    past_of,
    recorded_models,
)
from .registers import (
    ConflictEvent,
    ImportedEdition,
    LicenceDecision,
    ListedEntity,
    RecordedTransfer,
    Register,
)
from .sources import Source
from .states import State, StateCode, StateName
from .texts import EasedDestination, EmbargoText, LawText, ListedGoods

# After the last table of facts: each gets the twin that holds what was superseded.
make_pasts()

__all__ = [
    "ALWAYS_KNOWN",
    "BY_HAND",
    "AbuseReport",
    "Change",
    "CoalitionRole",
    "ConflictEvent",
    "ConflictParty",
    "ConflictYear",
    "ControlListEntry",
    "Coup",
    "DiversionEvent",
    "EasedDestination",
    "Embargo",
    "EmbargoExemption",
    "EmbargoInstrument",
    "EmbargoMeasure",
    "EmbargoText",
    "Episode",
    "Fact",
    "FactsVersion",
    "Force",
    "GoodsTerm",
    "ImportedEdition",
    "Indicator",
    "IndicatorValue",
    "ItemCategory",
    "ItemSynonym",
    "Judgment",
    "LawText",
    "LedgerError",
    "LicenceDecision",
    "ListedEntity",
    "ListedGoods",
    "Listing",
    "Mission",
    "Operation",
    "Past",
    "Recorded",
    "RecordedTransfer",
    "RegimeWithoutArms",
    "Register",
    "Search",
    "Source",
    "State",
    "StateCode",
    "StateName",
    "Treaty",
    "TreatyAct",
    "changing",
    "own_fields",
    "past_of",
    "recorded_models",
    "value_key",
]
