"""Generated facts and transfers for the property tests: small worlds, no database."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from treaties.facts import FOREVER, NEVER, Facts, frame

STATES = ["AAA", "BBB", "CCC", "TTT"]  # TTT is a territory of BBB
ITEMS = {
    "BOMB_GUIDED": ("art3", "BOMBS", 3, 1, 1),
    "COMBAT_AIRCRAFT": ("2(1)(d)", "AIRCRAFT", 3, 1, 1),
    "SALW": ("2(1)(h)", "SMALL_ARMS", 3, 3, 3),
    "LE_CHEMICAL_IRRITANT": ("outside", "POLICE", 0, 3, 1),
    "AP_MINE": ("art3", "BANNED", 3, 1, 2),
    "BODY_WORN_SHOCK": ("outside", "TORTURE", 0, 3, 0),
    "PROTECTIVE_GEAR": ("outside", "PROTECTION", 1, 1, 1),
    "LAWS": ("2(1)(d)", "UNMANNED", 3, 2, 2),
    "PARTS": ("art4", "COMPONENTS", 2, 1, 2),
}
FORCES = {
    "BBB-AF": ("BBB", "ARMED_FORCES", ""),
    "BBB-AIR": ("BBB", "AIR_FORCE", "BBB-AF"),
    "BBB-POLICE": ("BBB", "POLICE", ""),
    "BBB-REBELS": ("BBB", "NSAG", ""),
    "CCC-ARMY": ("CCC", "ARMY", ""),
    "COALITION": ("CCC", "AIR_FORCE", ""),
}
FIRST, LAST = 16800, 18900  # 2015 to 2021: few years, so that things meet

days = st.integers(FIRST, LAST)
states = st.sampled_from(STATES)
items = st.sampled_from(sorted(ITEMS))
forces = st.sampled_from(sorted(FORCES))


def _common(key: str, known_from: int = NEVER) -> dict[str, Any]:
    return {
        "key": key,
        "known_from": known_from,
        "checked": True,
        "publisher": "Made-up publisher",
        "url": "https://example.org/",
    }


@st.composite
def reports(draw: st.DrawFn, number: int = 0) -> dict[str, Any]:
    """One adverse report without accountability, about any of the forces."""
    force = draw(st.sampled_from(["BBB-AIR", "BBB-AIR", *sorted(FORCES)]))
    starts = draw(st.integers(FIRST, LAST - 600))
    ends = starts + draw(st.integers(0, 400))
    return {
        **_common(f"R{number}", ends + draw(st.integers(0, 400))),
        "publisher": draw(st.sampled_from(["Alpha", "Beta", "Gamma"])),
        "publisher_class": draw(st.sampled_from(["ngo", "un_mandated", "court"])),
        "title": f"Report {number}",
        "published_on": ends,
        "happened_from": starts,
        "happened_to": ends,
        "iso3": FORCES[force][0],
        "force": force,
        "force_level": "service",
        "violations": "unlawful_killing",
        "legal_class": draw(
            st.sampled_from(["war_crime", "serious_ihl", "serious_ihrl"])
        ),
        "items": "|".join(draw(st.lists(items, max_size=2, unique=True))),
        "pattern": draw(st.integers(1, 3)),
        "strength": draw(st.integers(1, 3)),
        "accountability": "none",
        "finding": "adverse",
        "incident": f"I{draw(st.integers(0, 3))}" if draw(st.booleans()) else "",
    }


@st.composite
def measures(draw: st.DrawFn, number: int = 0) -> dict[str, Any]:
    """One embargo measure on BBB or CCC."""
    starts = draw(days)
    ends = draw(st.one_of(st.just(FOREVER), st.integers(starts + 1, LAST + 500)))
    return {
        **_common(f"E{number}/1", starts),
        "embargo": f"E{number}",
        "issuer": "UN",
        "binding": draw(st.sampled_from(["chapter_vii", "eu_binding"])),
        "target_kind": "territory",
        "targets": draw(st.sampled_from(["BBB", "CCC"])),
        "direction": "to",
        "covers": "all_arms_and_related",
        "end_users": draw(st.sampled_from(["all", "non_government"])),
        "area": "whole territory",
        "starts": starts,
        "ends": ends,
        "title": f"Embargo {number}",
        "imposed_by": "an instrument",
    }


@st.composite
def diversions(draw: st.DrawFn, number: int = 0) -> dict[str, Any]:
    """One diversion event out of BBB or CCC."""
    happened = draw(days)
    return {
        **_common(f"D{number}", happened + draw(st.integers(0, 900))),
        "happened_on": happened,
        "iso3": draw(st.sampled_from(["BBB", "CCC"])),
        "from_role": draw(st.sampled_from(["authorised_end_user", "forged_end_user"])),
        "items": draw(items),
        "kind": draw(st.sampled_from(["embargo_breach", "theft_loss"])),
        "strength": draw(st.integers(1, 3)),
        "to_text": "someone",
        "summary": "Arms were passed on.",
    }


def _period(draw: st.DrawFn) -> dict[str, int]:
    starts = draw(days)
    ends = draw(st.one_of(st.just(FOREVER), st.integers(starts + 1, LAST + 500)))
    return {"starts": starts, "ends": ends}


@st.composite
def exemptions(draw: st.DrawFn, number: int = 0) -> dict[str, Any]:
    """One exemption from the first embargo."""
    period = _period(draw)
    return {
        **_common(f"E0/x{number}", period["starts"] + draw(st.integers(0, 300))),
        **period,
        "embargo": "E0",
        "who": "someone",
        "what": "something",
        "who_code": draw(st.sampled_from(["any", "un", "government"])),
        "goods_code": draw(st.sampled_from(["all", "protective", "non_lethal"])),
        "procedure": draw(st.sampled_from(["standing", "notify", "approve"])),
        "instrument": "an instrument",
    }


@st.composite
def coalition_roles(draw: st.DrawFn, number: int = 0) -> dict[str, Any]:
    """BBB's air force in a coalition, in some role from some day."""
    period = _period(draw)
    return {
        **_common(f"COALITION/{number}", period["starts"] + draw(st.integers(0, 300))),
        **period,
        "coalition": "COALITION",
        "force": "BBB-AIR",
        "iso3": "BBB",
        "role": draw(st.sampled_from(["air_strike", "command", "basing_only"])),
    }


