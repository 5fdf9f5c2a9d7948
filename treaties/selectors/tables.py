"""The whole of the facts as frozen tables, read once for each state of the database.

One query a table, whatever is asked: as of which day, with what was known on which day,
as the ledger stood at which moment.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock
from typing import Any

import numpy as np
import pandas as pd
from django.db import connection
from django.db.models import QuerySet

from treaties import models
from treaties.facts import (
    EPOCH,
    FOREVER,
    NEVER,
    OPEN_ENDS,
    Facts,
    columns_of,
    day_number,
)

# A blank day in these columns is an open end; in all others it says nothing.
_OPEN_ENDS = {*OPEN_ENDS, "happened_to"}
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
    "coups": models.Coup,
    "listings": models.Listing,
    "episodes": models.Episode,
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
    "episodes": {"place": "place_id"},
}
# What a measure has from the decision that it belongs to.
_OF_THE_EMBARGO = {
    "issuer",
    "binding",
    "act_kind",
    "target_kind",
    "targets",
    "title",
}
_VALUE_COLUMNS = ("indicator_id", "state_id", "year", "value", "key", "known_from")
_ABOUT = ("publisher", "citation", "url")
# What must be read only once while it holds: by the stamp of the facts.
_KEPT = 3
_kept: OrderedDict[tuple[Any, str], Any] = OrderedDict()
_reading = Lock()


@dataclass(frozen=True)
class Held:
    """The facts as they are, and the moment of the ledger that they are as of."""

    facts: Facts
    recorded_at: datetime | None


def current_facts() -> Facts:
    """Everything recorded now, as frozen tables.

    Read once for each state of the database and kept; a change of facts in any process
    is seen by the next call.
    """
    return held_facts().facts


def held_facts() -> Held:
    """Everything recorded now, with the moment that names it in the ledger.

    `facts_as_of` gives the same facts again when it is asked for that moment, whatever
    was corrected since.
    """
    held: Held = kept("facts", lambda: Held(read_facts(), _last_change()))
    return held


def facts_as_of(
    day: date, known_at: date, recorded_at: datetime | None = None
) -> Facts:
    """What was known on `known_at`, less the periods that had not begun by `day`.

    recorded_at: as the ledger stood at that moment; None is now. A second question for
    the same days is answered from memory until a fact changes.
    """
    found: Facts = kept(
        ("as of", day, known_at, recorded_at),
        lambda: _as_of(day, known_at, recorded_at),
    )
    return found


def facts_recorded(recorded_at: datetime) -> Facts:
    """Everything recorded as the ledger stood at a moment."""
    facts: Facts = kept(("recorded", recorded_at), lambda: read_facts(recorded_at))
    return facts


def facts_digest(known_at: date) -> str:
    """Names the facts as they were known on a day."""
    return current_facts().digest(day_number(known_at))


def kept(name: Any, build: Callable[[], Any]) -> Any:
    """What `build` makes of the facts as they are, made once for each state of them.

    name: a text, or a tuple whose first part is one; few of each first part are kept.
    """
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
        alike = [key for key in _kept if _kind(key[0]) == _kind(name)]
        for oldest in alike[:-_KEPT]:
            del _kept[oldest]
    return made


def _kind(name: Any) -> str:
    return str(name[0]) if isinstance(name, tuple) else str(name)


def _as_of(day: date, known_at: date, recorded_at: datetime | None) -> Facts:
    number = day_number(day)
    facts = current_facts() if recorded_at is None else facts_recorded(recorded_at)
    known = facts.known_at(day_number(known_at))
    return Facts(
        **{
            name: table[table["starts"] <= number].reset_index(drop=True)
            if "starts" in table.columns
            else table
            for name, table in known.tables.items()
        }
    )


def _last_change() -> datetime | None:
    version = models.FactsVersion.objects.filter(pk=1)
    return version.values_list("changed_at", flat=True).first()


# --- From the database -------------------------------------------------------------


def read_facts(recorded_at: datetime | None = None) -> Facts:
    """All tables, one query a table; None is the ledger as it stands now."""
    tables = {name: _table(name, recorded_at) for name in _MODELS}
    tables["indicator_values"] = _indicator_values(recorded_at)
    return Facts(**tables)


def fact_queries(recorded_at: datetime | None = None) -> list[QuerySet[Any, Any]]:
    """The very queries that `read_facts` makes."""
    tables = [_query(_MODELS[name], _names(name), recorded_at) for name in _MODELS]
    about = ["code", *_ABOUT]
    return [
        *tables,
        _query(models.Embargo, _embargo_names(), recorded_at),
        _query(models.Indicator, about, recorded_at),
        _query(models.IndicatorValue, list(_VALUE_COLUMNS), recorded_at),
    ]


def _query(
    model: type[models.Recorded], names: list[str], recorded_at: datetime | None
) -> QuerySet[Any, Any]:
    """Those columns of the versions that were open at a moment."""
    rows = model._default_manager.order_by()
    if recorded_at is None:
        return rows.values_list(*names)
    still = rows.filter(recorded_at__lte=recorded_at)
    past = models.past_of(model)._default_manager.order_by()
    gone = past.filter(recorded_at__lte=recorded_at, superseded_at__gt=recorded_at)
    return still.values_list(*names).union(gone.values_list(*names), all=True)


def _columns(
    model: type[models.Recorded], names: list[str], recorded_at: datetime | None
) -> dict[str, np.ndarray]:
    """The columns by name, as the database's driver gives them.

    Past Django's converters: they run once a cell, and numpy reads a column at once.
    """
    query = _query(model, names, recorded_at).query
    with connection.cursor() as cursor:
        cursor.execute(*query.sql_with_params())
        rows = cursor.fetchall()
    # As objects: what each text is needs no guess.
    cells = pd.DataFrame(rows, columns=names, dtype=object).to_numpy().T
    return dict(zip(names, cells, strict=True))


def _names(name: str) -> list[str]:
    """The model's fields that a table's columns come from, each once."""
    own = _FIELDS_OF.get(name, {})
    omitted = _OF_THE_EMBARGO if name == "measures" else set()
    columns = [c for c in columns_of(name) if c not in omitted]
    return list(dict.fromkeys(own.get(c) or _FIELDS.get(c, c) for c in columns))


def _embargo_names() -> list[str]:
    return ["key", *sorted(_OF_THE_EMBARGO)]


def _table(name: str, recorded_at: datetime | None) -> pd.DataFrame:
    kinds = columns_of(name)
    read = _columns(_MODELS[name], _names(name), recorded_at)
    if name == "measures":
        read = _with_embargo(read, recorded_at)
    own = _FIELDS_OF.get(name, {})
    # Sorted here and not in the query: databases differ in how they order text.
    order = np.argsort(read["key"], kind="stable")
    return _frame(
        {
            column: _array(
                column, kind, read[own.get(column) or _FIELDS.get(column, column)]
            )[order]
            for column, kind in kinds.items()
        }
    )


def _with_embargo(
    measures: dict[str, np.ndarray], recorded_at: datetime | None
) -> dict[str, np.ndarray]:
    """The measures with what the decision says, as it stood at the same moment."""
    embargoes = _columns(models.Embargo, _embargo_names(), recorded_at)
    of = _places(embargoes["key"], measures["embargo_id"])
    return {**measures, **{name: embargoes[name][of] for name in _OF_THE_EMBARGO}}


def _places(keys: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Where in the keys each of those that are wanted stands."""
    places = {key: place for place, key in enumerate(keys.tolist())}
    found = map(places.__getitem__, wanted.tolist())
    return np.fromiter(found, dtype="int64", count=len(wanted))


