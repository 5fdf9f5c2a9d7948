"""The words of the engine's codes: one table a kind, read by the tags of `msp`.

A page never shows a bare code, number or colour. The words of level and rung are the
project's own and stand here once.
"""

from __future__ import annotations

import re

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

COUP_COUNTS = {
    "y": "counts here as unconstitutional",
    "n": "does not count here as unconstitutional",
    "disputed": "whether it was unconstitutional is disputed",
}

LISTINGS = {
    "CAAC": "children and armed conflict",
    "CRSV": "sexual violence in conflict",
}

LISTING_STATUSES = {
    "listed": "listed",
    "delisted": "taken off the list",
    "on_notice": "put on notice",
    "not_listed": "not listed",
}

# What became of the request, or of the ruling below: never whether it was lawful.
JUDGMENT_OUTCOMES = {
    "upheld": "upheld: the claim, the stop or the conviction stands",
    "quashed": "quashed: the decision below is set aside",
    "suspended": "suspended for the time being",
    "remitted": "sent back, to be decided anew",
    "dismissed": "dismissed, which does not say that the transfer was lawful",
    "ordered": "ordered by the court",
    "inadmissible": "not admitted: the court did not look at the risk",
    "unknown": NOT_KNOWN,
}

# METHOD 1: how sure of harm a text asks a state to be, by our ten rungs.
RUNGS = {
    "P0": "knowledge at the time of the decision",
    "P1": "overriding risk, after mitigation",
    "P2": "clear risk",
    "P3": "substantial risk",
    "P4": "more likely than not",
    "P5": "credible information",
    "P6": "high risk",
    "P7": "sufficient suspicion",
    "P8": "special caution",
    "P9": "to be taken into account",
}

LAW_EFFECTS = {
    "refuse": "to be refused",
    "weigh": "to be weighed",
    "duty": "a duty",
    "scope": "says what is covered",
    "exception": "an exception",
    "encouraged": "encouraged",
    "allow_if": "forbidden, with cases in which it may be allowed",
    "caution": "special caution",
}

TIERS = {
    "prohibited": "trade prohibited",
    "controlled": "licence needed",
    "execution_drug": "licence needed: may serve execution",
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


WORDS = {
    "coup counts": COUP_COUNTS,
    "law effect": LAW_EFFECTS,
    "listing": LISTINGS,
    "listing status": LISTING_STATUSES,
    "outcome of a judgment": JUDGMENT_OUTCOMES,
    "rung": RUNGS,
    "tier": TIERS,
}


# The instruments behind our codes of rules; the number that follows names the place.
_RULES = {
    "ATT": "Arms Trade Treaty",
    "CP": "EU Common Position, criterion",
    "UK": "UK criterion",
    "MBT": "Mine Ban Convention",
    "CCM": "Convention on Cluster Munitions",
}
_RULES_WHOLE = {
    "BWC/CWC": "Biological and Chemical Weapons Conventions",
    "CWC": "Chemical Weapons Convention",
    "BWC": "Biological Weapons Convention",
    "CCW": "Convention on Certain Conventional Weapons",
    "EMB-UN": "UN embargo",
    "EMB-EU": "EU embargo",
    "EU-EMB": "EU embargo",
    "NAT-STAT": "national law",
    "US-CAT": "US arms transfer policy",
    "ATT-6.3-WATCH": "Arms Trade Treaty 6(3), one element short",
    "F-ATROCITY-ALERT": "an alert of atrocities",
    "F-BROKER": "a broker takes part",
    "F-BROKER-UNLICENSED": "a broker without a licence",
    "F-ENDUSER-NSAG": "an armed group as end user",
    "X-7.1b-i": "as Arms Trade Treaty 7(1)(b)(i), for goods outside it",
}


def rule(code: str) -> str:
    """Where the rule behind one of our codes stands; the code itself for one not named.

    >>> rule("ATT-7.1b-ii")
    'Arms Trade Treaty 7(1)(b)(ii)'
    >>> rule("CP-2c"), rule("NAT-STAT"), rule("CAN-7.2")
    ('EU Common Position, criterion 2(c)', 'national law', 'CAN-7.2')
    """
    if code in _RULES_WHOLE:
        return _RULES_WHOLE[code]
    head, _, place = code.partition("-")
    if head not in _RULES or not place[:1].isdigit():
        return code
    number, *parts = re.findall(r"[0-9]+(?:/[0-9]+)?|[a-z]+", place)
    return f"{_RULES[head]} {number}{''.join(f'({part})' for part in parts)}"


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
