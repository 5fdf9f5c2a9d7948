"""Facts: frozen tables of what is recorded of the world, each row on two clocks.

Pure: no Django, no database, no clock. `treaties.selectors` fills these tables from the
database; the rules read nothing else.

Days are integers, counted from 1970-01-01 (`day_number`, `day_date`), because pandas
has no day-resolution dates and a comparison of integers is exact and fast. A period is
half open: `starts <= day < ends`. An open end is `FOREVER`, an unknown start `NEVER`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

EPOCH = date(1970, 1, 1)
NEVER = -(10**6)
FOREVER = 10**7


def day_number(day: date) -> int:
    """The number of days from 1970-01-01 to `day`.

    >>> day_number(date(1970, 1, 2))
    1
    """
    return (day - EPOCH).days


def day_date(number: int) -> date | None:
    """The date of a day number; None for an open end or an unknown start.

    >>> day_date(1).isoformat()
    '1970-01-02'
    >>> day_date(FOREVER) is None
    True
    """
    if not NEVER < number < FOREVER:
        return None
    return EPOCH + timedelta(days=int(number))


# Columns that every table has, after its own:
#   key         str  names the fact: unique in its table, never reused
#   known_from  int  first day on which the fact could be known
#   checked     bool whether somebody has read the source for this row
#   publisher   str  who says so
#   citation    str  title, document symbol, article or paragraph
#   url         str  where to read it; "" when no address is known
#   note        str
COMMON = {
    "key": "str",
    "known_from": "int",
    "checked": "bool",
    "publisher": "str",
    "citation": "str",
    "url": "str",
    "note": "str",
}

# One entry a table: its own columns and their kinds. "codes" is a str of codes joined
# by "|", "" when there are none. States are ISO 3166-1 alpha-3 throughout.
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "states": {
        "iso3": "str",
        "name": "str",
        # un_member, observer, territory, former, other
        "status": "str",
        "parent": "str",
        "starts": "int",
        "ends": "int",
    },
    "treaties": {
        "code": "str",
        "name": "str",
        "short_name": "str",
        "in_force": "int",
        # last day to which the list of acts is complete; NEVER for undated lists
        "complete_to": "int",
    },
    "acts": {
        "iso3": "str",
        "treaty": "str",
        # signature, ratification, accession, entry_into_force, withdrawal_effective …
        "act": "str",
        "on": "int",
    },
    "measures": {
        # one row a measure of an embargo, or a national stop
        "embargo": "str",
        # UN, EU, ECOWAS, OSCE, LAS, or the ISO code of the state whose own stop it is
        "issuer": "str",
        # chapter_vii, eu_binding, national_law, political
        "binding": "str",
        # "" for international measures; statute, regulation, decision, court, policy,
        # conditional for a state's own
        "act_kind": "str",
        # territory, government, named_groups, all_nongovernmental_forces, exporter_side
        "target_kind": "str",
        "targets": "codes",
        # to, from, both
        "direction": "str",
        "covers": "codes",
        # all, non_government, named, government
        "end_users": "str",
        # forces named by a measure with end_users "named"; codes of table forces
        "named_forces": "codes",
        "area": "str",
        "starts": "int",
        "ends": "int",
        "title": "str",
        "imposed_by": "str",
    },
    "exemptions": {
        "embargo": "str",
        "who": "str",
        "what": "str",
        # whom it serves: any, un, government, peace_operation, other
        "who_code": "str",
        # what passes: all, non_lethal, protective, non_lethal_and_training, other
        "goods_code": "str",
        # standing, notify, approve, granted
        "procedure": "str",
        # for an approval on record: the exporting states it was given to
        "granted_to": "str",
        "instrument": "str",
        "starts": "int",
        "ends": "int",
    },
    "instruments": {
        "embargo": "str",
        "instrument": "str",
        "on": "int",
        "effect": "str",
        "until": "int",
        "what": "str",
    },
    "forces": {
        "force": "str",
        "iso3": "str",
        "name": "str",
        "aliases": "codes",
        # METHOD 7.2: ARMY, AIR_FORCE, POLICE, NSAG …
        "kind": "str",
        "parent": "str",
        "starts": "int",
        "ends": "int",
    },
    "coalition_roles": {
        # a force's part in a coalition that reports name as one
        "coalition": "str",
        "force": "str",
        "iso3": "str",
        # air_strike, ground, naval, command, basing_only, announced_only
        "role": "str",
        "starts": "int",
        "ends": "int",
    },
    "operations": {
        # a state's part in a military operation abroad
        "operation": "str",
        "iso3": "str",
        "role": "str",
        "place": "str",
        "is_party_to_fighting": "bool",
        "starts": "int",
        "ends": "int",
    },
    "reports": {
        # court, un_mandated, un_body, regional_body, state_admission, ngo, media
        "publisher_class": "str",
        "title": "str",
        "published_on": "int",
        "happened_from": "int",
        # last day of what is reported
        "happened_to": "int",
        "place": "str",
        "iso3": "str",
        "force": "str",
        # unit, service, state_forces
        "force_level": "str",
        "violations": "codes",
        "legal_class": "str",
        "items": "codes",
        "item_text": "str",
        # 3 systematic, 2 repeated, 1 isolated
        "pattern": "int",
        # 3 judicial or UN-mandated finding or the state's own admission … 1 single
        "strength": "int",
        # none, partial, effective, unknown
        "accountability": "str",
        # adverse, dismissed, remedied
        "finding": "str",
        "incident": "str",
        "summary": "str",
        "civilian_harm": "str",
    },
    "searches": {
        # a completed search; without one "no report found" is UNKNOWN
        # iso3 "" = worldwide
        "iso3": "str",
        # abuses, diversion, conflict
        "subject": "str",
        # whose conduct a search for abuses looked at: all, police, armed_forces
        "looked_at": "str",
        "searched_on": "int",
        "depth": "str",
        # publication days looked at; NEVER / searched_on when not narrowed
        "covers_from": "int",
        "covers_to": "int",
        "sources": "str",
        "result": "str",
        # good, mixed, bad, nothing; "" where it was not noted
        "found": "str",
    },
    "conflict_years": {
        # a state's part in an armed conflict in one year (UCDP)
        "conflict": "str",
        "iso3": "str",
        # primary, supporting
        "role": "str",
        "side": "str",
        "places": "codes",
        "year": "int",
        # 1 minor, 2 war, 0 not stated
        "intensity": "int",
        "is_abroad": "bool",
        "side_supporters": "int",
    },
    "diversions": {
        "happened_on": "int",
        "iso3": "str",
        # authorised_end_user, supplier, forged_end_user, unknown
        "from_role": "str",
        "exporter": "str",
        "to_iso3": "str",
        "to_text": "str",
        "items": "codes",
        # embargo_breach, unauthorised_reexport, end_use_breach, supplied_to_nsag,
        # theft_loss, sold_by_officials
        "kind": "str",
        "strength": "int",
        "summary": "str",
    },
    "coups": {
        # a change of power against the constitution, or what was called one
        "iso3": "str",
        "on": "int",
        "kind": "str",
        # y, n, disputed: whether it counts as unconstitutional (our judgement)
        "counts": "str",
        # first day no longer in the hands of those who took power; FOREVER: it stands
        "reversed_on": "int",
        # constitutional order restored; FOREVER: not restored, or not checked
        "order_restored_on": "int",
    },
    "listings": {
        # a party in an annex of the UN Secretary-General's yearly reports
        "iso3": "str",
        # CAAC: children and armed conflict; CRSV: sexual violence in conflict
        "kind": "str",
        "year": "int",
        "party": "str",
        "force": "str",
        # listed, delisted, not_listed, on_notice
        "status": "str",
        "detail": "str",
        "published_on": "int",
    },
    "episodes": {
        # scholars' label for years of mass killing; never a report on a unit
        "iso3": "str",
        "force": "str",
        "place": "str",
        "starts": "int",
        "ends": "int",
        "violations": "codes",
        "title": "str",
        "summary": "str",
        "published_on": "int",
    },
    "indicator_values": {
        "indicator": "str",
        "iso3": "str",
        "year": "int",
        "value": "float",
    },
    "items": {
        "code": "str",
        "name": "str",
        "description": "str",
        # 2(1)(a) … art3, art4, outside
        "att_scope": "str",
        "family": "str",
        "is_indiscriminate": "bool",
        "has_wide_area_effect": "bool",
        # 0 not an instrument, 1 enabling, 2 plausible, 3 typical instrument
        "rel_ihl": "int",
        "rel_ihrl": "int",
        "rel_gbv": "int",
        "rel_diversion": "int",
        # none, controlled, prohibited, by the stricter UN expert standard
        "standard_tier": "str",
    },
}

# A day left blank in these is an open end.
OPEN_ENDS = {"ends", "covers_to", "until", "reversed_on", "order_restored_on"}
_DTYPES = {"int": "int64", "bool": "bool", "float": "float64"}


def columns_of(table: str) -> dict[str, str]:
    """Column names of `table` with their kinds, the common ones last."""
    return {**COLUMNS[table], **COMMON}


def frame(table: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """The rows as a table of facts: every column present and of its kind.

    rows: one dict a fact; a column left out is "", 0, False, or, for a day, the day
    that says nothing: NEVER for `starts` and `known_from`, FOREVER for `ends`.
    Raises KeyError for a column that the table does not have.
    """
    kinds = columns_of(table)
    for row in rows:
        strange = set(row) - set(kinds)
        if strange:
            message = f"table {table} has no column {', '.join(sorted(strange))}"
            raise KeyError(message)
    data: dict[str, Any] = {}
    for column, kind in kinds.items():
        blank = _blank(column, kind)
        values = [row.get(column, blank) for row in rows]
        if kind in _DTYPES:
            data[column] = np.array(values, dtype=_DTYPES[kind])
        else:
            data[column] = np.array(values, dtype=object)
    return pd.DataFrame(data)


def _blank(column: str, kind: str) -> Any:
    if kind == "int":
        if column in {"starts", "known_from", "covers_from"}:
            return NEVER
        return FOREVER if column in OPEN_ENDS else 0
    return {"bool": False, "float": 0.0}.get(kind, "")


# Compared by identity: two fact bases are equal when their digests are.
@dataclass(frozen=True, eq=False)
class Facts:
    """All tables of facts. Equal facts give an equal `digest`, whatever their order.

    Each attribute is a DataFrame with the columns of `columns_of(name)`.
    """

    states: pd.DataFrame = field(default_factory=lambda: frame("states", []))
    treaties: pd.DataFrame = field(default_factory=lambda: frame("treaties", []))
    acts: pd.DataFrame = field(default_factory=lambda: frame("acts", []))
    measures: pd.DataFrame = field(default_factory=lambda: frame("measures", []))
    exemptions: pd.DataFrame = field(default_factory=lambda: frame("exemptions", []))
    instruments: pd.DataFrame = field(default_factory=lambda: frame("instruments", []))
    forces: pd.DataFrame = field(default_factory=lambda: frame("forces", []))
    coalition_roles: pd.DataFrame = field(
        default_factory=lambda: frame("coalition_roles", [])
    )
    operations: pd.DataFrame = field(default_factory=lambda: frame("operations", []))
    reports: pd.DataFrame = field(default_factory=lambda: frame("reports", []))
    searches: pd.DataFrame = field(default_factory=lambda: frame("searches", []))
    conflict_years: pd.DataFrame = field(
        default_factory=lambda: frame("conflict_years", [])
    )
    diversions: pd.DataFrame = field(default_factory=lambda: frame("diversions", []))
    coups: pd.DataFrame = field(default_factory=lambda: frame("coups", []))
    listings: pd.DataFrame = field(default_factory=lambda: frame("listings", []))
    episodes: pd.DataFrame = field(default_factory=lambda: frame("episodes", []))
    indicator_values: pd.DataFrame = field(
        default_factory=lambda: frame("indicator_values", [])
    )
    items: pd.DataFrame = field(default_factory=lambda: frame("items", []))

    def known_at(self, day: int) -> Facts:
        """The same facts less every row that was not yet known on `day`."""
        return Facts(
            **{
                name: table[table["known_from"] <= day].reset_index(drop=True)
                for name, table in self.tables.items()
            }
        )

    @cached_property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table by its name, in the order of `COLUMNS`."""
        return {f.name: getattr(self, f.name) for f in fields(self)}

    @cached_property
    def _row_digests(self) -> tuple[np.ndarray, np.ndarray]:
        """Each row's digest and known day, sorted by digest."""
        digests: list[bytes] = []
        days: list[np.ndarray] = []
        for name, table in self.tables.items():
            kinds = columns_of(name)
            columns = [table[column].tolist() for column in kinds]
            digests += [
                hashlib.blake2b(repr((name, *row)).encode(), digest_size=16).digest()
                for row in zip(*columns, strict=True)
            ]
            days.append(table["known_from"].to_numpy(dtype="int64"))
        known = np.concatenate(days) if days else np.array([], dtype="int64")
        packed = np.array(digests, dtype="S16")
        order = np.argsort(packed, kind="stable")
        return packed[order], known[order]

    def digest(self, known_at: int = FOREVER) -> str:
        """Names these facts as they were known on a day: 32 hexadecimal digits.

        The same on every machine, database and row order; any changed value changes it.
        """
        packed, known = self._row_digests
        # A row that stands twice says no more than once.
        visible = np.unique(packed[known <= known_at])
        return hashlib.blake2b(visible.tobytes(), digest_size=16).hexdigest()