def _indicator_values(recorded_at: datetime | None) -> pd.DataFrame:
    """The numbers, with publisher and address taken from their indicator."""
    read = _columns(models.IndicatorValue, list(_VALUE_COLUMNS), recorded_at)
    about = _columns(models.Indicator, ["code", *_ABOUT], recorded_at)
    of = _places(about["code"], read["indicator_id"])
    filled: dict[str, np.ndarray] = {
        "indicator": read["indicator_id"],
        "iso3": read["state_id"],
        "year": read["year"].astype("int64"),
        "value": read["value"].astype("float64"),
        "key": read["key"],
        "known_from": _whole(read["known_from"], NEVER),
        "checked": np.ones(len(of), dtype=bool),
        "note": np.full(len(of), "", dtype=object),
        **{name: about[name][of] for name in _ABOUT},
    }
    return _frame({name: filled[name] for name in columns_of("indicator_values")})


def _frame(cells: dict[str, np.ndarray]) -> pd.DataFrame:
    # Without looking into each text again for what it is, and with one index for all.
    index = pd.RangeIndex(len(cells["key"]))
    kinds = {"O": "object"}
    series = {
        name: pd.Series(values, index, kinds.get(values.dtype.kind), copy=False)
        for name, values in cells.items()
    }
    return pd.DataFrame(series, index, copy=False)


def _array(column: str, kind: str, values: np.ndarray) -> np.ndarray:
    if kind in {"bool", "float"}:
        return values.astype({"bool": "bool", "float": "float64"}[kind])
    if kind == "int":
        return _whole(values, FOREVER if column in _OPEN_ENDS else NEVER)
    is_blank = pd.isna(values)
    return np.where(is_blank, "", values) if is_blank.any() else values


def _whole(values: np.ndarray, blank: int) -> np.ndarray:
    """Numbers as they are; days as day numbers, and none as the blank.

    Each distinct value is worked out once: a table has few distinct days.
    """
    listed = values.tolist()
    numbers = {value: _number(value, blank) for value in set(listed)}
    found = map(numbers.__getitem__, listed)
    return np.fromiter(found, dtype="int64", count=len(listed))


def _number(value: Any, blank: int) -> int:
    if value is None or value == models.ALWAYS_KNOWN:
        return blank
    return (value - EPOCH).days if isinstance(value, date) else int(value)