@st.composite
def operations(draw: st.DrawFn, number: int = 0) -> dict[str, Any]:
    """BBB or CCC in an operation abroad."""
    period = _period(draw)
    return {
        **_common(f"O{number}", period["starts"] + draw(st.integers(0, 300))),
        **period,
        "operation": f"Operation {number}",
        "iso3": draw(st.sampled_from(["BBB", "CCC"])),
        "role": "air",
        "place": "AAA",
        "is_party_to_fighting": draw(st.booleans()),
    }


@st.composite
def coups(draw: st.DrawFn, number: int = 0) -> dict[str, Any]:
    """A seizure of power in BBB or CCC, undone or not."""
    on = draw(days)
    return {
        **_common(f"C{number}", on + draw(st.integers(0, 60))),
        "iso3": draw(st.sampled_from(["BBB", "CCC"])),
        "on": on,
        "kind": "military_coup",
        "counts": draw(st.sampled_from(["y", "n", "disputed"])),
        "order_restored_on": draw(st.one_of(st.just(FOREVER), st.just(on + 400))),
    }


@st.composite
def listings(draw: st.DrawFn, number: int = 0) -> dict[str, Any]:
    """An entry of an annex on one of the forces of BBB."""
    published = draw(days)
    return {
        **_common(f"L{number}", published),
        "iso3": "BBB",
        "force": draw(st.sampled_from(["BBB-AF", "BBB-AIR", "BBB-POLICE"])),
        "kind": draw(st.sampled_from(["CAAC", "CRSV"])),
        "status": draw(st.sampled_from(["listed", "listed", "delisted"])),
        "published_on": published,
    }


def searches(state: str, number: int) -> dict[str, Any]:
    """A completed abuse search of a state, over all years."""
    return {
        **_common(f"S{number}"),
        "iso3": state,
        "subject": "abuses",
        "looked_at": "all",
        "searched_on": LAST,
        "covers_from": NEVER,
        "covers_to": FOREVER,
        "sources": "made-up sources",
        "result": "nothing",
    }


worldwide = st.lists(st.sampled_from(["conflict", "diversion"]), unique=True)


