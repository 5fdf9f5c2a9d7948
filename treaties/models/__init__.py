"""The tables of facts."""

from .base import ALWAYS_KNOWN, Fact, FactsVersion, Source
from .conflicts import ConflictYear, DiversionEvent, Operation
from .embargoes import Embargo, EmbargoExemption, EmbargoInstrument, EmbargoMeasure
from .forces import AbuseReport, CoalitionRole, Force, Search
from .indicators import Indicator, IndicatorValue
from .items import ControlListEntry, ItemCategory, ItemSynonym
from .law import Treaty, TreatyAct
from .states import State

__all__ = [
    "ALWAYS_KNOWN",
    "AbuseReport",
    "CoalitionRole",
    "ConflictYear",
    "ControlListEntry",
    "DiversionEvent",
    "Embargo",
    "EmbargoExemption",
    "EmbargoInstrument",
    "EmbargoMeasure",
    "Fact",
    "FactsVersion",
    "Force",
    "Indicator",
    "IndicatorValue",
    "ItemCategory",
    "ItemSynonym",
    "Operation",
    "Search",
    "Source",
    "State",
    "Treaty",
    "TreatyAct",
]
