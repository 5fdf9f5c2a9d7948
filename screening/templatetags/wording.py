"""The words of the engine's codes: one table a kind, read by the tags of `msp`.

A page never shows a bare code, number or colour. The words of level and rung are the
project's own and stand here once.
"""

from __future__ import annotations

NOT_KNOWN = "not known"

VERDICTS = {
    "PROHIBITED": "a ban leaves no room to weigh",
    "REFUSE": "an overriding or clear risk",
    "HIGH": "a substantial risk: refuse unless tied measures bring it down",
    "ELEVATED": "a concern: more diligence and conditions",
    "LOW": "searched, and nothing found against it",
}

OUTCOMES = {
    "PROHIBITED": "Prohibited",
    "PROPOSED": "Proposed, for a person to confirm",
    "WATCH": "One element short; needs review",
    "STOPPED": "Stopped by this state itself",
    "FLOOR": "No ban binds this state, and still not lower",
    "REFUSE": "Refuse",
    "HIGH": "High",
    "EXEMPT": "Exempt",
    "LEVEL_3": "Clear risk",
    "LEVEL_2": "Substantial risk",
    "LEVEL_1": "Concern",
    "LEVEL_0": "Nothing found after a complete search",
    "UNKNOWN": "Not known",
    "NOT_APPLICABLE": "Does not apply",
}

STANDINGS = {
    "BINDING": "bound",
    "PROVISIONAL": "bound, applied provisionally",
    "SIGNATORY": "signed, not a party",
    "NOT_BOUND": "not bound",
    "NOT_YET": "consented, not yet in force for it",
    "WITHDRAWN": "has left",
    "UNKNOWN": NOT_KNOWN,
}

ROLES = {
    "exporter": "exporting state",
    "recipient": "receiving state",
    "end_user": "state of the end user",
    "end user": "state of the end user",
    "origin": "state of origin",
    "broker": "state of the broker",
    "transit": "state of transit",
}

# METHOD 8.1, the evidence grid: what 0 to 3 say in each column.
GRID = {
    "attribution": {
        3: "this force",
        2: "same service or its parent",
        1: "forces of this state",
        0: "another force",
    },
    "match": {
        3: "same item",
        2: "same class of item",
        1: "same family of item",
        0: "other items",
    },
    "strength": {
        3: "court, UN mandate or own admission",
        2: "several independent reports",
        1: "one report",
        0: "weak",
    },
    "pattern": {3: "systematic", 2: "repeated", 1: "isolated", 0: "not stated"},
}

BASES = {
    "law": "law binding this state",
    "policy": "policy: a standard that does not bind this state, or our judgement",
    "judgement": "our judgement",
}

BINDINGS = {
    "chapter_vii": "binding on all states under Chapter VII of the UN Charter",
    "eu_binding": "binding law of the European Union",
    "national_law": "law of one state",
    "political": "a political commitment",
}

DIRECTIONS = {"to": "to the target", "from": "from the target", "both": "both ways"}

PUBLISHERS = {
    "court": "court",
    "un_mandated": "mandated by the UN",
    "un_body": "UN body",
    "regional_body": "regional body",
    "state_admission": "admitted by the state itself",
    "ngo": "non-governmental organisation",
    "media": "press",
}

VIOLATIONS = {
    "excessive_force_protest": "excessive force at protests",
    "starvation_siege": "starvation or siege",
    "surveillance_abuse": "abuse of surveillance",
}

TABLES = {
    "measures": "embargo measure",
    "exemptions": "exemption",
    "instruments": "instrument",
    "acts": "treaty act",
    "reports": "abuse report",
    "searches": "search",
    "conflict_years": "conflict",
    "operations": "operation abroad",
    "coalition_roles": "coalition role",
    "diversions": "diversion",
    "indicator_values": "indicator",
    "items": "item",
    "forces": "force",
    "states": "state",
    "treaties": "treaty",
}


def plain(code: str) -> str:
    """A code as words, for codes that have no table of their own.

    >>> plain("exporter_side")
    'exporter side'
    >>> plain("INTERNAL_SECURITY")
    'internal security'
    """
    return code.replace("_", " ").lower() if code else NOT_KNOWN


def grid_words(column: str, level: int | None) -> str:
    """What a number of the evidence grid says.

    >>> grid_words("pattern", 3)
    'systematic'
    >>> grid_words("match", None)
    'not weighed'
    """
    if level is None:
        return "not weighed"
    return GRID[column].get(int(level), NOT_KNOWN)