@st.composite
def worlds(draw: st.DrawFn) -> dict[str, list[dict[str, Any]]]:
    """The rows of a small fact base, by table."""
    n_reports, n_measures = draw(st.integers(0, 6)), draw(st.integers(0, 3))
    searched = draw(st.sets(states))
    return {
        **FIXED,
        "reports": [draw(reports(n)) for n in range(n_reports)],
        "measures": [draw(measures(n)) for n in range(n_measures)],
        "diversions": [draw(diversions(n)) for n in range(draw(st.integers(0, 3)))],
        "exemptions": [draw(exemptions(n)) for n in range(draw(st.integers(0, 2)))],
        "coalition_roles": [
            draw(coalition_roles(n)) for n in range(draw(st.integers(0, 2)))
        ],
        "operations": [draw(operations(n)) for n in range(draw(st.integers(0, 2)))],
        "coups": [draw(coups(n)) for n in range(draw(st.integers(0, 2)))],
        "listings": [draw(listings(n)) for n in range(draw(st.integers(0, 2)))],
        "searches": [
            *(searches(state, n) for n, state in enumerate(sorted(searched))),
            *(
                {**searches("", 90 + n), "subject": subject}
                for n, subject in enumerate(draw(worldwide))
            ),
        ],
        "acts": draw(acts()),
    }


@st.composite
def acts(draw: st.DrawFn) -> list[dict[str, Any]]:
    """UN membership for all, and the ATT, MBT and EU for some, from some day."""
    rows = [_act(state, "UN", FIRST - 1000) for state in STATES[:3]]
    for treaty in ("ATT", "MBT", "EU"):
        for state in sorted(draw(st.sets(st.sampled_from(STATES[:3])))):
            rows += [_act(state, treaty, draw(days))]
    return rows


def _act(state: str, treaty: str, on: int) -> dict[str, Any]:
    return {
        **_common(f"{state}-{treaty}", on),
        "iso3": state,
        "treaty": treaty,
        "act": "entry_into_force",
        "on": on,
    }


FIXED: dict[str, list[dict[str, Any]]] = {
    "states": [
        {
            **_common(state),
            "iso3": state,
            "name": f"State {state}",
            "status": "territory" if state == "TTT" else "un_member",
            "parent": "BBB" if state == "TTT" else "",
        }
        for state in STATES
    ],
    "treaties": [
        {
            **_common(code),
            "code": code,
            "name": code,
            "short_name": code,
            "complete_to": LAST,
        }
        for code in ("UN", "ATT", "EU", "MBT", "CCM")
    ],
    "forces": [
        {
            **_common(key),
            "force": key,
            "iso3": iso3,
            "name": key,
            "kind": kind,
            "parent": parent,
        }
        for key, (iso3, kind, parent) in FORCES.items()
    ],
    "items": [
        {
            **_common(code),
            "code": code,
            "name": code,
            "att_scope": scope,
            "family": family,
            "rel_ihl": ihl,
            "rel_ihrl": ihrl,
            "rel_diversion": diversion,
            "rel_gbv": 2 if code == "SALW" else 0,
        }
        for code, (scope, family, ihl, ihrl, diversion) in ITEMS.items()
    ],
}


def facts_of(world: dict[str, list[dict[str, Any]]]) -> Facts:
    """The rows as Facts."""
    return Facts(**{name: frame(name, rows) for name, rows in world.items()})


@st.composite
def lines(draw: st.DrawFn) -> dict[str, Any]:
    """One transfer line; parts name what they go into, or not."""
    # Most meet BBB, whose forces, reports and embargoes are the most varied.
    recipient = draw(st.sampled_from(["BBB", "BBB", "BBB", "CCC", "TTT"]))
    own = [key for key, value in FORCES.items() if value[0] == recipient]
    force = draw(st.sampled_from(["", *own, *own[:2]]))
    kinds = ["ARMED_FORCES", "AIR_FORCE", "POLICE", "UNKNOWN", "NSAG", ""]
    as_of = draw(st.integers(FIRST + 900, LAST))
    item = draw(st.sampled_from(["BOMB_GUIDED", "SALW", *sorted(ITEMS)]))
    return {
        # GBR and USA have rulebooks of their own, ZZZ is no state on record.
        "exporter": draw(st.sampled_from(["AAA", "AAA", "CCC", "GBR", "USA", "ZZZ"])),
        "recipient": recipient,
        "force": force,
        "end_user_kind": FORCES[force][1] if force else draw(st.sampled_from(kinds)),
        "item": item,
        "parent_item": draw(st.sampled_from(["", "SALW"])) if item == "PARTS" else "",
        "end_use": draw(st.sampled_from(["UNKNOWN", "PEACE_OPERATIONS", "DEMINING"])),
        "transit": draw(st.sampled_from(["", "BBB"])),
        "brokers": draw(st.sampled_from(["", "AAA|BBB"])),
        "origin": draw(st.sampled_from(["", "CCC"])),
        "activity": draw(st.sampled_from(["EXPORT", "TRANSIT"])),
        "approvals": draw(st.sampled_from(["", "E0"])),
        "as_of": as_of,
        "known_at": draw(st.integers(as_of - 300, LAST + 300)),
    }
