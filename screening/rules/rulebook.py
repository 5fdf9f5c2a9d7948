"""The rulebook: every number, mapping and legal text of the rules, dated, in YAML.

`rulebook/criteria/<code>.yaml` holds what a criterion asks and by which article;
`rulebook/<area>/<name>.yaml` holds one parameter with its values by the day from which
each applies. The digest of all files is the rulebook's version.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from screening.rules.types import ParameterRead
from treaties.facts import day_number

FOLDER = Path(__file__).parent / "rulebook"

Shape = TypeVar("Shape", bound=BaseModel)


class RulebookError(Exception):
    """A rulebook file cannot be used; the message names the file and the place."""


class Strict(BaseModel):
    """A shape that refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class DatedValue(Strict):
    """One value, the text or decision it comes from, and whether that was read."""

    value: Any
    reference: str = Field(min_length=5)
    unread: bool = False


class Parameter(Strict):
    """One parameter with its values, keyed by the first day on which each applies."""

    description: str = Field(min_length=10)
    basis: Literal["law", "judgement"]
    unit: str = Field(min_length=1)
    values: Mapping[date, DatedValue]

    @model_validator(mode="after")
    def _has_a_value(self) -> Parameter:
        if not self.values:
            message = "values: at least one dated value is needed"
            raise ValueError(message)
        return self

    def on(self, day: int) -> tuple[date, DatedValue] | None:
        """The value that applies on `day`, or None before the first."""
        begun = [since for since in self.values if day_number(since) <= day]
        if not begun:
            return None
        since = max(begun)
        return since, self.values[since]


class CriterionText(Strict):
    """What a criterion asks, in words, and where the law says so."""

    code: str
    title: str
    regime: str
    regime_key: Literal[
        "att",
        "embargoes",
        "weapon-bans",
        "eu-cp",
        "torture-free",
        "uk-selc",
        "us",
        "completeness",
    ]
    # Criteria of one family put the same question under several regimes: counted once
    # where questions are counted. One that only weighs is "uncounted".
    family: str = ""
    question: str
    article: str
    rung: str
    standard: str
    basis: Literal["law", "policy"]
    is_gate: bool
    in_force: date
    reference: str = Field(min_length=5)
    unread: bool = False
    note: str = ""


@dataclass(frozen=True, eq=False)
class Rulebook:
    """All parameters by name ("evidence/recency") and all criterion texts by code."""

    parameters: Mapping[str, Parameter]
    criteria: Mapping[str, CriterionText]
    digest: str

    def reading(self, day: int) -> Reading:
        """A reader of the values that apply on `day`."""
        return Reading(self, day)


class Reading:
    """Reads parameters as of one day and remembers which were read."""

    def __init__(self, rulebook: Rulebook, day: int) -> None:
        self._rulebook = rulebook
        self._day = day
        self._read: dict[str, ParameterRead] = {}

    def __call__(self, name: str) -> Any:
        """The value of the parameter on this day, None before its first value."""
        parameter = self._rulebook.parameters[name]
        found = parameter.on(self._day)
        if found is None:
            return None
        since, dated = found
        if name not in self._read:
            self._read[name] = ParameterRead(
                name=name,
                value=dated.value,
                since=since.isoformat(),
                unit=parameter.unit,
                basis=parameter.basis,
                reference=dated.reference,
                is_unread=dated.unread,
            )
        return dated.value

    def text(self, code: str) -> CriterionText:
        """The words of a criterion."""
        return self._rulebook.criteria[code]

    def family(self, code: str) -> str:
        """The question that a criterion puts; its own where no other puts the same."""
        text = self._rulebook.criteria.get(code)
        return text.family or code if text is not None else code

    @property
    def read(self) -> tuple[ParameterRead, ...]:
        """What was read so far, in reading order."""
        return tuple(self._read.values())


@cache
def load_rulebook(folder: Path = FOLDER) -> Rulebook:
    """Read and check every file of the rulebook.

    Raises RulebookError naming the file and the place of the first mistake.
    """
    files = _Files(folder)
    parameters = {
        name: files.checked(path, Parameter)
        for path in files.paths
        if (name := files.name_of(path)) and not name.startswith("criteria/")
    }
    texts = [
        files.checked(path, CriterionText)
        for path in files.paths
        if files.name_of(path).startswith("criteria/")
    ]
    return Rulebook(parameters, {text.code: text for text in texts}, files.digest)


class _NoRepeats(yaml.SafeLoader):
    """YAML that refuses a key written twice, where plain YAML keeps the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> Any:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        repeated = next((key for key in keys if keys.count(key) > 1), None)
        if repeated is not None:
            message = f"the key {repeated!r} stands twice"
            raise yaml.constructor.ConstructorError(
                None, None, message, node.start_mark
            )
        return super().construct_mapping(node, deep)


class _Files:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.paths = sorted(folder.rglob("*.yaml"))
        if not self.paths:
            message = f"{folder}: no rulebook files here; is the checkout complete?"
            raise RulebookError(message)

    def name_of(self, path: Path) -> str:
        return path.relative_to(self.folder).with_suffix("").as_posix()

    @cached_property
    def digest(self) -> str:
        digest = hashlib.blake2b(digest_size=16)
        for path in self.paths:
            digest.update(self.name_of(path).encode() + b"\0")
            digest.update(path.read_bytes() + b"\0")
        return digest.hexdigest()

    def checked(self, path: Path, shape: type[Shape]) -> Shape:
        try:
            content = yaml.load(path.read_text(encoding="utf-8"), _NoRepeats)  # noqa: S506
            return shape.model_validate(content)
        except yaml.YAMLError as error:
            message = f"{self.name_of(path)}.yaml is not readable as YAML: {error}"
            raise RulebookError(message) from error
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"]) or "the file"
            message = (
                f"{self.name_of(path)}.yaml: {where}: {first['msg']}. "
                "See docs/method.md for the shape of a rulebook file."
            )
            raise RulebookError(message) from error
