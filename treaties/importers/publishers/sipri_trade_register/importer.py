"""SIPRI's trade register: one row an order of major arms, with its deliveries.

The register gives its rows no names, so a row's key is made of what makes it that
order; equal orders are counted in an order of their own, never in the file's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from treaties.copying import Block, Coded
from treaties.importers.cells import flag, number, one_of, text, whole, year
from treaties.importers.kinds import BadValueError
from treaties.importers.reading import Importer, Job, Reading, constant
from treaties.models import RecordedTransfer

_MOST = 10_000_000
_NEW = {"New": "New", "Second hand": "Second hand"}
_NEW["Second hand but modernized"] = "Second hand but modernized"
_YEARS = re.compile(r"\s*[;,]\s*")

# What each layout calls a column of ours.
_WEB = {
    "recipient": "Recipient",
    "supplier": "Supplier",
    "year": "Year of order",
    "year_flag": "Year of order (flag)",
    "n_ordered": "Number ordered",
    "n_ordered_flag": "Number ordered (flag)",
    "designation": "Weapon designation",
    "goods": "Weapon description",
    "n_delivered": "Number delivered",
    "n_delivered_flag": "Number delivered (flag)",
    "delivery_years": "Year(s) of delivery",
    "condition": "status",
    "comments": "Comments",
    "tiv_unit": "SIPRI TIV per unit",
    "tiv_ordered": "SIPRI TIV for total order",
    "tiv_delivered": "SIPRI TIV of delivered weapons",
}
_WIRE = {
    "recipient": "buyer",
    "supplier": "seller",
    "year": "odat",
    "year_flag": "odai",
    "n_ordered": "onum",
    "n_ordered_flag": "onai",
    "designation": "desig2",
    "goods": "desc",
    "n_delivered": "nrdel",
    "n_delivered_flag": "nrdelai",
    "delivery_years": "delyears",
    "condition": "status",
    "tiv_unit": "tivunit",
    "tiv_ordered": "tivorder",
    "tiv_delivered": "tivdel",
}
_TABLE = {
    **{name: name for name in ("recipient", "supplier", "designation", "condition")},
    **{name: name for name in ("delivery_years", "comments", "tiv_unit")},
    "year": "order_year",
    "year_flag": "order_year_uncertain",
    "n_ordered": "number_ordered",
    "n_ordered_flag": "number_ordered_uncertain",
    "goods": "description",
    "n_delivered": "number_delivered",
    "n_delivered_flag": "number_delivered_uncertain",
    "tiv_ordered": "tiv_order",
    "tiv_delivered": "tiv_delivered",
}
_NAMES: Mapping[str, Mapping[str, str]] = {
    "web export": _WEB,
    "wire format": _WIRE,
    "table": _TABLE,
}
_CERTAIN = {
    "web export": flag("", "?"),
    "wire format": flag("", "X"),
    "table": flag("0", "1"),
}
_CONDITION = {
    "web export": _NEW,
    "wire format": {
        "N": "New",
        "S": "Second hand",
        "M": "Second hand but modernized",
    },
    "table": _NEW,
}
_COLUMNS = (
    "row_key",
    "kind",
    "supplier_id",
    "supplier_text",
    "recipient_id",
    "recipient_text",
    "year",
    "is_year_certain",
    "goods",
    "designation",
    "condition",
    "n_ordered",
    "is_n_ordered_certain",
    "n_delivered",
    "is_n_delivered_certain",
    "delivery_years",
    "comments",
    "tiv_unit",
    "tiv_ordered",
    "tiv_delivered",
)
_IDENTITY = ("recipient", "supplier", "year", "designation", "goods", "condition")


def read(job: Job) -> Iterator[Block]:
    for reading in job.whole():
        named = _NAMES[job.layout]
        filled = _columns(reading, named, job.layout)
        if reading.refused:
            return
        keys = _keys(filled)
        filled["kind"] = constant("order", len(reading))
        _say_unknown_goods(job, filled["goods"])
        yield Block([keys, *(filled[name] for name in _COLUMNS[1:])])


def _columns(
    reading: Reading, named: Mapping[str, str], layout: str
) -> dict[str, Coded]:
    count, money = whole(0, _MOST, missing=("",)), number(0, missing=("",))
    certain, condition = _CERTAIN[layout], one_of(_CONDITION[layout])
    filled: dict[str, Coded] = {
        "year": reading.years(named["year"]),
        "is_year_certain": reading.column(named["year_flag"], certain),
        "goods": reading.column(named["goods"], text(80, needed=True)),
        "designation": reading.column(named["designation"], text(80)),
        "condition": reading.column(named["condition"], condition),
        "delivery_years": reading.column(named["delivery_years"], _delivery_years),
        "comments": constant("", len(reading)),
    }
    if "comments" in named:
        filled["comments"] = reading.column(named["comments"], str.strip)
    for name in ("n_ordered", "n_delivered"):
        filled[name] = reading.column(named[name], count)
        filled[f"is_{name}_certain"] = reading.column(named[f"{name}_flag"], certain)
    for name in ("tiv_unit", "tiv_ordered", "tiv_delivered"):
        filled[name] = reading.column(named[name], money)
    for name in ("supplier", "recipient"):
        filled[f"{name}_id"] = reading.states(named[name])
        filled[f"{name}_text"] = reading.column(named[name], text(80, needed=True))
    return filled


def _delivery_years(cell: str) -> str:
    """The years of delivery, joined by |; none before the first delivery."""
    if not cell.strip():
        return ""
    parts = _YEARS.split(cell.strip())
    for part in parts:
        try:
            year(part)
        except BadValueError:
            message = "is not a list of years, as 2015; 2016"
            raise BadValueError(message) from None
    return "|".join(parts)


def _keys(filled: dict[str, Coded]) -> list[str]:
    """A key for each order, whatever the order of the rows."""
    names = [f"{n}_text" if n in {"recipient", "supplier"} else n for n in _IDENTITY]
    same = _joined(filled, names)
    codes = pd.util.hash_array(same, categorize=False)
    keys = [f"{code:016x}" for code in codes.tolist()]
    twice = pd.Series(codes).duplicated(keep=False).to_numpy()
    places = np.flatnonzero(twice)
    if not len(places):
        return keys
    rest = _joined(
        {name: _some(column, places) for name, column in filled.items()},
        [name for name in _COLUMNS if name in filled],
    )
    counted = (
        pd.DataFrame({"code": codes[places], "rest": rest, "place": places})
        .sort_values(["code", "rest"], kind="stable")
        .assign(nth=lambda table: table.groupby("code").cumcount() + 1)
    )
    for place, nth in zip(counted["place"], counted["nth"], strict=True):
        keys[place] += f"-{nth}"
    return keys


def _joined(filled: Mapping[str, Coded], names: list[str]) -> np.ndarray:
    texts = []
    for name in names:
        column = filled[name]
        texts.append(column.spread([str(value) for value in column.distinct]))
    joined = np.empty(len(texts[0]), dtype=object)
    joined[:] = list(map("\x1f".join, zip(*texts, strict=True)))
    return joined


def _some(column: Coded, places: np.ndarray) -> Coded:
    return Coded(column.distinct, column.codes[places])


def _say_unknown_goods(job: Job, goods: Coded) -> None:
    """Kinds of weapons that no item class is known for are kept, and said."""
    unknown = job.names.unknown_goods(goods.distinct)
    if unknown:
        job.say(f"kinds of weapons without an item class: {', '.join(unknown)}")


IMPORTER = Importer(
    RecordedTransfer, ("row_key",), _COLUMNS, read, terms="SIPRI_DESCRIPTION"
)
