"""Reads the YAML cases: one question a case, and what must come of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class RuleCase:
    """One proposed transfer as typed, and what the rules must say of it."""

    name: str
    on: date
    transfer: dict[str, Any]
    expect: dict[str, Any]

    def __str__(self) -> str:
        typed = {k: str(v) for k, v in self.transfer.items()}
        return f"{self.name} ({typed['exporter']}, {typed['items']}, {self.on})"

    @property
    def typed(self) -> dict[str, Any]:
        """The transfer with its day, ready for the form, the API or the intake."""
        return {**self.transfer, "on": self.on.isoformat()}


def all_cases() -> list[RuleCase]:
    """Every case of every file, those with several days or values spread out."""
    return [case for path in sorted(FOLDER.glob("*.yaml")) for case in _of(path)]


def _of(path: Path) -> Iterator[RuleCase]:
    for raw in yaml.safe_load(path.read_text(encoding="utf-8")):
        days = raw["day"] if isinstance(raw["day"], list) else [raw["day"]]
        each = raw.get("each", {})
        for day, *values in product(days, *each.values()):
            expect = dict(raw["expect"])
            said = raw.get("says_by_day", {}).get(day)
            expect["says"] = [*expect.get("says", []), *([said] if said else [])]
            typed = {**raw["transfer"], **dict(zip(each, values, strict=True))}
            yield RuleCase(raw["name"], day, typed, expect)


def failures(case: RuleCase, said: dict[str, Any]) -> list[str]:
    """What an explanation says otherwise than the case expects, in words."""
    expect = case.expect
    wrong: list[str] = []
    if said["verdict"] not in expect["verdict"]:
        wrong.append(f"verdict {said['verdict']}, expected {expect['verdict']}")
    if "is_complete" in expect and said["is_complete"] != expect["is_complete"]:
        wrong.append(f"is_complete {said['is_complete']}, gaps {said['gaps']}")
    fields = {"outcomes": "outcome", "labels": "label", "bases": "basis"}
    for what, field in fields.items():
        for code, wanted in expect.get(what, {}).items():
            wrong += _compare(said, code, field, wanted)
    text = json.dumps(said, ensure_ascii=False)
    wrong += [f"does not say “{t}”" for t in expect.get("says", []) if t not in text]
    wrong += [f"says “{t}”" for t in expect.get("never_says", []) if t in text]
    found = {f["criterion"] for f in said["findings"]}
    wrong += [f"{code} speaks" for code in expect.get("never", []) if code in found]
    states = {f["state"] for f in said["findings"]}
    if "states" in expect and not states <= set(expect["states"]):
        wrong.append(f"findings on states {states}")
    return wrong


def _compare(
    said: dict[str, Any], code: str, field: str, wanted: str | dict[str, str]
) -> list[str]:
    found = {
        f["state"]: f[field]
        for f in reversed(said["findings"])
        if f["criterion"] == code
    }
    if isinstance(wanted, str):
        ok = wanted in found.values()
        return [] if ok else [f"{code}: {found}, expected {wanted}"]
    return [
        f"{code} for {state}: {found.get(state)}, expected {value}"
        for state, value in wanted.items()
        if found.get(state) != value
    ]
