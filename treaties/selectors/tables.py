"""The whole of the facts as frozen tables, read once for each state of the database."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from threading import Lock
from typing import Any

import numpy as np
import pandas as pd

from treaties import models
from treaties.facts import (
    COLUMNS,
    EPOCH,
    FOREVER,
    NEVER,
    Facts,
    columns_of,
    day_number,
)

_EPOCH_ORDINAL = EPOCH.toordinal()
# A blank day in these columns is an open end; in all others it says nothing.
_OPEN_ENDS = {"ends", "covers_to", "until", "happened_to"}
_MODELS: Mapping[str, type[models.Fact]] = {
    "states": models.State,
    "treaties": models.Treaty,
    "acts": models.TreatyAct,
    "measures": models.EmbargoMeasure,
    "exemptions": models.EmbargoExemption,
    "instruments": models.EmbargoInstrument,
    "forces": models.Force,
    "coalition_roles": models.CoalitionRole,
    "operations": models.Operation,
    "reports": models.AbuseReport,
    "searches": models.Search,
    "conflict_years": models.ConflictYear,
    "diversions": models.DiversionEvent,
    "items": models.ItemCategory,
}
# Columns whose field has another name; for all tables, then for one.
_FIELDS = {
    "iso3": "state_id",
    "treaty": "treaty_id",
    "embargo": "embargo_id",
    "force": "force_id",
    "coalition": "coalition_id",
    "parent": "parent_id",
    "to_iso3": "to_state_id",
}
_FIELDS_OF: Mapping[str, Mapping[str, str]] = {
    "states": {"iso3": "iso3"},
    "forces": {"force": "key"},
    "reports": {"place": "place_id"},
    "operations": {"place": "place_id"},
    "measures": {
        column: f"embargo__{column}"
        for column in (
            "issuer",
            "binding",
            "act_kind",
            "target_kind",
            "targets",
            "title",
        )
    },
}
# What must be read only once while it holds: by the stamp of the facts.
_KEPT = 3
_kept: OrderedDict[tuple[str, str], Any] = OrderedDict()
_reading = Lock()


def current_facts() -> Facts:
    """Everything recorded, as frozen tables.

    Read once for each state of the database and kept; a change of facts in any process
    is seen by the next call.
    """
    facts: Facts = kept("facts", read_facts)
    return facts


def facts_as_of(day: date, known_at: date) -> Facts:
    """What was known on `known_at`, less the periods that had not begun by `day`."""
    number = day_number(day)
    known = current_facts().known_at(day_number(known_at))
    return Facts(
        **{
            name: table[table["starts"] <= number].reset_index(drop=True)
            if "starts" in table.columns
            else table
            for name, table in known.tables.items()
        }
    )


def facts_digest(known_at: date) -> str:
    """Names the facts as they were known on a day."""
    return current_facts().digest(day_number(known_at))


def kept(name: str, build: Callable[[], Any]) -> Any:
    """What `build` makes of the facts as they are, made once for each state of them."""
    stamp = models.FactsVersion.current()
    if not stamp:
        return build()
    with _reading:
        if (name, stamp) in _kept:
            _kept.move_to_end((name, stamp))
            return _kept[name, stamp]
    made = build()
    # Another process may have changed the facts while they were read table by table;
    # then what was read may be a mixture, and is not kept.
    if models.FactsVersion.current() != stamp:
        return kept(name, build)
    with _reading:
        _kept[name, stamp] = made
        while sum(held == name for held, _ in _kept) > _KEPT:
            oldest = next(key for key in _kept if key[0] == name)
            del _kept[oldest]
    return made


def read_facts() -> Facts:
    """All tables from the database, one query a table."""
    tables = {name: _table(name) for name in _MODELS}
    tables["indicator_values"] = _indicator_values()
    return Facts(**tables)


def _table(name: str) -> pd.DataFrame:
    kinds = columns_of(name)
    own = _FIELDS_OF.get(name, {})
    names = [own.get(c) or _FIELDS.get(c, c) for c in kinds]
    rows = _MODELS[name]._default_manager.order_by("key").values_list(*names)
    cells = list(zip(*rows, strict=True)) or [()] * len(kinds)
    return pd.DataFrame(
        {
            column: _array(column, kind, values)
            for (column, kind), values in zip(kinds.items(), cells, strict=True)
        }
    )


def _array(column: str, kind: str, values: Sequence[Any]) -> np.ndarray:
    if kind == "bool":
        return np.array(values, dtype=bool)
    if kind == "float":
        return np.array(values, dtype="float64")
    if kind == "int":
        blank = FOREVER if column in _OPEN_ENDS else NEVER
        return np.array([_whole(v, blank) for v in values], dtype="int64")
    return _texts("" if v is None else v for v in values)


def _texts(values: Iterable[str]) -> np.ndarray:
    return np.array(list(values), dtype=object)


def _whole(value: Any, blank: int) -> int:
    if value is None or value == models.ALWAYS_KNOWN:
        return blank
    if isinstance(value, date):
        return value.toordinal() - _EPOCH_ORDINAL
    return int(value)


def _indicator_values() -> pd.DataFrame:
    """The numbers, with publisher and address taken from their indicator."""
    rows = models.IndicatorValue.objects.values_list(
        "indicator_id", "state_id", "year", "value", "known_from"
    ).order_by("indicator_id", "state_id", "year", "known_from")
    code, iso3, year, value, known = list(zip(*rows, strict=True)) or [()] * 5
    about = {i.code: i for i in models.Indicator.objects.all()}
    days = _array("known_from", "int", known)
    filled: dict[str, np.ndarray] = {
        "indicator": _texts(code),
        "iso3": _texts(iso3),
        "year": np.array(year, dtype="int64"),
        "value": np.array(value, dtype="float64"),
        "key": _texts(
            f"{c}:{s}:{y}:{k}"
            for c, s, y, k in zip(code, iso3, year, days, strict=True)
        ),
        "known_from": days,
        "checked": np.ones(len(code), dtype=bool),
        "publisher": _texts(about[c].publisher for c in code),
        "citation": _texts(about[c].citation for c in code),
        "url": _texts(about[c].url for c in code),
        "note": _texts("" for _ in code),
    }
    order = [*COLUMNS["indicator_values"], *filled]
    return pd.DataFrame({name: filled[name] for name in dict.fromkeys(order)})
